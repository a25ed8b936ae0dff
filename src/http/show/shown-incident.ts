import { type PlanFacts, plan, timingOf } from "../../escalation/plan.ts";
import type { Step } from "../../escalation/step.ts";
import { asId } from "../../id/id.ts";
import type { Reach } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import { actorText, skippedText } from "../../incident/tell.ts";
import type { Locale } from "../../locale/said.ts";
import { STEP_KINDS } from "../../locale/timeline.ts";
import type { Clause, Policy } from "../../policy/policy.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import type { ClauseRef, ShownReach, ShownStep } from "../wire/incident.ts";
import type { OpenIncident } from "../wire/now.ts";

/** 0 is the most severe; the last place for a grade that the policy no longer has. */
export function gradeRankOf(policy: Policy, grade: string): number {
  return policy.grades.find(({ name }) => name === grade)?.rank ?? policy.grades.length;
}

export function iso(at: Instant | undefined): string | null {
  return at === undefined ? null : toIso(at);
}

export function nameIn(roster: Roster): (id: string) => string {
  return (id) => roster.people.get(asId(id))?.name ?? id;
}

/** Until when somebody must have acknowledged: not once somebody has, or it has passed, or its pages are held. */
export function respondBy(incident: Incident, policy: Policy): Instant | undefined {
  const { state, overdueAt, pagingHeld } = incident;
  if (state !== "triggered" || overdueAt !== undefined || pagingHeld !== undefined) return undefined;
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

function isHolder({ acknowledged }: Incident, person: PersonId): boolean {
  return acknowledged?.by.kind === "person" && acknowledged.by.person === person;
}

/** An open incident as boards show it. */
export function shownOpen(
  incident: Incident,
  facts: PlanFacts,
  { locale, reader }: { readonly locale: Locale; readonly reader: PersonId | undefined },
): OpenIncident {
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
    pagingHeldBy: incident.pagingHeld?.number ?? null,
    respondBy: iso(respondBy(incident, policy)),
    holder: incident.acknowledged === undefined ? null : actorText(incident.acknowledged.by, { nameOf })[locale],
    askedToTake: asked === undefined ? null : asked.kind === "team" ? asked.team : nameOf(asked.person),
    firing: incident.firing,
    mine: reader !== undefined && (incident.reached.has(reader) || isHolder(incident, reader)),
    drill: incident.drill,
    next: nextOf(plan(incident, facts), roster, locale),
  };
}

/** A clause as pages link to it. */
export function shownClause({ id, line, path, text }: Clause): ClauseRef {
  return { id, line, path, text };
}

export function clauseRef(clause: Clause | undefined): ClauseRef | null {
  return clause === undefined ? null : shownClause(clause);
}

export function shownReach(reach: Reach, roster: Roster, delivery: string | null): ShownReach {
  const nameOf = nameIn(roster);
  return {
    delivery,
    who: reach.people.map((id) => ({ id, name: nameOf(id) })),
    room: reach.target.kind === "room",
    channel: reach.channel,
    urgency: reach.urgency,
    mention: reach.mention ?? null,
    insteadOf: reach.insteadOf ?? null,
  };
}

/** A step of the plan, in words. */
export function shownStep(
  step: Step,
  { policy, roster, locale }: { readonly policy: Policy; readonly roster: Roster; readonly locale: Locale },
): ShownStep {
  return {
    key: step.key,
    kind: step.kind,
    what: STEP_KINDS[step.kind]?.[locale] ?? step.kind,
    due: toIso(step.due),
    level: step.level,
    overdue: step.overdue,
    clause: clauseRef(policy.clauses.get(step.clause)),
    reach: step.reach.map((one) => shownReach(one, roster, null)),
    skipped: step.skipped.map((one) => skippedText(one)[locale]),
  };
}
