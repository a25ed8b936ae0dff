import type { Drivers } from "../escalation/means.ts";
import { type Dead, NOBODY_DEAD, without } from "../escalation/simulate.ts";
import { canonical } from "../incident/chain.ts";
import type { ChannelKind, Grade, Policy, Team } from "../policy/policy.ts";
import { holidaysKnownUntil } from "../roster/holidays.ts";
import { rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";
import { type Interval, joined } from "../time/interval.ts";
import { type DutyCalendar, dutyCalendar } from "./duty-calendar.ts";
import { type Provider, providersOf } from "./providers.ts";
import { type Situation, situationAt, VERDICTS, type Verdict, type Verified } from "./situation.ts";
import { createSweep, type Swept } from "./sweep.ts";

export type ProofFacts = {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly from: Instant;
  readonly until: Instant;
  /** Whether each person, channel and provider is supposed dead, one at a time. */
  readonly withDeaths: boolean;
  readonly verified?: Verified | undefined;
};

/** A verdict that is not the best, with when and what it looks like. */
export type Trouble = {
  readonly verdict: Verdict;
  readonly during: readonly Interval[];
  /** The situation at the first of these instants: the smallest counterexample. */
  readonly example: Situation;
};

export type GradeProof = {
  readonly grade: string;
  readonly deadline: Millis;
  readonly stretches: readonly Swept<Situation>[];
  /** How many different situations there are. */
  readonly situations: number;
  readonly troubles: readonly Trouble[];
};

/** A team that the policy wants to be there around the clock, and when nobody is on duty in it. */
export type TeamProof = { readonly team: string; readonly gaps: readonly Interval[] };

/** What is worse than it would be, with one person, channel or provider out of reach. */
export type DeathProof = {
  readonly is: "person" | "channel" | "provider";
  readonly who: string;
  readonly grades: readonly { readonly grade: string; readonly troubles: readonly Trouble[] }[];
};

export type ReachProof = Interval & {
  readonly grades: readonly GradeProof[];
  readonly teams: readonly TeamProof[];
  /** Only those without whom something is worse; empty where no deaths were supposed. */
  readonly deaths: readonly DeathProof[];
  readonly supposed: { readonly people: number; readonly channels: number; readonly providers: number };
  readonly providers: readonly Provider[];
  /** Zones in which rotations follow holidays that are not known up to the end, with the last day that is. */
  readonly holidaysUnknown: readonly { readonly zone: string; readonly knownUntil: string | undefined }[];
  /** How often the plan was asked. */
  readonly evaluations: number;
};

/** How far ahead is proved: twelve months of the calendar. */
export function horizonOf(from: Instant, zone: string): Instant {
  return Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).add({ months: 12 }).epochMilliseconds;
}

/** Who is reached by an incident of each grade that begins at any instant of an interval. */
export function proveReach(facts: ProofFacts): ReachProof {
  return finished(provingReach(facts));
}

/** The same in parts: it pauses wherever others may have their turn. */
export function* provingReach(facts: ProofFacts): Generator<void, ReachProof> {
  const { policy, roster, from, until } = facts;
  const calendar = dutyCalendar(roster);
  const interval = { start: from, end: until };
  let evaluations = 0;
  const counted = (more: number): void => {
    evaluations += more;
  };
  const grades: GradeProof[] = [];
  for (const grade of policy.grades) {
    const stretches = yield* swept(grade, NOBODY_DEAD, [interval], { facts, calendar, counted });
    grades.push({
      grade: grade.name,
      deadline: policy.timing.get(grade.name)?.respondWithin ?? 0,
      stretches,
      situations: new Set(stretches.map(({ answer }) => answer)).size,
      troubles: troublesIn(stretches, () => "reached"),
    });
  }
  const teams: TeamProof[] = [];
  for (const team of aroundTheClock(policy)) {
    const gaps = yield* gapsIn(team.name, interval, calendar);
    teams.push({ team: team.name, gaps });
  }
  const channels = [...new Set(roster.channels.map(({ kind }) => kind))];
  const providers = providersOf(roster.channels);
  const people = [...roster.people.keys()];
  const deaths = facts.withDeaths
    ? yield* deathsIn({ people, channels, providers }, grades, { facts, calendar, counted })
    : [];
  return {
    ...interval,
    grades,
    teams,
    deaths,
    supposed: facts.withDeaths
      ? { people: people.length, channels: channels.length, providers: providers.length }
      : { people: 0, channels: 0, providers: 0 },
    providers,
    holidaysUnknown: holidaysUnknown(roster, until),
    evaluations,
  };
}

/** Runs what pauses to its end at once. */
export function finished<Value>(work: Generator<void, Value>): Value {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** The teams in which somebody has to be on duty at every hour: the document says so of them, or of a grade they own. */
export function aroundTheClock(policy: Policy): readonly Team[] {
  return policy.teams.filter(
    (team) => team.aroundTheClock || policy.grades.some((grade) => grade.owner === team.name && grade.aroundTheClock),
  );
}

/** When nobody of a team is on duty. */
export function* gapsIn(
  team: string,
  interval: Interval,
  calendar: DutyCalendar,
): Generator<void, readonly Interval[]> {
  const gaps: Interval[] = [];
  let stretches = 0;
  for (let at = interval.start; at < interval.end; ) {
    stretches += 1;
    if (stretches % 64 === 0) yield;
    const stretch = calendar.at(team, at);
    const end = Math.min(stretch.end, interval.end);
    if (stretch.people.length === 0) gaps.push({ start: at, end });
    at = end;
  }
  return joined(gaps);
}

/** When nobody of a team is on duty for the first time within the next twelve months. */
export function firstGap(roster: Roster, team: string, at: Instant): Instant | undefined {
  const calendar = dutyCalendar(roster);
  const end = horizonOf(at, "Etc/UTC");
  for (let from = at; from < end; ) {
    const stretch = calendar.at(team, from);
    if (stretch.people.length === 0) return from;
    from = stretch.end;
  }
  return undefined;
}

type Context = {
  readonly facts: ProofFacts;
  readonly calendar: DutyCalendar;
  readonly counted: (evaluations: number) => void;
};

function* swept(
  grade: Grade,
  dead: Dead,
  intervals: readonly Interval[],
  { facts, calendar, counted }: Context,
): Generator<void, readonly Swept<Situation>[]> {
  const { policy, drivers, verified } = facts;
  const roster = without(facts.roster, dead);
  const look = { policy, drivers, verified, beyond: dead === NOBODY_DEAD };
  // The same situation is the same value, so that stretches of it join.
  const interned = new Map<string, Situation>();
  const sweep = createSweep(calendar, (begin, duty) => {
    const situation = situationAt(grade, begin, { ...look, roster: { ...roster, duty } });
    const key = canonical(situation);
    const known = interned.get(key) ?? situation;
    interned.set(key, known);
    return known;
  });
  const stretches: Swept<Situation>[] = [];
  for (const interval of intervals) stretches.push(...(yield* sweep.over(interval)));
  counted(sweep.evaluations);
  return stretches;
}

/** Where the verdict is worse than it would be, by verdict, the worst first. */
function troublesIn(stretches: readonly Swept<Situation>[], usual: (at: Instant) => Verdict): readonly Trouble[] {
  const found = new Map<Verdict, { readonly during: Interval[]; readonly example: Situation }>();
  for (const { start, end, answer } of stretches) {
    if (badness(answer.verdict) <= badness(usual(start))) continue;
    const known = found.get(answer.verdict) ?? { during: [], example: answer };
    known.during.push({ start, end });
    found.set(answer.verdict, known);
  }
  return [...found]
    .map(([verdict, { during, example }]) => ({ verdict, during: joined(during), example }))
    .sort((one, other) => badness(other.verdict) - badness(one.verdict));
}

export function badness(verdict: Verdict): number {
  return VERDICTS.indexOf(verdict);
}

function* deathsIn(
  supposed: {
    readonly people: readonly PersonId[];
    readonly channels: readonly ChannelKind[];
    readonly providers: readonly Provider[];
  },
  grades: readonly GradeProof[],
  context: Context,
): Generator<void, readonly DeathProof[]> {
  const { policy } = context.facts;
  const deaths: DeathProof[] = [];
  const suppose = function* (
    is: DeathProof["is"],
    who: string,
    dead: Dead,
    concerned: (grade: GradeProof) => readonly Swept<Situation>[],
  ): Generator<void> {
    yield;
    const worse: DeathProof["grades"][number][] = [];
    for (const [index, grade] of policy.grades.entries()) {
      const usual = concerned(grades[index] as GradeProof);
      if (usual.length === 0) continue;
      const stretches = yield* swept(grade, dead, byVerdict(usual), context);
      const troubles = troublesIn(stretches, verdictsAlong(usual));
      if (troubles.length > 0) worse.push({ grade: grade.name, troubles });
    }
    if (worse.length > 0) deaths.push({ is, who, grades: worse });
  };
  const reached = new Map(grades.map((grade) => [grade, byPerson(grade.stretches)]));
  for (const person of supposed.people) {
    // Where they are not among the first to be woken, these are woken without them as well.
    yield* suppose(
      "person",
      person,
      { people: [person], channels: [] },
      (grade) => reached.get(grade)?.get(person) ?? [],
    );
  }
  for (const channel of supposed.channels)
    yield* suppose("channel", channel, { people: [], channels: [channel] }, ({ stretches }) => stretches);
  for (const { name, channels } of supposed.providers) {
    // One that carries a single channel falls silent with it.
    if (channels.length > 1) yield* suppose("provider", name, { people: [], channels }, ({ stretches }) => stretches);
  }
  return deaths;
}

/** For each person the stretches in which they are among those woken first. */
function byPerson(stretches: readonly Swept<Situation>[]): ReadonlyMap<PersonId, readonly Swept<Situation>[]> {
  const found = new Map<PersonId, Swept<Situation>[]>();
  for (const stretch of stretches) {
    for (const { person } of stretch.answer.first?.woken ?? []) {
      const known = found.get(person);
      if (known === undefined) found.set(person, [stretch]);
      else known.push(stretch);
    }
  }
  return found;
}

/** The stretches joined as far as the verdict is the same, so that what is held against them has one to be compared with. */
function byVerdict(stretches: readonly Swept<Situation>[]): readonly Interval[] {
  const parts: Interval[] = [];
  let verdict: Verdict | undefined;
  for (const { start, end, answer } of stretches) {
    const last = parts.at(-1);
    if (last?.end === start && verdict === answer.verdict) parts[parts.length - 1] = { start: last.start, end };
    else parts.push({ start, end });
    verdict = answer.verdict;
  }
  return parts;
}

/** The usual verdict at instants that are asked for in order of time. */
function verdictsAlong(stretches: readonly Swept<Situation>[]): (at: Instant) => Verdict {
  let index = 0;
  return (at) => {
    while (index < stretches.length - 1 && (stretches[index] as Swept<Situation>).end <= at) index += 1;
    return stretches[index]?.answer.verdict ?? "reached";
  };
}

function holidaysUnknown(roster: Roster, until: Instant): ReachProof["holidaysUnknown"] {
  const zones = new Set(
    roster.teams
      .flatMap((team) => rotationsOf(roster, teamNamed(roster, team.name)))
      .filter(({ holidays, turns }) => holidays !== "as-usual" || turns.some(({ unit }) => unit === "holidays"))
      .map(({ zone }) => zone),
  );
  return [...zones].flatMap((zone) => {
    const knownUntil = holidaysKnownUntil(zone);
    const last = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(zone).toPlainDate().toString();
    return knownUntil !== undefined && knownUntil >= last ? [] : [{ zone, knownUntil }];
  });
}
