import type { FastifyInstance } from "fastify";
import { act } from "../../engine/actions.ts";
import { nextOccasion } from "../../escalation/plan.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import { searchWords } from "../../incident/grams.ts";
import type { Incident } from "../../incident/incident.ts";
import { actorText } from "../../incident/tell.ts";
import { refusalSaid } from "../../locale/refusals.ts";
import type { Locale } from "../../locale/said.ts";
import { STEP_KINDS } from "../../locale/timeline.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Roster } from "../../roster/roster.ts";
import type { IncidentFilter } from "../../store/store.ts";
import { fromIso, type Instant, toIso } from "../../time/instant.ts";
import { actorOf, type HttpFacts, jsonBody, localeFor, may } from "../access.ts";
import { gradeRankOf, nameIn } from "../show/shown-incident.ts";
import type { BulkResult, IncidentFacets, IncidentList, IncidentRow } from "../wire/incident-list.ts";
import { actionOf, shown } from "./incidents.ts";

type ListQuery = Readonly<Partial<Record<(typeof LIST_FIELDS)[number], string>>>;
const LIST_FIELDS = ["q", "state", "grade", "service", "from", "to", "holder", "drill", "limit", "before"] as const;
const LIST_MAX = 500;
const LISTED = 100;
const BULK_MAX = 500;

/** The list of incidents: by words, state, grade and more, and one action on many of them. */
export function incidentListRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;

  server.get<{ Querystring: ListQuery }>(
    "/api/v1/incidents",
    may(facts, "incidents.read"),
    async (request): Promise<IncidentList> => {
      const { query } = request;
      const filter = filterOf(query);
      const limit = Math.min(Math.max(Number(query.limit) || LISTED, 1), LIST_MAX);
      const place = query.before === undefined ? {} : { beforeNumber: Number(query.before) || 0 };
      const found = await store.incidents({ ...filter, ...place, limit });
      const total = query.before === undefined ? await store.countIncidents(filter) : null;
      const roster = await engine.knowledge.roster(store);
      const rows = [];
      for (const incident of found) {
        const policy = await engine.knowledge.policy(store, incident.policy);
        rows.push(rowOf(incident, { policy, roster, at: clock.now(), locale: localeFor(request) }));
      }
      return { incidents: rows, total, before: found.length < limit ? null : (found.at(-1)?.number ?? null) };
    },
  );

  server.get("/api/v1/incidents/facets", may(facts, "incidents.read"), async (): Promise<IncidentFacets> => {
    const policy = await engine.knowledge.currentPolicy(store);
    const roster = await engine.knowledge.roster(store);
    return {
      grades: policy.grades.map(({ name, rank }) => ({ name, rank })),
      services: await store.incidentServices(),
      people: [...roster.people.values()].map(({ id, name }) => ({ id, name })),
    };
  });

  server.post("/api/v1/incidents/bulk", may(facts, "incidents.respond"), async (request): Promise<BulkResult> => {
    const body = jsonBody(request);
    const { numbers, action } = body;
    if (!isNumbers(numbers) || numbers.length > BULK_MAX)
      throw new Fault("bad-request", { field: "numbers", expected: `numbers of incidents, at most ${BULK_MAX}` });
    const name = typeof action === "string" ? action : "";
    if (!BULK_ACTIONS.has(name))
      throw new Fault("bad-request", { field: "action", expected: [...BULK_ACTIONS].join(", ") });
    const wanted = actionOf(name, body, clock.now());
    const locale = localeFor(request);
    const results: BulkResult["results"][number][] = [];
    for (const number of new Set(numbers)) {
      const incident = await store.incidentByNumber(number);
      const result =
        incident === undefined ? undefined : await act(engine, incident.id, wanted, actorOf(request)).catch(failed);
      if (result?.is === "done") results.push({ number, done: true, because: null, why: null });
      else {
        const because = result?.because ?? "no-such-incident";
        results.push({ number, done: false, because, why: refusalSaid(because)[locale] });
      }
    }
    return { done: results.filter(({ done }) => done).length, results };
  });
}

const BULK_ACTIONS: ReadonlySet<string> = new Set(["acknowledge", "resolve", "close", "note", "snooze", "grade"]);
const STATES: ReadonlySet<string> = new Set(["triggered", "acknowledged", "resolved", "closed"]);

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 0 && value.every((one) => Number.isSafeInteger(one) && one > 0);
}

/** What failed for one incident is told of that one; the others go on. */
function failed(error: unknown): { readonly is: "refused"; readonly because: string } {
  if (error instanceof Fault) return { is: "refused", because: error.code };
  throw error;
}

function filterOf(query: ListQuery): IncidentFilter {
  const states = query.state?.split(",").filter((state): state is Incident["state"] => STATES.has(state));
  const grades = query.grade?.split(",").filter((grade) => grade !== "");
  const words = searchWords(query.q ?? "");
  return {
    ...(states === undefined || states.length === 0 ? {} : { states }),
    ...(grades === undefined || grades.length === 0 ? {} : { grades }),
    ...(query.service === undefined || query.service === "" ? {} : { service: query.service }),
    ...(words.length === 0 ? {} : { words }),
    ...(query.holder === undefined || query.holder === "" ? {} : { holder: asId<"person">(query.holder) }),
    ...(query.drill === undefined || query.drill === "" ? {} : { drill: query.drill === "true" }),
    ...instantIn(query, "from"),
    ...instantIn(query, "to"),
  };
}

function instantIn<K extends "from" | "to">(query: ListQuery, field: K): { readonly [F in K]?: Instant } {
  const text = query[field];
  if (text === undefined || text === "") return {};
  const at = fromIso(text);
  if (at === undefined) throw new Fault("bad-request", { field, expected: "an RFC 3339 time" });
  return { [field]: at } as { readonly [F in K]?: Instant };
}

type RowFacts = { readonly policy: Policy; readonly roster: Roster; readonly at: Instant; readonly locale: Locale };

function rowOf(incident: Incident, { policy, roster, at, locale }: RowFacts): IncidentRow {
  const isOpen = incident.state === "triggered" || incident.state === "acknowledged";
  const next = isOpen && incident.snoozedUntil === undefined ? nextOccasion(incident, policy, at) : undefined;
  const holder = incident.acknowledged?.by;
  return {
    ...(shown(incident) as IncidentRow),
    gradeRank: gradeRankOf(policy, incident.grade),
    acknowledgedBy: holder === undefined ? null : actorText(holder, { nameOf: nameIn(roster) })[locale],
    next:
      next === undefined
        ? null
        : { kind: next.kind, what: STEP_KINDS[next.kind]?.[locale] ?? next.kind, due: toIso(next.due) },
  };
}
