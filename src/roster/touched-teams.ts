import { keyOf, type RosterEdit } from "./edit-roster.ts";
import { rotationsOf } from "./on-duty.ts";
import type { Leave, Override, Roster, RosterTeam } from "./roster.ts";
import type { RosterFact } from "./roster-of.ts";

/** The teams whose schedule an edit may change: named by a fact that is put or removed, as it was or as it would be. */
export function touchedTeams(
  stored: readonly RosterFact[],
  { put, remove }: RosterEdit,
  rosters: { readonly before: Roster; readonly after: Roster },
): readonly string[] {
  const keys = new Set([...put, ...remove].map(keyOf));
  const facts = [...stored.filter((fact) => keys.has(keyOf(fact))), ...put];
  const teams = new Set(facts.filter(({ kind }) => kind === "team").map(({ data }) => (data as RosterTeam).name));
  const rotations = new Set(facts.flatMap(({ kind, id }) => (kind === "rotation" ? [id] : [])));
  const people = new Set<string>();
  for (const { kind, data } of facts) {
    if (kind === "override") rotations.add((data as Override).rotation);
    if (kind === "leave") people.add((data as Leave).person);
  }
  const isOfAll = facts.some(({ kind }) => kind === "holiday");
  const touched = new Set<string>();
  for (const roster of [rosters.before, rosters.after]) {
    for (const team of roster.teams) {
      const own = rotationsOf(roster, team);
      const concerned = [...team.members.map(({ person }) => person), ...own.flatMap((one) => one.participants.flat())];
      if (
        isOfAll ||
        teams.has(team.name) ||
        own.some(({ id }) => rotations.has(id)) ||
        concerned.some((person) => people.has(person))
      )
        touched.add(team.name);
    }
  }
  return [...touched];
}
