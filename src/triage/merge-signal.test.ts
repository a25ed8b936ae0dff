import assert from "node:assert/strict";
import { test } from "node:test";
import { minute, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Alert } from "./alert.ts";
import { mergeSignal } from "./merge-signal.ts";
import type { Signal } from "./signal.ts";

const id = asId<"alert">("prod:db-down");
const fire: Signal = {
  source: "prometheus",
  integration: "prod",
  key: "db-down",
  action: "fire",
  severity: "critical",
  title: "db-down",
  description: "the database does not answer",
  labels: { job: "mariadb" },
  annotations: { runbook: "x" },
  startsAt: minute(-1),
  expiresAt: minute(5),
  links: [{ href: "https://prometheus/graph", text: "graph" }],
};
const end: Signal = { ...fire, action: "resolve" };
const seen: Signal = { ...fire, action: "acknowledge" };

function merge(known: Alert | undefined, signal: Signal, at = T0) {
  return mergeSignal(known, signal, { id, service: "payment", at });
}

function begun(more: Partial<Alert> = {}): Alert {
  const { alert } = merge(undefined, fire);
  assert.ok(alert);
  return { ...alert, ...more };
}

test("the first signal begins an alert with all that it says", () => {
  const { action: _, ...said } = fire;
  assert.deepEqual(merge(undefined, fire), {
    is: "new",
    alert: { ...said, id, service: "payment", status: "firing", updatedAt: T0, count: 1 },
  });
});

test("what was never begun is neither ended nor acknowledged", () => {
  for (const signal of [end, seen]) assert.deepEqual(merge(undefined, signal), { is: "ignored", alert: undefined });
});

test("a repetition is counted and keeps the earliest start and the newest words", () => {
  const again = { ...fire, title: "db is down", severity: "error", startsAt: minute(3), expiresAt: minute(9) };
  const { is, alert } = merge(begun(), again, minute(4));
  assert.equal(is, "repeat");
  assert.deepEqual(
    [alert?.count, alert?.startsAt, alert?.title, alert?.severity, alert?.expiresAt, alert?.updatedAt],
    [2, minute(-1), "db is down", "error", minute(9), minute(4)],
  );
  assert.equal(merge(begun(), { ...fire, startsAt: minute(-60) }).alert?.startsAt, minute(-60));
});

test("a repetition without a promise to speak again takes the promise back", () => {
  const { expiresAt: _, ...open } = fire;
  assert.equal(Object.hasOwn(merge(begun(), open).alert ?? {}, "expiresAt"), false);
});

test("what the source left out this time is kept as it was said", () => {
  const { severity: _, description: __, ...terse } = fire;
  const { alert } = merge(begun(), terse);
  assert.deepEqual([alert?.severity, alert?.description], ["critical", "the database does not answer"]);
});

test("a silent alert that is heard again fires", () => {
  const { is, alert } = merge(begun({ status: "silent" }), fire, minute(9));
  assert.deepEqual([is, alert?.status], ["spoke-again", "firing"]);
});

test("the source ends a firing and a silent alert, and its words stay", () => {
  for (const status of ["firing", "silent"] as const) {
    const { is, alert } = merge(begun({ status }), { ...end, title: "other" }, minute(7));
    assert.deepEqual(
      [is, alert?.status, alert?.resolvedAt, alert?.title, alert?.count],
      ["resolved", "resolved", minute(7), "db-down", 1],
    );
  }
});

test("what is over is not ended again nor acknowledged, and stays as it is", () => {
  const over = begun({ status: "resolved", resolvedAt: minute(1) });
  for (const signal of [end, seen]) assert.deepEqual(merge(over, signal, minute(9)), { is: "ignored", alert: over });
});

test("an open alert is acknowledged by its source without being changed", () => {
  for (const status of ["firing", "silent"] as const) {
    const open = begun({ status });
    assert.deepEqual(merge(open, seen, minute(9)), { is: "acknowledged", alert: open });
  }
});

test("what fires again after its end begins anew, remembers its incident and its count, and forgets why it was muted", () => {
  const over = begun({
    status: "resolved",
    resolvedAt: minute(1),
    incident: asId("i1"),
    count: 4,
    suppressed: { because: "silenced", by: "s1" },
  });
  const { is, alert } = merge(over, { ...fire, startsAt: minute(8) }, minute(9));
  assert.equal(is, "fired-again");
  assert.deepEqual(
    [alert?.status, alert?.startsAt, alert?.incident, alert?.count, alert?.resolvedAt, alert?.suppressed],
    ["firing", minute(8), "i1", 5, undefined, undefined],
  );
  const { incident: _, ...loose } = over;
  assert.equal(Object.hasOwn(merge(loose, fire).alert ?? {}, "incident"), false);
});

test("labels are the identity: a repetition does not change them", () => {
  const { alert } = merge(begun(), { ...fire, labels: { job: "other" } });
  assert.deepEqual([alert?.labels, alert?.service], [{ job: "mariadb" }, "payment"]);
});
