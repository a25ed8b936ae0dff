import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { POLICY_TEXT, policyFrom, ROSTER_TEXT, rosterFrom, T0 } from "../../test/fixtures/core.ts";
import type { Drivers } from "../escalation/means.ts";
import { type ClauseId } from "../policy/policy.ts";
import { HOUR_MS } from "../time/instant.ts";
import { type Binding, bindingsOf } from "./bindings.ts";

const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
  ["sms", "people"],
]);

function bound(
  id: string,
  changes: { policy?: string; roster?: string; at?: number; drivers?: Drivers } = {},
): Binding {
  const policy = policyFrom(changes.policy ?? POLICY_TEXT);
  const roster = rosterFrom(changes.roster ?? ROSTER_TEXT);
  const seen = (monitor: string) => ({ series: monitor === "cpu-high" ? 3 : 0, lastAt: T0 });
  const facts = { roster, drivers: changes.drivers ?? DRIVERS, at: changes.at ?? T0, seen };
  const [binding] = bindingsOf(policy, facts).get(id as ClauseId) ?? [];
  assert.ok(binding, id);
  return binding;
}

describe("what a clause is bound to", () => {
  test("a team: its members, who is on duty and until when", () => {
    const now = bound("teams/L1");
    assert.deepEqual(now, { is: "team", members: ["carol", "dave"], people: ["carol"], until: T0 + 11 * HOUR_MS });
    const tonight = bound("teams/L1", { at: T0 + 12 * HOUR_MS });
    assert.ok(tonight.is === "team" && tonight.people.join() === "dave");
  });

  test("a head count: wanted, and who there is in that role", () => {
    assert.deepEqual(bound("teams/L1/staffing/2 operators"), {
      is: "staffing",
      role: "operator",
      wanted: 2,
      people: ["carol", "dave"],
    });
    const lacking = bound("teams/L3/staffing/1 architect", {
      roster: ROSTER_TEXT.replace("members: { architect: [grace] }", "members: { engineer: [grace] }"),
    });
    assert.ok(lacking.is === "staffing" && lacking.people.length === 0);
  });

  test("a shift: its rotations, and the first hour without anybody", () => {
    assert.deepEqual(bound("teams/L1/staffing/24/7 shifts"), { is: "shift", turns: 1, gap: undefined });
    const late = ROSTER_TEXT.replace("start: 2026-01-05T09:00", "start: 2026-03-02T12:00");
    assert.deepEqual(bound("teams/L1/staffing/24/7 shifts", { roster: late }), { is: "shift", turns: 1, gap: T0 });
  });

  test("a recipient: who that is now, or why nobody", () => {
    const chief = bound("notifications/Critical/recipients/head of operations");
    assert.deepEqual(chief, { is: "recipient", people: ["alice"], because: undefined });
    const duty = bound("notifications/Minor/recipients/operator on duty");
    assert.deepEqual(duty, { is: "recipient", people: ["carol"], because: undefined });
    const nobody = bound("notifications/Critical/recipients/head of operations", {
      roster: ROSTER_TEXT.replace("title: head of operations", "title: chief"),
    });
    assert.deepEqual(nobody, { is: "recipient", people: [], because: "no-such-recipient" });
  });

  test("a channel: whether it can be used, and how many of those it may page have an address", () => {
    const sms = bound("notifications/Major/channels/SMS");
    assert.deepEqual(sms, { is: "channel", kind: "sms", usable: "yes", with: 6, of: 6 });
    const roster = ROSTER_TEXT.replace("sms: 010-1000-0002, ", "");
    const less = bound("notifications/Major/channels/SMS", { roster });
    assert.deepEqual(less, { is: "channel", kind: "sms", usable: "yes", with: 5, of: 6 });
    const phone = bound("notifications/Critical/channels/phone");
    assert.ok(phone.is === "channel" && phone.usable === "no-driver");
    const email = bound("notifications/Minor/channels/Email", {
      roster: ROSTER_TEXT.replace("email: {}, slack", "slack"),
    });
    assert.ok(email.is === "channel" && email.usable === "not-configured");
  });

  test("the owner and the deadline of a grade", () => {
    assert.deepEqual(bound("grades/Critical/owner"), { is: "owner", team: "L3", people: ["grace"] });
    const deadline = bound("grades/Critical/respond-within");
    assert.ok(deadline.is === "deadline" && deadline.immediate && deadline.timing.respondWithin === 300_000);
  });

  test("what nothing acts upon says so once for its block, a monitored item what watches it, a threshold its monitor, a field of the report who fills it in", () => {
    const policy = `${POLICY_TEXT}monitoring:
  system: [CPU usage]
thresholds:
  CPU usage: { Minor: 90% for 5 minutes }
report:
  basics: [when]
improvement:
  system: [tune it]
initial response:
  stage 1: look
    - find it
`;
    assert.deepEqual(bound("improvement", { policy }), { is: "unwatched", block: "improvement" });
    assert.deepEqual(bound("report/basics/when", { policy }), { is: "report-field", answeredBy: "record" });
    assert.deepEqual(bound("initial-response", { policy }), { is: "checklist" });
    const watched = bound("monitoring/system/CPU usage", { policy });
    assert.ok(watched.is === "watched");
    const { monitors, ...rest } = watched;
    assert.deepEqual(
      monitors.map(({ title }) => title),
      ["CPU use"],
    );
    assert.deepEqual(rest, { is: "watched", off: [], item: "CPU usage", quantity: "cpu-usage", series: 3, lastAt: T0 });
    const rule = bound("thresholds/CPU usage/Minor", { policy });
    assert.ok(rule.is === "threshold");
    assert.deepEqual(
      rule.monitors.map(({ id, thresholds }) => [id, thresholds.map(({ grade, bound: line }) => [grade, line])]),
      [["cpu-high", [["Minor", 0.9]]]],
    );
  });
});
