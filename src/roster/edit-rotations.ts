import type { StoredItem } from "./change-plan.ts";
import type { RosterEdit } from "./edit-roster.ts";
import type { Override, RosterTeam, Rotation } from "./roster.ts";
import type { RosterFact } from "./roster-of.ts";
import { sameName } from "./same-name.ts";

/**
 * Puts a rotation in its place, and into those teams and no others; without `teams` they stay as they are. Each team keeps
 * the order of its rotations, and a rotation that is new in it comes last.
 */
export function withRotation(
  stored: readonly StoredItem[],
  rotation: Rotation,
  teams: readonly string[] | undefined,
): RosterEdit {
  const put: RosterFact[] = [{ kind: "rotation", id: rotation.id, data: rotation }];
  if (teams === undefined) return { put, remove: [] };
  for (const { id, data } of stored.filter(({ kind }) => kind === "team")) {
    const team = data as RosterTeam;
    const has = team.rotations.includes(rotation.id);
    const wanted = teams.some((name) => sameName(name, team.name));
    if (has === wanted) continue;
    const rotations = wanted ? [...team.rotations, rotation.id] : team.rotations.filter((one) => one !== rotation.id);
    put.push({ kind: "team", id, data: { ...team, rotations } });
  }
  return { put, remove: [] };
}

/** Removes a rotation with its overrides, and takes it out of every team. */
export function withoutRotation(stored: readonly StoredItem[], id: string): RosterEdit {
  const put: RosterFact[] = [];
  const remove: { kind: string; id: string }[] = [{ kind: "rotation", id }];
  for (const item of stored) {
    if (item.kind === "override" && (item.data as Override).rotation === id) {
      remove.push({ kind: "override", id: item.id });
    } else if (item.kind === "team") {
      const team = item.data as RosterTeam;
      const rotations = team.rotations.filter((one) => one !== id);
      if (rotations.length < team.rotations.length)
        put.push({ kind: "team", id: item.id, data: { ...team, rotations } });
    }
  }
  return { put, remove };
}
