export type UnitState = {
  readonly isActive: boolean;
  /** `loaded`, or why it is not: `not-found`, `masked`, `bad-setting`, `error`. */
  readonly load: string;
};

/** A unit that reads its configuration anew goes on serving. */
const ACTIVE = new Set(["active", "reloading", "refreshing"]);

/** `systemctl show --property=Id,LoadState,ActiveState,SubState`: for each unit a paragraph, in the order asked for. */
export function readUnitStates(shown: string): readonly UnitState[] {
  return shown
    .split(/\n\s*\n/u)
    .map((paragraph) => new Map(paragraph.split("\n").map((line) => pairOf(line))))
    .filter((properties) => properties.has("ActiveState"))
    .map((properties) => ({
      isActive: ACTIVE.has(properties.get("ActiveState") ?? ""),
      load: properties.get("LoadState") ?? "",
    }));
}

function pairOf(line: string): [string, string] {
  const at = line.indexOf("=");
  return at < 0 ? ["", ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
