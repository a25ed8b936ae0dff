import type { Id } from "../id/id.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Weekday } from "../time/weekday.ts";
import type { Alert } from "./alert.ts";
import { matches } from "./matchers.ts";
import type { Matcher } from "./silence.ts";

export type Repeat =
  | { readonly kind: "none" }
  | { readonly kind: "daily" }
  | { readonly kind: "weekly"; readonly weekdays: readonly Weekday[] }
  /** In a month that is shorter, the last day of it. */
  | { readonly kind: "monthly-day"; readonly day: number }
  /** The nth such weekday of the month; -1 is the last. */
  | { readonly kind: "monthly-weekday"; readonly nth: 1 | 2 | 3 | 4 | -1; readonly weekday: Weekday };

/**
 * A planned time of work: alerts of its services and with its labels open no incident in it (where both are given, both
 * have to fit). What it mutes is recorded and visible, and what still fires at its end joins an incident.
 */
export type Maintenance = {
  readonly id: Id<"maintenance">;
  readonly title: string;
  readonly services: readonly string[];
  readonly matchers: readonly Matcher[];
  /** IANA name. */
  readonly zone: string;
  /** Local date and time in `zone` of the first occurrence, `2026-01-05T02:00`; none is before it. */
  readonly start: string;
  /** The time that really passes, whatever the clocks on the wall do meanwhile. */
  readonly durationMinutes: number;
  readonly repeat: Repeat;
  /** Local date on which the last occurrence may begin. */
  readonly until?: string;
  readonly createdBy: string;
  readonly updatedAt: Instant;
};

export const MAINTENANCE_MINUTES_MAX = 31 * 24 * 60;

/** [start, end). */
export type Occurrence = { readonly start: Instant; readonly end: Instant };

/**
 * The occurrences that touch [from, to), in order. Each begins at the local time of its day: where the clocks skip that
 * time, as much later as they skip; where they show it twice, the first time (RFC 5545's rule, Temporal's `compatible`).
 */
export function occurrences(window: Maintenance, from: Instant, to: Instant): readonly Occurrence[] {
  const { zone, repeat } = window;
  const duration = window.durationMinutes * MINUTE_MS;
  const first = Temporal.PlainDateTime.from(window.start);
  const time = first.toPlainTime();
  const firstDate = first.toPlainDate();
  const until = window.until === undefined ? undefined : Temporal.PlainDate.from(window.until);
  const found: Occurrence[] = [];
  const end = later(dateAt(to, zone), firstDate).add({ days: 1 });
  let date = later(dateAt(from - duration, zone).subtract({ days: 1 }), firstDate);
  for (; Temporal.PlainDate.compare(date, end) <= 0; date = date.add({ days: 1 })) {
    if (until !== undefined && Temporal.PlainDate.compare(date, until) > 0) break;
    if (!fallsOn(date, firstDate, repeat)) {
      if (repeat.kind === "none") break;
      continue;
    }
    const start = date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
    if (start < to && start + duration > from) found.push({ start, end: start + duration });
  }
  return found;
}

/** The occurrence that holds the instant; of two that overlap, the one that ends last. */
export function activeAt(window: Maintenance, at: Instant): Occurrence | undefined {
  return occurrences(window, at, at + 1).at(-1);
}

/** The next few that have not ended, at most two years ahead. */
export function nextOccurrences(window: Maintenance, at: Instant, count: number): readonly Occurrence[] {
  for (const days of [2, 32, 400, 800]) {
    const found = occurrences(window, at, at + days * DAY_MS);
    if (found.length >= count || days === 800) return found.slice(0, count);
  }
  return [];
}

/** How long it mutes without a break at most, looking a little more than a month ahead of its first or present time. */
export function longestStretch(window: Maintenance, at: Instant): number {
  const [first] = nextOccurrences(window, at, 1);
  if (first === undefined) return 0;
  let longest = 0;
  let stretch: Occurrence | undefined;
  for (const one of occurrences(window, first.start, first.start + 40 * DAY_MS)) {
    stretch =
      stretch !== undefined && one.start <= stretch.end
        ? { start: stretch.start, end: Math.max(stretch.end, one.end) }
        : one;
    longest = Math.max(longest, stretch.end - stretch.start);
  }
  return longest;
}

/** Whether an alert is of the work that the window is for. */
export function covers(
  { services, matchers }: Pick<Maintenance, "services" | "matchers">,
  alert: Pick<Alert, "service" | "labels">,
): boolean {
  if (services.length === 0 && matchers.length === 0) return false;
  if (services.length > 0 && !services.includes(alert.service)) return false;
  return matches(matchers, alert.labels);
}

function fallsOn(date: Temporal.PlainDate, first: Temporal.PlainDate, repeat: Repeat): boolean {
  switch (repeat.kind) {
    case "none":
      return date.equals(first);
    case "daily":
      return true;
    case "weekly":
      return repeat.weekdays.includes(date.dayOfWeek as Weekday);
    case "monthly-day":
      return date.day === Math.min(repeat.day, date.daysInMonth);
    case "monthly-weekday":
      if (date.dayOfWeek !== repeat.weekday) return false;
      return repeat.nth === -1 ? date.day + 7 > date.daysInMonth : Math.ceil(date.day / 7) === repeat.nth;
  }
}

function dateAt(at: Instant, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

function later(one: Temporal.PlainDate, other: Temporal.PlainDate): Temporal.PlainDate {
  return Temporal.PlainDate.compare(one, other) > 0 ? one : other;
}
