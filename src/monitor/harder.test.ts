import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MINUTE_MS } from "../time/instant.ts";
import { harderKey, isMonitorKey, watchedHarder } from "./alert-key.ts";
import { harderThresholds } from "./harder.ts";
import type { Threshold } from "./monitor.ts";

const line = (when: Threshold["when"], bound: number, more: Partial<Threshold> = {}): Threshold => ({
  grade: "Critical",
  when,
  bound,
  hold: 10 * MINUTE_MS,
  ...more,
});
const harder = (metric: string, ...lines: readonly Threshold[]): readonly Threshold[] =>
  harderThresholds({ query: { metric, matchers: [] } }, lines, "Minor");

describe("watching harder", () => {
  test("what is too much is told a tenth earlier, after half as long, in the least severe grade", () => {
    assert.deepEqual(harder("host_cpu_used_ratio", line("at-least", 0.9, { clear: 0.85 })), [
      { grade: "Minor", when: "at-least", bound: 0.81, hold: 5 * MINUTE_MS },
    ]);
    assert.equal(harder("http_response_seconds", line("above", 2))[0]?.bound, 1.8);
    assert.equal(harder("gpu_celsius", line("above", -10))[0]?.bound, -11);
  });

  test("what is too little is told a tenth of the way to all of it where it is a share, else a tenth above the line", () => {
    assert.equal(harder("app_free_ratio", line("below", 0.1))[0]?.bound, 0.19);
    assert.equal(harder("host_disk_free_bytes", line("at-most", 1_000))[0]?.bound, 1_100);
    assert.equal(harder("app_used_ratio", line("below", 1))[0]?.bound, 1);
  });

  test("up or down has no line between: only the time that it has to hold is halved", () => {
    assert.deepEqual(harder("gpu_up", line("below", 1, { hold: MINUTE_MS })), [
      { grade: "Minor", when: "below", bound: 1, hold: MINUTE_MS / 2 },
    ]);
    assert.deepEqual(harder("gpu_up", line("below", 1, { hold: 0 })), []);
  });

  test("each line of a rule is tightened, with its hours", () => {
    const hours = { weekdays: [1], from: "09:00", to: "18:00", zone: "Asia/Seoul", onHolidays: false } as const;
    const lines = harder("host_memory_used_ratio", line("above", 0.95), line("above", 0.5, { grade: "Major", hours }));
    assert.deepEqual(
      lines.map(({ bound, grade, hours: of }) => [bound, grade, of?.from]),
      [
        [0.855, "Minor", undefined],
        [0.45, "Minor", "09:00"],
      ],
    );
  });

  test("the keys of monitors' alerts are told from all others", () => {
    const key = "disk-full/0123456789abcdef";
    assert.equal(isMonitorKey(key), true);
    assert.equal(watchedHarder(harderKey(key)), key);
    for (const other of ["heartbeat/nightly", "harder/x", "disk-full", harderKey(key)])
      assert.equal(isMonitorKey(other), false, other);
    assert.equal(watchedHarder(key), undefined);
    assert.equal(watchedHarder("harder/heartbeat"), undefined);
  });
});
