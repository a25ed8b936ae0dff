import type { FastifyInstance } from "fastify";
import { type HttpFacts, may, openTo } from "../access.ts";
import { metricsText } from "../metrics.ts";

/** `/healthz`: the process lives. `/readyz`: it can take a signal in and its duties run. `/metrics` for Prometheus. */
export function healthRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  server.get(
    "/healthz",
    openTo("a probe has no token, and hears only that the process lives"),
    async (_request, reply) => reply.type("text/plain").send("ok\n"),
  );
  server.get("/readyz", openTo("a probe has no token, and hears only whether it is ready"), async (_request, reply) => {
    const problems: string[] = [];
    await engine.ports.store.setting("ready").catch(() => problems.push("the store does not answer"));
    const at = engine.ports.clock.now();
    const ran = engine.duties.lastRuns().filter(({ endedAt }) => at - endedAt < READY_WITHIN_MS);
    if (ran.length === 0) problems.push("no duty has run lately");
    return reply.code(problems.length === 0 ? 200 : 503).send({ ready: problems.length === 0, problems });
  });
  server.get("/metrics", may(facts, "operation.read"), async (_request, reply) => {
    return reply.type("text/plain; version=0.0.4; charset=utf-8").send(await metricsText(engine));
  });
}

const READY_WITHIN_MS = 30_000;
