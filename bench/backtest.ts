import { readFileSync } from "node:fs";
import { backtest } from "../src/backtest/backtest.ts";
import { sha256 } from "../src/cli/read-files.ts";
import { driversOf } from "../src/engine/ports.ts";
import { channels } from "../src/notify/registry.ts";
import { policyIdOf } from "../src/policy/policy-id.ts";
import { readRoster } from "../src/roster/read-roster.ts";
import { HOUR_MS, MINUTE_MS, toIso } from "../src/time/instant.ts";

const INCIDENTS = 500;
const FIRST = Date.parse("2026-01-05T00:00:00Z");

/** How fast a back-test goes: incidents of all three grades, four hours apart, each acknowledged and over in 50 minutes. */
export async function benchBacktest(): Promise<void> {
  const policy = readFileSync("policies/example-policy.ko.md", "utf8");
  const file = "policies/demo-roster.yaml";
  const { items = [] } = readRoster({ file, text: readFileSync(file, "utf8") });
  const began = performance.now();
  const { a } = await backtest(
    {
      history: { is: "text", text: historyOf(INCIDENTS), endAfter: HOUR_MS },
      a: {
        policy: { id: policyIdOf(policy, sha256), file: "example-policy.ko.md", text: policy },
        roster: { is: "fixed", facts: items },
      },
      model: { answerAfter: 5 * MINUTE_MS, asleep: [] },
      drivers: driversOf(channels),
      zone: "Asia/Seoul",
    },
    () => {},
  );
  const seconds = (performance.now() - began) / 1_000;
  const messages = a.figures.pages.wake + a.figures.pages.tell;
  const rate = (count: number): string => (count / seconds).toFixed(0);
  console.log(
    `back-test: ${rate(a.figures.incidents)} incidents/s, ${rate(messages)} messages/s ` +
      `(${a.figures.incidents} incidents of ${Math.round(INCIDENTS / 6)} days, ${messages} messages, ${seconds.toFixed(1)} s)`,
  );
}

function historyOf(count: number): string {
  const lines: string[] = [];
  for (let nth = 0; nth < count; nth++) {
    const at = FIRST + nth * 4 * HOUR_MS;
    const key = `k${nth % 20}`;
    const severity = ["critical", "error", "warning"][nth % 3];
    lines.push(JSON.stringify({ at: toIso(at), title: "x", service: `s${nth % 20}`, severity, key }));
    lines.push(JSON.stringify({ at: toIso(at + 50 * MINUTE_MS), title: "x", key, status: "resolved" }));
  }
  return lines.join("\n");
}
