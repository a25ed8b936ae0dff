import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { openTo } from "../access.ts";
import type { PingTaker, Taken } from "../take-ping.ts";

type ToSecret = { Params: { token: string } };
type ToPush = ToSecret & { Querystring: { status?: string | string[]; msg?: string | string[] } };

const STATUSES = { unknown: 404, "too-often": 429, away: 503 } as const;

/** Ping addresses as Uptime Kuma, GoAlert and Grafana OnCall have them: the secret of a heartbeat at their paths. */
export function otherPingRoutes(server: FastifyInstance, taker: PingTaker): void {
  const options = openTo("the secret in the address, as those who ping send no header");

  // Uptime Kuma: `/api/push/<token>?status=up|down&msg=…&ping=…`, answered in JSON.
  const push = async (request: FastifyRequest<ToPush>, reply: FastifyReply): Promise<FastifyReply> => {
    const { status = "up", msg } = request.query;
    const word = { kind: status === "down" ? "fail" : "success", body: msg } as const;
    const taken = await taker.bySecret(request.params.token, word, request);
    if (taken.is === "heard") return quiet(reply).send({ ok: true });
    const texts = {
      unknown: "Monitor not found or not active.",
      "too-often": "Too frequently",
      away: "cannot be stored now, send it again",
    };
    return refused(reply, taken).send({ ok: false, msg: texts[taken.is] });
  };
  server.get<ToPush>("/api/push/:token", options, push);
  server.post<ToPush>("/api/push/:token", options, push);

  // GoAlert: `POST /api/v2/heartbeat/<uuid>`, answered with nothing.
  server.post<ToSecret>("/api/v2/heartbeat/:token", options, async (request, reply) => {
    const word = { kind: "success", body: request.body } as const;
    const taken = await taker.bySecret(request.params.token, word, request);
    return taken.is === "heard" ? quiet(reply).send() : refused(reply, taken).type("text/plain").send(taken.is);
  });

  // Grafana OnCall: `/integrations/v1/<type>/<token>/heartbeat/`, GET answered with a smile and POST with nothing.
  const heartbeat = async (request: FastifyRequest<ToSecret>, reply: FastifyReply): Promise<FastifyReply> => {
    const word = { kind: "success", body: request.body } as const;
    const taken = await taker.bySecret(request.params.token, word, request);
    if (taken.is !== "heard") return refused(reply, taken).type("text/plain").send(taken.is);
    return request.method === "POST" ? quiet(reply).send() : quiet(reply).type("application/json").send('":)"');
  };
  server.get<ToSecret>("/integrations/v1/:type/:token/heartbeat", options, heartbeat);
  server.post<ToSecret>("/integrations/v1/:type/:token/heartbeat", options, heartbeat);
}

function quiet(reply: FastifyReply): FastifyReply {
  return reply.headers({ "cache-control": "no-store", "x-robots-tag": "noindex" });
}

function refused(reply: FastifyReply, taken: Exclude<Taken, { is: "heard" }>): FastifyReply {
  if ("waitSeconds" in taken) reply.header("retry-after", String(taken.waitSeconds));
  return quiet(reply).code(STATUSES[taken.is]);
}
