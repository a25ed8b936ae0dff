import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import type { Actor, IncidentEvent, Recorded } from "../incident/event.ts";
import { workedSpans } from "./worked-spans.ts";

const by = (person: string): Actor => ({ kind: "person", person: asId(person), via: "web" });
const BONGSU: Actor = { kind: "bongsu" };

function told(...events: readonly (readonly [at: number, by: Actor, event: IncidentEvent])[]): readonly string[] {
  const recorded = events.map(
    ([at, actor, event], nth): Recorded => ({ seq: nth + 1, at, by: actor, event, hash: "" }),
  );
  return workedSpans(recorded, 100).map(({ person, start, end }) => `${person} ${start}-${end}`);
}

const acknowledged: IncidentEvent = { type: "acknowledged" };

test("from acknowledging to resolving, whoever resolved it", () => {
  assert.deepEqual(told([10, by("alice"), acknowledged], [30, by("bob"), { type: "resolved", because: "by-person" }]), [
    "alice 10-30",
  ]);
});

test("who takes over ends the other's; acknowledging twice begins nothing anew", () => {
  const over: IncidentEvent = { type: "handed-over", to: { kind: "person", person: asId("bob") } };
  assert.deepEqual(
    told(
      [10, by("alice"), acknowledged],
      [12, by("alice"), acknowledged],
      [15, by("alice"), over],
      [20, by("bob"), acknowledged],
      [40, BONGSU, { type: "resolved", because: "all-alerts-cleared" }],
    ),
    ["alice 10-20", "bob 20-40"],
  );
});

test("snoozed time is nobody's, and neither is what was given back", () => {
  assert.deepEqual(
    told(
      [10, by("alice"), acknowledged],
      [20, by("alice"), { type: "snoozed", until: 60 }],
      [60, BONGSU, { type: "snooze-ended" }],
      [70, by("bob"), acknowledged],
      [80, by("bob"), { type: "unacknowledged" }],
    ),
    ["alice 10-20", "bob 70-80"],
  );
});

test("a token that names nobody works for nobody; what goes on ends now", () => {
  assert.deepEqual(
    told([10, { kind: "token", name: "ci", via: "api" }, acknowledged], [20, by("alice"), acknowledged]),
    ["alice 20-100"],
  );
});
