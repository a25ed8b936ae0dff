import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { PingTarget } from "../../engine/heartbeats/heartbeats.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import { slugOf } from "../../heartbeat/heartbeat.ts";
import type { HeartbeatPing } from "../../heartbeat/heartbeat-state.ts";
import { authorised, type HttpFacts, openTo } from "../access.ts";
import { PingPace } from "../ping-pace.ts";
import { sha256 } from "../tokens.ts";

/** What is kept of a body, as healthchecks keeps it; a longer one counts all the same. */
const EXCERPT_BYTES_MAX = 10_000;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

type ToPing = {
  Params: { first: string; second?: string; third?: string };
  Querystring: { rid?: string | string[] };
};
type ToPush = {
  Params: { token: string };
  Querystring: { status?: string | string[]; msg?: string | string[] };
};
type Word = Pick<HeartbeatPing, "kind" | "exitCode">;

/**
 * Ping addresses as healthchecks.io has them: `/ping/<uuid>` and `/ping/<ping-key>/<name>`, with nothing, `start`, `fail`,
 * `log` or an exit code after it, by GET, HEAD or POST. The secret is in the address; the ping key is a token that may
 * send signals.
 */
export function pingRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { clock } = engine.ports;
  const pace = new PingPace();
  const options = openTo("the secret in the address, as a job's curl sends no header");
  const take = async (request: FastifyRequest<ToPing>, reply: FastifyReply): Promise<FastifyReply> => {
    const at = clock.now();
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex" });
    const { first, second, third } = request.params;
    const isOwn = UUID.test(first);
    if (!isOwn && second === undefined) return say(reply, 400, "invalid uuid format");
    const word = wordOf(isOwn ? second : third, isOwn ? third : undefined);
    const run = request.query.rid;
    if (word === undefined) return say(reply, 400, "invalid url format");
    if (run !== undefined && (typeof run !== "string" || !UUID.test(run)))
      return say(reply, 400, "invalid uuid format");
    try {
      const target = isOwn ? { addressHash: sha256(first.toLowerCase()) } : await byKey(first, second ?? "");
      if (target === "ambiguous") return say(reply, 409, "ambiguous slug");
      if (target === undefined) return say(reply, 404, "not found");
      const wait = pace.waitFor(`${"id" in target ? target.id : target.addressHash} ${word.kind}`, at);
      if (wait > 0) return say(reply.header("retry-after", String(wait)), 429, "rate limit exceeded");
      const excerpt = excerptOf(request.body);
      const ping: HeartbeatPing = {
        at,
        ...word,
        ...(run === undefined ? {} : { run: run.toLowerCase() }),
        ...(excerpt === "" ? {} : { excerpt }),
        from: request.ip,
      };
      if (!(await engine.heartbeats.hear(target, ping))) return say(reply, 404, "not found");
      return say(reply.header("ping-body-limit", String(EXCERPT_BYTES_MAX)), 200, "OK");
    } catch (error) {
      if (!(error instanceof Fault) || faultCodes[error.code].status !== 503) throw error;
      engine.heartbeats.deaf.refused(at);
      return say(reply.header("retry-after", "5"), 503, "cannot be stored now, send it again");
    }
  };

  for (const path of ["/ping/:first", "/ping/:first/:second", "/ping/:first/:second/:third"] as const) {
    server.get<ToPing>(path, options, take);
    server.post<ToPing>(path, options, take);
  }

  pushRoutes(server, facts, pace);

  async function byKey(key: string, slug: string): Promise<PingTarget | "ambiguous" | undefined> {
    try {
      await authorised(facts, key);
    } catch (error) {
      if (error instanceof Fault && faultCodes[error.code].status !== 503) return undefined;
      throw error;
    }
    const { heartbeats } = await engine.knowledge.roster(engine.ports.store);
    const found = heartbeats.filter(({ id }) => slugOf(id) === slugOf(slug));
    const [one] = found;
    if (one === undefined) return undefined;
    return found.length > 1 ? "ambiguous" : { id: one.id };
  }
}

/**
 * Uptime Kuma's push addresses: `/api/push/<token>?status=up|down&msg=…&ping=…`, by GET or POST, the token being what a
 * ping address ends in.
 */
function pushRoutes(server: FastifyInstance, { engine }: HttpFacts, pace: PingPace): void {
  const { clock } = engine.ports;
  const options = openTo("the secret in the address, as those who push send no header");
  const take = async (request: FastifyRequest<ToPush>, reply: FastifyReply): Promise<FastifyReply> => {
    const at = clock.now();
    const { status = "up", msg } = request.query;
    const kind = status === "down" ? "fail" : "success";
    const addressHash = sha256(request.params.token.toLowerCase());
    reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex" });
    const wait = pace.waitFor(`${addressHash} ${kind}`, at);
    if (wait > 0) return reply.code(429).header("retry-after", String(wait)).send({ ok: false, msg: "Too frequently" });
    const excerpt = excerptOf(msg);
    const ping: HeartbeatPing = { at, kind, ...(excerpt === "" ? {} : { excerpt }), from: request.ip };
    try {
      const heard = UUID.test(request.params.token) && (await engine.heartbeats.hear({ addressHash }, ping));
      if (heard) return reply.send({ ok: true });
      return reply.code(404).send({ ok: false, msg: "Monitor not found or not active." });
    } catch (error) {
      if (!(error instanceof Fault) || faultCodes[error.code].status !== 503) throw error;
      engine.heartbeats.deaf.refused(at);
      return reply.code(503).header("retry-after", "5").send({ ok: false, msg: "cannot be stored now, send it again" });
    }
  };
  server.get<ToPush>("/api/push/:token", options, take);
  server.post<ToPush>("/api/push/:token", options, take);
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

/** Cut where a character ends. */
function excerptOf(body: unknown): string {
  if (typeof body !== "string" || body === "") return "";
  const cut = Buffer.from(body.slice(0, EXCERPT_BYTES_MAX)).subarray(0, EXCERPT_BYTES_MAX).toString("utf8");
  return cut.replace(/\uFFFD+$/u, "").replaceAll("\0", "\uFFFD");
}

function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type("text/plain; charset=utf-8").send(text);
}
