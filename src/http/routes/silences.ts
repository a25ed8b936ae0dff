import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { readSilence } from "../../ingest/prometheus/to-alertmanager.ts";
import { fromIso, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import { readMatchers } from "../../triage/read-matchers.ts";
import type { Silence } from "../../triage/silence.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may, textIn } from "../access.ts";
import { demandConfirmed, mutePreview } from "../mute-preview.ts";
import { mutedCounts } from "../show/shown-alert.ts";
import type { MutePreview, SilenceList, SilenceRow } from "../wire/alerts.ts";

type Body = Readonly<Record<string, unknown>>;

/** Silences as the web UI makes them: over the same rows as the Alertmanager API. */
export function silenceRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const read = may(facts, "alerts.read");
  const edit = may(facts, "silences.edit");

  const known = async (id: string): Promise<Silence> => {
    const silence = (await store.silences()).find((one) => one.id === id);
    if (silence === undefined) throw new Fault("not-found", { silence: id });
    return silence;
  };
  const put = async (request: FastifyRequest, silence: Silence, action: string): Promise<SilenceRow> => {
    await store.transaction(async (queries) => {
      await queries.putSilence(silence);
      await queries.appendAudit([{ at: clock.now(), by: callerName(request), action, facts: silence }]);
    });
    engine.duties.nudge("triage");
    return shownSilence(silence, clock.now(), 0);
  };
  const confirmed = (request: FastifyRequest, body: Body, { matchers, startsAt, endsAt }: Silence): Promise<void> =>
    demandConfirmed(
      engine,
      { services: [], matchers },
      { length: endsAt - startsAt, locale: localeFor(request), confirmed: body.confirm === true },
    );

  server.get<{ Querystring: { state?: string } }>("/api/v1/silences", read, async ({ query }): Promise<SilenceList> => {
    const counts = await mutedCounts(store);
    const at = clock.now();
    const rows = (await store.silences()).map((silence) => shownSilence(silence, at, counts.get(silence.id) ?? 0));
    const states = query.state?.split(",");
    return { silences: rows.filter(({ state }) => states?.includes(state) ?? true) };
  });

  server.post("/api/v1/silences/preview", read, async (request): Promise<MutePreview> => {
    const body = jsonBody(request);
    const at = clock.now();
    const matchers = readMatchers(body.matchers);
    if (typeof matchers === "string") throw new Fault("bad-request", { field: "matchers", because: matchers });
    const { startsAt, endsAt } = timesIn(body, at);
    return mutePreview(
      engine,
      { services: [], matchers },
      { length: (endsAt ?? at) - startsAt, locale: localeFor(request) },
    );
  });

  server.post("/api/v1/silences", edit, async (request, reply): Promise<SilenceRow> => {
    const body = jsonBody(request);
    const silence = silenceIn(body, { at: clock.now(), id: randomUUID(), by: nameOf(request) });
    await confirmed(request, body, silence);
    reply.code(201);
    return put(request, silence, "silence.created");
  });

  server.put<{ Params: { id: string } }>("/api/v1/silences/:id", edit, async (request): Promise<SilenceRow> => {
    const before = await known(request.params.id);
    const at = clock.now();
    if (before.endsAt <= at) throw new Fault("conflict", { because: "expired" });
    const body = jsonBody(request);
    const startsAt = body.startsAt === undefined ? { startsAt: toIso(before.startsAt) } : {};
    const silence = silenceIn({ ...body, ...startsAt }, { at, id: before.id, by: before.createdBy });
    await confirmed(request, body, silence);
    return put(request, silence, "silence.changed");
  });

  server.delete<{ Params: { id: string } }>("/api/v1/silences/:id", edit, async (request): Promise<SilenceRow> => {
    const silence = await known(request.params.id);
    const at = clock.now();
    if (silence.endsAt <= at) return shownSilence(silence, at, 0);
    // One that has not begun is over before it begins.
    const over = { ...silence, startsAt: Math.min(silence.startsAt, at), endsAt: at, updatedAt: at };
    return put(request, over, "silence.expired");
  });
}

function nameOf({ caller }: FastifyRequest): string {
  return caller?.kind === "account" ? caller.account.name : (caller?.token.name ?? "");
}

function silenceIn(body: Body, facts: { readonly at: Instant; readonly id: string; readonly by: string }): Silence {
  const { at, id, by } = facts;
  const { startsAt, endsAt } = timesIn(body, at);
  if (endsAt === undefined)
    throw new Fault("bad-request", { field: "endsAt", expected: "minutes, or an RFC 3339 time" });
  const posted = {
    id,
    matchers: body.matchers,
    startsAt: toIso(startsAt),
    endsAt: toIso(endsAt),
    createdBy: by,
    comment: textIn(body, "comment"),
  };
  const silence = readSilence(posted, { at, newId: () => id });
  if (typeof silence === "string") throw new Fault("bad-request", { because: silence });
  return silence;
}

/** `minutes` from the beginning, or `endsAt`. */
function timesIn(body: Body, at: Instant): { readonly startsAt: Instant; readonly endsAt: Instant | undefined } {
  const startsAt = body.startsAt === undefined ? at : timeIn(body, "startsAt");
  const { minutes } = body;
  if (typeof minutes === "number" && minutes > 0 && minutes <= MINUTES_MAX)
    return { startsAt, endsAt: startsAt + Math.round(minutes * MINUTE_MS) };
  return { startsAt, endsAt: body.endsAt === undefined ? undefined : timeIn(body, "endsAt") };
}

function timeIn(body: Body, field: string): Instant {
  const at = fromIso(textIn(body, field));
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
  return at;
}

const MINUTES_MAX = 10 * 366 * 24 * 60;

function shownSilence(silence: Silence, at: Instant, muting: number): SilenceRow {
  const { id, matchers, comment, createdBy, startsAt, endsAt, updatedAt } = silence;
  const state = endsAt <= at ? "expired" : startsAt > at ? "pending" : "active";
  return {
    id,
    matchers,
    comment,
    createdBy,
    startsAt: toIso(startsAt),
    endsAt: toIso(endsAt),
    updatedAt: toIso(updatedAt),
    state,
    muting: state === "active" ? muting : 0,
  };
}
