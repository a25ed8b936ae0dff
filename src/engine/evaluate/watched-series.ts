import type { Labels, Point, SeriesKey } from "../../metric/sample.ts";
import type { Learning, Usual } from "../../monitor/baseline.ts";
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
import { hearsSince, playBack } from "../../monitor/play-back.ts";
import type { Holiday } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS, type Millis } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";

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
  /** What its baseline knows of this hour; undefined without one, or while that was not asked yet. */
  learned: Usual | Learning | undefined;
  /** Nothing of its monitor's applies to it. */
  exempt: boolean;
  /** Not looked at yet: since a start, or since its rule was changed. */
  isNew: boolean;
  /** Its alert was open when it was last asked about. */
  wasOpen: boolean;
};

/** `valueAt`: when something of it was last measured, where that is known from before. */
export function newSeries(key: SeriesKey, labels: Labels, valueAt?: Instant): WatchedSeries {
  return {
    key,
    labels,
    standing: { ...UNSEEN, valueAt },
    verdict: { state: "unseen" },
    lines: [],
    thresholds: [],
    usual: undefined,
    learned: undefined,
    exempt: false,
    isNew: true,
    wasOpen: false,
  };
}

export type Look = {
  readonly monitor: Monitor;
  readonly points: readonly Point[];
  readonly at: Instant;
  readonly holidays: readonly Holiday[];
  readonly usual: UsualRange | undefined;
  readonly learned: Usual | Learning | undefined;
  /** Its open alert, where there is one that this process did not fire itself. */
  readonly alert: { readonly grade: string; readonly since: Instant; readonly isSilent: boolean } | undefined;
  /** When Bongsu could not hear anything. */
  readonly deaf: readonly Interval[];
};

const BACK_MS_MIN = HOUR_MS;
const BACK_STEPS_MAX = 720;
const BACK_STEP_MS = MINUTE_MS / 2;
/** A look that is so much later than the one before it was kept from looking, or its values came late. */
const LATE_MS = MINUTE_MS;

/** How far back a series is looked at that is seen for the first time: what has held long enough fires at once. */
export function backOf({ thresholds, exceptions, baseline }: Monitor): Millis {
  const lines = [...thresholds, ...exceptions.flatMap((one) => one.thresholds), ...(baseline ? [baseline] : [])];
  return Math.max(BACK_MS_MIN, ...lines.map(({ hold }) => hold));
}

/**
 * Whether what happened since the last look is to be looked at as well: it is new here, or nothing was seen of it for a
 * while and now something is there. Values that an agent kept while it could not send them say what has held meanwhile.
 */
export function looksBack(series: WatchedSeries | undefined, { monitor, points, at }: Look): boolean {
  if (series === undefined || series.isNew) return true;
  const { heldAt } = series.standing;
  if (heldAt === undefined || at - heldAt <= LATE_MS) return false;
  return measured(monitor.measure, points, at) !== undefined;
}

/** Looks at a series once more; one that `looksBack` from its past on, of which `points` know then. */
export function lookAt(series: WatchedSeries, back: boolean, seen: Look): void {
  const { monitor, points, at, holidays, usual, learned, deaf } = seen;
  const { labels } = series;
  series.exempt = isExempt(monitor, labels);
  series.thresholds = thresholdsFor(monitor, labels);
  series.usual = usual;
  series.learned = learned;
  const lines = linesAt(series.thresholds, monitor.baseline, { at, holidays, usual });
  series.lines = lines;
  const value = measured(monitor.measure, points, at);
  const before = back ? standingFromPast(series, lines, seen) : series.standing;
  series.isNew = false;
  const now = { value, measuredAt: measuredAt(points, at), hearsSince: hearsSince(deaf, at), at };
  series.standing = look(before, lines, monitor.missing, now);
  series.verdict = verdictOf(series.standing, lines, monitor.missing);
}

function standingFromPast(
  { standing, thresholds, isNew }: WatchedSeries,
  lines: readonly Line[],
  seen: Look,
): Standing {
  const played = playedFrom(standing, seen, thresholds);
  // What fires goes on until a value says otherwise, by the line's own hysteresis.
  return isNew && seen.alert !== undefined ? standingOfAlert(played, lines, seen.alert) : played;
}

function playedFrom(
  before: Standing,
  { monitor, points, at, holidays, usual, deaf }: Look,
  thresholds: readonly Threshold[],
): Standing {
  const first = before.heldAt === undefined ? points[0]?.at : before.heldAt + BACK_STEP_MS;
  if (first === undefined || at - first < BACK_STEP_MS) return before;
  const back = backOf(monitor);
  const from = Math.max(first, at - back);
  const step = Math.max(BACK_STEP_MS, back / BACK_STEPS_MAX);
  return playBack({
    points,
    measure: monitor.measure,
    missing: monitor.missing,
    linesAt: (then) => linesAt(thresholds, monitor.baseline, { at: then, holidays, usual }),
    before,
    deaf,
    from,
    to: Math.max(from, at - BACK_STEP_MS),
    step,
  }).standing;
}
