import type { Point } from "../metric/sample.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { type Line, look, type Standing, UNSEEN, type Verdict, verdictOf } from "./judge.ts";
import { measured, measuredAt } from "./measure.ts";
import type { Measure, Missing } from "./monitor.ts";

export type PlayBack = {
  readonly points: readonly Point[];
  readonly measure: Measure;
  readonly missing: Missing;
  readonly linesAt: (at: Instant) => readonly Line[];
  /** How it stood before; unseen where nothing is said. */
  readonly before?: Standing | undefined;
  /** When Bongsu was away, oldest first: nothing was said then, and nothing is blamed for its silence. */
  readonly deaf?: readonly Interval[];
  /** Looked at at `from`, every `step` and at `to`. */
  readonly from: Instant;
  readonly to: Instant;
  readonly step: Millis;
};

/** A stretch in which a series fired with one grade. `to` undefined: it still does. */
export type Fired = {
  readonly grade: string;
  readonly from: Instant;
  readonly to: Instant | undefined;
  /** The value that was furthest past the line. */
  readonly worst: number;
};

/**
 * What a rule makes of points that are there already, by the looks that are taken as they come: how a rule stands right
 * after a start or a change, and what it would have done last week.
 */
export function playBack({ points, measure, missing, linesAt, before, deaf = [], from, to, step }: PlayBack): {
  readonly standing: Standing;
  readonly fired: readonly Fired[];
  /** The share of looks that had a value. */
  readonly covered: number;
} {
  let standing = before ?? UNSEEN;
  const fired: Fired[] = [];
  let current: Fired | undefined;
  let looks = 0;
  let withValue = 0;
  for (let at = from; ; at = Math.min(at + step, to)) {
    looks++;
    const isDeaf = deaf.some(({ start, end }) => start < at && at < end);
    const lines = linesAt(at);
    const value = measured(measure, points, at);
    const seen = { value, measuredAt: measuredAt(points, at), hearsSince: isDeaf ? at : hearsSince(deaf, at), at };
    standing = look(standing, lines, missing, seen);
    if (value !== undefined) withValue++;
    if (!isDeaf) current = follow(current, verdictOf(standing, lines, missing), lines, { value, at }, fired);
    if (at >= to) break;
  }
  if (current !== undefined) fired.push(current);
  return { standing, fired, covered: withValue / looks };
}

/** When the last time before `at` ended in which nothing could be heard. */
export function hearsSince(deaf: readonly Interval[], at: Instant): Instant | undefined {
  return deaf.findLast(({ end }) => end <= at)?.end;
}

function follow(
  current: Fired | undefined,
  verdict: Verdict,
  lines: readonly Line[],
  { value, at }: { readonly value: number | undefined; readonly at: Instant },
  fired: Fired[],
): Fired | undefined {
  if (verdict.state !== "firing") {
    if (current !== undefined) fired.push({ ...current, to: at });
    return undefined;
  }
  if (current?.grade === verdict.grade) {
    const line = lines[verdict.line];
    return value === undefined || line === undefined
      ? current
      : { ...current, worst: line.further(current.worst, value) };
  }
  if (current !== undefined) fired.push({ ...current, to: at });
  return { grade: verdict.grade, from: at, to: undefined, worst: value ?? Number.NaN };
}
