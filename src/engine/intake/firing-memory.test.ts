import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../../id/id.ts";
import { MINUTE_MS } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import type { Signal } from "../../triage/signal.ts";
import { FiringMemory } from "./firing-memory.ts";

const id = asId<"alert">("a");
const signal: Signal = {
  source: "signals",
  integration: "t",
  key: "a",
  action: "fire",
  title: "a",
  labels: {},
  annotations: {},
  startsAt: 0,
  links: [],
  severity: "critical",
};

function alert(more: Partial<Alert> = {}): Alert {
  return {
    id,
    source: "signals",
    integration: "t",
    key: "a",
    service: "s",
    title: "a",
    labels: {},
    annotations: {},
    links: [],
    status: "firing",
    severity: "critical",
    startsAt: 0,
    updatedAt: 0,
    count: 1,
    incident: asId("i"),
    ...more,
  };
}

function remembering(one: Alert): FiringMemory {
  const memory = new FiringMemory();
  memory.learn([one]);
  return memory;
}

test("a repeat of what fires and is taken care of is absorbed, and noted once for the store", () => {
  const memory = remembering(alert());
  assert.equal(memory.absorbs(id, { ...signal, expiresAt: 99 }, 5), true);
  assert.equal(memory.absorbs(id, { ...signal, expiresAt: 100 }, 6), true);
  assert.deepEqual(memory.takeRenewals(), [{ id, expiresAt: 100, updatedAt: 6, count: 3 }]);
  assert.deepEqual(memory.takeRenewals(), []);
});

test("what is new, over, more severe, or held by no incident goes the long way", () => {
  assert.equal(new FiringMemory().absorbs(id, signal, 1), false);
  assert.equal(remembering(alert()).absorbs(id, { ...signal, action: "resolve" }, 1), false);
  assert.equal(remembering(alert()).absorbs(id, { ...signal, severity: "warning" }, 1), false);
  const { incident: _, ...loose } = alert();
  assert.equal(remembering(loose).absorbs(id, signal, 1), false);
  assert.equal(remembering(alert({ status: "silent" })).absorbs(id, signal, 1), false);
});

test("after ten minutes a repeat goes the long way once: the incident may have been resolved elsewhere", () => {
  const memory = remembering(alert());
  assert.equal(memory.absorbs(id, signal, 10 * MINUTE_MS - 1), true);
  assert.equal(memory.absorbs(id, signal, 10 * MINUTE_MS), false);
  memory.learn([alert({ updatedAt: 10 * MINUTE_MS })]);
  assert.equal(memory.absorbs(id, signal, 11 * MINUTE_MS), true);
  memory.forget([id]);
  assert.equal(memory.absorbs(id, signal, 11 * MINUTE_MS), false);
});
