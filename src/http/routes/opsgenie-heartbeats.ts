import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Permission } from "../../access/permissions.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { HEARTBEAT_MS_MAX, HEARTBEAT_NAME_LENGTH_MAX, type Heartbeat, slugOf } from "../../heartbeat/heartbeat.ts";
import { newState, underPlan } from "../../heartbeat/heartbeat-state.ts";
import { judgeHeartbeat } from "../../heartbeat/judge-heartbeat.ts";
import { asId } from "../../id/id.ts";
import {
  gradeOfPriority,
  OPSGENIE_GRACE_MS,
  opsgenieInterval,
  readOpsgenieHeartbeat,
  readOpsgenieInterval,
} from "../../ingest/opsgenie/heartbeat.ts";
import type { HeartbeatRow, RosterItem } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import { demand, type HttpFacts, jsonBody, openTo } from "../access.ts";
import { heartbeatActs, whoOf } from "../heartbeat-acts.ts";
import { newPingSecret } from "../ping-secret.ts";
import type { PingTaker } from "../take-ping.ts";
import { tokenOfHeader } from "../tokens.ts";

type ToHeartbeat = { Params: { name: string }; Querystring: { apiKey?: string | string[] } };
type Handler = (request: FastifyRequest<ToHeartbeat>) => Promise<Answer>;
type Answer = { readonly status: number; readonly body: object; readonly waitSeconds?: number };

/** Every method that Opsgenie takes for what is no definition. */
const ANY = ["GET", "POST", "PUT", "PATCH"] as const;

/**
 * Opsgenie's heartbeat API, with a token of ours as its key: pings with the scope `ingest`, the rest with `read` and `admin`.
 * Unlike there a ping of a name that nobody knows is refused, for it would look watched and not be.
 */
export function opsgenieHeartbeatRoutes(server: FastifyInstance, facts: HttpFacts, taker: PingTaker): void {
  const { engine, tokens } = facts;
  const { store, clock, chance } = engine.ports;
  const acts = heartbeatActs(facts);
  const options = openTo("asks for its key by itself, and answers in Opsgenie's words");

  const on = (methods: readonly string[], path: string, permission: Permission, handle: Handler): void =>
    void server.route<ToHeartbeat>({
      method: [...methods] as "GET"[],
      url: path,
      ...options,
      // HEAD would be a ping as well.
      exposeHeadRoute: false,
      handler: (request, reply) => answer(request, reply, permission, handle),
    });

  on(ANY, "/v2/heartbeats/:name/ping", "signals.send", async (request) => {
    const found = await taker.whileAway(async () => await idOf(request.params.name));
    if (found === undefined) return unknown(request);
    const word = { kind: "success", body: request.body } as const;
    const taken = typeof found === "string" ? await taker.take({ id: found }, word, request) : found;
    switch (taken.is) {
      case "heard":
        return { status: 202, body: { result: "PONG - Heartbeat received" } };
      case "unknown":
        return unknown(request);
      case "too-often":
        return { status: 429, body: { message: "You are making too many requests!" }, waitSeconds: taken.waitSeconds };
      case "away":
        return { status: 503, body: { message: "Service unavailable, try again" }, waitSeconds: taken.waitSeconds };
    }
  });

  on(["GET"], "/v2/heartbeats", "monitors.read", async () => {
    const rows = new Map((await store.heartbeatRows()).map((row) => [row.state.id, row]));
    const heartbeats = (await items()).map((item) => shown(item, rows.get(asId(item.id))));
    return { status: 200, body: { data: { heartbeats } } };
  });

  on(["POST"], "/v2/heartbeats", "monitors.edit", async (request) => {
    const read = readOpsgenieHeartbeat(jsonBody(request));
    if ("problems" in read) return unprocessable(read.problems);
    const { name, every, enabled, priority } = read;
    if (name.length > HEARTBEAT_NAME_LENGTH_MAX || slugOf(name) === "" || name.includes("/"))
      return unprocessable({ name: `letters or digits, at most ${HEARTBEAT_NAME_LENGTH_MAX} characters, without /` });
    if (every > HEARTBEAT_MS_MAX) return unprocessable({ interval: "at most 366 days" });
    const { grades } = await engine.knowledge.currentPolicy(store);
    const grade = gradeOfPriority(
      priority,
      grades.map((one) => one.name),
    );
    const id = asId<"heartbeat">(name.normalize("NFC"));
    const heartbeat: Heartbeat = {
      id,
      schedule: { kind: "every", every },
      grace: OPSGENIE_GRACE_MS,
      ...(grade === undefined ? {} : { grade }),
    };
    await acts.make(heartbeat, whoOf(request), { secret: newPingSecret(chance), isPaused: !enabled });
    return { status: 201, body: { data: await one(id) } };
  });

  on(["GET"], "/v2/heartbeats/:name", "monitors.read", async (request) => {
    const id = await idOf(request.params.name);
    return id === undefined ? unknown(request) : { status: 200, body: { data: await one(id) } };
  });

  on(["PATCH"], "/v2/heartbeats/:name", "monitors.edit", async (request) => {
    const id = await idOf(request.params.name);
    const item = (await items()).find((known) => known.id === id);
    if (id === undefined || item === undefined) return unknown(request);
    const body = jsonBody(request);
    if (body.interval !== undefined || body.intervalUnit !== undefined) {
      const heartbeat = item.data as Heartbeat;
      const { schedule } = heartbeat;
      const known = schedule.kind === "every" ? opsgenieInterval(schedule.every) : {};
      const every = readOpsgenieInterval({ ...known, ...body });
      if (typeof every !== "number") return unprocessable(every.problems);
      if (every > HEARTBEAT_MS_MAX) return unprocessable({ interval: "at most 366 days" });
      await acts.change({ ...heartbeat, schedule: { kind: "every", every } }, whoOf(request), item.revision);
    }
    if (typeof body.enabled === "boolean") await acts[body.enabled ? "resume" : "pause"](id, whoOf(request));
    return meta(id);
  });

  on(["DELETE"], "/v2/heartbeats/:name", "monitors.edit", async (request) => {
    const id = await idOf(request.params.name);
    if (id === undefined) return unknown(request);
    await acts.remove(id, whoOf(request));
    return { status: 200, body: { result: "Deleted" } };
  });

  for (const [verb, act] of [
    ["enable", "resume"],
    ["disable", "pause"],
  ] as const)
    on(["POST", "PUT", "PATCH"], `/v2/heartbeats/:name/${verb}`, "monitors.edit", async (request) => {
      const id = await idOf(request.params.name);
      if (id === undefined) return unknown(request);
      await acts[act](id, whoOf(request));
      return meta(id);
    });

  async function answer(
    request: FastifyRequest<ToHeartbeat>,
    reply: FastifyReply,
    permission: Permission,
    handle: Handler,
  ): Promise<FastifyReply> {
    const began = clock.now();
    const requestId = newPingSecret(chance);
    const { status, body, waitSeconds } = await answered();
    const took = Math.max(clock.now() - began, 0) / 1_000;
    reply.headers({ "cache-control": "no-store", "x-request-id": requestId, "x-response-time": String(took) });
    if (waitSeconds !== undefined) reply.header("retry-after", String(waitSeconds));
    return reply.code(status).send({ ...body, took, requestId });

    async function answered(): Promise<Answer> {
      try {
        const { apiKey } = request.query;
        const text = tokenOfHeader(request.headers.authorization) ?? (typeof apiKey === "string" ? apiKey : "");
        const token = await tokens.find(text, clock.now());
        if (token === undefined) return { status: 401, body: { message: "Could not authenticate" } };
        request.caller = { kind: "token", token };
        demand(request.caller, permission);
        return await handle(request);
      } catch (error) {
        if (error instanceof Fault) return refusal(error);
        throw error;
      }
    }
  }

  async function items(): Promise<readonly RosterItem[]> {
    return (await store.rosterItems()).filter(({ kind }) => kind === "heartbeat");
  }

  /** By its name, or what that comes down to in an address. */
  async function idOf(name: string): Promise<Heartbeat["id"] | undefined> {
    const found = await taker.named(name);
    return found.find((id) => id === name) ?? (found.length === 1 ? found[0] : undefined);
  }

  async function one(id: Heartbeat["id"]): Promise<ReturnType<typeof shown>> {
    const item = (await items()).find((known) => known.id === id);
    if (item === undefined) throw new Fault("not-found", { heartbeat: id });
    return shown(item, await store.heartbeatRow(id));
  }

  async function meta(id: Heartbeat["id"]): Promise<Answer> {
    const { name, enabled, expired } = await one(id);
    return { status: 200, body: { data: { name, enabled, expired } } };
  }

  function shown(item: RosterItem, row: HeartbeatRow | undefined) {
    const heartbeat = item.data as Heartbeat;
    const at = clock.now();
    const state = row === undefined ? newState(heartbeat, at) : underPlan(row.state, heartbeat, at);
    const { is } = judgeHeartbeat(heartbeat, state, { at, deaf: engine.heartbeats.deaf.all });
    const { schedule } = heartbeat;
    const lastPing = state.lastPing === undefined ? {} : { lastPingTime: toIso(state.lastPing.at) };
    return {
      name: item.id,
      description: schedule.kind === "cron" ? `${schedule.cron} (${schedule.zone})` : "",
      // Of a line of cron Opsgenie has no word: what it said of it is in the description.
      ...opsgenieInterval(schedule.kind === "every" ? schedule.every : 0),
      enabled: state.pausedAt === undefined,
      expired: is === "down",
      ...lastPing,
    };
  }
}

function unknown({ params: { name } }: FastifyRequest<ToHeartbeat>): Answer {
  return { status: 404, body: { message: `Heartbeat with name [${name}] does not exist` } };
}

function unprocessable(errors: Readonly<Record<string, string>>): Answer {
  return { status: 422, body: { message: "Request body is not processable. Please check the errors.", errors } };
}

/** Opsgenie's statuses for what our own API calls a conflict or a bad request. */
function refusal({ code, facts }: Fault): Answer {
  const { status } = faultCodes[code];
  if (status === 503) return { status, body: { message: "Service unavailable, try again" }, waitSeconds: 5 };
  if (code === "not-allowed") return { status: 403, body: { message: "The key may not do that", code: 40301 } };
  return { status, body: { message: code, facts } };
}
