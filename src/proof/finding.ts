import type { Said } from "../locale/said.ts";
import type { ClauseId } from "../policy/policy.ts";
import type { Interval } from "../time/interval.ts";

/** A way in which the policy, held against what there is, would fail people; with the text that would mend it. */
export type Finding = {
  /** `error`: somebody the document names is not reached. `warning`: it works, on what the document leaves to chance. */
  readonly level: "error" | "warning" | "info";
  /** Stable, kebab-case. */
  readonly code: string;
  readonly clause: ClauseId;
  readonly message: Said;
  /** Why it matters at 3 a.m. */
  readonly why: Said;
  /** What to write into the policy or the roster. */
  readonly mend: Said;
  /** When it is so, where it is not always: exact, in order of time. */
  readonly during?: readonly Interval[];
};
