import type { Unit } from "../metric/metric.ts";
import type { Point } from "../metric/sample.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { Baseline, Measure } from "./monitor.ts";
import type { Untaught } from "./untaught.ts";

/**
 * "Unlike the same hour of the last weeks". Each of the weeks gives one value, that of the same local hour of the same
 * weekday; their median is what is usual, and how far they lie from it tells how far is far. An hour that was known to be
 * unlike others (`untaught.ts`) teaches nothing, and one that nobody knew of among four moves neither by much.
 *
 * Holidays are like Sundays: on one, the Sundays of the last weeks tell what is usual, and a weekday that was one
 * teaches weekdays nothing.
 */
export type Usual = {
  /** The median of the weeks, in the metric's unit. */
  readonly mean: number;
  /** More than zero. */
  readonly spread: number;
  /** How many weeks it was learned from. */
  readonly weeks: number;
  readonly hours: readonly TaughtHour[];
};

/** Too few of the weeks are known. */
export type Learning = { readonly learning: number; readonly hours: readonly TaughtHour[] };

/** An hour of another week: what it taught, or why it taught nothing. */
export type TaughtHour = { readonly at: Instant; readonly value?: number; readonly because?: Untaught | "no-value" };

/** Fewer cannot tell what is usual from what happened once. */
export const WEEKS_KNOWN_MIN = 2;

/** Makes the median distance of normally distributed values their standard deviation. */
const DEVIATIONS_PER_MEDIAN_DISTANCE = 1.4826;

const SHARE_OF_USUAL_MIN = 0.1;

/**
 * The spread of what is always the same, zero above all: a smaller difference is one that nobody would call unlike the
 * weeks before (one per cent, 10 ms, a megabyte).
 */
const SPREAD_MIN: Readonly<Record<Unit, number>> = {
  ratio: 0.01,
  seconds: 0.01,
  bytes: 1_000_000,
  "bytes-per-second": 10_000,
  "per-second": 0.1,
  celsius: 1,
  watts: 5,
  count: 0.5,
};

/** Hours keep a mean and no distribution: the lowest, the highest and percentiles of a window have no usual value. */
export function hasUsual({ form }: Measure): boolean {
  return form === "avg" || form === "last" || form === "rate" || form === "increase";
}

export type LocalDays = {
  /** IANA name. */
  readonly zone: string;
  /** Asked with local dates, `2026-01-01`. */
  readonly isHoliday: (date: string) => boolean;
};

/**
 * When the full hours (of UTC, as they are stored) began that tell what is usual at an instant, the newest first; at
 * most one a week. The hour is that of the clock on the wall: where clocks change between the weeks, the stored hour
 * moves with it.
 */
export function hoursLike(at: Instant, weeks: number, { zone, isHoliday }: LocalDays): readonly Instant[] {
  const now = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const isRest = (day: Temporal.ZonedDateTime): boolean =>
    day.dayOfWeek === 7 || isHoliday(day.toPlainDate().toString());
  const isRestNow = isRest(now);
  // From a holiday back to the Sunday after it, so that a week less is the last Sunday before it.
  const from = isRestNow ? now.add({ days: 7 - now.dayOfWeek }) : now;
  const days = Array.from({ length: weeks }, (_, nth) => from.subtract({ weeks: nth + 1 }));
  return days
    .filter((day) => isRestNow || !isRest(day))
    .map(({ epochMilliseconds }) => Math.floor(epochMilliseconds / HOUR_MS) * HOUR_MS);
}

/** What the measure makes of a whole hour; `before` is the hour before it, which a counter's growth is told from. */
export function hourValue(measure: Measure, hour: Point | undefined, before: Point | undefined): number | undefined {
  if (hour === undefined || hour.count === 0) return undefined;
  switch (measure.form) {
    case "avg":
    case "last":
      return hour.sum / hour.count;
    case "rate":
    case "increase": {
      if (before === undefined || before.count === 0) return undefined;
      // A counter that fell began anew: what it has since counts.
      const grown = hour.last < before.last ? hour.last : hour.last - before.last;
      return measure.form === "rate" ? (grown * 1_000) / HOUR_MS : (grown * measure.window) / HOUR_MS;
    }
    case "min":
    case "max":
    case "percentile":
      return undefined;
  }
}

/** Hours by their beginning, from points of any resolution that is not coarser. */
export function hoursOf(points: readonly Point[]): ReadonlyMap<Instant, Point> {
  const hours = new Map<Instant, Point>();
  for (const point of points) {
    const at = Math.floor(point.at / HOUR_MS) * HOUR_MS;
    const known = hours.get(at);
    hours.set(at, known === undefined ? { ...point, at } : joined(known, point));
  }
  return hours;
}

/** What is usual for a series at an instant, of which the hours are known. */
export function usualAt(
  at: Instant,
  hours: ReadonlyMap<Instant, Point>,
  { measure, unit, weeks }: { readonly measure: Measure; readonly unit: Unit; readonly weeks: number },
  days: LocalDays,
  untaught: (hour: Interval) => Untaught | undefined = () => undefined,
): Usual | Learning {
  const asked = hoursLike(at, weeks, days).map((hour): TaughtHour => {
    const because = untaught({ start: hour, end: hour + HOUR_MS });
    if (because !== undefined) return { at: hour, because };
    const value = hourValue(measure, hours.get(hour), hours.get(hour - HOUR_MS));
    return value === undefined ? { at: hour, because: "no-value" } : { at: hour, value };
  });
  const values = asked.flatMap(({ value }) => value ?? []);
  return { ...usualOf(values, unit), hours: asked };
}

/**
 * From when it will be judged, if its values go on coming: in the hour that has as many weeks before it as it takes.
 * Undefined: it is judged now.
 */
export function judgesFrom(at: Instant, known: Usual | Learning): Instant | undefined {
  if (!("learning" in known)) return undefined;
  const weeks = Math.max(WEEKS_KNOWN_MIN - known.learning, 1);
  return Math.floor(at / HOUR_MS) * HOUR_MS + weeks * 7 * DAY_MS;
}

/** What is usual, from one value of each week that is known. */
export function usualOf(values: readonly number[], unit: Unit): Omit<Usual, "hours"> | Omit<Learning, "hours"> {
  if (values.length < WEEKS_KNOWN_MIN) return { learning: values.length };
  const mean = medianOf(values);
  const distance = medianOf(values.map((value) => Math.abs(value - mean)));
  const spread = Math.max(
    distance * DEVIATIONS_PER_MEDIAN_DISTANCE,
    Math.abs(mean) * SHARE_OF_USUAL_MIN,
    SPREAD_MIN[unit],
  );
  return { mean, spread, weeks: values.length };
}

/** The range outside of which a value is unlike the weeks before. */
export function usualRange(
  { mean, spread }: Pick<Usual, "mean" | "spread">,
  { spreads }: Pick<Baseline, "spreads">,
): {
  readonly low: number;
  readonly high: number;
} {
  return { low: mean - spreads * spread, high: mean + spreads * spread };
}

/** The other is later. */
function joined(one: Point, other: Point): Point {
  return {
    at: one.at,
    min: Math.min(one.min, other.min),
    max: Math.max(one.max, other.max),
    sum: one.sum + other.sum,
    count: one.count + other.count,
    last: other.last,
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}
