import type { ShownRoster } from "../../../../src/http/wire/roster.ts";

/** The teams that a rotation is in. */
export function teamsWith(roster: ShownRoster, rotation: string): readonly string[] {
  return roster.teams.filter(({ rotations }) => rotations.includes(rotation)).map(({ name }) => name);
}

/** The address of a rotation's page. */
export function rotationPath(id: string): string {
  return `/schedule/rotations/${encodeURIComponent(id)}`;
}

/** The rotation that an address names. The router leaves what a name has of reserved characters encoded. */
export function rotationIn(path: string): string {
  try {
    return decodeURIComponent(path.split("/").at(-1) ?? "");
  } catch {
    return "";
  }
}
