import { createHash } from "node:crypto";
import { writeFeed } from "../calendar/write-feed.ts";
import type { Engine } from "../engine/engine.ts";
import { feedSaid } from "../locale/feed.ts";
import type { CalendarFeed } from "../roster/calendars.ts";
import { erasOf, finalShiftsThrough } from "../roster/eras.ts";
import { feedEvents } from "../roster/feed-events.ts";
import type { TeamShift } from "../roster/on-duty.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

const BACK_DAYS = 30;
const AHEAD_DAYS = 180;
/** Feeds kept as text: more than a company of this size has people and teams. */
const KEPT_MAX = 500;

type Written = { readonly text: string; readonly etag: string };
type Schedule = {
  readonly key: string;
  readonly roster: Roster;
  readonly interval: Interval;
  readonly shifts: ReadonlyMap<string, readonly TeamShift[]>;
  readonly revision: number;
  readonly changedAt: Instant;
};

/**
 * Writes feeds. Programs ask again and again, and mostly nothing has changed: the schedule is worked out once for each
 * revision of the roster and day, each feed written once from it.
 */
export class FeedBook {
  readonly #engine: Engine;
  #schedule: Schedule | undefined;
  #written = new Map<string, Written>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** Undefined where what it is of is not there any more. */
  async read(feed: CalendarFeed): Promise<Written | undefined> {
    const { settings } = this.#engine.ports;
    const schedule = await this.#scheduleNow();
    if (!isThere(feed, schedule.roster)) return undefined;
    const known = this.#written.get(feed.id);
    if (known !== undefined) return known;
    const { roster, revision, changedAt } = schedule;
    const nameOf = (id: Parameters<typeof roster.people.get>[0]): string => roster.people.get(id)?.name ?? id;
    const name =
      feed.of === "person"
        ? nameOf(feed.name as Parameters<typeof nameOf>[0])
        : feed.of === "rotation"
          ? ([...roster.rotations.values()].find(({ id }) => id === feed.name)?.name ?? feed.name)
          : feed.name;
    const text = writeFeed(feedEvents(feed, schedule), {
      feed: feed.id,
      title: feedSaid.title({ of: feed.of, name })[feed.locale],
      of: feed.of,
      locale: feed.locale,
      zone: settings.zone,
      changedAt,
      revision,
      nameOf,
      url: `${settings.publicUrl}/schedule`,
    });
    const written = { text, etag: `"${createHash("sha256").update(text).digest("hex").slice(0, 32)}"` };
    if (this.#written.size >= KEPT_MAX) this.#written.clear();
    this.#written.set(feed.id, written);
    return written;
  }

  async #scheduleNow(): Promise<Schedule> {
    const { store, clock } = this.#engine.ports;
    const now = clock.now();
    const today = Math.floor(now / DAY_MS) * DAY_MS;
    const key = `${await store.rosterRevision()}/${today}`;
    if (this.#schedule?.key === key) return this.#schedule;
    const interval = { start: today - BACK_DAYS * DAY_MS, end: today + AHEAD_DAYS * DAY_MS };
    const { revision, items, past } = await store.transaction(async (queries) => ({
      revision: await queries.rosterRevision(),
      items: await queries.rosterItems(),
      past: await queries.rosterPast(interval.start),
    }));
    const roster = rosterOf(items);
    const eras = erasOf(items, past, { interval, now });
    const changes = [...items.map(({ updatedAt }) => updatedAt), ...past.map(({ until }) => until)];
    this.#schedule = {
      key: `${revision}/${today}`,
      roster,
      interval,
      shifts: new Map(roster.teams.map(({ name }) => [name, finalShiftsThrough(eras, name)])),
      revision,
      changedAt: changes.reduce((last, at) => Math.max(last, at), 0),
    };
    this.#written = new Map();
    return this.#schedule;
  }
}

function isThere({ of, name }: CalendarFeed, { people, teams, rotations }: Roster): boolean {
  if (of === "team") return teams.some((team) => team.name === name);
  return of === "person"
    ? [...people.keys()].some((id) => id === name)
    : [...rotations.keys()].some((id) => id === name);
}
