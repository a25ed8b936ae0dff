import { asId } from "../id/id.ts";
import { CHAIN_START } from "../incident/chain.ts";
import { evolve } from "../incident/evolve.ts";
import type { Incident } from "../incident/incident.ts";
import type { ChannelKind, Policy } from "../policy/policy.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { HOUR_MS, type Instant, type Millis } from "../time/instant.ts";
import type { Drivers } from "./means.ts";
import { plan } from "./plan.ts";
import type { Step } from "./step.ts";

/** An incident that has not happened. */
export type Supposed = {
  /** By the name that the policy has for it. */
  readonly grade: string;
  readonly service?: string;
  readonly at: Instant;
};

/** People and channels that are supposed to be out of reach. */
export type Dead = { readonly people: readonly PersonId[]; readonly channels: readonly ChannelKind[] };

export const NOBODY_DEAD: Dead = { people: [], channels: [] };

/** The incident as it would stand the moment it opened: what the command line, the page and the findings plan for. */
export function supposedIncident(policy: Policy, { grade, service, at }: Supposed): Incident {
  const name = service ?? "simulation";
  const opened = {
    type: "opened",
    number: 0,
    title: name,
    service: name,
    grade,
    gradeBecause: "person",
    policy: policy.id,
    drill: true,
  } as const;
  return evolve(
    undefined,
    { seq: 1, at, by: { kind: "bongsu" }, hash: CHAIN_START, event: opened },
    asId("simulation"),
  );
}

/** The steps until `ahead` has passed and nobody has acknowledged: `plan`, asked for what has not happened. */
export function simulate(
  supposed: Supposed,
  facts: { readonly policy: Policy; readonly roster: Roster; readonly drivers: Drivers; readonly dead?: Dead },
  ahead: Millis = untilTheTop(facts.policy, supposed.grade),
): readonly Step[] {
  const { policy, drivers, dead = NOBODY_DEAD } = facts;
  const { at } = supposed;
  const roster = without(facts.roster, dead);
  return plan(supposedIncident(policy, supposed), { policy, roster, drivers, at, until: at + ahead });
}

/** Far enough for the last team to have been called. */
export function untilTheTop(policy: Policy, grade: string): Millis {
  const timing = policy.timing.get(grade);
  return timing === undefined ? HOUR_MS : timing.respondWithin + timing.levelEvery * policy.teams.length;
}

/**
 * A channel that carries nothing is as one that was never set up, and a person whom nothing reaches as one without
 * contacts: deliveries that fail for good go to the next contact and the next person at once, and so does the plan.
 */
export function without(roster: Roster, { people, channels }: Dead): Roster {
  if (people.length === 0 && channels.length === 0) return roster;
  return {
    ...roster,
    channels: roster.channels.filter(({ kind }) => !channels.includes(kind)),
    people: new Map(
      [...roster.people].map(([id, person]) => [id, people.includes(id) ? { ...person, contacts: [] } : person]),
    ),
  };
}

/** When somebody is first woken, and who: undefined where nobody ever is. */
export function firstWoken(
  steps: readonly Step[],
): { readonly at: Instant; readonly people: readonly PersonId[] } | undefined {
  for (const step of steps) {
    const people = wokenBy(step);
    if (people.length > 0) return { at: step.due, people };
  }
  return undefined;
}

export function wokenBy({ reach }: Step): readonly PersonId[] {
  return [...new Set(reach.filter(({ urgency }) => urgency === "wake").flatMap(({ people }) => people))];
}
