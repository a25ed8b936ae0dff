import { createHash } from "node:crypto";
import { ICalCalendar, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { feedSaid as said } from "../locale/feed.ts";
import type { Locale } from "../locale/said.ts";
import type { FeedEvent } from "../roster/feed-events.ts";
import type { PersonId } from "../roster/roster.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";

/** How often programs are asked to look again, in seconds. */
const LOOK_AGAIN_SECONDS = 3_600;

export type FeedFacts = {
  /** Names the feed in the ids of its events. */
  readonly feed: string;
  readonly title: string;
  readonly of: "person" | "team" | "rotation";
  readonly locale: Locale;
  readonly zone: string;
  /** When the schedule was last changed, and how often it was: the same facts give the same bytes. */
  readonly changedAt: Instant;
  readonly revision: number;
  readonly nameOf: (person: PersonId) => string;
  /** Where the schedule is shown. */
  readonly url: string;
};

/**
 * The events as iCalendar (RFC 5545). Instants stand in UTC: a shift is one stretch of time wherever it is read, and no
 * definition of a zone can be wrong. Leave does not block the time, and whole days of it are whole days.
 */
export function writeFeed(events: readonly FeedEvent[], facts: FeedFacts): string {
  const { locale, changedAt, revision, url, feed } = facts;
  const calendar = new ICalCalendar({
    name: facts.title,
    prodId: { company: "Bongsu", product: "on call", language: locale.toUpperCase() },
    timezone: null,
    ttl: LOOK_AGAIN_SECONDS,
  });
  const stamp = instant(changedAt);
  for (const event of events) {
    const days = event.is === "leave" ? wholeDays(event, facts.zone) : undefined;
    const lines = [
      event.team === undefined ? "" : said.team({ team: event.team })[locale],
      event.rotation === undefined ? "" : said.rotation({ rotation: event.rotation })[locale],
      url,
    ];
    calendar.createEvent({
      id: `${createHash("sha256").update(`${feed} ${event.key}`).digest("hex").slice(0, 32)}@bongsu`,
      sequence: revision,
      stamp,
      lastModified: stamp,
      summary: summaryOf(event, facts),
      description: lines.filter((line) => line !== "").join("\n"),
      url,
      status: ICalEventStatus.CONFIRMED,
      transparency:
        event.is === "leave" || event.shadow ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      ...(days === undefined
        ? { start: instant(event.start), end: instant(event.end) }
        : { start: days.start, end: days.end, allDay: true }),
    });
  }
  return calendar.toString();
}

function summaryOf(event: FeedEvent, { of, locale, nameOf }: FeedFacts): string {
  const names = event.people.map(nameOf).join(", ");
  const insteadOf = event.insteadOf.map(nameOf).join(", ");
  if (event.is === "leave") return said.leave()[locale];
  const place = { team: event.team ?? "", rotation: event.rotation ?? "" };
  const what =
    of === "person"
      ? said.ownShift(place)[locale]
      : event.is === "gap"
        ? said.gap(place)[locale]
        : said.shift({ ...place, names })[locale];
  return [
    event.shadow ? said.shadow()[locale] : "",
    what,
    insteadOf === "" || event.is === "gap" ? "" : said.insteadOf({ names: insteadOf })[locale],
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function instant(at: Instant): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at);
}

/** The dates where a stretch goes from midnight to midnight in the zone. */
function wholeDays(
  { start, end }: FeedEvent,
  zone: string,
): { readonly start: Temporal.PlainDate; readonly end: Temporal.PlainDate } | undefined {
  const [from, to] = [start, end].map((at) => instant(at).toZonedDateTimeISO(zone)) as [
    Temporal.ZonedDateTime,
    Temporal.ZonedDateTime,
  ];
  const isMidnight = [from, to].every((at) => at.equals(at.startOfDay()));
  return isMidnight && end - start >= HOUR_MS ? { start: from.toPlainDate(), end: to.toPlainDate() } : undefined;
}
