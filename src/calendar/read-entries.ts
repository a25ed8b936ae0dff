import ical, { type VEvent } from "node-ical";
import type { CalendarEntry } from "../roster/calendars.ts";
import { DAY_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

/** More are no calendar of leave; a repetition by the minute is none either. */
const ENTRIES_MAX = 2_000;
const TITLE_LENGTH_MAX = 200;
/** An exception may move an entry of a series into the stretch from this far. */
const AROUND_MS = 31 * DAY_MS;

export type ReadEntries =
  | { readonly is: "read"; readonly entries: readonly CalendarEntry[] }
  | { readonly is: "refused"; readonly because: "not-a-calendar" | "too-many-entries" };

/**
 * The entries of an iCalendar text that overlap an interval, series spread out (RRULE, EXDATE, moved ones), cancelled ones
 * left out. Whole days are those of `zone`: a date has no zone of its own. A series may be written so that spreading it
 * takes for ever: `calendars.ts` does it in a thread that it ends.
 */
export function readEntries(
  text: string,
  { interval, zone }: { readonly interval: Interval; readonly zone: string },
): ReadEntries {
  if (!/^\uFEFF?\s*BEGIN:VCALENDAR/iu.test(text)) return { is: "refused", because: "not-a-calendar" };
  const range = { from: new Date(interval.start - AROUND_MS), to: new Date(interval.end + AROUND_MS) };
  const entries: CalendarEntry[] = [];
  for (const [uid, event] of Object.entries(ical.sync.parseICS(text))) {
    if (event?.type !== "VEVENT" || !(event.start instanceof Date)) continue;
    for (const { start, end, isFullDay, summary, event: one } of ical.expandRecurringEvent(event, {
      ...range,
      expandOngoing: true,
    })) {
      if (isCancelled(one) || isCancelled(event)) continue;
      const title = (typeof summary === "string" ? summary : summary.val).slice(0, TITLE_LENGTH_MAX);
      const days = isFullDay ? daysOf(start, end) : undefined;
      const stretch = days === undefined ? { start: start.getTime(), end: end.getTime() } : stretchOf(days, zone);
      if (stretch.start >= stretch.end || stretch.end <= interval.start || stretch.start >= interval.end) continue;
      entries.push({ uid, title, ...stretch, ...(days === undefined ? {} : { days }) });
      if (entries.length > ENTRIES_MAX) return { is: "refused", because: "too-many-entries" };
    }
  }
  return { is: "read", entries: entries.sort((one, other) => one.start - other.start || one.end - other.end) };
}

function isCancelled({ status }: VEvent): boolean {
  return status === "CANCELLED";
}

/** node-ical gives dates as midnights of the zone that this process runs in. */
function daysOf(start: Date, end: Date): readonly string[] {
  const dateOf = (date: Date): Temporal.PlainDate =>
    Temporal.PlainDate.from({ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() });
  const first = dateOf(start);
  const length = Math.max(1, dateOf(end).since(first, { largestUnit: "days" }).days);
  return Array.from({ length: Math.min(length, DAYS_MAX) }, (_, nth) => first.add({ days: nth }).toString());
}

const DAYS_MAX = 400;

function stretchOf(days: readonly string[], zone: string): Interval {
  const midnight = (date: Temporal.PlainDate): number => date.toZonedDateTime(zone).epochMilliseconds;
  const [first = "", last = first] = [days[0], days.at(-1)];
  return {
    start: midnight(Temporal.PlainDate.from(first)),
    end: midnight(Temporal.PlainDate.from(last).add({ days: 1 })),
  };
}
