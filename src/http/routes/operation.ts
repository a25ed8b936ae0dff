import type { FastifyInstance } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { type Era, erasOf } from "../../roster/eras.ts";
import { onDuty, onDutyUntil } from "../../roster/on-duty.ts";
import type { Roster } from "../../roster/roster.ts";
import { fromIso, type Instant, toIso } from "../../time/instant.ts";
import { type HttpFacts, may } from "../access.ts";

/** How Bongsu itself is doing, and who is on duty. */
export function operationRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  server.get("/api/v1/duties", may(facts, "operation.read"), async () => {
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
  server.get("/api/v1/people", may(facts, "roster.read"), async () => {
    const roster = await engine.knowledge.roster(store);
    return { people: Object.fromEntries([...roster.people.values()].map(({ id, name }) => [id, name])) };
  });
  server.get("/api/v1/choices", may(facts, "policy.read"), async () => {
    const policy = await engine.knowledge.currentPolicy(store);
    const roster = await engine.knowledge.roster(store);
    const services = [...roster.services, ...policy.services].map(({ name }) => name);
    return { grades: policy.grades.map(({ name }) => name), services: [...new Set(services)] };
  });
  server.get<{ Querystring: { at?: string } }>("/api/v1/oncall", may(facts, "roster.read"), async ({ query }) => {
    const policy = await engine.knowledge.currentPolicy(store);
    const now = clock.now();
    const at = query.at === undefined ? now : fromIso(query.at);
    if (at === undefined) throw new Fault("bad-request", { field: "at", expected: "an RFC 3339 time" });
    const roster = at < now ? await rosterAt(engine, at, now) : await engine.knowledge.roster(store);
    return {
      at: toIso(at),
      teams: policy.teams.map(({ name }) => ({
        team: name,
        until: untilOf(roster, name, at),
        onDuty: onDuty(roster, name, at).map((id) => ({ id, name: roster.people.get(id)?.name ?? id })),
      })),
    };
  });
}

/** Who was on duty is told by the schedule as it was then. */
async function rosterAt({ ports: { store } }: HttpFacts["engine"], at: Instant, now: Instant): Promise<Roster> {
  const [items, past] = await store.transaction(async (queries) => [
    await queries.rosterItems(),
    await queries.rosterPast(at),
  ]);
  const [era] = erasOf(items, past, { interval: { start: at, end: at + 1 }, now });
  return (era as Era).roster;
}

function untilOf(roster: Roster, team: string, at: Instant): string | null {
  const until = onDutyUntil(roster, team, at);
  return until === undefined ? null : toIso(until);
}
