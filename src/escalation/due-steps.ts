import type { Instant } from "../time/instant.ts";
import type { Step } from "./step.ts";

export type DueSteps = {
  /** To be carried out now, in order. */
  readonly take: readonly Step[];
  /** Missed repetitions (the engine was away): recorded, not sent; the newest of their kind stands for them. */
  readonly superseded: readonly Step[];
};

/** Which of the due steps are carried out: each level once, but of missed repetitions only the last. */
export function dueSteps(steps: readonly Step[], at: Instant): DueSteps {
  const due = steps.filter((step) => step.due <= at);
  const take: Step[] = [];
  const superseded: Step[] = [];
  for (const [index, step] of due.entries()) {
    const repeats = step.kind === "reminder" || step.kind === "repeat-at-top" || step.kind === "stalled";
    const newer = due
      .slice(index + 1)
      .some((later) => later.kind === step.kind || (step.kind === "reminder" && later.kind !== "informed"));
    (repeats && newer ? superseded : take).push(step);
  }
  return { take, superseded };
}
