import { HOUR_MS, type Instant } from "../time/instant.ts";
import { common, type Interval, joined } from "../time/interval.ts";
import { type HolidayCalendar, holidayCalendar } from "./holidays.ts";
import type { Holiday, PersonId, Rotation, TurnLength } from "./roster.ts";

/** One turn as the rotation alone has it, before leave and overrides. */
export type Turn = {
  /** Counted from the rotation's beginning. */
  readonly nth: number;
  readonly people: readonly PersonId[];
  readonly start: Instant;
  readonly end: Instant;
  /** The parts of it in which somebody is on duty: all of it, or the rotation's hours and days. */
  readonly parts: readonly Interval[];
};

/** The turns that overlap an interval, whole, in order of time. Exact at every boundary, whatever the zone's offset does. */
export function turnsIn(rotation: Rotation, company: readonly Holiday[], interval: Interval): readonly Turn[] {
  if (rotation.participants.length === 0) return [];
  const calendar = calendarOf(rotation, company);
  const turns: Turn[] = [];
  for (let nth = calendar.at(interval.start); ; nth++) {
    const turn = calendar.turn(nth);
    if (turn === undefined || turn.start >= interval.end) return turns;
    if (turn.end > interval.start) turns.push(turn);
  }
}

/** Whose turn the nth is. */
export function participantsOf({ participants }: Rotation, nth: number): readonly PersonId[] {
  const { length } = participants;
  return [...new Set(participants[((nth % length) + length) % length])];
}

/** The rotation on the calendar, with what was worked out already: zones are dear, and the same few turns asked for. */
type Calendar = {
  /** The turn at an instant, or the first one to look at. */
  at(instant: Instant): number;
  turn(nth: number): Turn | undefined;
};

const calendars = new WeakMap<Rotation, { readonly company: readonly Holiday[]; readonly calendar: Calendar }>();
/** Remembered turns of one rotation: more than a year of hourly ones. */
const TURNS_MAX = 10_000;

function calendarOf(rotation: Rotation, company: readonly Holiday[]): Calendar {
  const known = calendars.get(rotation);
  if (known?.company === company) return known.calendar;
  const holidays = holidayCalendar(rotation.zone, company);
  const byHoliday = rotation.turns[0]?.unit === "holidays";
  const bounds = byHoliday ? holidayTurns(rotation, holidays) : lengthTurns(rotation);
  // A turn by the holiday may reach into the morning after: its slots say it all.
  const active: Rotation = byHoliday ? { ...rotation, holidays: "as-usual" } : rotation;
  const end = rotation.end === undefined ? Number.POSITIVE_INFINITY : instantOf(rotation.end, rotation.zone);
  const turns = new Map<number, Turn>();
  const calendar: Calendar = {
    at: (instant) => bounds.at(instant),
    turn(nth) {
      const seen = turns.get(nth);
      if (seen !== undefined) return seen;
      const bound = bounds.turn(nth);
      if (bound === undefined || bound.start >= end) return undefined;
      const whole = { start: bound.start, end: Math.min(bound.end, end) };
      const within = (bound.slots ?? [whole]).flatMap((slot) => common(slot, whole) ?? []);
      const parts = joined(within.flatMap((slot) => activeParts(active, holidays, slot)));
      const turn = { nth, people: participantsOf(rotation, nth), ...whole, parts };
      if (turns.size >= TURNS_MAX) turns.clear();
      turns.set(nth, turn);
      return turn;
    },
  };
  calendars.set(rotation, { company, calendar });
  return calendar;
}

type Bound = Interval & { readonly slots?: readonly Interval[] };
type Bounds = { at(instant: Instant): number; turn(nth: number): Bound | undefined };

function lengthTurns(rotation: Rotation): Bounds {
  const begin = boundaries(rotation);
  const usual = rotation.turns.reduce((sum, length) => sum + usualLength(length), 0) / rotation.turns.length;
  return {
    at(instant) {
      let nth = Math.max(0, Math.floor((instant - begin(0)) / usual) - rotation.turns.length);
      while (nth > 0 && begin(nth) > instant) nth--;
      while (begin(nth + 1) <= instant) nth++;
      return nth;
    },
    turn: (nth) => ({ start: begin(nth), end: begin(nth + 1) }),
  };
}

/** The instant at which the nth turn begins, counted from the first beginning: an offset that changes adds up to nothing. */
function boundaries({ start, zone, turns }: Rotation): (nth: number) => Instant {
  const first = Temporal.PlainDateTime.from(start).toZonedDateTime(zone);
  const seen = new Map<number, Instant>();
  return (nth) => {
    const known = seen.get(nth);
    if (known !== undefined) return known;
    const sum = { months: 0, weeks: 0, days: 0, hours: 0 };
    const cycles = Math.floor(nth / turns.length);
    for (const [index, { unit, count }] of turns.entries()) {
      if (unit === "holidays") continue;
      sum[unit] += count * (cycles + (index < nth % turns.length ? 1 : 0));
    }
    const byClockAlone = sum.months + sum.weeks + sum.days === 0;
    const at = byClockAlone ? first.epochMilliseconds + sum.hours * HOUR_MS : first.add(sum).epochMilliseconds;
    if (seen.size >= TURNS_MAX) seen.clear();
    seen.set(nth, at);
    return at;
  };
}

function usualLength({ unit, count }: TurnLength): number {
  return (
    count * { hours: HOUR_MS, days: 24 * HOUR_MS, weeks: 168 * HOUR_MS, months: 730.485 * HOUR_MS, holidays: 0 }[unit]
  );
}

/** Turns by the holiday: each begins at the hand-off's time on a holiday and lasts until that time of the next day. */
function holidayTurns({ start, zone, turns }: Rotation, holidays: HolidayCalendar): Bounds {
  const first = Temporal.PlainDateTime.from(start);
  const time = first.toPlainTime();
  const slots = [...holidays.keys()]
    .filter((date) => date >= first.toPlainDate().toString())
    .map((date) => {
      const day = Temporal.PlainDate.from(date);
      const at = (one: Temporal.PlainDate): Instant =>
        one.toPlainDateTime(time).toZonedDateTime(zone).epochMilliseconds;
      return { start: at(day), end: at(day.add({ days: 1 })) };
    });
  const count = turns[0]?.count ?? 1;
  const turn = (nth: number): Bound | undefined => {
    const mine = slots.slice(nth * count, (nth + 1) * count);
    const [begin] = mine;
    const end = mine.at(-1);
    return begin === undefined || end === undefined ? undefined : { start: begin.start, end: end.end, slots: mine };
  };
  return {
    turn,
    at: (instant) =>
      Math.floor(
        Math.max(
          0,
          slots.findIndex(({ end }) => end > instant),
        ) / count,
      ),
  };
}

/** What of a stretch lies in the rotation's hours, and on the days that its holidays leave. */
function activeParts(
  { zone, hours, holidays }: Rotation,
  calendar: HolidayCalendar,
  slot: Interval,
): readonly Interval[] {
  if (hours.length === 0 && holidays === "as-usual") return [slot];
  const dateOf = (at: Instant): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
  const at = (date: Temporal.PlainDate, time: string): Instant =>
    date.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).epochMilliseconds;
  const windows = hours.length === 0 ? WHOLE_DAYS : hours;
  const parts: Interval[] = [];
  const last = dateOf(slot.end);
  // Hours that begin the day before may reach into the first.
  for (let date = dateOf(slot.start).subtract({ days: 1 }); Temporal.PlainDate.compare(date, last) <= 0; ) {
    const next = date.add({ days: 1 });
    const isHoliday = calendar.has(date.toString());
    if (holidays === "as-usual" || isHoliday === (holidays === "only")) {
      for (const { days, from, to } of windows) {
        if (!days.includes(date.dayOfWeek)) continue;
        const part = common({ start: at(date, from), end: at(to <= from ? next : date, to) }, slot);
        if (part !== undefined) parts.push(part);
      }
    }
    date = next;
  }
  return parts;
}

const WHOLE_DAYS = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", to: "00:00" }];

function instantOf(local: string, zone: string): Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}
