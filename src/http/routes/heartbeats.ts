import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { HEARTBEAT_NAME_LENGTH_MAX, type HeartbeatId, slugOf } from "../../heartbeat/heartbeat.ts";
import { expectedTimes } from "../../heartbeat/judge-heartbeat.ts";
import { asId } from "../../id/id.ts";
import { HEARTBEAT_SOURCE } from "../../ingest/heartbeat/heartbeat.ts";
import type { HeartbeatRow, RosterItem } from "../../store/store.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import { callerMay, type HttpFacts, jsonBody, may } from "../access.ts";
import { heartbeatActs, whoOf } from "../heartbeat-acts.ts";
import { knownPingSecret, newPingSecret, pingPath } from "../ping-secret.ts";
import { heartbeatIn, scheduleIn } from "../read-heartbeat.ts";
import { itemName } from "../roster-data.ts";
import { shownHeartbeat, shownStretch } from "../show/shown-heartbeat.ts";
import type { HeartbeatPreview, MadeHeartbeat, ShownHeartbeat, ShownHeartbeats } from "../wire/monitors.ts";

type ToHeartbeat = { Params: { id: string } };

const LISTED_PINGS = 30;
const KEPT_PINGS = 100;
const PREVIEWED = 5;
const DEAF_SHOWN_MS = DAY_MS;

/** Dead man's switches: listed, made, changed, paused, and given an address. What comes to the addresses is `pings.ts`. */
export function heartbeatRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const acts = heartbeatActs(facts);
  const read = may(facts, "monitors.read");
  const edit = may(facts, "monitors.edit");

  server.get("/api/v1/heartbeats", read, async (request): Promise<ShownHeartbeats> => {
    const at = clock.now();
    const mayReadPings = callerMay(request, "pings.read");
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
        mayReadPings,
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

  server.get<ToHeartbeat>("/api/v1/heartbeats/:id", read, (request) => shown(request, request.params.id));

  server.get<{ Params: { id: string; position: string } }>(
    "/api/v1/heartbeats/:id/pings/:position",
    may(facts, "pings.read"),
    async ({ params: { id, position } }, reply) => {
      const ping = await store.heartbeatPing(asId(id), Number(position) || 0);
      if (ping?.excerpt === undefined) throw new Fault("not-found", { heartbeat: id, ping: position });
      return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(ping.excerpt);
    },
  );

  server.post("/api/v1/heartbeats/preview", read, async (request): Promise<HeartbeatPreview> => {
    const schedule = scheduleIn(jsonBody(request).schedule);
    return { next: expectedTimes(schedule, clock.now(), PREVIEWED).map(toIso) };
  });

  server.post("/api/v1/heartbeats", edit, async (request, reply): Promise<MadeHeartbeat> => {
    const body = jsonBody(request);
    const id = nameIn(body);
    const known = knownPingSecret(body.address);
    const secret = known ?? newPingSecret(chance);
    await acts.make(heartbeatIn(id, body), whoOf(request), { secret });
    reply.code(201).header("cache-control", "no-store");
    return { heartbeat: await shown(request, id), address: addressOf(secret) };
  });

  server.put<ToHeartbeat>("/api/v1/heartbeats/:id", edit, async (request): Promise<ShownHeartbeat> => {
    const { id } = request.params;
    const body = jsonBody(request);
    await acts.change(heartbeatIn(id, body), whoOf(request), body.revision);
    return shown(request, id);
  });

  server.delete<ToHeartbeat>("/api/v1/heartbeats/:id", edit, async (request) => {
    const { id } = request.params;
    await acts.remove(id, whoOf(request));
    return { removed: id };
  });

  for (const verb of ["pause", "resume"] as const)
    server.post<ToHeartbeat>(`/api/v1/heartbeats/:id/${verb}`, edit, async (request) => {
      await acts[verb](request.params.id, whoOf(request));
      return shown(request, request.params.id);
    });

  server.post<ToHeartbeat>("/api/v1/heartbeats/:id/address", edit, async (request, reply): Promise<MadeHeartbeat> => {
    const secret = knownPingSecret(jsonBody(request).address) ?? newPingSecret(chance);
    await acts.address(request.params.id, whoOf(request), secret);
    reply.code(201).header("cache-control", "no-store");
    return { heartbeat: await shown(request, request.params.id), address: addressOf(secret) };
  });

  function addressOf(secret: string): string {
    return `${settings.publicUrl}${pingPath(secret)}`;
  }

  async function items(): Promise<readonly RosterItem[]> {
    return (await store.rosterItems()).filter(({ kind }) => kind === "heartbeat");
  }

  async function shown(request: FastifyRequest, id: string): Promise<ShownHeartbeat> {
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
      mayReadPings: callerMay(request, "pings.read"),
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
