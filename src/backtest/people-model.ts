import type { PersonId } from "../roster/roster.ts";
import { HOUR_MS, MINUTE_MS, type Millis } from "../time/instant.ts";
import type { Answer } from "./history.ts";

/** How people behave in a replay; the same for both sides, so that what differs comes from policy and roster alone. */
export type PeopleModel = {
  /** How long whoever is woken takes to acknowledge where the record does not tell. */
  readonly answerAfter: Millis;
  /** Those who answer nothing. */
  readonly asleep: readonly PersonId[];
};

export const ANSWER_AFTER_MS = 5 * MINUTE_MS;
/** How long an alert of which nobody told the end is taken to have lasted after its last word. */
export const END_AFTER_MS = HOUR_MS;

/**
 * How long after the first page that wakes somebody it is acknowledged. As long as in the record, where somebody did
 * then; where nobody did, as long as people take by default, and not before the silence of the record was over.
 */
export function answerDelay(recorded: Answer | undefined, { answerAfter }: PeopleModel): Millis {
  switch (recorded?.is) {
    case undefined:
      return answerAfter;
    case "answered":
      return recorded.after;
    case "silent":
      return Math.max(answerAfter, recorded.during);
  }
}

/** Who acknowledges, of those who were woken so far: whoever did so in the record, else the first who was woken. */
export function answerer(
  recorded: Answer | undefined,
  woken: readonly PersonId[],
  { asleep }: PeopleModel,
): PersonId | undefined {
  const awake = woken.filter((person) => !asleep.includes(person));
  const then = recorded?.is === "answered" ? recorded.by : undefined;
  return then !== undefined && awake.includes(then) ? then : awake[0];
}
