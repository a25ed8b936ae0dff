import type { FastifyInstance } from "fastify";
import { onDuty } from "../../roster/on-duty.ts";
import { toIso } from "../../time/instant.ts";
import { demand, type HttpFacts } from "../server.ts";

/** How Bongsu itself is doing, and who is on duty. */
export function operationRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  const onRequest = demand(facts, "read");
  server.get("/api/v1/duties", { onRequest }, async () => {
    const runs = new Map(engine.duties.lastRuns().map((run) => [run.name, run]));
    return {
      now: toIso(clock.now()),
      violations: Object.fromEntries(engine.violations),
      duties: engine.duties.duties.map(({ name, promise, everyMs }) => {
        const run = runs.get(name);
        const last =
          run === undefined ? null : { ...run, startedAt: toIso(run.startedAt), endedAt: toIso(run.endedAt) };
        return { name, promise, everyMs, last };
      }),
    };
  });
  server.get("/api/v1/oncall", { onRequest }, async () => {
    const roster = await engine.knowledge.roster(store);
    const policy = await engine.knowledge.currentPolicy(store);
    const at = clock.now();
    return {
      at: toIso(at),
      teams: policy.teams.map(({ name }) => ({
        team: name,
        onDuty: onDuty(roster, name, at).map((id) => ({ id, name: roster.people.get(id)?.name ?? id })),
      })),
    };
  });
}
