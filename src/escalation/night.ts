import type { Policy } from "../policy/policy.ts";
import { onDuty, rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { sameName } from "../roster/same-name.ts";
import type { Millis } from "../time/instant.ts";
import type { Drivers } from "./means.ts";
import { type Supposed, simulate } from "./simulate.ts";
import type { Step } from "./step.ts";

/** The steps of an incident that has not happened, as far as they reach one person: when, through what, why. */
export function nightOf(
  person: PersonId,
  supposed: Supposed,
  facts: { readonly policy: Policy; readonly roster: Roster; readonly drivers: Drivers },
  ahead?: Millis,
): readonly Step[] {
  return simulate(supposed, facts, ahead)
    .map((step) => ({ ...step, reach: step.reach.filter(({ people }) => people.includes(person)) }))
    .filter(({ reach }) => reach.length > 0);
}

/** The teams of the policy in which the person may have the turn. */
export function teamsOf(person: PersonId, policy: Policy, roster: Roster): readonly string[] {
  return policy.teams
    .map(({ name }) => name)
    .filter((name) => {
      const team = teamNamed(roster, name);
      const takesTurns = rotationsOf(roster, team).some(
        ({ participants, shadow }) => !shadow && participants.flat().includes(person),
      );
      return takesTurns || (team?.members.some((member) => member.person === person) ?? false);
    });
}

/** The roster as if the person had the turn in all their teams, alone. */
export function supposedOnDuty(person: PersonId, policy: Policy, roster: Roster): Roster {
  const mine = teamsOf(person, policy, roster);
  return {
    ...roster,
    duty: (team, at) => (mine.some((name) => sameName(name, team)) ? [person] : onDuty(roster, team, at)),
  };
}
