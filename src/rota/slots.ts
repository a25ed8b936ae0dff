import { atTime, type DayPart, dayParts, mondayOf, NIGHT_MS_MIN } from "../roster/day-parts.ts";
import { type HolidayCalendar, holidayCalendar } from "../roster/holidays.ts";
import { DAY_MS, HOUR_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { RotaQuestion } from "./question.ts";

/** One shift to be filled, with everything that limits and fairness count. */
export type Slot = Interval & {
  readonly index: number;
  /** Which of the day's shifts; 0 where one follows the other. */
  readonly shift: number;
  /** Counted from the first day (daily) or from the first shift (long). */
  readonly nth: number;
  readonly hours: number;
  /** Hours in each week, by its Monday. */
  readonly weeks: ReadonlyMap<string, number>;
  /** The local dates on which somebody who has it works: one for each 24 hours begun. */
  readonly days: readonly string[];
  /** The dates of the nights of which it takes three hours or more. */
  readonly nights: readonly string[];
  readonly weekendHours: number;
  readonly holidayHours: number;
  /** Its holidays: date and name. */
  readonly holidays: ReadonlyMap<string, string>;
};

/** The shifts of a question in order of time. `cycles` more than one: the repetitions after it too. */
export function slotsOf(question: RotaQuestion, cycles = 1): readonly Slot[] {
  const { zone, pattern } = question;
  const calendar = holidayCalendar(zone, question.holidays);
  const days = question.weeks * 7 * cycles;
  const first = Temporal.PlainDate.from(question.from);
  const raw: (Interval & { readonly shift: number; readonly nth: number })[] = [];
  if (pattern.kind === "daily") {
    for (let nth = 0; nth < days; nth++) {
      const date = first.add({ days: nth });
      for (const [shift, hours] of pattern.shifts.entries()) {
        if (!hours.days.includes(date.dayOfWeek)) continue;
        const last = hours.to <= hours.from ? date.add({ days: 1 }) : date;
        raw.push({ start: atTime(date, hours.from, zone), end: atTime(last, hours.to, zone), shift, nth });
      }
    }
  } else {
    const length = longDays(pattern.length);
    for (let nth = 0; (nth + 1) * length <= days; nth++) {
      const date = first.add({ days: nth * length });
      const end = date.add({ days: length });
      raw.push({ start: atTime(date, pattern.at, zone), end: atTime(end, pattern.at, zone), shift: 0, nth });
    }
  }
  const sorted = raw.sort((one, other) => one.start - other.start || one.end - other.end);
  return sorted.map((slot, index) => slotOf({ ...slot, index }, zone, calendar));
}

/** The length of a long shift in days. */
export function longDays({ unit, count }: { readonly unit: "days" | "weeks"; readonly count: number }): number {
  return count * (unit === "weeks" ? 7 : 1);
}

function slotOf(
  slot: Interval & { readonly index: number; readonly shift: number; readonly nth: number },
  zone: string,
  calendar: HolidayCalendar,
): Slot {
  const parts = dayParts(slot, zone, calendar);
  const hoursOf = (fits: (part: DayPart) => boolean): number =>
    parts.filter(fits).reduce((sum, { start, end }) => sum + (end - start), 0) / HOUR_MS;
  const weeks = new Map<string, number>();
  const nights = new Map<string, number>();
  const holidays = new Map<string, string>();
  for (const { date, night, holiday, start, end } of parts) {
    weeks.set(mondayOf(date), (weeks.get(mondayOf(date)) ?? 0) + (end - start) / HOUR_MS);
    if (night !== undefined) nights.set(night, (nights.get(night) ?? 0) + (end - start));
    if (holiday !== undefined) holidays.set(date, holiday);
  }
  const first = Temporal.PlainDate.from(parts[0]?.date ?? "1970-01-01");
  const days = Math.max(1, Math.ceil((slot.end - slot.start) / DAY_MS));
  return {
    ...slot,
    hours: (slot.end - slot.start) / HOUR_MS,
    weeks,
    days: Array.from({ length: days }, (_, nth) => first.add({ days: nth }).toString()),
    nights: [...nights].filter(([, length]) => length >= NIGHT_MS_MIN).map(([night]) => night),
    weekendHours: hoursOf(({ isWeekend }) => isWeekend),
    holidayHours: hoursOf(({ holiday }) => holiday !== undefined),
    holidays,
  };
}
