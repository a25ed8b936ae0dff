import type { Policy, Recipient } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import { onDuty } from "./on-duty.ts";
import type { PersonId, Roster } from "./roster.ts";
import { nameKey, sameName } from "./same-name.ts";

export type Resolved = {
  readonly people: readonly PersonId[];
  readonly reason?: "no-such-recipient" | "nobody-on-duty";
};

/** The words for an operator, whom `담당 운영자` means among those on duty. */
const OPERATOR_ROLES = new Set(["운영자", "operator", "operators"].map(nameKey));

/** Who a recipient of the policy is at an instant: people of a title, a group, a team on duty, the operator on duty. */
export function resolveRecipient(
  roster: Roster,
  policy: Policy,
  recipient: Recipient,
  ownerTeam: string,
  at: Instant,
): Resolved {
  if (recipient.kind === "on-duty-operator") return operatorOnDuty(roster, ownerTeam, at);
  const { name } = recipient;
  const titled = titledIn(roster.people).get(nameKey(name));
  if (titled !== undefined) return { people: titled };
  const group = roster.groups.find((candidate) => sameName(candidate.name, name));
  if (group !== undefined) {
    return group.members.length > 0 ? { people: group.members } : { people: [], reason: "no-such-recipient" };
  }
  const isTeam = [...policy.teams, ...roster.teams].some((team) => sameName(team.name, name));
  if (!isTeam) return { people: [], reason: "no-such-recipient" };
  const people = onDuty(roster, name, at);
  return people.length > 0 ? { people } : { people: [], reason: "nobody-on-duty" };
}

const byTitle = new WeakMap<Roster["people"], ReadonlyMap<string, readonly PersonId[]>>();

/** Who bears each title. A roster is never changed, and the plan asks for the same few titles for each step. */
function titledIn(people: Roster["people"]): ReadonlyMap<string, readonly PersonId[]> {
  const known = byTitle.get(people);
  if (known !== undefined) return known;
  const found = new Map<string, PersonId[]>();
  for (const { id, titles } of people.values())
    for (const key of new Set(titles.map(nameKey))) found.set(key, [...(found.get(key) ?? []), id]);
  byTitle.set(people, found);
  return found;
}

function operatorOnDuty(roster: Roster, ownerTeam: string, at: Instant): Resolved {
  const people = onDuty(roster, ownerTeam, at);
  if (people.length === 0) return { people: [], reason: "nobody-on-duty" };
  const members = roster.teams.find((team) => sameName(team.name, ownerTeam))?.members ?? [];
  const operators = people.filter((person) =>
    members.some((member) => member.person === person && OPERATOR_ROLES.has(nameKey(member.role))),
  );
  return { people: operators.length > 0 ? operators : people };
}
