import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Happened,
  happened,
  INCIDENT,
  incidentOf,
  opened,
  person,
  recordedOf,
  sha256,
} from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import { CHAIN_START, canonical, chainText, firstBreak } from "./chain.ts";
import type { Recorded } from "./event.ts";

const history: readonly Happened[] = [
  opened("Major"),
  happened(0, { type: "alerts-joined", count: 1, firing: 1, sample: [{ alert: asId("a"), title: "db-down" }] }),
  happened(3, { type: "acknowledged" }, person("erin")),
  happened(3, { type: "noted", text: "looking" }, person("erin")),
  happened(9, { type: "resolved", because: "by-person" }, person("erin")),
];
const chain = recordedOf(history);

const broken = (events: readonly Recorded[]) => firstBreak(INCIDENT, events, sha256);

test("a chain that nobody touched holds, and so does each beginning of it", () => {
  for (let length = 0; length <= chain.length; length++) assert.equal(broken(chain.slice(0, length)), undefined);
});

const place = fc.nat(chain.length - 1);
const forgeries: Readonly<Record<string, (recorded: Recorded) => Recorded>> = {
  "another time": (recorded) => ({ ...recorded, at: recorded.at + 1 }),
  "another person": (recorded) => ({ ...recorded, by: person("mallory") }),
  "another way of the same person": (recorded) => ({
    ...recorded,
    by: { ...recorded.by, via: "sms" } as Recorded["by"],
  }),
  "another event": (recorded) => ({ ...recorded, event: { type: "noted", text: "all is well" } }),
  "one more member": (recorded) => ({
    ...recorded,
    event: Object.assign({ extra: 1 }, recorded.event),
  }),
  "another hash": (recorded) => ({ ...recorded, hash: sha256(recorded.hash) }),
};

for (const [what, forge] of Object.entries(forgeries)) {
  test(`an event with ${what} is found where it stands`, () => {
    for (const [index, recorded] of chain.entries()) {
      const forged = chain.with(index, forge(recorded));
      assert.deepEqual(broken(forged), { seq: index + 1, because: "hash" });
    }
  });
}

test("an event with another hash that fits it again breaks the chain at the next one", () => {
  for (const [index, recorded] of chain.slice(0, -1).entries()) {
    const forged: Omit<Recorded, "hash"> = { ...recorded, at: recorded.at + 1 };
    const previous = chain[index - 1]?.hash ?? CHAIN_START;
    const resealed = { ...forged, hash: sha256(chainText(INCIDENT, previous, forged)) };
    assert.deepEqual(broken(chain.with(index, resealed)), { seq: index + 2, because: "hash" });
  }
});

test("two events that changed places are found, whether or not they were renumbered", () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      fc.pre(one !== other);
      const [first, second] = [chain[one], chain[other]];
      assert.ok(first && second);
      const swapped = chain.with(one, second).with(other, first);
      assert.deepEqual(broken(swapped), { seq: Math.min(one, other) + 1, because: "gap" });
      const renumbered = swapped.map((recorded, index) => ({ ...recorded, seq: index + 1 }));
      assert.deepEqual(broken(renumbered), { seq: Math.min(one, other) + 1, because: "hash" });
    }),
  );
});

test("an event taken out is found, whether or not the rest was renumbered", () => {
  for (let index = 0; index < chain.length - 1; index++) {
    const shorter = chain.toSpliced(index, 1);
    assert.deepEqual(broken(shorter), { seq: index + 1, because: "gap" });
    const renumbered = shorter.map((recorded, nth) => ({ ...recorded, seq: nth + 1 }));
    assert.deepEqual(broken(renumbered), { seq: index + 1, because: "hash" });
  }
});

test("an event put in is found", () => {
  for (const [index, recorded] of chain.entries())
    assert.notEqual(broken(chain.toSpliced(index, 0, recorded)), undefined);
});

test("an end that was cut off shows against the head that the incident remembers", () => {
  const state = incidentOf(...history);
  const cut = chain.slice(0, -1);
  assert.equal(broken(cut), undefined);
  assert.notEqual(cut.at(-1)?.hash, state.head);
  assert.notEqual(cut.at(-1)?.seq, state.version);
});

test("the events of another incident do not hold here", () => {
  assert.deepEqual(firstBreak(asId("i2"), chain, sha256), { seq: 1, because: "hash" });
});

test("what an event is hashed over is written down, so that every version and every tool computes the same", () => {
  const [first] = chain;
  assert.ok(first);
  assert.equal(
    chainText(INCIDENT, CHAIN_START, first),
    [
      "0".repeat(64),
      "i1",
      "1",
      "1772413200000",
      '{"kind":"bongsu"}',
      '{"drill":false,"grade":"Major","gradeBecause":"source-severity","number":1,"policy":"policy","service":"payment","title":"db-down","type":"opened"}',
    ].join("\n"),
  );
  assert.equal(first.hash, "e40b0bb79134bf69e1f2c21589137ccdfb0ee64fb94539a5811bcfbe906b53c7");
  assert.equal(chain.at(-1)?.hash, "42f6d8d6b3954e2bc0de4b24fb0d623ac1ce42b664b92ab17a7df3c9e2b42cdd");
});

const values = fc.jsonValue({ maxDepth: 4 });

test("the canonical text is JSON of the same value, whatever the order of its members", () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)]),
    );
  };
  fc.assert(
    fc.property(values, (value) => {
      assert.equal(canonical(shuffled(value)), canonical(value));
      assert.deepEqual(JSON.parse(canonical(value)), JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("a value that went through a column and back has the same canonical text", () => {
  fc.assert(
    fc.property(values, (value) => assert.equal(canonical(JSON.parse(JSON.stringify(value))), canonical(value))),
  );
});

test("a member that is undefined is as good as absent, and a list keeps its length", () => {
  assert.equal(canonical({ b: undefined, a: 1 }), '{"a":1}');
  assert.equal(canonical([undefined, null, 1]), "[null,null,1]");
});

test("different values have different canonical texts", () => {
  fc.assert(
    fc.property(values, values, (one, other) => {
      const same = JSON.stringify(JSON.parse(canonical(one))) === JSON.stringify(JSON.parse(canonical(other)));
      assert.equal(canonical(one) === canonical(other), same);
    }),
  );
});
