import assert from "node:assert/strict";
import { test } from "node:test";
import { minute, policy, ROSTER_TEXT, roster, rosterFrom, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Recipient } from "../policy/policy.ts";
import { resolveRecipient } from "./resolve-recipient.ts";

const clause = asId<"clause">("notifications/Major/recipients");

function named(name: string, from = roster, at = T0) {
  return resolveRecipient(from, policy, { kind: "named", name, clause }, "L1", at);
}

function operator(team: string, from = roster, at = T0) {
  const recipient: Recipient = { kind: "on-duty-operator", name: "operator on duty", clause };
  return resolveRecipient(from, policy, recipient, team, at);
}

test("a title is everybody who has it, however it is spaced and cased", () => {
  assert.deepEqual(named("Head of  Operations"), { people: ["alice"] });
  const two = rosterFrom(
    ROSTER_TEXT.replace("title: head of development", "title: [head of development, head of operations]"),
  );
  assert.deepEqual(named("head of operations", two), { people: ["alice", "bob"] });
});

test("a group is its members", () => {
  assert.deepEqual(named("operations"), { people: ["alice", "carol", "dave"] });
});

test("a group without members is as good as none", () => {
  const empty = rosterFrom(ROSTER_TEXT.replace("development: [bob]", "development: []"));
  assert.deepEqual(named("development", empty), { people: [], reason: "no-such-recipient" });
});

test("a team is who is on duty in it, which changes with the turn", () => {
  assert.deepEqual(named("L1"), { people: ["carol"] });
  assert.deepEqual(named("L1", roster, minute(11 * 60 - 1)), { people: ["carol"] });
  assert.deepEqual(named("L1", roster, minute(11 * 60)), { people: ["dave"] });
  assert.deepEqual(named("L2"), { people: ["erin", "frank"] });
});

test("a title goes before a group of the same name, and a group before a team", () => {
  const both = rosterFrom(ROSTER_TEXT.replace("groups:\n", "groups:\n  head of operations: [bob]\n  L2: [grace]\n"));
  assert.deepEqual(named("head of operations", both), { people: ["alice"] });
  assert.deepEqual(named("L2", both), { people: ["grace"] });
});

test("a team of the policy that has nobody on duty says so; a name that nobody knows says that", () => {
  const empty = rosterFrom(ROSTER_TEXT.replace(/ {2}L3: .*\n/u, ""));
  assert.deepEqual(named("L3", empty), { people: [], reason: "nobody-on-duty" });
  assert.deepEqual(named("the board", empty), { people: [], reason: "no-such-recipient" });
});

test("the operator on duty is whoever of the owner team has the turn", () => {
  assert.deepEqual(operator("L1"), { people: ["carol"] });
  assert.deepEqual(operator("L1", roster, minute(12 * 60)), { people: ["dave"] });
});

test("among those on duty the operators are meant, and all of them where none is called so", () => {
  const mixed = rosterFrom(ROSTER_TEXT.replace("{ engineer: [erin, frank] }", "{ engineer: [erin], 운영자: [frank] }"));
  assert.deepEqual(operator("L2", mixed), { people: ["frank"] });
  assert.deepEqual(operator("L2"), { people: ["erin", "frank"] });
});

test("without anybody on duty there is no operator", () => {
  assert.deepEqual(operator("L9"), { people: [], reason: "nobody-on-duty" });
});

test("an override takes the turn for its time, to the minute", () => {
  const override = "zone: Asia/Seoul, overrides: [{ person: dave, from: 2026-03-02T10:30, to: 2026-03-02T11:00 }]";
  const instead = rosterFrom(ROSTER_TEXT.replace("zone: Asia/Seoul", override));
  const who = (at: number) => named("L1", instead, minute(at)).people;
  assert.deepEqual([who(29), who(30), who(59), who(60)], [["carol"], ["dave"], ["dave"], ["carol"]]);
});
