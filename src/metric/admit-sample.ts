import { type Instant, MINUTE_MS, type Millis } from "../time/instant.ts";
import type { Labels, Sample } from "./sample.ts";

/** A clock may be wrong by so much before what it stamps is refused. */
const AHEAD_MS_MAX = 10 * MINUTE_MS;
const METRIC_LENGTH_MAX = 200;
const LABELS_MAX = 30;
const LABEL_NAME_LENGTH_MAX = 100;
const LABEL_VALUE_LENGTH_MAX = 250;

export const REFUSALS = {
  "not-finite": "the value is no finite number",
  "too-old": "older than minutes are kept",
  "too-far-ahead": `more than ${AHEAD_MS_MAX / MINUTE_MS} minutes ahead of the server's clock`,
  "bad-name": `the metric's name is not letters, digits, _ and : or is longer than ${METRIC_LENGTH_MAX}`,
  "bad-labels": `more than ${LABELS_MAX} labels, a name longer than ${LABEL_NAME_LENGTH_MAX} or a value longer than ${LABEL_VALUE_LENGTH_MAX}`,
  "too-many-series": "no room for another series; send fewer labels that change all the time",
} as const;
export type Refusal = keyof typeof REFUSALS;

/** Why a sample is not taken; undefined where it is. */
export function refusalOf(sample: Sample, now: Instant, keep: Millis): Refusal | undefined {
  if (!Number.isFinite(sample.value)) return "not-finite";
  if (!Number.isFinite(sample.at) || sample.at > now + AHEAD_MS_MAX) return "too-far-ahead";
  if (sample.at < now - keep) return "too-old";
  if (sample.metric.length > METRIC_LENGTH_MAX || !/^[a-zA-Z_:][\w:.]*$/.test(sample.metric)) return "bad-name";
  return areLabels(sample.labels) ? undefined : "bad-labels";
}

function areLabels(labels: Labels): boolean {
  let count = 0;
  for (const name in labels) {
    count++;
    if (name === "" || name.length > LABEL_NAME_LENGTH_MAX) return false;
    const value: unknown = labels[name];
    if (typeof value !== "string" || value.length > LABEL_VALUE_LENGTH_MAX) return false;
  }
  return count <= LABELS_MAX;
}

/** What was refused, in words: the most frequent reason first. */
export function tellRefusals(refused: ReadonlyMap<Refusal, number>): string {
  return [...refused]
    .sort(([, a], [, b]) => b - a)
    .map(([refusal, count]) => `${count}: ${REFUSALS[refusal]}`)
    .join("; ");
}
