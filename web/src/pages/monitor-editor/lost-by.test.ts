import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ShownMonitor, ShownMonitors, ShownRule } from "../../../../src/http/wire/monitors.ts";
import { lostBy } from "./lost-by.ts";

const GRADES = ["Critical", "Major", "Minor"];
const CPU: ShownRule = {
  id: "cpu-high" as ShownRule["id"],
  title: "CPU 사용률",
  quantity: "cpu-usage",
  query: { metric: "host_cpu_used_ratio", matchers: [] },
  measure: { form: "avg", window: 300_000 },
  thresholds: [
    { grade: "Critical", when: "at-least", bound: 0.99, hold: 0 },
    { grade: "Major", when: "at-least", bound: 0.95, hold: 0 },
  ],
  missing: { then: "keep", after: 300_000 },
  exceptions: [],
  enabled: true,
};

const WATCHED = 3;

function monitors(...others: readonly (ShownRule & { readonly seriesCount?: number })[]): ShownMonitors {
  const rules: typeof others = [CPU, ...others];
  return {
    areas: [
      {
        area: "system",
        title: "시스템",
        items: [
          {
            name: "CPU 사용률",
            clause: "c",
            line: 1,
            monitors: rules.map(({ id }) => id),
            series: 1,
            lastAt: null,
            advice: null,
            ways: [],
          },
        ],
        rest: [],
      },
    ],
    monitors: rules.map(
      (rule) => ({ id: rule.id, rule, seriesCount: rule.seriesCount ?? WATCHED }) as unknown as ShownMonitor,
    ),
  };
}

const lost = (after: ShownRule | undefined, shown = monitors()): readonly string[] =>
  lostBy(CPU, after, { monitors: shown, grades: GRADES }).map((one) => (one.is === "critical" ? one.grade : one.item));

describe("before a rule is saved it is asked about", () => {
  test("a most severe grade that it does not fire any more, and about no other", () => {
    const [critical, major] = CPU.thresholds;
    assert.ok(critical !== undefined && major !== undefined);
    assert.deepEqual(lost({ ...CPU, thresholds: [major] }), ["Critical"]);
    assert.deepEqual(lost({ ...CPU, thresholds: [critical] }), []);
    const baseline = { grade: "Critical", weeks: 4, spreads: 4, side: "both", hold: 0 } as const;
    assert.deepEqual(lost({ ...CPU, thresholds: [major], baseline }), []);
  });

  test("an item of the policy that nothing else watches then", () => {
    assert.deepEqual(lost({ ...CPU, enabled: false }), ["Critical", "CPU 사용률"]);
    assert.deepEqual(lost({ ...CPU, quantity: "memory-usage" }), ["CPU 사용률"]);
    assert.deepEqual(lost(undefined), ["CPU 사용률"]);
  });

  test("no item that another monitor goes on watching", () => {
    const load = { ...CPU, id: "load" as ShownRule["id"] };
    assert.deepEqual(lost(undefined, monitors(load)), []);
    assert.deepEqual(lost(undefined, monitors({ ...load, enabled: false })), ["CPU 사용률"]);
    assert.deepEqual(lost(undefined, monitors({ ...load, seriesCount: 0 })), ["CPU 사용률"]);
  });
});
