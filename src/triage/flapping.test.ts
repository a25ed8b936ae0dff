import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { minute, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import type { Alert } from "./alert.ts";
import { calmedDown, FLAP_CHANGES } from "./flapping.ts";
import { type Merge, mergeSignal } from "./merge-signal.ts";
import type { Signal } from "./signal.ts";

const signal = (action: Signal["action"]): Signal => ({
  source: "prometheus",
  integration: "prod",
  key: "a",
  action,
  severity: "critical",
  title: "a",
  labels: {},
  annotations: {},
  startsAt: T0,
  expiresAt: minute(200),
  links: [],
});

/** Fires at 0, then changes at each of the minutes, ending first; what each signal was, and the alert after them. */
function lived(minutes: readonly number[]): { is: readonly Merge[]; alert: Alert } {
  const facts = { id: asId<"alert">("a"), service: "api" };
  const first = mergeSignal(undefined, signal("fire"), { ...facts, at: T0 }).alert;
  assert.ok(first);
  let alert: Alert = { ...first, incident: asId("i1") };
  const is = minutes.map((at, nth) => {
    const merged = mergeSignal(alert, signal(nth % 2 === 0 ? "resolve" : "fire"), { ...facts, at: minute(at) });
    alert = merged.alert ?? alert;
    return merged.is;
  });
  return { is, alert };
}

describe("flapping", () => {
  test("up to four changes in a quarter of an hour are told as they are", () => {
    const { is, alert } = lived([1, 2, 3, 4]);
    assert.deepEqual(is, ["resolved", "fired-again", "resolved", "fired-again"]);
    assert.equal(alert.flapping, undefined);
  });

  test("with the fifth it is held open, and its end is not told", () => {
    const { is, alert } = lived([1, 2, 3, 4, 5]);
    assert.equal(is.at(-1), "held");
    assert.equal(alert.status, "firing");
    assert.deepEqual(alert.flapping, { since: minute(1), calmAt: minute(15), over: true, changes: 5 });
    // Its source will not renew what it has called over: that is no silence.
    assert.equal(alert.expiresAt, undefined);
  });

  test("while it flaps a change only puts the calm off", () => {
    const { is, alert } = lived([1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(is.slice(5), ["repeat", "held", "repeat"]);
    assert.deepEqual(alert.flapping, { since: minute(1), calmAt: minute(18), over: false, changes: 8 });
  });

  test("a second end, and an end of what is held, change nothing", () => {
    const { alert } = lived([1, 2, 3, 4, 5]);
    const facts = { id: alert.id, service: "api", at: minute(9) };
    assert.deepEqual(mergeSignal(alert, signal("resolve"), facts), { is: "ignored", alert });
    assert.equal(mergeSignal(alert, signal("acknowledge"), facts).is, "acknowledged");
  });

  test("slow changes are no flapping, and no more of them is kept than is asked for", () => {
    const { is, alert } = lived(Array.from({ length: 40 }, (_, nth) => nth * 4));
    assert.ok(is.every((one) => one === "resolved" || one === "fired-again"));
    assert.ok((alert.changes?.length ?? 0) <= FLAP_CHANGES + 1);
  });

  test("what is muted holds nothing open, so it ends", () => {
    const muted = { ...lived([1, 2, 3, 4]).alert, suppressed: { because: "silenced", by: "s" } as const };
    const merged = mergeSignal(muted, signal("resolve"), { id: muted.id, service: "api", at: minute(5) });
    assert.equal(merged.is, "resolved");
    assert.equal(merged.alert?.flapping, undefined);
  });

  test("after the calm the source's last word holds", () => {
    const over = calmedDown(lived([1, 2, 3, 4, 5]).alert, minute(15));
    assert.deepEqual(
      [over.status, over.resolvedAt, over.flapping, over.changes],
      ["resolved", minute(15), undefined, undefined],
    );
    const fires = calmedDown(lived([1, 2, 3, 4, 5, 6]).alert, minute(16));
    assert.deepEqual([fires.status, fires.flapping], ["firing", undefined]);
  });
});
