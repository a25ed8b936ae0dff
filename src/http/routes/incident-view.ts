import type { FastifyInstance } from "fastify";
import { channelsOf, usable } from "../../escalation/means.ts";
import { type PlanFacts, plan } from "../../escalation/plan.ts";
import type { Recorded } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import { actorText, tellTimeline } from "../../incident/tell.ts";
import { timeText } from "../../locale/page.ts";
import type { Locale } from "../../locale/said.ts";
import { onDuty } from "../../roster/on-duty.ts";
import type { PersonId } from "../../roster/roster.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { type HttpFacts, localeFor, may } from "../access.ts";
import { incidentNamed } from "../incident-named.ts";
import { inhibitedBy, shownFlapping } from "../show/shown-alert.ts";
import { clauseRef, gradeRankOf, iso, nameIn, respondBy, shownClause, shownStep } from "../show/shown-incident.ts";
import { shownRow } from "../show/shown-timeline.ts";
import type { IncidentOverview, Responder, ShownAlert, ToldTimeline } from "../wire/incident.ts";

const EVENTS_MAX = 20_000;
const ALERTS_SHOWN_MAX = 100;
const ALERTS_COUNTED_MAX = 10_000;
const SERVICES_SHOWN_MAX = 100;

/** What the incident page shows: the overview, and the timeline in words. */
export function incidentViewRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, settings } = engine.ports;
  const read = may(facts, "incidents.read");

  server.get("/api/v1/incidents/:number/overview", read, async (request): Promise<IncidentOverview> => {
    const incident = await incidentNamed(store, request);
    const at = clock.now();
    const planFacts = await engine.knowledge.planFacts(store, incident, at, at + DAY_MS);
    const alerts = await store.alertsOfIncident(incident.id, ALERTS_COUNTED_MAX);
    const inForce = (await store.currentPolicy())?.id === incident.policy;
    const inhibited = await inhibitedBy(store, incident);
    const holds = await store.heldBy(incident.id);
    const found = incident.harderWatch?.found ?? 0;
    const events = found === 0 ? [] : await store.eventsOf(incident.id, 0, EVENTS_MAX);
    return overview(incident, planFacts, { alerts, inhibited, holds, events, inForce, locale: localeFor(request) });
  });

  server.get<{ Querystring: { after?: string } }>(
    "/api/v1/incidents/:number/told",
    read,
    async (request): Promise<ToldTimeline> => {
      const incident = await incidentNamed(store, request);
      const locale = localeFor(request);
      const at = clock.now();
      const { policy, roster } = await engine.knowledge.planFacts(store, incident, at, at);
      const after = Number(request.query.after) || 0;
      // A sentence may speak of a page that an earlier event made, so all are told and those wanted are answered.
      const events = await store.eventsOf(incident.id, 0, EVENTS_MAX);
      const told = tellTimeline(events, {
        nameOf: nameIn(roster),
        clauseOf: (id) => policy.clauses.get(id),
        timeOf: (instant) => timeText(instant, settings.zone, locale),
      });
      const rows = events.flatMap((recorded, index) => {
        const words = told[index];
        return recorded.seq <= after || words === undefined
          ? []
          : [shownRow(recorded, words, { policy, roster, locale })];
      });
      return { rows };
    },
  );
}

function overview(
  incident: Incident,
  facts: PlanFacts,
  more: {
    readonly alerts: readonly Alert[];
    readonly inhibited: readonly Alert[];
    readonly holds: readonly Incident[];
    /** None are needed where watching harder found nothing. */
    readonly events: readonly Recorded[];
    readonly inForce: boolean;
    readonly locale: Locale;
  },
): IncidentOverview {
  const { policy, roster } = facts;
  const { locale } = more;
  const nameOf = nameIn(roster);
  const { acknowledged, handOver } = incident;
  const firing = more.alerts.toSorted(
    (one, other) => STATUS_ORDER[one.status] - STATUS_ORDER[other.status] || other.updatedAt - one.updatedAt,
  );
  return {
    number: incident.number,
    title: incident.title,
    service: incident.service,
    grade: incident.grade,
    gradeRank: gradeRankOf(policy, incident.grade),
    state: incident.state,
    drill: incident.drill,
    openedAt: toIso(incident.openedAt),
    overdueAt: iso(incident.overdueAt),
    respondBy: iso(respondBy(incident, policy)),
    snoozedUntil: iso(incident.snoozedUntil),
    pagingHeld: shownHold(incident),
    holds: more.holds.map(({ number, title, service, grade }) => ({
      number,
      title,
      service,
      grade,
      gradeRank: gradeRankOf(policy, grade),
    })),
    resolvedAt: iso(incident.resolvedAt),
    holder:
      acknowledged === undefined
        ? null
        : {
            name: actorText(acknowledged.by, { nameOf })[locale],
            person: acknowledged.by.kind === "person" ? acknowledged.by.person : null,
            at: toIso(acknowledged.at),
          },
    handOver:
      handOver === undefined
        ? null
        : { to: handOver.to.kind === "team" ? handOver.to.team : nameOf(handOver.to.person), at: toIso(handOver.at) },
    firing: incident.firing,
    policy: { id: policy.id, title: policy.title, inForce: more.inForce },
    steps: plan(incident, facts).map((step) => shownStep(step, { policy, roster, locale })),
    grades: policy.grades.map((grade) => ({
      name: grade.name,
      rank: grade.rank,
      owner: grade.owner,
      deadline: clauseRef(policy.clauses.get(grade.deadlineClause)),
      criteria: grade.criteria.map((clause) => ({ ...shownClause(clause), ticked: incident.ticked.has(clause.id) })),
    })),
    procedures: policy.procedures.map(({ kind, stages }) => ({
      kind,
      stages: stages.map(({ title, steps }) => ({
        title,
        steps: steps.map((clause) => ({ ...shownClause(clause), done: incident.ticked.has(clause.id) })),
      })),
    })),
    responders: responders(incident, facts),
    teams: policy.teams.map(({ name }) => name),
    glossary: policy.glossary.map(({ term, meaning }) => ({ term, meaning })),
    alerts: {
      total: more.alerts.length,
      shown: firing.slice(0, ALERTS_SHOWN_MAX).map(shownAlert),
      services: servicesOf(more.alerts),
    },
    inhibited: {
      count: more.inhibited.length,
      services: [...Map.groupBy(more.inhibited, ({ service }) => service)]
        .map(([service, { length: count }]) => ({ service, count }))
        .sort((one, other) => other.count - one.count)
        .slice(0, SERVICES_SHOWN_MAX),
    },
    harderWatch: shownHarderWatch(incident, more.events),
  };
}

function servicesOf(alerts: readonly Alert[]): IncidentOverview["alerts"]["services"] {
  const groups = Map.groupBy(alerts, ({ service }) => service);
  if (groups.size < 2) return [];
  return [...groups]
    .map(([service, group]) => ({
      service,
      firing: group.filter(({ status }) => status !== "resolved").length,
      total: group.length,
    }))
    .sort((one, other) => other.firing - one.firing || other.total - one.total)
    .slice(0, SERVICES_SHOWN_MAX);
}

function shownHold({ pagingHeld }: Incident): IncidentOverview["pagingHeld"] {
  if (pagingHeld === undefined) return null;
  const { number, because, at } = pagingHeld;
  return { number, because, at: toIso(at) };
}

function shownHarderWatch({ harderWatch }: Incident, events: readonly Recorded[]): IncidentOverview["harderWatch"] {
  if (harderWatch === undefined) return null;
  const { until, series, found, ended } = harderWatch;
  // Those of the present watch: an earlier one ended when the incident was reopened.
  const began = events.findLastIndex(({ event }) => event.type === "watch-began");
  const findings = events.slice(began + 1).flatMap(({ at, event }) => {
    if (event.type !== "watch-found") return [];
    const { alert, value, line } = event;
    return [{ at: toIso(at), alert: alert.alert, title: alert.title, value, line }];
  });
  return { until: toIso(until), series, found, isOver: ended, findings };
}

/** Whoever has something to do with it: who holds it, who is asked, who is on duty in the owner's team, who was reached. */
function responders(incident: Incident, { policy, roster, drivers, at }: PlanFacts): readonly Responder[] {
  const roles = new Map<PersonId, Set<Responder["roles"][number]>>();
  const teams = new Map<PersonId, string>();
  const add = (person: PersonId, role: Responder["roles"][number]): void => {
    roles.set(person, (roles.get(person) ?? new Set()).add(role));
  };
  const holder = incident.acknowledged?.by;
  if (holder?.kind === "person") add(holder.person, "holder");
  const asked = incident.handOver?.to;
  if (asked?.kind === "person") add(asked.person, "asked");
  if (asked?.kind === "team") for (const person of onDuty(roster, asked.team, at)) add(person, "asked");
  const owner = policy.grades.find(({ name }) => name === incident.grade)?.owner;
  for (const { name } of policy.teams) {
    for (const person of onDuty(roster, name, at)) {
      if (!teams.has(person)) teams.set(person, name);
      if (name === owner) add(person, "on-duty");
    }
  }
  for (const person of incident.reached) add(person, "reached");
  return [...roles].map(([id, set]) => {
    const person = roster.people.get(id);
    return {
      id,
      name: person?.name ?? id,
      titles: person?.titles ?? [],
      roles: [...set],
      team: teams.get(id) ?? null,
      contacts:
        person === undefined
          ? []
          : [...channelsOf(person)].map((channel) => ({ channel, usable: usable(channel, roster, drivers) === "yes" })),
    };
  });
}

const STATUS_ORDER = { firing: 0, silent: 1, resolved: 2 } as const;

function shownAlert(alert: Alert): ShownAlert {
  return {
    id: alert.id,
    title: alert.title,
    status: alert.status,
    severity: alert.severity ?? null,
    flapping: shownFlapping(alert),
    count: alert.count,
    startsAt: toIso(alert.startsAt),
    updatedAt: toIso(alert.updatedAt),
    labels: alert.labels,
    links: alert.links.flatMap(({ href, text }) => (/^https?:\/\//i.test(href) ? [{ href, text: text ?? href }] : [])),
  };
}
