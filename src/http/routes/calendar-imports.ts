import type { FastifyInstance, FastifyRequest } from "fastify";
import { CALENDAR_BYTES_MAX } from "../../calendar/calendars.ts";
import { endImport, type ImportedBy, type ImportWish, importCalendar } from "../../engine/schedule/calendar-imports.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { importFailureSaid } from "../../locale/schedule.ts";
import type { CalendarImport } from "../../roster/calendars.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import {
  callerMay,
  callerName,
  demand,
  type HttpFacts,
  jsonBody,
  localeFor,
  may,
  personOf,
  textIn,
} from "../access.ts";
import { shownChange } from "../show/shown-schedule.ts";
import type { ImportMade, ShownImport, ShownImports } from "../wire/schedule.ts";

const NAME_LENGTH_MAX = 100;
const URL_LENGTH_MAX = 2_000;
/** Of one person, and of the company's holidays. */
const EACH_MAX = 10;

/** Calendars of others that are read for leave or holidays: added, listed with how they are, ended. */
export function calendarImportRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store } = engine.ports;
  const own = may(facts, "schedule.own");

  server.get("/api/v1/calendar/imports", own, async (request): Promise<ShownImports> => {
    const all = (await store.calendarImports()).filter((calendar) => isOwn(request, calendar));
    return {
      imports: all
        .toSorted((one, other) => other.createdAt - one.createdAt)
        .map((calendar) => shown(calendar, request)),
    };
  });

  server.post("/api/v1/calendar/imports", own, async (request, reply): Promise<ImportMade> => {
    const wish = wishIn(request);
    if (wish.of === "holidays" || wish.person !== personOf(request))
      if (request.caller !== undefined) demand(request.caller, "roster.edit");
    if (wish.person !== undefined && !(await engine.knowledge.roster(store)).people.has(wish.person))
      throw new Fault("not-found", { person: wish.person });
    const same = (await store.calendarImports()).filter(({ of, person }) => of === wish.of && person === wish.person);
    if (same.length >= EACH_MAX) throw new Fault("conflict", { because: "too-many", most: EACH_MAX });
    const { calendar, changes } = await importCalendar(engine, wish, whoOf(request));
    engine.duties.nudge("schedule");
    reply.code(201);
    return { calendar: shown(calendar, request), changes: changes.map(shownChange) };
  });

  server.delete<{ Params: { id: string } }>("/api/v1/calendar/imports/:id", own, async (request) => {
    const { id } = request.params;
    const calendar = (await store.calendarImports()).find((one) => one.id === id && isOwn(request, one));
    if (calendar === undefined) throw new Fault("not-found", { calendar: id });
    await endImport(engine, calendar, whoOf(request));
    return { ended: id };
  });
}

function whoOf(request: FastifyRequest): ImportedBy {
  return { by: callerName(request), locale: localeFor(request), confirmed: jsonBody(request).confirm === true };
}

function wishIn(request: FastifyRequest): ImportWish {
  const body = jsonBody(request);
  const { of, url, text, match } = body;
  if (of !== "leave" && of !== "holidays")
    throw new Fault("bad-request", { field: "of", expected: ["leave", "holidays"] });
  if ((typeof url === "string") === (typeof text === "string"))
    throw new Fault("bad-request", { field: "url", expected: "url or text, one of the two" });
  if (typeof url === "string" && (url.length > URL_LENGTH_MAX || !/^(https?|webcal):\/\//iu.test(url.trim())))
    throw new Fault("bad-request", { field: "url", expected: "an address that begins with https://" });
  if (typeof text === "string" && Buffer.byteLength(text) > CALENDAR_BYTES_MAX)
    throw new Fault("too-large", { bytesMax: CALENDAR_BYTES_MAX });
  const person =
    of === "holidays"
      ? undefined
      : body.person === undefined
        ? personOf(request)
        : asId<"person">(textIn(body, "person"));
  if (of === "leave" && person === undefined)
    throw new Fault("bad-request", { field: "person", expected: "whose leave it is" });
  return {
    name: textIn(body, "name").slice(0, NAME_LENGTH_MAX),
    of,
    ...(person === undefined ? {} : { person }),
    ...(typeof url === "string" ? { url: url.trim() } : {}),
    ...(typeof text === "string" ? { text } : {}),
    ...(typeof match === "string" && match.trim() !== "" ? { match: match.trim().slice(0, NAME_LENGTH_MAX) } : {}),
  };
}

function isOwn(request: FastifyRequest, { person }: CalendarImport): boolean {
  return callerMay(request, "roster.edit") || (person !== undefined && person === personOf(request));
}

function shown(calendar: CalendarImport, request: FastifyRequest): ShownImport {
  const { id, name, of, person, url, match, by, createdAt, readAt, entries, failure, dueAt } = calendar;
  const iso = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));
  return {
    id,
    name,
    of,
    person: person ?? null,
    // An address may hold a secret: only its host is shown.
    host: url === undefined ? null : (URL.parse(url)?.host ?? ""),
    match: match ?? null,
    by,
    createdAt: toIso(createdAt),
    readAt: iso(readAt),
    nextAt: iso(dueAt),
    entries,
    failure:
      failure === undefined
        ? null
        : {
            because: failure.because,
            why: importFailureSaid(failure.because)[localeFor(request)],
            since: toIso(failure.since),
          },
  };
}
