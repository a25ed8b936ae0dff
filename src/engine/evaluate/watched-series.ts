import type { Labels, Point, SeriesKey } from "../../metric/sample.ts";
import {
  type Line,
  look,
  type Standing,
  standingOfAlert,
  UNSEEN,
  type Verdict,
  verdictOf,
} from "../../monitor/judge.ts";
import { isExempt, linesAt, thresholdsFor, type UsualRange } from "../../monitor/lines.ts";
import { measured, measuredAt } from "../../monitor/measure.ts";
import type { Monitor, Threshold } from "../../monitor/monitor.ts";
import { playBack } from "../../monitor/play-back.ts";
import type { Holiday } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";

/** One series at one monitor, as the evaluation keeps it between two looks. */
export type WatchedSeries = {
  readonly key: SeriesKey;
  readonly labels: Labels;
  standing: Standing;
  verdict: Verdict;
  /** The lines of the last look, in the order that the verdict counts them in. */
  lines: readonly Line[];
  thresholds: readonly Threshold[];
  usual: UsualRange | undefined;
  learning: boolean;
  /** Nothing of its monitor's applies to it. */
  exempt: boolean;
};

export type Look = {
  readonly monitor: Monitor;
  readonly points: readonly Point[];
  readonly at: Instant;
  readonly holidays: readonly Holiday[];
  readonly usual: UsualRange | undefined;
  readonly learning: boolean;
  /** Its open alert, where there is one that this process did not fire itself. */
  readonly alert: { readonly grade: string; readonly since: Instant } | undefined;
};

/** How far back a series that is seen for the first time is looked at, so that what has held long enough fires at once. */
const BACK_MS_MAX = HOUR_MS;
const BACK_STEP_MS = MINUTE_MS / 2;

/** Looks at a series once more. One that is new, after a start or a change of its rule, is looked at from its past on. */
export function lookAt(series: WatchedSeries, isNew: boolean, seen: Look): void {
  const { monitor, points, at, holidays, usual, learning } = seen;
  const { labels } = series;
  series.exempt = isExempt(monitor, labels);
  series.thresholds = thresholdsFor(monitor, labels);
  series.usual = usual;
  series.learning = learning;
  const lines = linesAt(series.thresholds, monitor.baseline, { at, holidays, usual });
  series.lines = lines;
  const value = measured(monitor.measure, points, at);
  const before = isNew ? standingFromPast(lines, seen, series.thresholds) : series.standing;
  series.standing = look(before, lines, monitor.missing, { value, measuredAt: measuredAt(points, at), at });
  series.verdict = verdictOf(series.standing, lines, monitor.missing);
}

function standingFromPast(
  lines: readonly Line[],
  { monitor, points, at, holidays, usual, alert }: Look,
  thresholds: readonly Threshold[],
): Standing {
  // What fires goes on until a value says otherwise, by the line's own hysteresis.
  if (alert !== undefined) return standingOfAlert(lines, alert.grade, alert.since);
  const first = points[0]?.at;
  if (first === undefined || at - first < BACK_STEP_MS) return UNSEEN;
  const from = Math.max(first, at - BACK_MS_MAX);
  return playBack({
    points,
    measure: monitor.measure,
    missing: monitor.missing,
    linesAt: (then) => linesAt(thresholds, monitor.baseline, { at: then, holidays, usual }),
    from,
    to: Math.max(from, at - BACK_STEP_MS),
    step: BACK_STEP_MS,
  }).standing;
}
