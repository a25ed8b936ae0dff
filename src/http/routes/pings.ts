import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PingTarget } from "../../engine/heartbeats/heartbeats.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { HEARTBEAT_NAME_LENGTH_MAX, slugOf } from "../../heartbeat/heartbeat.ts";
import type { HeartbeatPing } from "../../heartbeat/heartbeat-state.ts";
import { asId } from "../../id/id.ts";
import { DAY_MS, HOUR_MS } from "../../time/instant.ts";
import { authorised, type HttpFacts, localeFor, openTo } from "../access.ts";
import { heartbeatActs } from "../heartbeat-acts.ts";
import { isUuid } from "../ping-secret.ts";
import { PING_BODY_BYTES_MAX, PingTaker, type Taken } from "../take-ping.ts";
import { opsgenieHeartbeatRoutes } from "./opsgenie-heartbeats.ts";
import { otherPingRoutes } from "./other-pings.ts";

type ToPing = {
  Params: { first: string; second?: string; third?: string };
  Querystring: { rid?: string | string[]; create?: string | string[] };
};
type Word = Pick<HeartbeatPing, "kind" | "exitCode">;
type Found = { readonly target: PingTarget; readonly isNew?: boolean };

/** What healthchecks makes of a name that it does not know yet: a day, and an hour more. */
const CREATED = { schedule: { kind: "every", every: DAY_MS }, grace: HOUR_MS } as const;
/** A ping key that leaked makes no more than so many. */
const CREATED_MAX = 500;

/**
 * Ping addresses as healthchecks.io has them: `/ping/<uuid>` and `/ping/<ping-key>/<name>`, with nothing, `start`, `fail`,
 * `log` or an exit code after it, by GET, HEAD or POST. The secret is in the address; the ping key is a token that may
 * send signals. The forms of other systems are `other-pings.ts` and `opsgenie-heartbeats.ts`.
 */
export function pingRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const taker = new PingTaker(facts);
  const acts = heartbeatActs(facts);
  const options = openTo("the secret in the address, as a job's curl sends no header");

  const take = async (request: FastifyRequest<ToPing>, reply: FastifyReply): Promise<FastifyReply> => {
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex" });
    const { first, second, third } = request.params;
    const isOwn = isUuid(first);
    if (!isOwn && second === undefined) return say(reply, 400, "invalid uuid format");
    const word = wordOf(isOwn ? second : third, isOwn ? third : undefined);
    const { rid: run } = request.query;
    if (word === undefined) return say(reply, 400, "invalid url format");
    if (run !== undefined && (typeof run !== "string" || !isUuid(run))) return say(reply, 400, "invalid uuid format");
    const said = { ...word, ...(run === undefined ? {} : { run: run.toLowerCase() }), body: request.body };
    if (isOwn) return answer(reply, await taker.bySecret(first, said, request));
    const found = await taker.whileAway(() => byKey(request, first, second ?? ""));
    if (found === "ambiguous") return say(reply, 409, "ambiguous slug");
    if (found === undefined) return say(reply, 404, "not found");
    if (!("target" in found)) return answer(reply, found);
    return answer(reply, await taker.take(found.target, said, request), found.isNew);
  };

  for (const path of ["/ping/:first", "/ping/:first/:second", "/ping/:first/:second/:third"] as const) {
    server.get<ToPing>(path, options, take);
    server.post<ToPing>(path, options, take);
  }
  otherPingRoutes(server, taker);
  opsgenieHeartbeatRoutes(server, facts, taker);

  async function byKey(
    request: FastifyRequest<ToPing>,
    key: string,
    slug: string,
  ): Promise<Found | "ambiguous" | undefined> {
    let by: string;
    try {
      by = (await authorised(facts, key)).name;
    } catch (error) {
      if (error instanceof Fault && faultCodes[error.code].status !== 503) return undefined;
      throw error;
    }
    const [one, other] = await taker.named(slug);
    if (other !== undefined) return "ambiguous";
    if (one !== undefined) return { target: { id: one } };
    if (request.query.create !== "1") return undefined;
    const id = asId<"heartbeat">(slugOf(slug));
    if (id === "" || id.length > HEARTBEAT_NAME_LENGTH_MAX) return undefined;
    try {
      await acts.make({ id, ...CREATED }, { by, locale: localeFor(request) }, { most: CREATED_MAX });
      return { target: { id }, isNew: true };
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "conflict") throw error;
      // Made by another ping meanwhile, or one too many.
      const [made] = await taker.named(slug);
      return made === undefined ? undefined : { target: { id: made } };
    }
  }
}

function answer(reply: FastifyReply, taken: Taken, isNew = false): FastifyReply {
  switch (taken.is) {
    case "heard":
      reply.header("ping-body-limit", String(PING_BODY_BYTES_MAX));
      return isNew ? say(reply, 201, "Created") : say(reply, 200, "OK");
    case "unknown":
      return say(reply, 404, "not found");
    case "too-often":
      return say(reply.header("retry-after", String(taken.waitSeconds)), 429, "rate limit exceeded");
    case "away":
      return say(reply.header("retry-after", String(taken.waitSeconds)), 503, "cannot be stored now, send it again");
  }
}

/** What the end of the address says; undefined where nothing is said by that. */
function wordOf(word: string | undefined, more: string | undefined): Word | undefined {
  if (more !== undefined) return undefined;
  if (word === undefined || word === "") return { kind: "success" };
  if (word === "start" || word === "fail" || word === "log") return { kind: word };
  if (!/^\d{1,3}$/u.test(word) || Number(word) > 255) return undefined;
  const exitCode = Number(word);
  return { kind: exitCode === 0 ? "success" : "fail", exitCode };
}

function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(text);
}
