import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineRow } from "../../../../src/http/wire/incident.ts";
import { deliveryStates } from "./delivery-states.ts";

let seq = 0;
function row(type: TimelineRow["type"], more: Partial<TimelineRow> = {}): TimelineRow {
  const bare = {
    by: "",
    byKind: "bongsu",
    via: null,
    what: "",
    clause: null,
    reach: [],
    skipped: [],
    delivery: null,
  } as const;
  return { seq: ++seq, at: "2026-01-05T00:00:00Z", type, because: null, ...bare, ...more };
}
function step(...deliveries: readonly string[]): TimelineRow {
  const reach = deliveries.map((delivery) => ({
    delivery,
    who: [],
    room: false,
    channel: "email",
    urgency: "wake" as const,
    mention: null,
    insteadOf: null,
  }));
  return row("step-taken", { reach });
}
const told = (rows: readonly TimelineRow[]) => [...deliveryStates(rows)].map(([id, { is }]) => `${id}:${is}`);

test("a page waits until its provider has taken it", () => {
  assert.deepEqual(told([step("a", "b"), row("delivery-accepted", { delivery: "a" })]), ["a:accepted", "b:queued"]);
});

test("a failed page says why", () => {
  const states = deliveryStates([step("a"), row("delivery-failed", { delivery: "a", because: "no such number" })]);
  assert.deepEqual(states.get("a"), { is: "failed", because: "no such number" });
});

test("what had not left when somebody acknowledged is withdrawn, and the page that was answered says so", () => {
  const rows = [
    step("a", "b"),
    row("delivery-accepted", { delivery: "a" }),
    row("delivery-retrying", { delivery: "b", because: "busy" }),
    row("acknowledged", { delivery: "a" }),
  ];
  assert.deepEqual(told(rows), ["a:acknowledged", "b:withdrawn"]);
});
