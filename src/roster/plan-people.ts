import { asId } from "../id/id.ts";
import { peopleTableSaid as said } from "../locale/people-table.ts";
import type { StoredItem } from "./change-plan.ts";
import { keyOf, type RosterEdit } from "./edit-roster.ts";
import type { PeopleTable, PersonRow, RowProblem } from "./read-people-table.ts";
import type { Group, Person, RosterTeam } from "./roster.ts";
import type { RosterFact } from "./roster-of.ts";
import { nameKey, sameName } from "./same-name.ts";

export type PlannedRow = PersonRow & {
  /** `skip`: it has an error. `same`: there is nothing to do. */
  readonly becomes: "create" | "change" | "same" | "skip";
  readonly person?: Person;
};
export type PeoplePlan = {
  readonly rows: readonly PlannedRow[];
  readonly edit: RosterEdit;
  readonly newTeams: readonly string[];
};

const OPERATOR = { ko: "운영자", en: "operator" } as const;

/**
 * What applying a table would change: people are found again by id, mail address or name; a cell replaces what it
 * names and an empty one leaves what is there. Nobody is removed. Pure.
 */
export function planPeople(
  table: PeopleTable,
  stored: readonly StoredItem[],
  facts: { readonly teams: readonly string[]; readonly locale: "ko" | "en" },
): PeoplePlan {
  const people = new Map<string, { person: Person; managedBy: string | undefined }>();
  for (const { kind, id, data, managedBy } of stored)
    if (kind === "person") people.set(id, { person: data as Person, managedBy });
  const seen = new Map<string, number>();
  const membership = new Membership(stored, facts.teams);
  const put = new Map<string, RosterFact>();
  const rows = table.rows.map((row): PlannedRow => {
    const problems: RowProblem[] = [...row.problems];
    const refuse = (message: RowProblem["message"]): PlannedRow => {
      problems.push({ level: "error", message });
      return { ...row, problems, becomes: "skip" };
    };
    if (problems.some(({ level }) => level === "error")) return { ...row, becomes: "skip" };
    const known = foundAgain(row, [...people.values()]);
    const id = known?.person.id ?? freshId(row, people);
    const before = seen.get(id);
    if (before !== undefined) return refuse(said.twice({ name: row.name, line: before }));
    seen.set(id, row.line);
    const person = merged(row, known?.person, id);
    const isSame = known !== undefined && JSON.stringify(known.person) === JSON.stringify(person);
    if (known?.managedBy !== undefined && !isSame)
      return refuse(said.managed({ name: row.name, file: known.managedBy }));
    const joined = membership.join(person, row, OPERATOR[facts.locale]);
    if (joined.managedBy !== undefined)
      return refuse(said.managed({ name: joined.name ?? "", file: joined.managedBy }));
    if (joined.newTeam !== undefined)
      problems.push({ level: "warning", message: said.newTeam({ team: joined.newTeam }) });
    if (row.team === undefined && known === undefined)
      problems.push({ level: "warning", message: said.noTeam({ name: row.name }) });
    people.set(id, { person, managedBy: undefined });
    if (!isSame) put.set(keyOf({ kind: "person", id }), { kind: "person", id, data: person });
    const becomes = known === undefined ? "create" : isSame && !joined.changed ? "same" : "change";
    return { ...row, problems, becomes, person };
  });
  return {
    rows,
    edit: { put: [...put.values(), ...membership.changed.values()], remove: [] },
    newTeams: membership.newTeams,
  };
}

function foundAgain<T extends { person: Person }>(row: PersonRow, people: readonly T[]): T | undefined {
  if (row.id !== undefined) return people.find(({ person }) => person.id === row.id);
  const email = row.contacts.find(({ channel }) => channel === "email")?.address.toLowerCase();
  const byMail = people.filter(({ person }) =>
    person.contacts.some(({ channel, address }) => channel === "email" && address.toLowerCase() === email),
  );
  if (email !== undefined && byMail.length === 1) return byMail[0];
  // Two people of one name with different addresses are two people.
  const byName = people.filter(
    ({ person }) =>
      sameName(person.name, row.name) &&
      (email === undefined || !person.contacts.some(({ channel }) => channel === "email")),
  );
  return byName.length === 1 ? byName[0] : undefined;
}

/** An id people can type: the local part of the mail address, else the name. */
function freshId(row: PersonRow, people: ReadonlyMap<string, unknown>): Person["id"] {
  const local = row.contacts.find(({ channel }) => channel === "email")?.address.split("@")[0] ?? "";
  const base = row.id ?? (/^[\w.+-]+$/u.test(local) ? local.toLowerCase() : row.name.replace(/\s+/gu, "-"));
  let id = base;
  for (let nth = 2; people.has(id); nth++) id = `${base}-${nth}`;
  return asId<"person">(id);
}

function merged(row: PersonRow, known: Person | undefined, id: Person["id"]): Person {
  const replaced = new Set(row.contacts.map(({ channel }) => channel));
  const kept = (known?.contacts ?? []).map(
    (contact) => row.contacts.find(({ channel }) => channel === contact.channel) ?? contact,
  );
  const added = row.contacts.filter(({ channel }) => !known?.contacts.some((one) => one.channel === channel));
  return {
    id,
    name: row.name,
    titles: row.titles.length > 0 ? row.titles : (known?.titles ?? []),
    locale: row.locale ?? known?.locale ?? "ko",
    contacts: replaced.size === 0 ? kept : [...kept, ...added],
    admin: row.admin ?? known?.admin ?? false,
  };
}

type Joined = {
  readonly changed: boolean;
  readonly managedBy?: string;
  readonly name?: string;
  readonly newTeam?: string;
};

/** The teams and groups as they become, row after row. */
class Membership {
  readonly changed = new Map<string, RosterFact>();
  readonly newTeams: string[] = [];
  readonly #stored: readonly StoredItem[];
  readonly #teams: readonly string[];

  constructor(stored: readonly StoredItem[], teams: readonly string[]) {
    this.#stored = stored;
    this.#teams = teams;
  }

  join(person: Person, row: PersonRow, operator: string): Joined {
    const team = row.team === undefined ? undefined : this.#item("team", row.team);
    const group = row.group === undefined ? undefined : this.#item("group", row.group);
    const role = row.role ?? operator;
    const teamData = (team?.data ?? { name: team?.id ?? "", members: [], rotations: [] }) as RosterTeam;
    const groupData = (group?.data ?? { name: group?.id ?? "", members: [] }) as Group;
    const present = teamData.members.find((member) => member.person === person.id);
    const wantsTeam =
      team !== undefined &&
      (present === undefined || (row.role !== undefined && nameKey(present.role) !== nameKey(row.role)));
    const wantsGroup = group !== undefined && !groupData.members.includes(person.id);
    for (const [wanted, item] of [
      [wantsTeam, team],
      [wantsGroup, group],
    ] as const)
      if (wanted && item?.managedBy !== undefined) return { changed: false, managedBy: item.managedBy, name: item.id };
    if (wantsTeam) {
      const members = [...teamData.members.filter((member) => member !== present), { person: person.id, role }];
      this.#put({ kind: "team", id: team.id, data: { ...teamData, members } });
    }
    if (wantsGroup)
      this.#put({ kind: "group", id: group.id, data: { ...groupData, members: [...groupData.members, person.id] } });
    const isUnknown = wantsTeam && !this.#teams.some((name) => sameName(name, team.id));
    const isFirst = isUnknown && !this.newTeams.includes(team.id);
    if (isFirst) this.newTeams.push(team.id);
    return { changed: wantsTeam || wantsGroup, ...(isFirst ? { newTeam: team.id } : {}) };
  }

  #put(fact: RosterFact): void {
    this.changed.set(keyOf(fact), fact);
  }

  /** By how names are compared; a team the policy names is called as the policy calls it. */
  #item(kind: "team" | "group", name: string): StoredItem {
    const changed = [...this.changed.values()].find((fact) => fact.kind === kind && sameName(fact.id, name));
    const known = this.#stored.find((item) => item.kind === kind && sameName(item.id, name));
    if (changed !== undefined) return { ...changed, ...(known?.managedBy ? { managedBy: known.managedBy } : {}) };
    if (known !== undefined) return known;
    const id = kind === "team" ? (this.#teams.find((team) => sameName(team, name)) ?? name) : name;
    return { kind, id, data: undefined };
  }
}
