import { DAY_MS, HOUR_MS, type Instant } from "../time/instant.ts";
import { cutAt, type Interval } from "../time/interval.ts";
import type { HolidayCalendar } from "./holidays.ts";

/** Night work is what lies between 22:00 and 06:00 (Labour Standards Act of Korea, art. 56). */
const NIGHT_FROM = "22:00";
const NIGHT_TO = "06:00";
/** A shift is a night where it takes this much of one (Directive 2003/88/EC, art. 2(4): at least three hours of night time). */
export const NIGHT_MS_MIN = 3 * HOUR_MS;

/** A stretch of one local day that is either night or not. */
export type DayPart = Interval & {
  /** Local. */
  readonly date: string;
  /** Of night time the date on whose evening the night began. */
  readonly night?: string;
  readonly isWeekend: boolean;
  /** The holiday's name. */
  readonly holiday?: string;
};

/** An interval cut at midnights and at the ends of nights, as the clocks of a zone show them. */
export function dayParts(interval: Interval, zone: string, holidays: HolidayCalendar): readonly DayPart[] {
  const edges = daysFrom(interval.start - DAY_MS, interval.end + DAY_MS, zone).flatMap((date) => [
    date.toZonedDateTime(zone).epochMilliseconds,
    atTime(date, NIGHT_TO, zone),
    atTime(date, NIGHT_FROM, zone),
  ]);
  return cutAt(interval, edges).map((part) => {
    const local = Temporal.Instant.fromEpochMilliseconds(part.start).toZonedDateTimeISO(zone);
    const date = local.toPlainDate();
    const time = local.toPlainTime().toString({ smallestUnit: "minute" });
    const night = time >= NIGHT_FROM ? date : time < NIGHT_TO ? date.subtract({ days: 1 }) : undefined;
    const holiday = holidays.get(date.toString());
    return {
      ...part,
      date: date.toString(),
      ...(night === undefined ? {} : { night: night.toString() }),
      isWeekend: date.dayOfWeek >= 6,
      ...(holiday === undefined ? {} : { holiday }),
    };
  });
}

/** The Monday on or before a local date: what names its week. */
export function mondayOf(date: string): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1 }).toString();
}

/** A local time of a date as an instant. */
export function atTime(date: Temporal.PlainDate, time: string, zone: string): Instant {
  return date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).epochMilliseconds;
}

/** The local dates that two instants lie on, and all between them. */
function daysFrom(start: Instant, end: Instant, zone: string): readonly Temporal.PlainDate[] {
  const dateOf = (at: Instant): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const last = dateOf(end);
  const dates: Temporal.PlainDate[] = [];
  for (let date = dateOf(start); Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    dates.push(date);
  return dates;
}
