import { dayParts, mondayOf, NIGHT_MS_MIN } from "../roster/day-parts.ts";
import { type HolidayCalendar } from "../roster/holidays.ts";
import type { PersonId } from "../roster/roster.ts";
import { DAY_MS, HOUR_MS, toIso } from "../time/instant.ts";
import { type Interval, overlap } from "../time/interval.ts";
import type { RotaPerson, RotaQuestion, RotaRule } from "./question.ts";

/** A shift with its people. */
export type RotaShift = Interval & {
  /** Which of the day's shifts; 0 where one follows the other. */
  readonly shift: number;
  readonly nth: number;
  readonly people: readonly PersonId[];
};
/** What does not hold: whom it is about, and when. */
export type BrokenRule = { readonly rule: RotaRule | "overlap"; readonly person?: PersonId; readonly at: string };

/**
 * Every rule that a rota breaks: looked at person by person on the shifts themselves, and not by the model that made it,
 * so that a mistake there is seen here. A rota that repeats is asked with several of its rounds in a row; what its first
 * and last weeks lack is for the caller to leave out.
 */
export function brokenRules(question: RotaQuestion, shifts: readonly RotaShift[]): readonly BrokenRule[] {
  const { perShift, people } = question;
  const broken: BrokenRule[] = shifts
    .filter((shift) => new Set(shift.people).size !== perShift || shift.people.length !== perShift)
    .map(({ start }) => ({ rule: "per-shift", at: toIso(start) }));
  for (const person of people) {
    const mine = shifts.filter((shift) => shift.people.includes(person.id)).toSorted((a, b) => a.start - b.start);
    broken.push(...brokenBy(question, person, mine));
  }
  return broken;
}

function brokenBy(question: RotaQuestion, person: RotaPerson, mine: readonly RotaShift[]): readonly BrokenRule[] {
  const { zone, limits } = question;
  const broken: BrokenRule[] = [];
  const say = (rule: BrokenRule["rule"], at: string): number => broken.push({ rule, person: person.id, at });
  for (const [nth, shift] of mine.entries()) {
    if (person.away.some((one) => overlap(one, shift))) say("leave", toIso(shift.start));
    for (const later of mine.slice(nth + 1)) {
      if (overlap(shift, later)) say("overlap", toIso(later.start));
      const between = Math.max(later.start - shift.end, 0);
      if (limits.restHoursMin !== undefined && between < limits.restHoursMin * HOUR_MS) say("rest", toIso(later.start));
    }
  }
  const weeks = new Map<string, number>();
  const nights = new Map<string, number>();
  const days = new Set<string>();
  for (const shift of mine) {
    const parts = dayParts(shift, zone, NO_HOLIDAYS);
    const mineNights = new Map<string, number>();
    for (const { date, night, start, end } of parts) {
      weeks.set(mondayOf(date), (weeks.get(mondayOf(date)) ?? 0) + (end - start));
      if (night !== undefined) mineNights.set(night, (mineNights.get(night) ?? 0) + (end - start));
    }
    for (const [night, length] of mineNights) if (length >= NIGHT_MS_MIN) nights.set(night, length);
    const first = Temporal.PlainDate.from(parts[0]?.date ?? "1970-01-01");
    for (let day = 0; day * DAY_MS < shift.end - shift.start; day++) days.add(first.add({ days: day }).toString());
  }
  const { weekHoursMax = Number.POSITIVE_INFINITY } = limits;
  for (const [week, length] of weeks) if (length > weekHoursMax * HOUR_MS) say("week-hours", week);
  for (const date of rowsOver([...nights.keys()], limits.nightsInRowMax)) say("nights-in-row", date);
  for (const date of rowsOver([...days], limits.daysInRowMax)) say("days-in-row", date);
  return broken;
}

const NO_HOLIDAYS: HolidayCalendar = new Map();

/** The dates with which a row grows longer than it may. */
function rowsOver(dates: readonly string[], max: number | undefined): readonly string[] {
  if (max === undefined) return [];
  const over: string[] = [];
  let row = 0;
  let before: string | undefined;
  for (const date of dates.toSorted()) {
    const follows = before !== undefined && Temporal.PlainDate.from(before).add({ days: 1 }).toString() === date;
    row = follows ? row + 1 : 1;
    if (row > max) over.push(date);
    before = date;
  }
  return over;
}
