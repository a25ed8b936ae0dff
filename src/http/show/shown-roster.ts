import type { Policy } from "../../policy/policy.ts";
import { masked } from "../../roster/mask.ts";
import type { Group, Override, Person, RosterTeam, Rotation, Service } from "../../roster/roster.ts";
import type { RosterItem } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import type { Owned, ShownRoster } from "../wire/roster.ts";

/** The roster that comes with Bongsu and is applied where nobody gave another. */
export const EXAMPLE_ROSTER = "example-roster.yaml";

/** The roster as the web UI reads it: each item with who manages it. */
export function shownRoster(
  items: readonly RosterItem[],
  facts: { readonly revision: number; readonly contactsShown: boolean; readonly policy: Policy | undefined },
): ShownRoster {
  const { revision, contactsShown, policy } = facts;
  const of = <T>(kind: RosterItem["kind"]): readonly { readonly data: T; readonly owned: Owned }[] =>
    items.filter((item) => item.kind === kind).map((item) => ({ data: item.data as T, owned: ownedOf(item) }));
  const overrides = of<Override>("override");
  const recipients = policy?.notifications.flatMap((rule) => rule.recipients) ?? [];
  const named = recipients.filter(({ kind }) => kind === "named").map(({ name }) => name);
  return {
    revision,
    contactsShown,
    example: exampleOf(items),
    people: of<Person>("person").map(({ data, owned }) => ({
      ...owned,
      ...data,
      contacts: contactsShown ? data.contacts : data.contacts.map(masked),
    })),
    groups: of<Group>("group").map(({ data, owned }) => ({ ...owned, ...data })),
    teams: of<RosterTeam>("team").map(({ data, owned }) => ({ ...owned, ...data })),
    rotations: of<Rotation>("rotation").map(({ data, owned }) => ({
      ...owned,
      ...data,
      overrides: overrides.filter(({ data: { rotation } }) => rotation === data.id).length,
    })),
    services: of<Service>("service").map(({ data, owned }) => ({ ...owned, ...data, grade: data.grade ?? null })),
    policy: {
      teams:
        policy?.teams.map(({ name, staffing }) => ({
          name,
          staffing: staffing.map(({ role, count }) => ({ role, count })),
        })) ?? [],
      recipients: [...new Set(named)],
      grades: policy?.grades.map(({ name }) => name) ?? [],
    },
  };
}

export function exampleOf(items: readonly RosterItem[]): ShownRoster["example"] {
  const people = items.filter(({ kind, managedBy }) => kind === "person" && managedBy === EXAMPLE_ROSTER).length;
  return people === 0 ? null : { file: EXAMPLE_ROSTER, people };
}

function ownedOf({ managedBy, revision, updatedAt }: RosterItem): Owned {
  return { managedBy: managedBy ?? null, revision, updatedAt: toIso(updatedAt) };
}
