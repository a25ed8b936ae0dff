import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import type { StoredItem } from "./change-plan.ts";
import { edited } from "./edit-roster.ts";
import { withoutRotation, withRotation } from "./edit-rotations.ts";
import type { RosterTeam, Rotation } from "./roster.ts";

const rotation = (id: string): Rotation => ({
  id: asId<"rotation">(id),
  name: id,
  zone: "Asia/Seoul",
  participants: [[asId<"person">("ann")]],
  turns: [{ unit: "weeks", count: 1 }],
  start: "2026-01-05T09:00",
  priority: 0,
  hours: [],
  holidays: "as-usual",
  shadow: false,
});
const team = (name: string, rotations: readonly string[]): StoredItem => ({
  kind: "team",
  id: name,
  data: { name, members: [], rotations },
});
const STORED: readonly StoredItem[] = [
  team("L1", ["night", "day"]),
  team("L2", []),
  { kind: "rotation", id: "night", data: rotation("night") },
  { kind: "override", id: "o-1", data: { id: "o-1", rotation: "night", person: "ann", start: 0, end: 1 } },
  { kind: "override", id: "o-2", data: { id: "o-2", rotation: "day", person: "ann", start: 0, end: 1 } },
];
const rotationsIn = (facts: ReturnType<typeof edited>): readonly (readonly string[])[] =>
  facts
    .filter(({ kind }) => kind === "team")
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ data }) => (data as RosterTeam).rotations);

test("a rotation is put into the teams that are named and out of the others, which keep their order", () => {
  const edit = withRotation(STORED, rotation("night"), ["l 2"]);
  assert.deepEqual(rotationsIn(edited(STORED, edit)), [["day"], ["night"]]);
  assert.deepEqual(
    edit.put.map(({ id }) => id),
    ["night", "L1", "L2"],
  );
});

test("a team that has it already is not touched, and without a word none is", () => {
  assert.deepEqual(
    withRotation(STORED, rotation("night"), ["L1"]).put.map(({ id }) => id),
    ["night"],
  );
  assert.deepEqual(
    withRotation(STORED, rotation("night"), undefined).put.map(({ id }) => id),
    ["night"],
  );
});

test("one that goes takes its own overrides with it and no others", () => {
  const after = edited(STORED, withoutRotation(STORED, "night"));
  assert.deepEqual(rotationsIn(after), [["day"], []]);
  assert.deepEqual(
    after.filter(({ kind }) => kind !== "team").map(({ id }) => id),
    ["o-2"],
  );
});
