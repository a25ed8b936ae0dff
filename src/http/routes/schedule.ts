import type { FastifyInstance, FastifyRequest } from "fastify";
import { Fault } from "../../fault/fault.ts";
import { erasOf } from "../../roster/eras.ts";
import type { PersonId } from "../../roster/roster.ts";
import { rosterOf } from "../../roster/roster-of.ts";
import { sameName } from "../../roster/same-name.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import { type Interval, overlap } from "../../time/interval.ts";
import { callerMay, type HttpFacts, may, personOf } from "../access.ts";
import { intervalIn } from "../read-schedule.ts";
import { shownLayers } from "../show/shown-layers.ts";
import { shownRequest } from "../show/shown-request.ts";
import {
  itemsIn,
  shownHolidays,
  shownInterval,
  shownLeave,
  shownOverride,
  shownTeamSchedule,
  withManagers,
} from "../show/shown-schedule.ts";
import type { ShownSchedule } from "../wire/schedule.ts";

/** More than a calendar shows at once: a quarter, with the weeks that it begins and ends in. */
const SCHEDULE_DAYS_MAX = 100;

type Asked = {
  Querystring: { readonly from?: string; readonly to?: string; readonly team?: string; readonly layers?: string };
};

/** `GET /api/v1/schedule`: who was, is and will be on duty, shift by shift. */
export function scheduleRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;

  server.get<Asked>("/api/v1/schedule", may(facts, "roster.read"), async (request): Promise<ShownSchedule> => {
    const { query } = request;
    const interval = stretchIn(query);
    const now = clock.now();
    const read = await store.transaction(async (queries) => ({
      revision: await queries.rosterRevision(),
      items: await queries.rosterItems(),
      past: interval.start < now ? await queries.rosterPast(interval.start) : [],
    }));
    const policy = await engine.knowledge.currentPolicy(store);
    const roster = rosterOf(read.items);
    const wanted = policy.teams.map(({ name, aroundTheClock }) => ({ name, aroundTheClock }));
    for (const { name } of roster.teams)
      if (!wanted.some((team) => sameName(team.name, name))) wanted.push({ name, aroundTheClock: false });
    const teams = wanted.filter(({ name }) => query.team === undefined || sameName(name, query.team));
    if (teams.length === 0) throw new Fault("not-found", { team: query.team });
    const named = withManagers(read.items, await store.calendarImports());
    const mine = personOf(request);
    const requests = (await store.openShiftRequests()).filter(
      ({ from, to, part, give }) =>
        overlap(part, interval) ||
        (give !== undefined && overlap(give, interval)) ||
        (mine !== undefined && (from === mine || to === mine)),
    );
    const eras = erasOf(read.items, read.past, { interval, now });
    return {
      ...shownInterval(interval),
      now: toIso(now),
      revision: read.revision,
      zone: settings.zone,
      teams: teams.map((team) => ({
        ...shownTeamSchedule(eras, team, { interval, now }),
        ...(query.layers === "yes" ? { layers: shownLayers(eras, team.name) } : {}),
      })),
      people: [...roster.people.values()].map(({ id, name }) => ({ id, name, mine: id === mine })),
      rotations: [...roster.rotations.values()].map(({ id, name }) => ({ id, name })),
      holidays: shownHolidays(named, roster, { interval, zone: settings.zone }),
      leaves: itemsIn(named, "leave", interval).map((item) => shownLeave(item, noteReader(request))),
      overrides: itemsIn(named, "override", interval).map(shownOverride),
      requests: requests.map((one) => shownRequest(one, request, roster, now)),
    };
  });
}

/** What somebody is away for is theirs, and of those who plan. */
function noteReader(request: FastifyRequest): (person: PersonId) => boolean {
  const mine = personOf(request);
  const all = callerMay(request, "roster.edit");
  return (person) => all || person === mine;
}

function stretchIn(query: Asked["Querystring"]): Interval {
  const interval = intervalIn(query, "from", "to");
  if (interval.end <= interval.start || interval.end - interval.start > SCHEDULE_DAYS_MAX * DAY_MS)
    throw new Fault("bad-request", { field: "to", expected: `after "from", by at most ${SCHEDULE_DAYS_MAX} days` });
  return interval;
}
