import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StoredItem } from "./change-plan.ts";
import { both, edited, readEdited, withoutFile, withoutPeople } from "./edit-roster.ts";

const person = (id: string): StoredItem => ({
  kind: "person",
  id,
  data: { id, name: id, titles: [], locale: "ko", contacts: [], admin: false },
});
const group: StoredItem = { kind: "group", id: "all", data: { name: "all", members: ["ann", "ben"] } };
const rotation: StoredItem = {
  kind: "rotation",
  id: "turns",
  data: {
    id: "turns",
    name: "turns",
    zone: "Asia/Seoul",
    participants: [["ann"]],
    turn: { unit: "days", count: 1 },
    start: "2026-01-05T09:00",
  },
};
const team: StoredItem = {
  kind: "team",
  id: "L1",
  data: { name: "L1", members: [{ person: "ann", role: "operator" }], rotations: ["turns"] },
};
const override: StoredItem = {
  kind: "override",
  id: "o",
  data: { id: "o", rotation: "turns", person: "ben", start: 0, end: 1 },
};
const ALL = [person("ann"), person("ben"), group, rotation, team, override];
const keys = (items: readonly { kind: string; id: string }[]): string[] =>
  items.map(({ kind, id }) => `${kind}/${id}`).sort();

describe("taking people away", () => {
  test("takes them out of everything, and a rotation that nobody is left in goes with its overrides", () => {
    const edit = withoutPeople(ALL, new Set(["ann"]));
    assert.deepEqual(keys(edit.remove), ["override/o", "person/ann", "rotation/turns"]);
    const after = edited(ALL, edit);
    assert.deepEqual(readEdited(after).diagnostics, []);
    const data = after.find(({ kind }) => kind === "team")?.data;
    assert.deepEqual(data, { name: "L1", members: [], rotations: [] });
  });

  test("leaves what a file manages, so that the reader says who is missing", () => {
    const managed = [...ALL.filter((item) => item !== group), { ...group, managedBy: "roster.yaml" }];
    const { items, diagnostics } = readEdited(edited(managed, withoutPeople(managed, new Set(["ann"]))));
    assert.equal(items, undefined);
    assert.deepEqual(
      diagnostics.map(({ code, found }) => [code, found]),
      [["unknown-person", "ann"]],
    );
  });
});

test("what a file declared goes as a whole, and what names it is mended", () => {
  const items = ALL.map((item) =>
    item === team || item === group || item.id === "ben" ? item : { ...item, managedBy: "example.yaml" },
  );
  const after = edited(items, withoutFile(items, "example.yaml"));
  assert.deepEqual(readEdited(after).diagnostics, []);
  assert.deepEqual(keys(after), ["group/all", "person/ben", "team/L1"]);
});

test("of two edits of one item the second counts", () => {
  const first = { put: [group], remove: [{ kind: "team", id: "L1" }] };
  const edit = both(first, { put: [team], remove: [{ kind: "group", id: "all" }] });
  assert.deepEqual([keys(edit.put), keys(edit.remove)], [["team/L1"], ["group/all"]]);
});
