import type { Skipped } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import type { ClauseId, Policy, PolicyChannel, Team } from "../policy/policy.ts";
import { onDuty } from "../roster/on-duty.ts";
import { resolveRecipient } from "../roster/resolve-recipient.ts";
import type { Person, Roster } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import { gradeNamed, levelAt, topLevel } from "./levels.ts";
import type { Addressee } from "./reaches.ts";

/** Whom a step is for and through which channels, before anybody asked whether they can be reached. */
export type Audience = {
  readonly addressees: readonly Addressee[];
  readonly channels: readonly PolicyChannel[];
  readonly skipped: readonly Skipped[];
};

/** The recipients of the level's rule and the on-duty members of its team, through the rule's channels. */
export function audienceOf(incident: Incident, policy: Policy, roster: Roster, level: number, at: Instant): Audience {
  const grade = gradeNamed(policy, incident.grade);
  const { team, rule } = levelAt(policy, grade, level);
  const addressees: Addressee[] = [];
  const skipped: Skipped[] = [];
  for (const recipient of rule?.recipients ?? []) {
    const { people, reason } = resolveRecipient(roster, policy, recipient, team?.name ?? grade.owner, at);
    for (const person of people) addressees.push({ person, clause: recipient.clause });
    if (people.length === 0) {
      skipped.push({ who: recipient.name, because: reason ?? "no-such-recipient", clause: recipient.clause });
    }
  }
  if (team !== undefined) {
    const duty = dutyOf(team, roster, at, level === 0 ? grade.ownerClause : team.clause);
    addressees.push(...duty.addressees);
    skipped.push(...duty.skipped);
  }
  return { addressees, channels: rule?.channels ?? [], skipped };
}

/** The audience of the highest level together with those below it: an immediate grade re-pages everybody it reached. */
export function audienceUpTo(incident: Incident, policy: Policy, roster: Roster, level: number, at: Instant): Audience {
  const levels = Array.from({ length: level + 1 }, (_, index) =>
    audienceOf(incident, policy, roster, level - index, at),
  );
  return {
    addressees: levels.flatMap((audience) => audience.addressees),
    channels: levels[0]?.channels ?? [],
    skipped: levels.flatMap((audience) => audience.skipped),
  };
}

export function topAudience(incident: Incident, policy: Policy, roster: Roster, at: Instant): Audience {
  return audienceOf(incident, policy, roster, topLevel(policy, gradeNamed(policy, incident.grade)), at);
}

export function dutyOf(
  team: Team,
  roster: Roster,
  at: Instant,
  clause: ClauseId,
): { readonly addressees: readonly Addressee[]; readonly skipped: readonly Skipped[] } {
  const people = onDuty(roster, team.name, at);
  return {
    addressees: people.map((person) => ({ person, clause })),
    skipped: people.length > 0 ? [] : [{ who: team.name, because: "nobody-on-duty", clause }],
  };
}

/** Whom to fall back to when a step would reach nobody: the administrators, else anybody who can be reached at all. */
export function lastResort(roster: Roster, clause: ClauseId): readonly (readonly Addressee[])[] {
  const everybody = [...roster.people.values()];
  const addressed = (people: readonly Person[]): Addressee[] => people.map(({ id }) => ({ person: id, clause }));
  return [addressed(everybody.filter((person) => person.admin)), addressed(everybody)];
}
