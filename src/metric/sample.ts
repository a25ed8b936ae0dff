import type { Id } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";

/** What a series is told apart by, beside its metric: `host`, `mount`, `target`, ... Empty values are left out. */
export type Labels = Readonly<Record<string, string>>;

/** One measured value. Units are told by the metric's name (`unitOf`); a value that could not be measured is no sample. */
export type Sample = {
  readonly metric: string;
  readonly labels: Labels;
  readonly at: Instant;
  /** Finite. */
  readonly value: number;
};

/** `metric{a="b",c="d"}` with the labels in order: the same for the same series, wherever it came from. */
export type SeriesKey = string;

/** What the store knows a series by: a digest of its key. */
export type SeriesId = Id<"series">;

export function seriesKey(metric: string, labels: Labels): SeriesKey {
  const names = Object.keys(labels).sort();
  return `${metric}{${names.map((name) => `${name}=${JSON.stringify(labels[name])}`).join(",")}}`;
}

/**
 * What is known of a series in one stretch of time that begins at `at`: a minute, an hour, or one sample (count 1). The
 * evaluation reads nothing else, so that a rule asked about last week answers as it would have.
 */
export type Point = {
  readonly at: Instant;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly count: number;
  /** The value of the last sample in it. */
  readonly last: number;
};

export function pointOf(at: Instant, value: number): Point {
  return { at, min: value, max: value, sum: value, count: 1, last: value };
}
