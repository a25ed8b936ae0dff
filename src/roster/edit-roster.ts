import type { StoredItem } from "./change-plan.ts";
import { exceptionsOf, isOfFile } from "./edit-schedule.ts";
import { exportRoster } from "./export-roster.ts";
import { type ReadRoster, readRoster } from "./read-roster.ts";
import type { Group, Override, RosterTeam, Rotation } from "./roster.ts";
import { type RosterFact, rosterOf } from "./roster-of.ts";

/** What somebody wants of the roster: facts put in their place, facts removed. */
export type RosterEdit = {
  readonly put: readonly RosterFact[];
  readonly remove: readonly { readonly kind: string; readonly id: string }[];
};

/** The roster as it would be. */
export function edited(stored: readonly RosterFact[], { put, remove }: RosterEdit): readonly RosterFact[] {
  const gone = new Set([...remove, ...put].map(keyOf));
  return [...stored.filter((fact) => !gone.has(keyOf(fact))), ...put];
}

/**
 * The would-be roster, judged by the reader of roster files: what it refuses in a file it refuses here, and what it
 * writes differently (`010 1234 5678`, the name of a person for their id) is stored as it writes it.
 */
export function readEdited(facts: readonly RosterFact[]): ReadRoster {
  return readRoster({ file: "roster", text: exportRoster(rosterOf(facts)) });
}

/**
 * Removes people, and takes them out of every group, team and rotation that no file manages. A file that names them
 * stays as it is: the reader then says so. A rotation that nobody is left in goes too.
 */
export function withoutPeople(stored: readonly StoredItem[], people: ReadonlySet<string>): RosterEdit {
  const put: RosterFact[] = [];
  const remove: { kind: string; id: string }[] = [...people].map((id) => ({ kind: "person", id }));
  const free = stored.filter(({ managedBy }) => managedBy === undefined);
  const emptied = new Set<string>();
  for (const item of free) {
    if (item.kind === "group") {
      const group = item.data as Group;
      const members = group.members.filter((id) => !people.has(id));
      if (members.length < group.members.length) put.push({ ...factOf(item), data: { ...group, members } });
    } else if (item.kind === "rotation") {
      const rotation = item.data as Rotation;
      const participants = rotation.participants
        .map((turn) => turn.filter((id) => !people.has(id)))
        .filter((turn) => turn.length > 0);
      if (participants.flat().length === rotation.participants.flat().length) continue;
      if (participants.length > 0) put.push({ ...factOf(item), data: { ...rotation, participants } });
      else {
        emptied.add(item.id);
        remove.push({ kind: "rotation", id: item.id });
      }
    }
  }
  for (const item of free) {
    if (item.kind === "team") {
      const team = item.data as RosterTeam;
      const members = team.members.filter(({ person }) => !people.has(person));
      const rotations = team.rotations.filter((id) => !emptied.has(id));
      if (members.length < team.members.length || rotations.length < team.rotations.length)
        put.push({ ...factOf(item), data: { ...team, members, rotations } });
    } else if (item.kind === "override" && emptied.has((item.data as Override).rotation)) {
      remove.push({ kind: "override", id: item.id });
    }
  }
  const gone = new Set(remove.map(keyOf));
  // What a calendar brought goes with its person too: only what a file declares stays.
  for (const item of exceptionsOf(stored, people))
    if (!gone.has(keyOf(item)) && !isOfFile(item.managedBy)) remove.push({ kind: item.kind, id: item.id });
  return { put, remove };
}

/** Takes away everything that a file declared. What people made themselves and what names the removed is mended. */
export function withoutFile(stored: readonly StoredItem[], file: string): RosterEdit {
  const declared = stored.filter(({ managedBy }) => managedBy === file);
  const people = new Set(declared.filter(({ kind }) => kind === "person").map(({ id }) => id));
  const rest = stored.filter(({ managedBy }) => managedBy !== file);
  const mended = withoutPeople(rest, people);
  const remove = [...declared.map(({ kind, id }) => ({ kind, id })), ...mended.remove];
  const goneRotations = new Set(remove.filter(({ kind }) => kind === "rotation").map(({ id }) => id));
  const put = [...mended.put];
  for (const item of rest) {
    if (item.kind !== "team" || item.managedBy !== undefined) continue;
    const known = put.findIndex((one) => keyOf(one) === keyOf(item));
    const team = (known < 0 ? item.data : put[known]?.data) as RosterTeam;
    const rotations = team.rotations.filter((id) => !goneRotations.has(id));
    if (rotations.length === team.rotations.length) continue;
    const fact = { ...factOf(item), data: { ...team, rotations } };
    if (known < 0) put.push(fact);
    else put[known] = fact;
  }
  return { put, remove };
}

/** One edit that does both; what the second puts counts. */
export function both(first: RosterEdit, second: RosterEdit): RosterEdit {
  const secondKeys = new Set([...second.put, ...second.remove].map(keyOf));
  const put = [...first.put.filter((fact) => !secondKeys.has(keyOf(fact))), ...second.put];
  const putKeys = new Set(put.map(keyOf));
  return { put, remove: [...first.remove, ...second.remove].filter((one) => !putKeys.has(keyOf(one))) };
}

export function keyOf({ kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${kind}/${id}`;
}

function factOf({ kind, id, data }: RosterFact): RosterFact {
  return { kind, id, data };
}
