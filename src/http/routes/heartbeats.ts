import type { FastifyInstance, FastifyRequest } from "fastify";
import { changeRoster, type RosterWish } from "../../engine/change-roster.ts";
import { Fault } from "../../fault/fault.ts";
import { HEARTBEAT_NAME_LENGTH_MAX, type Heartbeat, type HeartbeatId, slugOf } from "../../heartbeat/heartbeat.ts";
import { type HeartbeatState, newState, paused, resumed } from "../../heartbeat/heartbeat-state.ts";
import { expectedTimes } from "../../heartbeat/judge-heartbeat.ts";
import { type Chance } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { HEARTBEAT_SOURCE } from "../../ingest/heartbeat/heartbeat.ts";
import type { HeartbeatRow, Queries, RosterItem } from "../../store/store.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { heartbeatIn, scheduleIn } from "../read-heartbeat.ts";
import { itemName } from "../roster-data.ts";
import { shownHeartbeat, shownStretch } from "../show/shown-heartbeat.ts";
import { sha256 } from "../tokens.ts";
import type { HeartbeatPreview, MadeHeartbeat, ShownHeartbeat, ShownHeartbeats } from "../wire/monitors.ts";
import { demandSeen } from "./roster.ts";

type ToHeartbeat = { Params: { id: string } };

const LISTED_PINGS = 30;
const KEPT_PINGS = 100;
const PREVIEWED = 5;
const HEARTBEATS_MAX = 10_000;
const DEAF_SHOWN_MS = DAY_MS;
const TRIES_MAX = 5;

/** Dead man's switches: listed, made, changed, paused, and given an address. What comes to the addresses is `pings.ts`. */
export function heartbeatRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const read = may(facts, "monitors.read");
  const edit = may(facts, "monitors.edit");

  server.get("/api/v1/heartbeats", read, async (): Promise<ShownHeartbeats> => {
    const at = clock.now();
    const deaf = engine.heartbeats.deaf.all;
    const rows = new Map((await store.heartbeatRows()).map((row) => [row.state.id, row]));
    const pings = await store.lastHeartbeatPings(LISTED_PINGS);
    const incidents = await incidentsOf([...rows.values()]);
    const heartbeats = (await items()).map((item) => {
      const id = asId<"heartbeat">(item.id);
      return shownHeartbeat(item, rows.get(id), {
        at,
        deaf,
        incident: incidents.get(id),
        pings: pings.get(id) ?? [],
      });
    });
    return {
      heartbeats,
      pingBase: `${settings.publicUrl}/ping`,
      zone: settings.zone,
      deaf: deaf
        .filter(({ end }) => end > at - DEAF_SHOWN_MS)
        .toReversed()
        .map(shownStretch),
    };
  });

  server.get<ToHeartbeat>("/api/v1/heartbeats/:id", read, ({ params }) => shown(params.id));

  server.post("/api/v1/heartbeats/preview", read, async (request): Promise<HeartbeatPreview> => {
    const schedule = scheduleIn(jsonBody(request).schedule);
    return { next: expectedTimes(schedule, clock.now(), PREVIEWED).map(toIso) };
  });

  server.post("/api/v1/heartbeats", edit, async (request, reply): Promise<MadeHeartbeat> => {
    const body = jsonBody(request);
    const id = nameIn(body);
    const heartbeat = await demandGrade(heartbeatIn(id, body));
    const secret = newSecret(chance);
    await changeRoster(engine, {
      edit: (all) => {
        const others = all.filter(({ kind }) => kind === "heartbeat");
        const same = others.find((one) => slugOf(one.id) === slugOf(id));
        if (same !== undefined)
          throw new Fault("conflict", { because: "already-there", kind: "heartbeat", id: same.id });
        if (others.length >= HEARTBEATS_MAX) throw new Fault("conflict", { because: "too-many", most: HEARTBEATS_MAX });
        return { put: [{ kind: "heartbeat", id, data: heartbeat }], remove: [] };
      },
      // One that was removed a moment ago, and whose row the duty has not taken away yet, is begun anew.
      together: async (queries, at) => {
        await queries.removeHeartbeat(heartbeat.id);
        await queries.addHeartbeat({ state: newState(heartbeat, at), addressHash: sha256(secret), dueAt: null });
      },
      ...wishOf(request, "heartbeat.created", heartbeat),
    });
    reply.code(201).header("cache-control", "no-store");
    return { heartbeat: await shown(id), address: addressOf(secret) };
  });

  server.put<ToHeartbeat>("/api/v1/heartbeats/:id", edit, async (request): Promise<ShownHeartbeat> => {
    const { id } = request.params;
    const body = jsonBody(request);
    const heartbeat = await demandGrade(heartbeatIn(id, body));
    await changeRoster(engine, {
      edit: (all) => {
        demandSeen(all, "heartbeat", id, body.revision);
        return { put: [{ kind: "heartbeat", id, data: heartbeat }], remove: [] };
      },
      ...wishOf(request, "heartbeat.changed", heartbeat),
    });
    engine.duties.nudge("heartbeats");
    return shown(id);
  });

  server.delete<ToHeartbeat>("/api/v1/heartbeats/:id", edit, async (request) => {
    const { id } = request.params;
    await changeRoster(engine, {
      edit: (all) => {
        const item = all.find((one) => one.kind === "heartbeat" && one.id === id);
        demandSeen(all, "heartbeat", id, item?.revision);
        return { put: [], remove: [{ kind: "heartbeat", id }] };
      },
      // The duty ends what it told and takes the row away; its address is dead at once.
      together: async (queries) => {
        const row = await queries.heartbeatRow(asId(id));
        if (row !== undefined) await queries.updateHeartbeat({ ...row, addressHash: "" });
      },
      ...wishOf(request, "heartbeat.removed", { id: asId(id) }),
    });
    engine.duties.nudge("heartbeats");
    return { removed: id };
  });

  server.post<ToHeartbeat>("/api/v1/heartbeats/:id/pause", edit, async (request) => {
    const by = callerName(request);
    await changeRow(request, "heartbeat.paused", (row, at) => ({
      ...row,
      state: paused(row.state, at, by),
      dueAt: at,
    }));
    return shown(request.params.id);
  });

  server.post<ToHeartbeat>("/api/v1/heartbeats/:id/resume", edit, async (request) => {
    await changeRow(request, "heartbeat.resumed", (row, at) =>
      row.state.pausedAt === undefined ? row : { ...row, state: resumed(row.state, at), dueAt: at },
    );
    return shown(request.params.id);
  });

  server.post<ToHeartbeat>("/api/v1/heartbeats/:id/address", edit, async (request, reply): Promise<MadeHeartbeat> => {
    const secret = newSecret(chance);
    await changeRow(request, "heartbeat.addressed", (row) => ({ ...row, addressHash: sha256(secret) }));
    reply.code(201).header("cache-control", "no-store");
    return { heartbeat: await shown(request.params.id), address: addressOf(secret) };
  });

  function addressOf(secret: string): string {
    return `${settings.publicUrl}/ping/${secret}`;
  }

  async function items(): Promise<readonly RosterItem[]> {
    return (await store.rosterItems()).filter(({ kind }) => kind === "heartbeat");
  }

  async function shown(id: string): Promise<ShownHeartbeat> {
    const item = (await items()).find((one) => one.id === id);
    if (item === undefined) throw new Fault("not-found", { heartbeat: id });
    const key = asId<"heartbeat">(id);
    const row = await store.heartbeatRow(key);
    const incidents = await incidentsOf(row === undefined ? [] : [row]);
    return shownHeartbeat(item, row, {
      at: clock.now(),
      deaf: engine.heartbeats.deaf.all,
      incident: incidents.get(key),
      pings: await store.heartbeatPings(key, KEPT_PINGS),
    });
  }

  /** The open incidents that they hold, by heartbeat. */
  async function incidentsOf(rows: readonly HeartbeatRow[]): Promise<ReadonlyMap<HeartbeatId, number>> {
    const numbers = new Map<HeartbeatId, number>();
    const told = rows.filter(({ state }) => state.told?.action === "fire").map(({ state }) => state.id);
    const alertOf = new Map(
      told.map((id) => [engine.intake.idOf({ integration: HEARTBEAT_SOURCE, key: id }), id] as const),
    );
    if (alertOf.size === 0) return numbers;
    for (const alert of await store.alertsById([...alertOf.keys()])) {
      const id = alertOf.get(alert.id);
      if (alert.incident === undefined || alert.status === "resolved" || id === undefined) continue;
      const incident = await store.incident(alert.incident);
      if (incident !== undefined && incident.state !== "closed") numbers.set(id, incident.number);
    }
    return numbers;
  }

  /** A grade that the policy does not have would be taken for another one when it matters. */
  async function demandGrade(heartbeat: Heartbeat): Promise<Heartbeat> {
    const { grade } = heartbeat;
    if (grade === undefined) return heartbeat;
    const { grades } = await engine.knowledge.currentPolicy(store);
    const known = grades.find(({ name }) => name.toLowerCase() === grade.toLowerCase());
    if (known === undefined)
      throw new Fault("bad-request", { field: "grade", expected: grades.map(({ name }) => name) });
    return { ...heartbeat, grade: known.name };
  }

  async function changeRow(
    request: FastifyRequest<ToHeartbeat>,
    action: string,
    change: (row: HeartbeatRow, at: number) => HeartbeatRow,
  ): Promise<void> {
    const { id } = request.params;
    for (let attempt = 1; ; attempt++) {
      const done = await store.transaction(async (queries) => {
        const at = clock.now();
        const row = await rowFor(queries, id, at);
        if (!(await queries.updateHeartbeat(change(row, at)))) return false;
        await queries.appendAudit([{ at, by: callerName(request), action, facts: { id } }]);
        return true;
      });
      if (done) break;
      if (attempt === TRIES_MAX) throw new Fault("changed-meanwhile", { heartbeat: id });
    }
    engine.duties.nudge("heartbeats");
  }

  async function rowFor(queries: Queries, id: string, at: number): Promise<HeartbeatRow> {
    const { heartbeats } = await engine.knowledge.roster(queries);
    const heartbeat = heartbeats.find((one) => one.id === id);
    if (heartbeat === undefined) throw new Fault("not-found", { heartbeat: id });
    const state: HeartbeatState = newState(heartbeat, at);
    await queries.addHeartbeat({ state, addressHash: "", dueAt: null });
    const row = await queries.heartbeatRow(heartbeat.id);
    if (row === undefined) throw new Fault("not-found", { heartbeat: id });
    return row;
  }

  /** Whom pages reach does not depend on what is watched: there is nothing to confirm. */
  function wishOf(
    request: FastifyRequest,
    action: string,
    what: Partial<Heartbeat>,
  ): Pick<RosterWish, "by" | "locale" | "confirmed" | "action" | "facts"> {
    return { by: callerName(request), locale: localeFor(request), confirmed: true, action, facts: { ...what } };
  }
}

function nameIn(body: Readonly<Record<string, unknown>>): string {
  const name = itemName(body, "id");
  if (name.length > HEARTBEAT_NAME_LENGTH_MAX || slugOf(name) === "")
    throw new Fault("bad-request", {
      field: "id",
      expected: `a name with letters or digits, of at most ${HEARTBEAT_NAME_LENGTH_MAX} characters`,
    });
  return name;
}

/** A random UUID: what senders of heartbeats expect to find in an address, and 122 bits that nobody guesses. */
function newSecret(chance: Chance): string {
  const bytes = chance.bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
