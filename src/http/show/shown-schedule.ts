import type { CalendarImport } from "../../roster/calendars.ts";
import type { DutyChange } from "../../roster/duty-changes.ts";
import { type Era, finalShiftsThrough } from "../../roster/eras.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import { managerOf } from "../../roster/imported-facts.ts";
import { dutyIn, rotationsOf, type TeamShift, teamNamed } from "../../roster/on-duty.ts";
import type { Holiday, Leave, Override, PersonId, Roster } from "../../roster/roster.ts";
import type { RosterItem } from "../../store/store.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { common, type Interval, overlap } from "../../time/interval.ts";
import type {
  ShownDutyChange,
  ShownHoliday,
  ShownInterval,
  ShownLeave,
  ShownOverride,
  ShownShift,
  ShownTeamSchedule,
} from "../wire/schedule.ts";

type Named = { readonly name: string; readonly aroundTheClock: boolean };

/** A team through its eras. Gaps that are over are no news: they are looked for from `now` on. */
export function shownTeamSchedule(
  eras: readonly Era[],
  { name, aroundTheClock }: Named,
  { interval, now }: { readonly interval: Interval; readonly now: Instant },
): ShownTeamSchedule {
  const roster = (eras.at(-1) as Era).roster;
  const team = teamNamed(roster, name);
  const rotations = rotationsOf(roster, team);
  const future = common(interval, { start: now, end: Number.POSITIVE_INFINITY });
  const gaps = future === undefined ? [] : dutyIn(roster, name, future).filter(({ people }) => people.length === 0);
  return {
    name,
    takesTurns: rotations.some(({ shadow }) => !shadow),
    aroundTheClock,
    members: [...new Set(team?.members.map(({ person }) => person) ?? [])],
    rotations: rotations.map(({ id }) => id),
    shifts: finalShiftsThrough(eras, name).map(shownShift),
    gaps: gaps.map(shownInterval),
  };
}

export function shownInterval({ start, end }: Interval): ShownInterval {
  return { start: toIso(start), end: toIso(end) };
}

function shownShift(shift: TeamShift): ShownShift {
  const { rotation, people, because, insteadOf, turn, overrides, shadow } = shift;
  const whole = turn === undefined ? null : shownInterval(turn);
  return { ...shownInterval(shift), rotation, people, because, insteadOf, turn: whole, overrides, shadow };
}

/** Public holidays and the company's own days in an interval, those too on which the company works. */
export function shownHolidays(
  items: readonly RosterItem[],
  roster: Roster,
  { interval, zone }: { readonly interval: Interval; readonly zone: string },
): readonly ShownHoliday[] {
  const dateOf = (at: Instant): string =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
  const [first, last] = [dateOf(interval.start), dateOf(interval.end - 1)];
  const byDate = new Map<string, ShownHoliday>();
  const legal = holidayCalendar(zone, NO_HOLIDAYS);
  for (const [date, name] of holidayCalendar(zone, roster.holidays))
    byDate.set(date, { date, name, public: legal.has(date), off: true, managedBy: null });
  for (const item of items) {
    if (item.kind !== "holiday") continue;
    const { date, name, off } = item.data as Holiday;
    byDate.set(date, { date, name, public: legal.has(date), off, managedBy: item.managedBy ?? null });
  }
  return [...byDate.values()]
    .filter(({ date }) => first <= date && date <= last)
    .sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** One array for every request: what was worked out of it is remembered by it. */
const NO_HOLIDAYS: readonly Holiday[] = [];

/** What each item is managed by, as it is called: a file, or an imported calendar by its name. */
export function withManagers(
  items: readonly RosterItem[],
  calendars: readonly Pick<CalendarImport, "id" | "name">[],
): readonly RosterItem[] {
  const names = new Map(calendars.map((calendar) => [managerOf(calendar), calendar.name]));
  return items.map((item) => {
    const name = item.managedBy === undefined ? undefined : names.get(item.managedBy);
    return name === undefined ? item : { ...item, managedBy: name };
  });
}

/** Of those kinds what the calendar needs. */
type Kept = Pick<RosterItem, "data" | "managedBy">;

export function shownChange({ team, before, after, ...stretch }: DutyChange): ShownDutyChange {
  return { team, ...shownInterval(stretch), before, after };
}

export function shownLeave({ data, managedBy }: Kept, mayReadNote: (person: PersonId) => boolean): ShownLeave {
  const { id, person, note, ...leave } = data as Leave;
  return {
    id,
    person,
    ...shownInterval(leave),
    note: note !== undefined && mayReadNote(person) ? note : null,
    managedBy: managedBy ?? null,
  };
}

export function shownOverride({ data, managedBy }: Kept): ShownOverride {
  const { id, rotation, person, instead, note, ...stretch } = data as Override;
  return {
    id,
    rotation,
    person,
    instead: instead ?? null,
    ...shownInterval(stretch),
    note: note ?? null,
    managedBy: managedBy ?? null,
  };
}

/** Those items of a kind whose stretch overlaps an interval, in order of time. */
export function itemsIn(
  items: readonly RosterItem[],
  kind: "override" | "leave",
  interval: Interval,
): readonly RosterItem[] {
  const stretch = (item: RosterItem): Interval => item.data as Interval;
  return items
    .filter((item) => item.kind === kind && overlap(stretch(item), interval))
    .sort((one, other) => stretch(one).start - stretch(other).start);
}
