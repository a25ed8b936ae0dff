import assert from "node:assert/strict";
import { test } from "node:test";
import { DRIVERS, ROSTER_TEXT, roster, rosterFrom } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Reach } from "../incident/event.ts";
import { merged, nextReach, quietReaches, reaches } from "./reaches.ts";

const clause = asId<"clause">("notifications/Major");
const alice = { person: asId<"person">("alice"), clause };
const bob = { person: asId<"person">("bob"), clause };
const room: Reach = { target: { kind: "room" }, channel: "slack", urgency: "wake", people: [], clause };

test("pages to one room are one, which speaks to all, mentions the whole channel and wakes if one of them does", () => {
  const told = merged([
    { ...room, mention: "here", people: [alice.person], urgency: "tell" },
    { ...room, mention: "channel", people: [bob.person, alice.person] },
  ]);
  assert.deepEqual(told, [{ ...room, mention: "channel", people: [alice.person, bob.person] }]);
});

test("a mention is kept whichever of the pages has it", () => {
  for (const pages of [
    [room, { ...room, mention: "here" as const }],
    [{ ...room, mention: "here" as const }, room],
  ])
    assert.equal(merged(pages)[0]?.mention, "here");
});

test("pages to different people through one channel stay apart", () => {
  const mail = (person: Reach["people"][number]): Reach => ({
    target: { kind: "person", person },
    channel: "email",
    urgency: "wake",
    people: [person],
    clause,
  });
  assert.equal(merged([mail(alice.person), mail(bob.person), mail(alice.person)]).length, 2);
});

test("somebody named twice is paged once, by the first clause that names them", () => {
  const other = asId<"clause">("teams/L3");
  const { reach } = reaches([alice, { ...alice, clause: other }], [{ kind: "sms", clause }], {
    roster,
    drivers: DRIVERS,
    urgency: "wake",
  });
  assert.deepEqual(
    reach.map((page) => [page.channel, page.clause]),
    [["sms", clause]],
  );
});

test("somebody whom the roster does not know is passed by", () => {
  const nobody = { person: asId<"person">("mallory"), clause };
  const { reach } = reaches([nobody], [{ kind: "sms", clause }], { roster, drivers: DRIVERS, urgency: "wake" });
  assert.deepEqual(reach, []);
});

test("after all of a person's contacts were tried there is no next one", () => {
  const known = roster.people.get(alice.person);
  assert.ok(known);
  const ask = { roster, drivers: DRIVERS, urgency: "wake", clause, insteadOf: "phone" } as const;
  assert.equal(nextReach(known, new Set(), ask)?.channel, "sms");
  assert.equal(nextReach(known, new Set(["sms"]), ask)?.channel, "slack");
  assert.equal(nextReach(known, new Set(["sms", "slack"]), ask)?.channel, "email");
  assert.equal(nextReach(known, new Set(["sms", "slack", "email"]), ask), undefined);
});

test("what stands in for a quiet page is quiet too", () => {
  const known = roster.people.get(alice.person);
  assert.ok(known);
  const ask = { roster, drivers: DRIVERS, urgency: "tell", clause, insteadOf: "email" } as const;
  assert.equal(nextReach(known, new Set(["email"]), ask)?.channel, "slack");
  assert.equal(nextReach(known, new Set(["email", "slack"]), ask), undefined);
});

test("who has no quiet contact is passed over with that reason", () => {
  const loud = rosterFrom(ROSTER_TEXT.replace(", slack: UALICE, email: alice@example.com", ""));
  assert.deepEqual(quietReaches([alice], { roster: loud, drivers: DRIVERS }), {
    reach: [],
    skipped: [{ who: "Alice", because: "no-contact", clause }],
  });
});

test("quiet words to several people in one room are one message", () => {
  const rooms = rosterFrom(ROSTER_TEXT.replace("email: {}, ", ""));
  const { reach } = quietReaches([alice, bob], { roster: rooms, drivers: DRIVERS });
  assert.deepEqual(
    reach.map(({ channel, people, urgency }) => [channel, people, urgency]),
    [["slack", ["alice", "bob"], "tell"]],
  );
});
