import { comparePlans } from "../../escalation/compare-plans.ts";
import type { Drivers } from "../../escalation/means.ts";
import { type Dead, firstWoken, simulate, untilTheTop } from "../../escalation/simulate.ts";
import type { Step } from "../../escalation/step.ts";
import type { Reach, Skipped } from "../../incident/event.ts";
import { reachText, skippedText } from "../../incident/tell.ts";
import type { Locale } from "../../locale/said.ts";
import { channelName, STEP_KINDS, timelineSaid } from "../../locale/timeline.ts";
import type { Policy } from "../../policy/policy.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, type Millis, toIso } from "../../time/instant.ts";
import type { WirePerson } from "../wire/policy.ts";
import type { ComparedPlans, SimulatedPlan, SimulatedReach, SimulatedStep } from "../wire/simulate.ts";

export type WhatIf = {
  readonly grade: string;
  readonly service?: string;
  readonly at: Instant;
  readonly ahead?: Millis;
  readonly dead: Dead;
};

export type Subject = { readonly policy: Policy; readonly file: string; readonly stored: boolean };

type Facts = { readonly roster: Roster; readonly drivers: Drivers; readonly locale: Locale };

/** The plan of an incident that has not happened, in words; undefined where the document has no such grade. */
export function shownSimulation(subject: Subject, whatIf: WhatIf, facts: Facts): SimulatedPlan | undefined {
  const planned = plannedFor(subject, whatIf, facts);
  return planned === undefined ? undefined : shownPlan(subject, planned, whatIf, facts);
}

/** The same for two documents, on one axis. */
export function shownComparison(left: Subject, right: Subject, whatIf: WhatIf, facts: Facts): ComparedPlans {
  // Both are looked at for the same time, or the shorter one would seem to go quiet.
  const ahead = whatIf.ahead ?? Math.max(...[left, right].map(({ policy }) => defaultAhead(policy, whatIf.grade)));
  const [one, other] = [left, right].map((subject) => plannedFor(subject, { ...whatIf, ahead }, facts));
  const { rows, woken, same } = comparePlans(one?.steps ?? [], other?.steps ?? [], whatIf.at);
  const shown = (subject: Subject, planned: Planned | undefined): SimulatedPlan | null =>
    planned === undefined ? null : shownPlan(subject, planned, whatIf, facts);
  return {
    left: shown(left, one),
    right: shown(right, other),
    rows,
    woken: woken.map((row) => ({
      person: named(row.person, facts),
      left: row.left ?? null,
      right: row.right ?? null,
    })),
    same: same && (one === undefined) === (other === undefined),
  };
}

type Planned = { readonly grade: string; readonly until: Instant; readonly steps: readonly Step[] };

function plannedFor({ policy }: Subject, whatIf: WhatIf, { roster, drivers }: Facts): Planned | undefined {
  const grade = gradeIn(policy, whatIf.grade);
  if (grade === undefined) return undefined;
  const { at, service, dead, ahead = untilTheTop(policy, grade) } = whatIf;
  const supposed = { grade, at, ...(service === undefined ? {} : { service }) };
  return { grade, until: at + ahead, steps: simulate(supposed, { policy, roster, drivers, dead }, ahead) };
}

function gradeIn(policy: Policy, wanted: string): string | undefined {
  return policy.grades.find(({ name }) => name.toLowerCase() === wanted.toLowerCase())?.name;
}

function defaultAhead(policy: Policy, wanted: string): Millis {
  const grade = gradeIn(policy, wanted);
  return grade === undefined ? HOUR_MS : untilTheTop(policy, grade);
}

function shownPlan(subject: Subject, planned: Planned, { at, dead }: WhatIf, facts: Facts): SimulatedPlan {
  const { policy } = subject;
  const first = firstWoken(planned.steps);
  return {
    policy: shownSubject(subject),
    grade: planned.grade,
    at: toIso(at),
    until: toIso(planned.until),
    steps: planned.steps.map((step) => shownStep(step, policy, { at, dead }, facts)),
    first: first === undefined ? null : { after: first.at - at, people: first.people.map((id) => named(id, facts)) },
  };
}

export function shownSubject({ policy, file, stored }: Subject): SimulatedPlan["policy"] {
  return { id: policy.id, title: policy.title, file, stored };
}

export function shownStep(
  step: Step,
  policy: Policy,
  { at, dead }: { readonly at: Instant; readonly dead: Dead },
  facts: Facts,
): SimulatedStep {
  const clause = policy.clauses.get(step.clause);
  return {
    kind: step.kind,
    kindText: STEP_KINDS[step.kind]?.[facts.locale] ?? step.kind,
    due: toIso(step.due),
    after: step.due - at,
    level: step.level,
    overdue: step.overdue,
    because:
      clause === undefined ? null : { clause: clause.id, line: clause.line, path: clause.path, text: clause.text },
    reaches: step.reach.map((reach) => shownReach(reach, facts)),
    skipped: step.skipped.map((one) => shownSkipped(one, dead, facts)),
  };
}

function shownReach(reach: Reach, facts: Facts): SimulatedReach {
  const { roster, locale } = facts;
  return {
    people: reach.people.map((id) => named(id, facts)),
    room: reach.target.kind === "room",
    channel: reach.channel,
    channelText: channelName(reach.channel)[locale],
    mention: reach.mention ?? null,
    urgency: reach.urgency,
    insteadOf: reach.insteadOf ?? null,
    text: reachText(reach, { nameOf: (id) => roster.people.get(id as PersonId)?.name ?? id })[locale],
  };
}

/** Who is passed over, and why; what is only supposed to be out of reach is not told as a fault of the roster. */
function shownSkipped(skipped: Skipped, dead: Dead, { roster, locale }: Facts): SimulatedStep["skipped"][number] {
  const isDeadChannel = skipped.because === "not-configured" && dead.channels.some((kind) => kind === skipped.channel);
  const isDeadPerson =
    skipped.because === "no-contact" && dead.people.some((id) => roster.people.get(id)?.name === skipped.who);
  if (!isDeadChannel && !isDeadPerson)
    return { who: skipped.who, because: skipped.because, text: skippedText(skipped)[locale] };
  const because = "supposed-dead";
  const facts = { who: skipped.who, channel: skipped.channel ?? "", because };
  return { who: skipped.who, because, text: timelineSaid.skipped(facts)[locale] };
}

function named(id: PersonId, { roster }: Facts): WirePerson {
  return { id, name: roster.people.get(id)?.name ?? id };
}
