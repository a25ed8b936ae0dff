import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import { planChange, type StoredItem } from "./change-plan.ts";
import type { DeclaredItem } from "./read-roster.ts";

const group = (name: string, ...members: readonly string[]): DeclaredItem =>
  ({ kind: "group", id: name, data: { name, members } }) as DeclaredItem;
const stored = (item: DeclaredItem, managedBy?: string): StoredItem => ({
  ...item,
  ...(managedBy === undefined ? {} : { managedBy }),
});

const FILE = "roster.yaml";
const ops = group("ops", "alice");
const dev = group("dev", "bob");

test("what is not there yet is created", () => {
  assert.deepEqual(planChange([], [ops, dev], FILE), {
    create: [ops, dev],
    update: [],
    remove: [],
    unchanged: 0,
    refused: [],
  });
});

test("what is there as it is declared stays; what differs is changed and says what it was", () => {
  const plan = planChange([stored(ops, FILE), stored(dev, FILE)], [ops, group("dev", "bob", "carol")], FILE);
  assert.equal(plan.unchanged, 1);
  assert.deepEqual(plan.update, [{ item: group("dev", "bob", "carol"), before: dev.data }]);
  assert.deepEqual([plan.create, plan.remove, plan.refused], [[], [], []]);
});

test("what the file declared before and no longer does is removed", () => {
  const plan = planChange([stored(ops, FILE), stored(dev, FILE)], [ops], FILE);
  assert.deepEqual(plan.remove, [stored(dev, FILE)]);
});

test("what another file or a person manages is neither taken over nor removed", () => {
  const others = [stored(ops, "other.yaml"), stored(dev)];
  const plan = planChange(others, [group("ops", "mallory"), dev], FILE);
  assert.deepEqual(plan.refused, [
    { item: group("ops", "mallory"), managedBy: "other.yaml" },
    { item: dev, managedBy: undefined },
  ]);
  assert.deepEqual([plan.create, plan.update, plan.remove, plan.unchanged], [[], [], [], 0]);
  assert.deepEqual(planChange(others, [], FILE).remove, []);
});

test("things of two kinds that share a name are two things", () => {
  const team: DeclaredItem = { kind: "team", id: "ops", data: { name: "ops", members: [], rotations: [] } };
  const plan = planChange([stored(ops, FILE)], [ops, team], FILE);
  assert.deepEqual([plan.unchanged, plan.create], [1, [team]]);
});

test("applying a plan and planning again finds nothing to do", () => {
  const before = [stored(ops, FILE), stored(group("old", "x"), FILE), stored(group("dev", "old"), FILE)];
  const declared = [ops, dev, group("new", "y")];
  const plan = planChange(before, declared, FILE);
  const removed = new Set(plan.remove.map(({ id }) => id));
  const changed = [...plan.create, ...plan.update.map(({ item }) => item)];
  const rest = before.filter(({ id }) => !removed.has(id) && !changed.some((item) => item.id === id));
  const then = planChange([...rest, ...changed.map((item) => stored(item, FILE))], declared, FILE);
  assert.deepEqual(then, { create: [], update: [], remove: [], unchanged: 3, refused: [] });
});

test("who goes takes along the leave and the overrides that people or a calendar made for them, and no other file's", () => {
  const person = (id: string): DeclaredItem => ({
    kind: "person",
    id,
    data: { id: asId(id), name: id, titles: [], locale: "ko", contacts: [], admin: false },
  });
  const leave = (id: string, of: string): StoredItem => ({
    kind: "leave",
    id,
    data: { id, person: of, start: 0, end: 1 },
  });
  const override: StoredItem = {
    kind: "override",
    id: "o",
    data: { id: "o", rotation: "r", person: "ben", instead: "ann", start: 0, end: 1 },
  };
  const here = [leave("l1", "ann"), { ...leave("l2", "ann"), managedBy: "calendar:c" }, override];
  const stays = [leave("l3", "ben"), { ...leave("l4", "ann"), managedBy: "other.yaml" }];
  const people = [stored(person("ann"), FILE), stored(person("ben"), FILE)];
  const plan = planChange([...people, ...here, ...stays], [person("ben")], FILE);
  assert.deepEqual(plan.remove, [stored(person("ann"), FILE), ...here]);
});
