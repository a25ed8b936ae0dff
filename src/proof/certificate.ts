import { canonical } from "../incident/chain.ts";
import { unprovenMend } from "../locale/reach-proof.ts";
import type { Said } from "../locale/said.ts";
import type { ChannelKind, Policy } from "../policy/policy.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { type Instant, type Millis, toIso } from "../time/instant.ts";
import { type Interval, joined } from "../time/interval.ts";
import { type DeathProof, type GradeProof, type ReachProof, type Trouble } from "./prove-reach.ts";
import { deathName, mendsOfDeath, namesOf } from "./reach-findings.ts";
import { type MendFacts, mendsOfGap, mendsOfTrouble, mendText } from "./reach-mends.ts";
import { VERDICTS, type Verdict } from "./situation.ts";

/** A stretch in a certificate: RFC 3339 in UTC, half-open. */
export type CertifiedInterval = readonly [start: string, end: string];

export type CertifiedTrouble = {
  readonly verdict: Verdict;
  readonly count: number;
  readonly totalMs: Millis;
  readonly intervals: readonly CertifiedInterval[];
  /** The smallest counterexample: the first instant, who was asked for in vain and why, who is woken instead. */
  readonly example: {
    readonly at: string;
    readonly asked: readonly { readonly who: string; readonly channel: ChannelKind | null; readonly because: string }[];
    readonly woken: readonly string[];
    readonly afterMs: Millis | null;
  };
  /** Roster text that mends it. */
  readonly mend: Said;
};

export type CertifiedGrade = {
  readonly grade: string;
  readonly deadlineMs: Millis;
  /** How long each verdict holds in all. */
  readonly totalMs: Readonly<Record<Verdict, Millis>>;
  readonly situations: number;
  readonly stretches: number;
  /** Everybody who is among the first to be woken at some time, and through what. */
  readonly people: readonly string[];
  readonly channels: readonly ChannelKind[];
  /** How long after the beginning the first human is woken at the latest; null where nobody is at some time. */
  readonly firstAfterMs: Millis | null;
  /** How long one person alone is woken first. */
  readonly aloneMs: Millis;
  /** Where the first do not answer: when somebody else is woken, at the latest; null where not before the deadline. */
  readonly secondAfterMs: Millis | null;
  readonly troubles: readonly CertifiedTrouble[];
  /**
   * A letter for each local day of the interval, its worst: `.` reached, `s` somebody's silence alone would lose it, `u`
   * unverified, `f` falls through, `l` late, `n` nobody.
   */
  readonly days: string;
};

export type CertifiedDeath = {
  readonly is: DeathProof["is"];
  readonly who: string;
  readonly name: Said;
  readonly grade: string;
  readonly verdict: Verdict;
  readonly count: number;
  readonly totalMs: Millis;
  /** The first of them, at most `DEATH_INTERVALS_MAX`. */
  readonly intervals: readonly CertifiedInterval[];
  /** Who is woken instead, at the first of these instants. */
  readonly woken: readonly string[];
  readonly mend: Said;
};

/**
 * What was proved, by what, and when: complete enough to be judged without the server that made it. `sha256` is over the
 * canonical JSON (sorted keys, no spaces) of all other members, so that it can be quoted.
 */
export type Certificate = {
  readonly certificate: "bongsu-reach-proof/1";
  /** True where somebody whom the policy means is woken in time at every instant, and no team has a gap. */
  readonly holds: boolean;
  readonly policy: { readonly id: string; readonly title: string };
  readonly roster: { readonly revision: number | null; readonly sha256: string };
  readonly from: string;
  readonly until: string;
  readonly computedAt: string;
  readonly zone: string;
  readonly grades: readonly CertifiedGrade[];
  readonly teams: readonly {
    readonly team: string;
    readonly count: number;
    readonly totalMs: Millis;
    readonly intervals: readonly CertifiedInterval[];
    readonly mend: Said;
  }[];
  /** By their name: the plan depends on the service through its grade alone. */
  readonly services: readonly string[];
  readonly supposedDead: { readonly people: number; readonly channels: number; readonly providers: number };
  readonly deaths: readonly CertifiedDeath[];
  readonly providers: readonly { readonly name: string; readonly channels: readonly ChannelKind[] }[];
  readonly contacts: "considered" | "not-considered";
  /** Zones whose holidays are not known to the end of the interval, with the last day that is. */
  readonly holidaysUnknown: readonly { readonly zone: string; readonly knownUntil: string | null }[];
  readonly counts: {
    readonly people: number;
    readonly teams: number;
    readonly rotations: number;
    readonly situations: number;
    readonly stretches: number;
    readonly evaluations: number;
  };
  readonly sha256: string;
};

export const DEATH_INTERVALS_MAX = 50;

export type CertificateFacts = MendFacts & {
  readonly policy: Policy;
  readonly roster: Roster;
  readonly revision: number | null;
  readonly computedAt: Instant;
  readonly contacts: Certificate["contacts"];
  readonly sha256: (text: string) => string;
};

export function certificateOf(proof: ReachProof, facts: CertificateFacts): Certificate {
  const { policy, roster, zone, sha256 } = facts;
  const grades = proof.grades.map((grade) => certifiedGrade(grade, proof, facts));
  const teams = proof.teams.map(({ team, gaps }) => ({
    team,
    ...timesOf(gaps),
    intervals: gaps.map(certified),
    mend: mendText(mendsOfGap(team, gaps, facts)),
  }));
  const unsealed: Omit<Certificate, "sha256"> = {
    certificate: "bongsu-reach-proof/1",
    holds:
      grades.every(({ troubles }) => troubles.every(({ verdict }) => verdict === "unverified")) &&
      teams.every(({ count }) => count === 0),
    policy: { id: policy.id, title: policy.title },
    roster: { revision: facts.revision, sha256: sha256(rosterText(roster)) },
    from: toIso(proof.start),
    until: toIso(proof.end),
    computedAt: toIso(facts.computedAt),
    zone,
    grades,
    teams,
    services: servicesOf(policy, roster),
    supposedDead: proof.supposed,
    deaths: proof.deaths.flatMap((death) => certifiedDeaths(death, proof, facts)),
    providers: proof.providers,
    contacts: facts.contacts,
    holidaysUnknown: proof.holidaysUnknown.map((one) => ({ zone: one.zone, knownUntil: one.knownUntil ?? null })),
    counts: {
      people: roster.people.size,
      teams: roster.teams.length,
      rotations: roster.rotations.size,
      situations: proof.grades.reduce((sum, { situations }) => sum + situations, 0),
      stretches: proof.grades.reduce((sum, { stretches }) => sum + stretches.length, 0),
      evaluations: proof.evaluations,
    },
  };
  return { ...unsealed, sha256: sha256(canonical(unsealed)) };
}

/** Whether a certificate is as it was sealed. */
export function isSealed({ sha256: seal, ...rest }: Certificate, sha256: (text: string) => string): boolean {
  return sha256(canonical(rest)) === seal;
}

function certifiedGrade(grade: GradeProof, proof: ReachProof, facts: CertificateFacts): CertifiedGrade {
  const { roster, zone } = facts;
  const totalMs = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, Millis>;
  const people = new Set<PersonId>();
  const channels = new Set<ChannelKind>();
  let firstAfterMs: Millis | null = 0;
  let secondAfterMs: Millis | null = 0;
  let aloneMs = 0;
  for (const { start, end, answer } of grade.stretches) {
    totalMs[answer.verdict] += end - start;
    const woken = answer.first?.woken ?? [];
    for (const one of woken) {
      people.add(one.person);
      for (const channel of one.channels) channels.add(channel);
    }
    if (woken.length === 1) aloneMs += end - start;
    firstAfterMs = latest(firstAfterMs, answer.first?.after);
    secondAfterMs = latest(secondAfterMs, answer.second?.after);
  }
  return {
    grade: grade.grade,
    deadlineMs: grade.deadline,
    totalMs,
    situations: grade.situations,
    stretches: grade.stretches.length,
    people: namesOf([...people].sort(), roster),
    channels: [...channels].sort(),
    firstAfterMs,
    aloneMs,
    secondAfterMs,
    troubles: grade.troubles.map((trouble) => certifiedTrouble(grade.grade, trouble, facts)),
    days: daysOf(grade, proof, zone),
  };
}

function latest(known: Millis | null, after: Millis | undefined): Millis | null {
  return known === null || after === undefined ? null : Math.max(known, after);
}

function certifiedTrouble(grade: string, trouble: Trouble, facts: CertificateFacts): CertifiedTrouble {
  const { verdict, during, example } = trouble;
  const woken = namesOf(example.first?.woken.map(({ person }) => person) ?? [], facts.roster);
  // Whom nothing proves to be reached is asked for all the same: nothing is missing but their word.
  const isReached = verdict === "unverified";
  return {
    verdict,
    ...timesOf(during),
    intervals: during.map(certified),
    example: {
      at: toIso(during[0]?.start ?? 0),
      asked: isReached
        ? []
        : example.skipped.map(({ who, channel, because }) => ({ who, channel: channel ?? null, because })),
      woken,
      afterMs: example.first?.after ?? null,
    },
    mend: isReached ? unprovenMend(woken) : mendText(mendsOfTrouble(grade, trouble, facts)),
  };
}

function certifiedDeaths(death: DeathProof, proof: ReachProof, facts: CertificateFacts): readonly CertifiedDeath[] {
  return death.grades.flatMap(({ grade, troubles }) =>
    troubles.map(
      (trouble): CertifiedDeath => ({
        is: death.is,
        who: death.who,
        name: deathName(death, facts.roster),
        grade,
        verdict: trouble.verdict,
        ...timesOf(trouble.during),
        intervals: trouble.during.slice(0, DEATH_INTERVALS_MAX).map(certified),
        woken: namesOf(trouble.example.first?.woken.map(({ person }) => person) ?? [], facts.roster),
        mend: mendText(mendsOfDeath(death, { grade, trouble }, proof, facts)),
      }),
    ),
  );
}

function timesOf(intervals: readonly Interval[]): { readonly count: number; readonly totalMs: Millis } {
  return { count: intervals.length, totalMs: intervals.reduce((sum, { start, end }) => sum + end - start, 0) };
}

function certified({ start, end }: Interval): CertifiedInterval {
  return [toIso(start), toIso(end)];
}

const LETTERS: Readonly<Record<Verdict, string>> = {
  reached: ".",
  unverified: "u",
  "fallen-through": "f",
  late: "l",
  nobody: "n",
};
/** From the best to the worst. */
const BY_BADNESS = ".sufln";

/** The worst of each local day, by its letter. */
function daysOf(grade: GradeProof, proof: ReachProof, zone: string): string {
  const days = localDays(proof, zone);
  const letters = days.map(() => ".");
  const mark = (intervals: readonly Interval[], letter: string): void => {
    let day = 0;
    for (const { start, end } of intervals) {
      while (day > 0 && (days[day] as Interval).start > start) day -= 1;
      while ((days[day] as Interval).end <= start) day += 1;
      for (let touched = day; touched < days.length && (days[touched] as Interval).start < end; touched++)
        if (BY_BADNESS.indexOf(letter) > BY_BADNESS.indexOf(letters[touched] as string)) letters[touched] = letter;
    }
  };
  const single = proof.deaths.flatMap((death) =>
    death.grades
      .filter((one) => one.grade === grade.grade)
      .flatMap(({ troubles }) => troubles.flatMap(({ during }) => during)),
  );
  mark(joined(single), "s");
  for (const { verdict, during } of grade.troubles) mark(during, LETTERS[verdict]);
  return letters.join("");
}

/** The local days of an interval, the first and the last as far as they are in it. */
export function localDays({ start, end }: Interval, zone: string): readonly Interval[] {
  const days: Interval[] = [];
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(zone).startOfDay();
  for (let nth = 0, from = start; from < end; nth++) {
    const next = Math.min(first.add({ days: nth + 1 }).startOfDay().epochMilliseconds, end);
    days.push({ start: from, end: next });
    from = next;
  }
  return days;
}

function servicesOf(policy: Policy, roster: Roster): readonly string[] {
  return [...new Set([...policy.services, ...roster.services].map(({ name }) => name))].sort();
}

/** The roster as a text that is the same where the facts are; what is measured has no bearing on who is reached. */
function rosterText(roster: Roster): string {
  const { people, rotations, duty: _, monitors: __, targets: ___, heartbeats: ____, ...rest } = roster;
  return canonical({ ...rest, people: [...people.values()], rotations: [...rotations.values()] });
}
