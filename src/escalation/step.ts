import type { Reach, Skipped, StepKey, StepKind } from "../incident/event.ts";
import type { ClauseId } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";

/** A step of the plan: pure data, complete enough to carry out, to draw, to prove and to explain. */
export type Step = {
  readonly key: StepKey;
  readonly kind: StepKind;
  readonly due: Instant;
  /** 0 is the owner team and the grade's own recipients; each level above adds the next team and the next grade's. */
  readonly level: number;
  /** True where the response deadline passes with this step. */
  readonly overdue: boolean;
  /** The clause that the step serves. */
  readonly clause: ClauseId;
  readonly reach: readonly Reach[];
  readonly skipped: readonly Skipped[];
};
