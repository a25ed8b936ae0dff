import type { Skipped } from "../incident/event.ts";
import { reachProofSaid as said } from "../locale/reach-proof.ts";
import type { Said } from "../locale/said.ts";
import { timelineSaid } from "../locale/timeline.ts";
import type { Grade } from "../policy/policy.ts";
import { rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Interval } from "../time/interval.ts";
import { finding } from "./document-findings.ts";
import type { Finding } from "./finding.ts";
import { badness, type DeathProof, type ReachProof, type Trouble } from "./prove-reach.ts";
import {
  type MendFacts,
  mendsOfGap,
  mendsOfSilence,
  mendsOfSilentChannels,
  mendsOfTrouble,
  mendText,
  type RosterMend,
} from "./reach-mends.ts";
import { patternsOf } from "./recurrence.ts";

/** What the proof of reach found, as findings: the exact intervals, the smallest counterexample, and what would mend it. */
export function reachFindings(proof: ReachProof, facts: MendFacts): readonly Finding[] {
  const { policy } = facts;
  return [
    ...policy.grades.flatMap((grade) => gradeFindings(grade, proof, facts)),
    ...gapFindings(proof, facts),
    ...policy.grades.flatMap((grade) => deathFindings(grade, proof, facts)),
  ];
}

/** Whether the document wants somebody there at every hour. */
export function isUrgent(grade: Grade): boolean {
  return grade.deadline.kind === "immediate" || grade.aroundTheClock;
}

function gradeFindings(grade: Grade, proof: ReachProof, facts: MendFacts): readonly Finding[] {
  const { roster, zone } = facts;
  const troubles = proof.grades.find((one) => one.grade === grade.name)?.troubles ?? [];
  return troubles.flatMap((trouble): readonly Finding[] => {
    const { verdict, during, example } = trouble;
    const when = whenText(during, zone, proof);
    const asked = askedText(trouble, zone);
    const mend = mendText(mendsOfTrouble(grade.name, trouble, facts));
    const names = namesOf(example.first?.woken.map(({ person }) => person) ?? [], roster);
    const f = { grade: grade.name, when, asked };
    const rest = (words: Pick<Finding, "message" | "why">): Omit<Finding, "level" | "code" | "clause"> => ({
      ...words,
      mend,
      during,
    });
    switch (verdict) {
      case "nobody":
        return [finding("error", "reaches-nobody", grade.clause, rest(said.nobody(f)))];
      case "late": {
        const { deadline } = proof.grades.find((one) => one.grade === grade.name) ?? { deadline: 0 };
        const words = said.late({ ...f, after: example.first?.after ?? 0, deadline });
        return [finding("error", "reached-late", grade.clause, rest(words))];
      }
      case "fallen-through": {
        const level = isUrgent(grade) ? "error" : "warning";
        return [finding(level, "falls-through", grade.clause, rest(said.fallsThrough({ ...f, others: names })))];
      }
      case "unverified": {
        const words = said.unverified({ ...f, people: names });
        return [finding("warning", "contacts-unproven", grade.clause, { ...words, during })];
      }
      default:
        return [];
    }
  });
}

function gapFindings(proof: ReachProof, facts: MendFacts): readonly Finding[] {
  const { policy, roster, zone } = facts;
  return proof.teams.flatMap(({ team, gaps }): readonly Finding[] => {
    const found = teamNamed(roster, team);
    const clause = policy.teams.find(({ name }) => name === team)?.clause;
    // A team of nobody is found as such.
    if (gaps.length === 0 || clause === undefined || found === undefined || found.members.length === 0) return [];
    const local = rotationsOf(roster, found)[0]?.zone ?? zone;
    const words = said.gap({ team, when: whenText(gaps, local, proof) });
    const mend = mendText(mendsOfGap(team, gaps, facts));
    return [finding("error", "gap-in-duty", clause, { ...words, mend, during: gaps })];
  });
}

/** One finding for each grade and outcome: whoever alone is enough for it. */
function deathFindings(grade: Grade, proof: ReachProof, facts: MendFacts): readonly Finding[] {
  const { roster, zone } = facts;
  const found = new Map<
    string,
    { readonly trouble: Trouble; readonly deaths: DeathProof[]; readonly verdict: string }
  >();
  for (const death of proof.deaths) {
    const [trouble] = death.grades.find((one) => one.grade === grade.name)?.troubles ?? [];
    if (trouble === undefined) continue;
    const key = `${death.is === "person" ? "person" : "carrier"}/${trouble.verdict}`;
    const known = found.get(key) ?? { trouble, deaths: [], verdict: trouble.verdict };
    known.deaths.push(death);
    found.set(key, known);
  }
  return [...found.values()].map(({ trouble, deaths, verdict }) => {
    const level = badness(trouble.verdict) >= badness("late") ? "warning" : "info";
    const without = deaths.map((death) => ({
      name: deathName(death, roster),
      when: shortWhen(duringOf(death, grade.name), zone, proof),
    }));
    const others = namesOf(trouble.example.first?.woken.map(({ person }) => person) ?? [], roster);
    const words = said.single({ grade: grade.name, verdict, without, others });
    const [first] = deaths;
    const mends = first === undefined ? [] : mendsOfDeath(first, { grade: grade.name, trouble }, proof, facts);
    return finding(level, "single-point-of-failure", grade.clause, { ...words, mend: mendText(mends) });
  });
}

/** What would make the loss of one person, channel or provider harmless. */
export function mendsOfDeath(
  { is, who }: Pick<DeathProof, "is" | "who">,
  { grade, trouble }: { readonly grade: string; readonly trouble: Trouble },
  { providers }: Pick<ReachProof, "providers">,
  facts: MendFacts,
): readonly RosterMend[] {
  if (is === "person") return mendsOfSilence(who as PersonId, grade, facts);
  const channels = is === "channel" ? [who] : (providers.find(({ name }) => name === who)?.channels ?? []);
  return mendsOfSilentChannels(channels, trouble, facts);
}

export function deathName({ is, who }: Pick<DeathProof, "is" | "who">, roster: Roster): Said {
  if (is === "channel") return said.channel({ kind: who });
  if (is === "provider") return said.provider({ name: who });
  const name = roster.people.get(who as PersonId)?.name ?? who;
  return { ko: name, en: name };
}

/** When in a few words: beside a name there is no room for a timetable. */
function shortWhen(during: readonly Interval[], zone: string, whole: Interval): Said {
  return patternsOf(during, zone).length === 1 ? whenText(during, zone, whole) : said.times({ count: during.length });
}

/** When, as people say it. */
export function whenText(during: readonly Interval[], zone: string, whole: Interval): Said {
  const [first] = during;
  if (first?.start === whole.start && first.end === whole.end) return said.always();
  return said.when({ patterns: patternsOf(during, zone), zone });
}

function duringOf(death: DeathProof, grade: string): readonly Interval[] {
  return death.grades.find((one) => one.grade === grade)?.troubles[0]?.during ?? [];
}

/** The smallest counterexample in words: the first of its instants, and who was asked for in vain. */
export function askedText({ during, example }: Trouble, zone: string): Said {
  const at = during[0]?.start ?? 0;
  const skipped = distinctSaid(example.skipped.map(skippedText));
  return skipped.length === 0 ? said.askedNobody({ at, zone }) : said.asked({ at, zone, skipped });
}

export function skippedText({ who, channel, because }: Skipped): Said {
  return timelineSaid.skipped({ who, channel: channel ?? "", because });
}

function distinctSaid(texts: readonly Said[]): readonly Said[] {
  return [...new Map(texts.map((text) => [text.en, text])).values()];
}

export function namesOf(people: readonly PersonId[], roster: Roster): readonly string[] {
  return people.map((person) => roster.people.get(person)?.name ?? person);
}
