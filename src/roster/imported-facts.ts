import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { CalendarEntry, CalendarImport } from "./calendars.ts";
import type { StoredItem } from "./change-plan.ts";
import type { RosterEdit } from "./edit-roster.ts";
import { CALENDAR } from "./edit-schedule.ts";
import type { Holiday, Leave } from "./roster.ts";
import type { RosterFact } from "./roster-of.ts";

/** How far ahead entries become leave and holidays: the next year, as the reach proof looks at it. */
export const IMPORT_AHEAD_MS = 400 * DAY_MS;
/** What is over stays for so long. */
const KEEP_MS = 400 * DAY_MS;

type Facts = {
  readonly now: Instant;
  /** The local date of now. */
  readonly today: string;
  /** Makes an id of an entry's own. */
  readonly digest: (text: string) => string;
};

export function managerOf({ id }: Pick<CalendarImport, "id">): string {
  return `${CALENDAR}${id}`;
}

/**
 * What a calendar changes: its entries as leave of its person or as holidays, and none of those that it no longer has. What
 * is over stays, and a day on which somebody else has said something stays theirs.
 */
export function importEdit(
  calendar: CalendarImport,
  entries: readonly CalendarEntry[],
  stored: readonly StoredItem[],
  facts: Facts,
): { readonly edit: RosterEdit; readonly count: number } {
  const matching = entries.filter(
    ({ title }) => calendar.match === undefined || title.toLowerCase().includes(calendar.match.toLowerCase()),
  );
  const wanted =
    calendar.of === "leave" ? leavesOf(calendar, matching, facts) : holidaysOf(calendar, matching, stored, facts);
  const keys = new Set(wanted.map(({ id }) => id));
  const mine = stored.filter(({ managedBy }) => managedBy === managerOf(calendar));
  const known = new Map(mine.map(({ id, data }) => [id, JSON.stringify(data)]));
  return {
    count: wanted.length,
    edit: {
      put: wanted.filter(({ id, data }) => known.get(id) !== JSON.stringify(data)),
      remove: mine.filter((item) => !keys.has(item.id) && mayGo(item, facts)).map(({ kind, id }) => ({ kind, id })),
    },
  };
}

function leavesOf(
  { id: calendar, person }: CalendarImport,
  entries: readonly CalendarEntry[],
  { now, digest }: Facts,
): readonly RosterFact[] {
  if (person === undefined) return [];
  const leaves = entries
    .filter(({ end }) => end > now)
    .map(({ uid, title, start, end }): RosterFact => {
      const id = `${calendar}.${digest(`${uid} ${start}`).slice(0, 20)}`;
      const note = oneLine(title);
      const leave: Omit<Leave, "id"> & { id: string } = {
        id,
        person,
        start: Math.floor(start / MINUTE_MS) * MINUTE_MS,
        end: Math.ceil(end / MINUTE_MS) * MINUTE_MS,
        ...(note === "" ? {} : { note }),
      };
      return { kind: "leave", id, data: leave };
    });
  return [...new Map(leaves.map((leave) => [leave.id, leave])).values()];
}

function holidaysOf(
  calendar: CalendarImport,
  entries: readonly CalendarEntry[],
  stored: readonly StoredItem[],
  { today }: Facts,
): readonly RosterFact[] {
  const taken = new Set(
    stored.filter(({ kind, managedBy }) => kind === "holiday" && managedBy !== managerOf(calendar)).map(({ id }) => id),
  );
  const names = new Map<string, string>();
  for (const { title, days = [] } of entries)
    for (const date of days)
      if (date >= today && !taken.has(date)) names.set(date, names.get(date) ?? (oneLine(title) || calendar.name));
  return [...names].map(([date, name]) => {
    const holiday: Holiday = { date, name, off: true };
    return { kind: "holiday", id: date, data: holiday };
  });
}

/** Still to come, or so long ago that nobody asks. */
function mayGo({ kind, id, data }: StoredItem, { now, today }: Facts): boolean {
  if (kind === "holiday") {
    const oldest = Temporal.PlainDate.from(today)
      .subtract({ days: KEEP_MS / DAY_MS })
      .toString();
    return id >= today || id < oldest;
  }
  const { end } = data as Leave;
  return end > now || end < now - KEEP_MS;
}

function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, TITLE_LENGTH_MAX)
    .toWellFormed();
}

const TITLE_LENGTH_MAX = 100;
