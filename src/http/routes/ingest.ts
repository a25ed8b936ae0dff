import type { FastifyInstance, FastifyReply } from "fastify";
import { scopesMay } from "../../access/permissions.ts";
import { faultCodes } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import type { Reply } from "../../ingest/source.ts";
import { authorised, type HttpFacts, integrationOf, may, send } from "../access.ts";
import { receive } from "../receive.ts";

const PAGERDUTY_BYTES_MAX = 512 * 1024;

/** What senders post: each at its own path, each answered in its own words. */
export function ingestRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const options = may(facts, "signals.send");
  const take = async (
    source: string,
    text: unknown,
    integration: string,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const answer = await receive(facts.engine, source, typeof text === "string" ? text : "", integration);
    return send(reply, answer);
  };
  server.post("/api/v2/alerts", options, (request, reply) =>
    take("prometheus", request.body, integrationOf(request), reply),
  );
  server.post("/api/v1/signals", options, (request, reply) =>
    take("signals", request.body, integrationOf(request), reply),
  );
  for (const path of ["/v2/enqueue", "/integrations/pagerduty/v2/enqueue"]) {
    server.post(
      path,
      { bodyLimit: PAGERDUTY_BYTES_MAX, config: { open: "its token is in the body" } },
      async (request, reply) => {
        const text = typeof request.body === "string" ? request.body : "";
        const key = routingKeyOf(text);
        try {
          const token = await authorised(facts, key);
          return await take("pagerduty", text, token.id, reply);
        } catch (error) {
          if (!(error instanceof Fault) || error.code === "store-unavailable") throw error;
          if (key === undefined) return take("pagerduty", "not json", "", reply);
          const errors = ["'routing_key' is not a valid key of this server"];
          return reply.code(400).send({ status: "invalid event", message: "Event object is invalid", errors });
        }
      },
    );
  }
}

/** What the fast lane takes: alerts under a token that is known at this moment. Whatever fails fails the long way. */
export function takeAlerts(
  { engine, tokens }: HttpFacts,
  text: string,
  tokenText: string | undefined,
): Reply | Promise<Reply> | undefined {
  const token = tokens.findNow(tokenText ?? "", engine.ports.clock.now());
  if (token === undefined || !scopesMay(token.scopes, "signals.send")) return undefined;
  let answer: Reply | Promise<Reply>;
  try {
    answer = receive(engine, "prometheus", text, token.id);
  } catch {
    return undefined;
  }
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    const isAway = error instanceof Fault && faultCodes[error.code].status === 503;
    if (!isAway) engine.ports.log("error", "http.failed", { path: "/api/v2/alerts", error: String(error) });
    return isAway ? { status: 503, headers: { "retry-after": "5" } } : { status: 500 };
  });
}

/** PagerDuty's secret is in the body; undefined where the body is no JSON object. */
function routingKeyOf(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { routing_key?: unknown } | null;
    if (typeof body !== "object" || body === null) return undefined;
    return typeof body.routing_key === "string" ? body.routing_key : "";
  } catch {
    return undefined;
  }
}
