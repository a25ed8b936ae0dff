import { type PlanFacts, plan, timingOf } from "../escalation/plan.ts";
import type { Step } from "../escalation/step.ts";
import type { Incident } from "../incident/incident.ts";
import { actorText } from "../incident/tell.ts";
import type { Locale } from "../locale/said.ts";
import { STEP_KINDS } from "../locale/timeline.ts";
import type { Policy } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import { type Instant, toIso } from "../time/instant.ts";
import type { OpenIncident } from "./wire/now.ts";

/** 0 is the most severe; the last place for a grade that the policy no longer has. */
export function gradeRankOf(policy: Policy, grade: string): number {
  return policy.grades.find(({ name }) => name === grade)?.rank ?? policy.grades.length;
}

export function iso(at: Instant | undefined): string | null {
  return at === undefined ? null : toIso(at);
}

export function nameIn(roster: Roster): (id: string) => string {
  return (id) => roster.people.get(id as never)?.name ?? id;
}

/** Until when somebody must have acknowledged: null once somebody has, or it has passed. */
export function respondBy(incident: Incident, policy: Policy): Instant | undefined {
  if (incident.state !== "triggered" || incident.overdueAt !== undefined) return undefined;
  return incident.cycleAt + timingOf(policy, incident.grade).respondWithin;
}

/** The next step that pages somebody, or whatever comes next where none does. */
export function nextOf(steps: readonly Step[], roster: Roster, locale: Locale): OpenIncident["next"] {
  const step = steps.find(({ reach }) => reach.length > 0) ?? steps[0];
  if (step === undefined) return null;
  const people = [...new Set(step.reach.flatMap((reach) => reach.people))];
  return {
    kind: step.kind,
    what: STEP_KINDS[step.kind]?.[locale] ?? step.kind,
    due: toIso(step.due),
    who: people.map(nameIn(roster)),
    channels: [...new Set(step.reach.map(({ channel }) => channel))],
  };
}

/** An open incident as boards show it. */
export function shownOpen(incident: Incident, facts: PlanFacts, locale: Locale): OpenIncident {
  const { policy, roster } = facts;
  const nameOf = nameIn(roster);
  const asked = incident.handOver?.to;
  return {
    number: incident.number,
    title: incident.title,
    service: incident.service,
    grade: incident.grade,
    gradeRank: gradeRankOf(policy, incident.grade),
    state: incident.state === "triggered" ? "triggered" : "acknowledged",
    openedAt: toIso(incident.openedAt),
    overdueAt: iso(incident.overdueAt),
    snoozedUntil: iso(incident.snoozedUntil),
    respondBy: iso(respondBy(incident, policy)),
    holder: incident.acknowledged === undefined ? null : actorText(incident.acknowledged.by, { nameOf })[locale],
    askedToTake: asked === undefined ? null : asked.kind === "team" ? asked.team : nameOf(asked.person),
    firing: incident.firing,
    drill: incident.drill,
    next: nextOf(plan(incident, facts), roster, locale),
  };
}
