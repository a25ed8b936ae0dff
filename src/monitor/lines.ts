import type { Labels } from "../metric/sample.ts";
import { holidayCalendar } from "../roster/holidays.ts";
import type { Holiday } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Weekday } from "../time/weekday.ts";
import { matches } from "../triage/matchers.ts";
import { type Line, lineOf } from "./judge.ts";
import type { Baseline, Monitor, MonitorHours, Threshold } from "./monitor.ts";

/** Outside of it a value is unlike this hour of other weeks. */
export type UsualRange = { readonly low: number; readonly high: number };

export type LineFacts = {
  readonly at: Instant;
  readonly holidays: readonly Holiday[];
  /** Undefined while that is not known: its baseline is learning, or the store was not asked yet. */
  readonly usual: UsualRange | undefined;
};

/** The thresholds that hold for a series: those of the first exception that fits it, else the monitor's own. */
export function thresholdsFor(monitor: Monitor, labels: Labels): readonly Threshold[] {
  return monitor.exceptions.find(({ matchers }) => matches(matchers, labels))?.thresholds ?? monitor.thresholds;
}

/** Whether an exception takes the series out: then its baseline is not asked either. */
export function isExempt(monitor: Monitor, labels: Labels): boolean {
  return monitor.exceptions.find(({ matchers }) => matches(matchers, labels))?.thresholds.length === 0;
}

/**
 * The lines of a series at an instant: its thresholds in their order, the baseline last. As many and in the same order
 * whenever they are asked for.
 */
export function linesAt(
  thresholds: readonly Threshold[],
  baseline: Baseline | undefined,
  { at, holidays, usual }: LineFacts,
): readonly Line[] {
  const lines = thresholds.map((threshold) =>
    lineOf(threshold, threshold.hours === undefined || hoursApply(threshold.hours, at, holidays)),
  );
  return baseline === undefined ? lines : [...lines, baselineLine(baseline, usual)];
}

function baselineLine({ grade, hold, side }: Baseline, usual: UsualRange | undefined): Line {
  const outside = (value: number): boolean =>
    usual !== undefined && ((side !== "below" && value > usual.high) || (side !== "above" && value < usual.low));
  const middle = usual === undefined ? 0 : (usual.low + usual.high) / 2;
  const further = (one: number, other: number): number =>
    Math.abs(one - middle) >= Math.abs(other - middle) ? one : other;
  return { grade, hold, past: outside, still: outside, further, applies: usual === undefined ? "unknown" : "yes" };
}

/** Whether an instant is in these hours, by the clock of their zone. A night belongs to the day on which it begins. */
export function hoursApply(hours: MonitorHours, at: Instant, holidays: readonly Holiday[]): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(hours.zone);
  const minute = local.hour * 60 + local.minute;
  const from = minuteOf(hours.from);
  const to = minuteOf(hours.to);
  const today = local.toPlainDate();
  if (from < to) return from <= minute && minute < to && dayApplies(hours, today, holidays);
  if (minute >= from) return dayApplies(hours, today, holidays);
  return minute < to && dayApplies(hours, today.subtract({ days: 1 }), holidays);
}

function dayApplies(hours: MonitorHours, day: Temporal.PlainDate, holidays: readonly Holiday[]): boolean {
  if (!hours.weekdays.includes(day.dayOfWeek as Weekday)) return false;
  return hours.onHolidays || !isHoliday(day, hours.zone, holidays);
}

function isHoliday(day: Temporal.PlainDate, zone: string, holidays: readonly Holiday[]): boolean {
  return holidayCalendar(zone, holidays).has(day.toString());
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}
