import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { MINUTE_MS } from "../time/instant.ts";
import type { Monitor, Threshold } from "./monitor.ts";
import { monitorsOf } from "./monitors-of.ts";
import { ruleWarnings } from "./rule-warnings.ts";

const { policy } = readPolicy({
  file: "policy.md",
  id: asId("policy"),
  text: "```yaml\ngrades:\n  Critical: { criteria: [a], respond within: immediate, owner: L1 }\n  Minor: { criteria: [b], respond within: 4 hours, owner: L1 }\nteams:\n  L1: { duties: [repair] }\nnotifications:\n  Critical: { via: [Email], to: [L1] }\n  Minor: { via: [Email], to: [L1] }\n```\n",
});
assert.ok(policy);
const known = policy;
const line = (change: Partial<Threshold>): Threshold => ({
  grade: "Minor",
  when: "at-least",
  bound: 0.9,
  hold: 0,
  ...change,
});
const rule = (change: Partial<Monitor>): Monitor => ({
  id: asId("disk"),
  title: "disk",
  query: { metric: "host_disk_used_ratio", matchers: [] },
  measure: { form: "last", window: MINUTE_MS },
  thresholds: [line({})],
  missing: { then: "keep", after: MINUTE_MS },
  exceptions: [],
  enabled: true,
  from: "people",
  ...change,
});
const codes = (change: Partial<Monitor>): readonly string[] =>
  ruleWarnings(rule(change), known).map(({ code }) => code);
const hours = { weekdays: [1], from: "09:00", to: "10:00", zone: "Asia/Seoul", onHolidays: true } as const;

test("rules that come with Bongsu are sound", () => {
  for (const monitor of monitorsOf(known, [])) assert.deepEqual(ruleWarnings(monitor, known), [], monitor.id);
  assert.deepEqual(codes({}), []);
});

for (const [what, change, code] of [
  ["has no line", { thresholds: [] }, "no-line"],
  ["waits for more than all", { thresholds: [line({ when: "above", bound: 1 })] }, "never-fires"],
  ["waits for less than nothing", { thresholds: [line({ when: "below", bound: 0 })] }, "never-fires"],
  ["fires from nothing on", { thresholds: [line({ bound: 0 })] }, "always-fires"],
  ["fires below all", { thresholds: [line({ when: "at-most", bound: 1 })] }, "always-fires"],
  ["ends on the wrong side", { thresholds: [line({ clear: 0.95 })] }, "never-fires"],
  ["has to hold for longer than its hours", { thresholds: [line({ hold: 90 * MINUTE_MS, hours })] }, "never-fires"],
  ["applies on no day", { thresholds: [line({ hours: { ...hours, weekdays: [] } })] }, "never-fires"],
  ["has a grade that is written wrongly", { thresholds: [line({ grade: "Miner" })] }, "unknown-grade"],
  [
    "calls the severe before the mild",
    { thresholds: [line({ grade: "Critical", bound: 0.8 }), line({ bound: 0.95 })] },
    "grades-crossed",
  ],
  [
    "has a metric that is written wrongly",
    { query: { metric: "host_disk_used_ration", matchers: [] } },
    "unknown-metric",
  ],
] as const satisfies readonly (readonly [string, Partial<Monitor>, string])[])
  test(`a rule that ${what} is told`, () => assert.ok(codes(change).includes(code), JSON.stringify(codes(change))));

test("a metric of one's own is nobody's mistake", () => {
  assert.deepEqual(
    codes({ query: { metric: "shop_orders_waiting", matchers: [] }, thresholds: [line({ bound: 50 })] }),
    [],
  );
});
