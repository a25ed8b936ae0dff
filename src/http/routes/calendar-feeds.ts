import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { CalendarFeed } from "../../roster/calendars.ts";
import { sameName } from "../../roster/same-name.ts";
import { type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import {
  type Caller,
  callerMay,
  callerName,
  demand,
  type HttpFacts,
  jsonBody,
  localeFor,
  may,
  openTo,
  personOf,
  textIn,
} from "../access.ts";
import { FeedBook } from "../feed-book.ts";
import { sha256 } from "../tokens.ts";
import type { ShownFeed, ShownFeeds } from "../wire/schedule.ts";

/** 26 characters of five bits each: 130 bits. */
const SECRET_LENGTH = 26;
const PREFIX = "bgc_";
/** Of one owner: a calendar program for each device, and some to spare. */
const FEEDS_MAX = 50;
const TOUCH_EVERY_MS = 10 * MINUTE_MS;

type ToFeed = { Params: { id: string } };

/** Calendar feeds: made, listed, ended, and read by whoever has the address. */
export function calendarFeedRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const book = new FeedBook(engine);
  const own = may(facts, "schedule.own");

  server.get("/api/v1/calendar/feeds", own, async (request): Promise<ShownFeeds> => {
    const names = await makers();
    const feeds = (await store.calendarFeeds()).filter((feed) => isOwn(request, feed));
    return { feeds: feeds.toSorted((one, other) => other.createdAt - one.createdAt).map((feed) => shown(feed, names)) };
  });

  server.post("/api/v1/calendar/feeds", own, async (request, reply): Promise<ShownFeed> => {
    const body = jsonBody(request);
    const { of } = body;
    if (of !== "person" && of !== "team" && of !== "rotation")
      throw new Fault("bad-request", { field: "of", expected: ["person", "team", "rotation"] });
    const name = await nameIn(request, of, textIn(body, "name"));
    const at = clock.now();
    const by = makerOf(request.caller);
    const secret = `${PREFIX}${randomText(chance, SECRET_LENGTH)}`;
    const feed: CalendarFeed = {
      id: asId(`f${randomText(chance, 10)}`),
      hash: sha256(secret),
      of,
      name,
      locale: localeFor(request),
      createdAt: at,
      by,
    };
    await store.transaction(async (queries) => {
      const mine = (await queries.calendarFeeds()).filter((one) => one.by.id === by.id);
      if (mine.length >= FEEDS_MAX) throw new Fault("conflict", { because: "too-many", most: FEEDS_MAX });
      await queries.putCalendarFeed(feed);
      const auditFacts = { id: feed.id, of, name };
      await queries.appendAudit([{ at, by: callerName(request), action: "calendar.feed-made", facts: auditFacts }]);
    });
    reply.code(201).header("cache-control", "no-store");
    return { ...shown(feed, await makers()), url: `${settings.publicUrl}/calendar/${secret}.ics` };
  });

  server.delete<ToFeed>("/api/v1/calendar/feeds/:id", own, async (request) => {
    const { id } = request.params;
    await store.transaction(async (queries) => {
      const feed = (await queries.calendarFeeds()).find((one) => one.id === id && isOwn(request, one));
      if (feed === undefined) throw new Fault("not-found", { feed: id });
      await queries.removeCalendarFeed(feed.id);
      const auditFacts = { id, of: feed.of, name: feed.name };
      const at = clock.now();
      await queries.appendAudit([{ at, by: callerName(request), action: "calendar.feed-ended", facts: auditFacts }]);
    });
    return { ended: id };
  });

  const reading = openTo("the secret in the address, as calendar programs send no header");
  server.get<{ Params: { token: string } }>("/calendar/:token.ics", reading, async (request, reply) => {
    const { token } = request.params;
    const at = clock.now();
    const feed = token.startsWith(PREFIX) ? await store.calendarFeedByHash(sha256(token)) : undefined;
    const written = feed !== undefined && (await isAlive(feed, at)) ? await book.read(feed) : undefined;
    // Which of the reasons it is, nobody learns who tries addresses.
    if (feed === undefined || written === undefined) throw new Fault("not-found", { path: "/calendar" });
    if (at - (feed.lastReadAt ?? 0) >= TOUCH_EVERY_MS) await store.touchCalendarFeed(feed, at);
    const { etag, text } = written;
    reply.headers({ etag, "cache-control": "private, no-cache", "x-robots-tag": "noindex" });
    if (tagsOf(request.headers["if-none-match"]).includes(etag)) return reply.code(304).send();
    return reply
      .type("text/calendar; charset=utf-8")
      .header("content-disposition", "inline; filename=bongsu.ics")
      .send(text);
  });

  /** Who made it can still sign in, or the token still works. */
  async function isAlive({ by }: CalendarFeed, at: Instant): Promise<boolean> {
    if (by.kind === "account") return (await store.account(asId(by.id)))?.state === "active";
    const token = (await store.tokens()).find(({ id }) => id === by.id);
    return (
      token !== undefined && token.revokedAt === undefined && !(token.expiresAt !== undefined && token.expiresAt <= at)
    );
  }

  async function nameIn(request: FastifyRequest, of: CalendarFeed["of"], wanted: string): Promise<string> {
    const roster = await engine.knowledge.roster(store);
    const name =
      of === "person"
        ? [...roster.people.keys()].find((id) => id === wanted)
        : of === "rotation"
          ? [...roster.rotations.keys()].find((id) => id === wanted)
          : roster.teams.find((team) => sameName(team.name, wanted))?.name;
    if (name === undefined) throw new Fault("not-found", { kind: of, id: wanted });
    if (of === "person" && personOf(request) !== wanted && request.caller !== undefined)
      demand(request.caller, "roster.edit");
    return name;
  }

  async function makers(): Promise<ReadonlyMap<string, string>> {
    const accounts = (await store.accounts()).map(({ id, login }) => [id, login] as const);
    return new Map<string, string>([...accounts, ...(await store.tokens()).map(({ id, name }) => [id, name] as const)]);
  }
}

function isOwn(request: FastifyRequest, feed: CalendarFeed): boolean {
  if (callerMay(request, "roster.edit") || makerOf(request.caller).id === feed.by.id) return true;
  // Who reads along in one's own shifts is one's own business.
  return feed.of === "person" && feed.name === personOf(request);
}

function makerOf(caller: Caller | undefined): CalendarFeed["by"] {
  return caller?.kind === "account"
    ? { kind: "account", id: caller.account.id }
    : { kind: "token", id: caller?.token.id ?? "" };
}

function shown(
  { id, of, name, by, createdAt, lastReadAt }: CalendarFeed,
  names: ReadonlyMap<string, string>,
): ShownFeed {
  const read = lastReadAt === undefined ? null : toIso(lastReadAt);
  return { id, of, name, by: names.get(by.id) ?? by.id, createdAt: toIso(createdAt), lastReadAt: read };
}

function tagsOf(header: string | undefined): readonly string[] {
  return (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
}
