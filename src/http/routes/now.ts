import type { FastifyInstance } from "fastify";
import type { Engine } from "../../engine/engine.ts";
import { driversOf } from "../../engine/ports.ts";
import { channelsOf, usable } from "../../escalation/means.ts";
import { healthSaid as said } from "../../locale/health.ts";
import type { Locale, Said } from "../../locale/said.ts";
import { onDuty, onDutyUntil } from "../../roster/on-duty.ts";
import type { Roster } from "../../roster/roster.ts";
import { DAY_MS, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import { type HttpFacts, localeFor, may, personOf } from "../access.ts";
import { gradeRankOf, shownOpen } from "../show/shown-incident.ts";
import type { Health, NowBoard, TeamOnDuty } from "../wire/now.ts";

const OPEN_MAX = 200;
const LATELY_MAX = 10;
const DUTY_LATE_MS = MINUTE_MS;
const BACKLOG_OLD_MS = 10_000;

/** `GET /api/v1/now`: the board that a shift looks at. */
export function nowRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;
  server.get("/api/v1/now", may(facts, "incidents.read"), async (request): Promise<NowBoard> => {
    const at = clock.now();
    const locale = localeFor(request);
    const reader = personOf(request);
    const policy = await engine.knowledge.currentPolicy(store);
    const roster = await engine.knowledge.roster(store);
    const open = await store.incidents({ states: ["triggered", "acknowledged"], limit: OPEN_MAX });
    const incidents = [];
    for (const incident of open) {
      const planFacts = await engine.knowledge.planFacts(store, incident, at, at + DAY_MS);
      incidents.push(shownOpen(incident, planFacts, { locale, reader }));
    }
    incidents.sort(
      (one, other) =>
        Number(one.pagingHeldBy !== null) - Number(other.pagingHeldBy !== null) ||
        one.gradeRank - other.gradeRank ||
        Number(one.state === "acknowledged") - Number(other.state === "acknowledged"),
    );
    const ended = await store.incidents({ states: ["resolved", "closed"], limit: LATELY_MAX });
    const teams = policy.teams.map(({ name }) => teamOnDuty(name, roster, engine, at));
    const alerts = await store.alertCounts();
    return {
      now: toIso(at),
      incidents,
      teams,
      health: await healthOf(engine, teams, at, locale),
      lately: ended.flatMap(({ number, title, grade, resolvedAt }) =>
        resolvedAt === undefined || resolvedAt < at - DAY_MS
          ? []
          : [{ number, title, grade, gradeRank: gradeRankOf(policy, grade), resolvedAt: toIso(resolvedAt) }],
      ),
      alerts,
    };
  });
}

function teamOnDuty(team: string, roster: Roster, engine: Engine, at: Instant): TeamOnDuty {
  const drivers = driversOf(engine.ports.channels);
  const until = onDutyUntil(roster, team, at);
  return {
    team,
    until: until === undefined ? null : toIso(until),
    people: onDuty(roster, team, at).map((id) => {
      const person = roster.people.get(id);
      const reachable =
        person !== undefined && channelsOf(person).some((channel) => usable(channel, roster, drivers) === "yes");
      return { id, name: person?.name ?? id, reachable };
    }),
  };
}

async function healthOf(engine: Engine, teams: readonly TeamOnDuty[], at: Instant, locale: Locale): Promise<Health> {
  const { store } = engine.ports;
  const runs = new Map(engine.duties.lastRuns().map((run) => [run.name, run]));
  const problems: { level: "warn" | "bad"; text: string }[] = [];
  const tell = (level: "warn" | "bad", text: Said): number => problems.push({ level, text: text[locale] });
  const duties = engine.duties.duties.map(({ name, promise, everyMs }) => {
    const run = runs.get(name);
    const late = run === undefined ? 0 : at - run.endedAt - everyMs;
    const failed = run?.outcome === "failed";
    if (failed) tell("bad", said.dutyFailed({ duty: name }));
    else if (late > DUTY_LATE_MS) tell("bad", said.dutyLate({ duty: name, forMs: late + everyMs }));
    return {
      name,
      promise: promise[locale],
      ok: !failed && late <= DUTY_LATE_MS,
      endedAt: run === undefined ? null : toIso(run.endedAt),
    };
  });
  for (const [invariant, count] of engine.violations) tell("bad", said.violated({ invariant, count }));
  const backlog = await store.inboxBacklog();
  const waited = backlog.oldest === undefined ? 0 : at - backlog.oldest;
  if (waited > BACKLOG_OLD_MS) tell("warn", said.backlog({ count: backlog.count, forMs: waited }));
  for (const { team, people } of teams) {
    if (people.length === 0) tell("warn", said.nobodyOnDuty({ team }));
    else if (!people.some(({ reachable }) => reachable)) tell("bad", said.nobodyReachable({ team }));
  }
  const canary = runs.get("canary");
  return {
    problems,
    lastCanaryAt: canary === undefined ? null : toIso(canary.endedAt),
    backlog: backlog.count,
    duties,
  };
}
