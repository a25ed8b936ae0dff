import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import type { AppliedDefault, Grade, GradeTiming } from "./policy.ts";
import type { TimingWords } from "./read-options.ts";

/** `즉시` has no number in a document; these are the product's, printed by `check --explain`. */
const IMMEDIATE_MS = 5 * MINUTE_MS;
const IMMEDIATE_STALLED_MS = 30 * MINUTE_MS;
const REMINDERS: readonly number[] = [0.5, 0.8];

export const REOPEN_WITHIN_MS = 10 * MINUTE_MS;

/** More incidents within a minute than this and nobody reads them one by one any more. */
export const STORM_AFTER = 10;
export const STORM_AFTER_MAX = 100;

/** By rank: a day for what was worst, so that the same hour of the next day is in it; then half a day, then a half shift. */
const WATCH_HARDER_MS: readonly number[] = [24 * HOUR_MS, 12 * HOUR_MS];
const WATCH_HARDER_MS_LEAST = 4 * HOUR_MS;

/** The numbers that the plan runs on for a grade, and which of them the document left open. */
export function timingOfGrade(
  grade: Grade,
  isLeastSevere: boolean,
  words: TimingWords | undefined,
): { readonly timing: GradeTiming; readonly defaults: readonly AppliedDefault[] } {
  const said = words?.timing ?? {};
  const respondWithin =
    said.respondWithin ?? (grade.deadline.kind === "within" ? grade.deadline.duration : IMMEDIATE_MS);
  const immediate = grade.deadline.kind === "immediate";
  const watchHarder = WATCH_HARDER_MS[grade.rank] ?? WATCH_HARDER_MS_LEAST;
  const standing: GradeTiming = immediate
    ? {
        respondWithin,
        repeatEvery: IMMEDIATE_MS,
        reminders: [],
        levelEvery: IMMEDIATE_MS,
        stalled: IMMEDIATE_STALLED_MS,
        watchHarder,
      }
    : {
        respondWithin,
        repeatEvery: null,
        reminders: REMINDERS,
        levelEvery: Math.round(respondWithin / 2),
        stalled: isLeastSevere ? null : respondWithin,
        watchHarder,
      };
  const timing = { ...standing, ...said };
  const names = ["respondWithin", "repeatEvery", "reminders", "levelEvery", "stalled"] as const;
  const defaults = names
    .filter(
      (name) =>
        said[name] === undefined &&
        !(name === "respondWithin" && !immediate) &&
        !(name === "repeatEvery" && !immediate) &&
        !(name === "reminders" && immediate),
    )
    .map((name) => ({ code: `timing.${name}`, clause: grade.deadlineClause, value: String(timing[name] ?? "never") }));
  return { timing, defaults };
}
