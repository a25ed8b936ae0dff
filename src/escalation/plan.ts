import { assert, unreachable } from "../fault/fault.ts";
import type { Reach, Skipped } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import type { ClauseId, GradeTiming, Policy, PolicyChannel } from "../policy/policy.ts";
import { onDuty, shadowing } from "../roster/on-duty.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import { type Audience, audienceOf, audienceUpTo, dutyOf, lastResort, topAudience } from "./audience.ts";
import { gradeNamed, levelAt, ruleOf, teamAbove, topLevel } from "./levels.ts";
import type { Drivers } from "./means.ts";
import { type Occasion, occasions } from "./occasions.ts";
import { type Addressee, merged, quietReaches, type Reached, reaches } from "./reaches.ts";
import type { Step } from "./step.ts";

export type PlanFacts = {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly drivers: Drivers;
  /** The present. Steps that were due before it and not taken are part of the plan, with their own due time. */
  readonly at: Instant;
  /** How far to look ahead. */
  readonly until: Instant;
};

/**
 * The escalation plan: every step that is still to come for this incident, in order of time, each with whom it reaches,
 * through what, and which clause demands it. Pure. The engine carries it out, the incident page and `bongsu simulate`
 * print it, `bongsu check` proves on it; there is no second implementation of any of these. A snoozed incident is
 * planned as it will stand when the snooze ends; one whose pages another incident holds has no step to come.
 */
export function plan(incident: Incident, facts: PlanFacts): readonly Step[] {
  const subject = incident.snoozedUntil === undefined ? incident : awake(incident, incident.snoozedUntil);
  return dueOccasions(subject, facts.policy, facts.until).map((occasion) => stepOf(occasion, subject, facts));
}

/** When the engine has to look at this incident again; null when nothing of it is to come. */
export function nextDue(incident: Incident, policy: Policy, at: Instant): Instant | null {
  if (incident.snoozedUntil !== undefined) return incident.snoozedUntil;
  // Whatever happened to it, it is looked at at once whether its pages are still to be held.
  if (incident.pagingHeld !== undefined) return at;
  return nextOccasion(incident, policy, at)?.due ?? null;
}

/** The next step of an incident that is not snoozed, without whom it reaches: cheap enough for long lists. */
export function nextOccasion(incident: Incident, policy: Policy, at: Instant): Occasion | undefined {
  const timing = timingOf(policy, incident.grade);
  const far = Math.max(at, incident.lastWordAt, incident.cycleAt) + timing.respondWithin + 2 * timing.levelEvery;
  const until = far + (timing.stalled ?? 0) * 2;
  return dueOccasions(incident, policy, until)[0];
}

export function timingOf(policy: Policy, grade: string): GradeTiming {
  const timing = policy.timing.get(grade);
  assert(timing !== undefined, `every grade of a policy has its timing (${grade})`);
  return timing;
}

function dueOccasions(incident: Incident, policy: Policy, until: Instant): readonly Occasion[] {
  const top = topLevel(policy, gradeNamed(policy, incident.grade));
  return occasions(incident, timingOf(policy, incident.grade), { top, until });
}

function awake(incident: Incident, at: Instant): Incident {
  const { acknowledged: _, handOver: __, snoozedUntil: ___, levelDue: ____, ...rest } = incident;
  return {
    ...rest,
    state: "triggered",
    cycle: incident.cycle + 1,
    cycleAt: at,
    cycleBecause: "snooze-ended",
    taken: {},
    level: 0,
    pulls: 0,
  };
}

function stepOf(occasion: Occasion, incident: Incident, facts: PlanFacts): Step {
  const { policy } = facts;
  // Whoever is on duty when it happens is meant: at its due time, or now for what is late.
  const moment: PlanFacts = { ...facts, at: Math.max(occasion.due, facts.at) };
  const { clause, reached } = addressed(occasion, incident, moment, gradeNamed(policy, incident.grade));
  return { ...occasion, clause, reach: merged(reached.reach), skipped: reached.skipped };
}

type Grade = ReturnType<typeof gradeNamed>;
type Addressed = { readonly clause: ClauseId; readonly reached: Reached };

function addressed(occasion: Occasion, incident: Incident, facts: PlanFacts, grade: Grade): Addressed {
  const { policy, roster, at } = facts;
  const rule = ruleOf(policy, grade.name)?.clause ?? grade.clause;
  switch (occasion.kind) {
    case "first":
      return { clause: rule, reached: wake(audienceOf(incident, policy, roster, 0, at), 0, incident, facts) };
    case "informed":
      return informed(incident, facts);
    case "reminder":
      if (incident.handOver !== undefined) return { clause: grade.deadlineClause, reached: newOwner(incident, facts) };
      return {
        clause: grade.deadlineClause,
        reached: wake(audienceOf(incident, policy, roster, 0, at), 0, incident, facts),
      };
    case "overdue":
    case "level": {
      if (incident.handOver !== undefined) return handOverPassedUp(occasion, incident, facts);
      const immediate = grade.deadline.kind === "immediate";
      const audience = (immediate ? audienceUpTo : audienceOf)(incident, policy, roster, occasion.level, at);
      const { team } = levelAt(policy, grade, occasion.level);
      const clause = occasion.kind === "overdue" ? grade.deadlineClause : (team?.clause ?? grade.clause);
      return { clause, reached: wake(audience, occasion.level, incident, facts) };
    }
    case "repeat-at-top":
      return {
        clause: grade.deadlineClause,
        reached: wake(topAudience(incident, policy, roster, at), occasion.level, incident, facts),
      };
    case "handed-over":
      return { clause: grade.ownerClause, reached: newOwner(incident, facts) };
    case "stalled":
      return { clause: grade.ownerClause, reached: stalled(occasion, incident, facts, grade) };
    case "resolved":
      return { clause: rule, reached: goodNews(incident, facts, rule) };
    default:
      return unreachable(occasion.kind);
  }
}

/**
 * Pages an audience; where nobody in it can be reached it falls through to the level above, then to the administrators,
 * then to anybody: never to nobody.
 */
function wake(audience: Audience, level: number, incident: Incident, facts: PlanFacts): Reached {
  const { policy, roster, drivers, at } = facts;
  const grade = gradeNamed(policy, incident.grade);
  const skipped: Skipped[] = [...audience.skipped];
  const reach: Reach[] = [];
  const attempt = (addressees: readonly Addressee[], channels: readonly PolicyChannel[]): boolean => {
    const reached = reaches(addressees, channels, { roster, drivers, urgency: "wake" });
    reach.push(...reached.reach);
    skipped.push(...reached.skipped);
    return reach.some((page) => page.people.length > 0);
  };
  if (attempt(audience.addressees, audience.channels)) return { reach, skipped };
  for (let above = level + 1; above <= topLevel(policy, grade); above++) {
    const next = audienceOf(incident, policy, roster, above, at);
    skipped.push(...next.skipped);
    if (attempt(next.addressees, next.channels)) return { reach, skipped };
  }
  for (const addressees of lastResort(roster, grade.ownerClause)) {
    if (attempt(addressees, audience.channels)) break;
  }
  return { reach, skipped };
}

/** Initial intake hears of every incident, by the quietest of its channels; and so does who learns in the owner team. */
function informed(incident: Incident, facts: PlanFacts): Addressed {
  const { policy, roster, at } = facts;
  const intake = policy.teams[0];
  assert(intake !== undefined, "a policy in force has teams");
  const owned = new Set(audienceOf(incident, policy, roster, 0, at).addressees.map(({ person }) => person));
  const duty = dutyOf(intake, roster, at, intake.clause);
  const grade = gradeNamed(policy, incident.grade);
  const learning = shadowing(roster, grade.owner, at).map((person) => ({ person, clause: grade.ownerClause }));
  const others = [...duty.addressees, ...learning].filter(({ person }) => !owned.has(person));
  const already = duty.addressees.filter(({ person }) => owned.has(person));
  const reached = quietReaches(others, facts);
  return {
    clause: intake.clause,
    reached: {
      reach: reached.reach,
      skipped: [
        ...duty.skipped,
        ...reached.skipped,
        ...already.map(({ person, clause }) => ({
          who: nameOf(person, roster),
          because: "already-reached" as const,
          clause,
        })),
      ],
    },
  };
}

function newOwner(incident: Incident, facts: PlanFacts): Reached {
  return wake(handOverAudience(incident, facts), incident.level, incident, facts);
}

function handOverAudience(incident: Incident, facts: PlanFacts): Audience {
  const { policy, roster, at } = facts;
  const grade = gradeNamed(policy, incident.grade);
  const target = incident.handOver?.to;
  const channels = ruleOf(policy, grade.name)?.channels ?? [];
  if (target?.kind === "person") {
    return { addressees: [{ person: target.person, clause: grade.ownerClause }], channels, skipped: [] };
  }
  const team = policy.teams.find((candidate) => candidate.name === target?.team);
  return { channels, ...(team ? dutyOf(team, roster, at, team.clause) : { addressees: [], skipped: [] }) };
}

/** The new owner did not answer in time: they, whoever holds it still, and the next level up. */
function handOverPassedUp(occasion: Occasion, incident: Incident, facts: PlanFacts): Addressed {
  const { policy, roster, at } = facts;
  const grade = gradeNamed(policy, incident.grade);
  const asked = handOverAudience(incident, facts);
  const target = incident.handOver?.to;
  const team = target?.kind === "team" ? teamAbove(policy, target.team) : levelAt(policy, grade, occasion.level).team;
  const above = team ? dutyOf(team, roster, at, team.clause) : { addressees: [], skipped: [] };
  const audience: Audience = {
    addressees: [...asked.addressees, ...holder(incident, grade.ownerClause), ...above.addressees],
    channels: asked.channels,
    skipped: [...asked.skipped, ...above.skipped],
  };
  return { clause: team?.clause ?? grade.ownerClause, reached: wake(audience, occasion.level, incident, facts) };
}

/** First a quiet word to whoever holds it, then a page, then the owner team as well. */
function stalled(occasion: Occasion, incident: Incident, facts: PlanFacts, grade: Grade): Reached {
  const { policy, roster, at } = facts;
  const held = holder(incident, grade.ownerClause);
  if (occasion.level === 1 && held.length > 0) {
    const quiet = quietReaches(held, facts);
    if (quiet.reach.length > 0) return quiet;
  }
  const channels = ruleOf(policy, grade.name)?.channels ?? [];
  if (occasion.level <= 2 && held.length > 0)
    return wake({ addressees: held, channels, skipped: [] }, 0, incident, facts);
  const team = onDuty(roster, grade.owner, at).map((person) => ({ person, clause: grade.ownerClause }));
  return wake({ addressees: [...held, ...team], channels, skipped: [] }, 0, incident, facts);
}

function goodNews(incident: Incident, facts: PlanFacts, clause: ClauseId): Reached {
  const people = [...incident.reached].map((person) => ({ person, clause }));
  return quietReaches(people, facts);
}

function holder(incident: Incident, clause: ClauseId): readonly Addressee[] {
  const by = incident.acknowledged?.by;
  return by?.kind === "person" ? [{ person: by.person, clause }] : [];
}

function nameOf(person: PersonId, roster: Roster): string {
  return roster.people.get(person)?.name ?? person;
}
