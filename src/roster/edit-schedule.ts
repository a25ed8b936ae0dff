import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { StoredItem } from "./change-plan.ts";
import type { RosterEdit } from "./edit-roster.ts";
import type { Leave, Override, PersonId, Roster } from "./roster.ts";
import { shiftsOf } from "./shifts.ts";

/** Why an exception from the schedule is not made. */
export type ScheduleRefusal =
  | "no-such-rotation"
  | "no-such-person"
  | "bad-interval"
  | "too-long"
  | "already-over"
  | "not-their-shift"
  | "instead-of-oneself";

/** Longer than this is no exception: the rotation itself is to be changed. */
export const EXCEPTION_DAYS_MAX = 366;

/**
 * The override as it is kept: whole minutes, for it is written so in files, and nothing that is over already. With
 * `instead`, that person has to have a shift in it.
 */
export function overrideFrom(
  wish: Override,
  roster: Roster,
  now: Instant,
): { readonly override: Override } | { readonly no: ScheduleRefusal } {
  const rotation = roster.rotations.get(wish.rotation);
  if (rotation === undefined) return { no: "no-such-rotation" };
  if (!roster.people.has(wish.person)) return { no: "no-such-person" };
  if (wish.instead === wish.person) return { no: "instead-of-oneself" };
  const no = whyNot(wish, now);
  if (no !== undefined) return { no };
  const override: Override = { ...wish, ...wholeMinutes({ ...wish, start: Math.max(wish.start, now) }) };
  if (override.start >= override.end) return { no: "already-over" };
  const { instead } = wish;
  if (instead !== undefined && !shiftsOf(rotation, roster, override).some(({ people }) => people.includes(instead)))
    return { no: roster.people.has(instead) ? "not-their-shift" : "no-such-person" };
  return { override };
}

/** The leave as it is kept. It may have begun already: that somebody is away is a fact, whoever was on duty. */
export function leaveFrom(
  wish: Leave,
  roster: Roster,
  now: Instant,
): { readonly leave: Leave } | { readonly no: ScheduleRefusal } {
  if (!roster.people.has(wish.person)) return { no: "no-such-person" };
  const no = whyNot(wish, now);
  if (no !== undefined) return { no };
  const leave: Leave = { ...wish, ...wholeMinutes(wish) };
  return leave.start < leave.end ? { leave } : { no: "bad-interval" };
}

function whyNot({ start, end }: Interval, now: Instant): ScheduleRefusal | undefined {
  if (end <= start) return "bad-interval";
  if (end - start > EXCEPTION_DAYS_MAX * DAY_MS) return "too-long";
  return end <= now ? "already-over" : undefined;
}

function wholeMinutes({ start, end }: Interval): Interval {
  return { start: Math.floor(start / MINUTE_MS) * MINUTE_MS, end: Math.ceil(end / MINUTE_MS) * MINUTE_MS };
}

/** Takes back what is still to come of an override or a leave: what has begun ends now, and what was stays. */
export function endedException(
  { kind, id, data }: StoredItem,
  roster: Roster,
  now: Instant,
): RosterEdit | { readonly no: ScheduleRefusal } {
  const stretch = data as (Override | Leave) & { readonly instead?: PersonId };
  if (stretch.end <= now) return { no: "already-over" };
  const end = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const isKnown = [stretch.person, stretch.instead ?? stretch.person].every((person) => roster.people.has(person));
  // Somebody who left the roster cannot be named in it any more; the past is kept beside it (`rosterPast`).
  if (end <= stretch.start || !isKnown) return { put: [], remove: [{ kind, id }] };
  return { put: [{ kind, id, data: { ...stretch, end } }], remove: [] };
}

/** Overrides and leave that name somebody who goes, but for those that a file declares. */
export function exceptionsOf(stored: readonly StoredItem[], people: ReadonlySet<string>): readonly StoredItem[] {
  return stored.filter(({ kind, data }) => {
    if (kind !== "override" && kind !== "leave") return false;
    const { person, instead } = data as (Override | Leave) & { readonly instead?: PersonId };
    return people.has(person) || (instead !== undefined && people.has(instead));
  });
}

/** Whether a file declares it; what an imported calendar brings is managed by `calendar:` and its id. */
export function isOfFile(managedBy: string | undefined): managedBy is string {
  return managedBy !== undefined && !isOfCalendar(managedBy);
}

export function isOfCalendar(managedBy: string | undefined): boolean {
  return managedBy?.startsWith(CALENDAR) ?? false;
}

export const CALENDAR = "calendar:";

/** The part of an interval's exceptions that is still to come. */
export function stillToCome(interval: Interval, now: Instant): Interval {
  return { start: Math.max(interval.start, now), end: Math.max(interval.end, now) };
}
