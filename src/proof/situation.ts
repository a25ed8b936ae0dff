import { audienceOf } from "../escalation/audience.ts";
import type { Drivers } from "../escalation/means.ts";
import { firstWoken, simulate, supposedIncident, untilTheTop, wokenBy } from "../escalation/simulate.ts";
import type { Step } from "../escalation/step.ts";
import type { Skipped } from "../incident/event.ts";
import type { ChannelKind, Grade, Policy } from "../policy/policy.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";

/**
 * What becomes of an incident that begins at an instant, best first. `reached`: somebody whom the policy means is woken
 * at once. `unverified`: so it is, but nothing was ever proven to arrive at any of them. `fallen-through`: nobody whom
 * it means can be woken, and somebody else is in their place. `late`: the first human is woken after the deadline.
 */
export type Verdict = "reached" | "unverified" | "fallen-through" | "late" | "nobody";

export const VERDICTS: readonly Verdict[] = ["reached", "unverified", "fallen-through", "late", "nobody"];

/** Whether something was ever proven to arrive at a person through a channel. */
export type Verified = (person: PersonId, channel: ChannelKind) => boolean;

export type Woken = { readonly person: PersonId; readonly channels: readonly ChannelKind[] };

/** What follows from who is on duty, counted from the beginning of the incident; no instant is in it. */
export type Situation = {
  readonly verdict: Verdict;
  /** Who is woken first and so long after the beginning; undefined where nobody ever is. */
  readonly first: { readonly after: Millis; readonly woken: readonly Woken[] } | undefined;
  /** Who is woken next where none of the first answers, up to the deadline. */
  readonly second: { readonly after: Millis; readonly people: readonly PersonId[] } | undefined;
  /** Who was asked for in vain at the beginning, and why. */
  readonly skipped: readonly Skipped[];
};

export type SituationFacts = {
  readonly policy: Policy;
  /** With `duty`, where it was worked out. */
  readonly roster: Roster;
  readonly drivers: Drivers;
  readonly verified?: Verified | undefined;
  /** Whether to look on, up to the deadline, for who is woken where none of the first answers. */
  readonly beyond: boolean;
};

/** The plan of an incident of this grade that begins then: as far as the first human, and with `beyond` up to its deadline. */
export function situationAt(grade: Grade, begin: Instant, facts: SituationFacts): Situation {
  const { policy, verified, beyond } = facts;
  const deadline = policy.timing.get(grade.name)?.respondWithin ?? 0;
  const look = (ahead: Millis): readonly Step[] => simulate({ grade: grade.name, at: begin }, facts, ahead);
  let steps = look(beyond ? deadline : 0);
  let first = firstWoken(steps);
  if (first === undefined) {
    steps = look(Math.max(untilTheTop(policy, grade.name), deadline));
    first = firstWoken(steps);
  }
  const skipped = (steps.find(({ kind }) => kind === "first")?.skipped ?? []).filter(
    ({ because }) => because !== "already-reached",
  );
  if (first === undefined) return { verdict: "nobody", first, second: undefined, skipped };
  const { at, people } = first;
  const after = at - begin;
  const woken = wokenThrough(steps, at);
  const incident = supposedIncident(policy, { grade: grade.name, at: begin });
  const { addressees } = audienceOf(incident, policy, facts.roster, 0, begin);
  const meant = new Set(addressees.map(({ person }) => person));
  return {
    verdict: verdictOf({ after, woken }, { deadline, meant, verified }),
    first: { after, woken },
    second: beyond ? secondWoken(steps, { begin, at, people }) : undefined,
    skipped,
  };
}

/** Who is woken next that was not among the first. */
function secondWoken(
  steps: readonly Step[],
  first: { readonly begin: Instant; readonly at: Instant; readonly people: readonly PersonId[] },
): Situation["second"] {
  for (const step of steps) {
    const people = step.due <= first.at ? [] : wokenBy(step).filter((person) => !first.people.includes(person));
    if (people.length > 0) return { after: step.due - first.begin, people: people.toSorted() };
  }
  return undefined;
}

/** The rule by which a first page is judged. */
export function verdictOf(
  first: { readonly after: Millis; readonly woken: readonly Woken[] } | undefined,
  facts: {
    readonly deadline: Millis;
    /** Whom the policy means at the beginning. */
    readonly meant: ReadonlySet<PersonId>;
    readonly verified?: Verified | undefined;
  },
): Verdict {
  if (first === undefined) return "nobody";
  if (first.after > facts.deadline) return "late";
  const { woken } = first;
  if (!woken.some(({ person }) => facts.meant.has(person))) return "fallen-through";
  const { verified } = facts;
  if (verified !== undefined && !woken.some(({ person, channels }) => channels.some((one) => verified(person, one))))
    return "unverified";
  return "reached";
}

function wokenThrough(steps: readonly Step[], at: Instant): readonly Woken[] {
  const channels = new Map<PersonId, Set<ChannelKind>>();
  for (const step of steps) {
    if (step.due !== at) continue;
    for (const { urgency, people, channel } of step.reach) {
      if (urgency !== "wake") continue;
      for (const person of people) channels.set(person, (channels.get(person) ?? new Set()).add(channel));
    }
  }
  return [...channels]
    .map(([person, through]) => ({ person, channels: [...through] }))
    .sort((one, other) => (one.person < other.person ? -1 : 1));
}
