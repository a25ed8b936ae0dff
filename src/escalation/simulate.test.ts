import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { minute, POLICY_TEXT, policyFrom, ROSTER_TEXT, rosterFrom, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import { comparePlans } from "./compare-plans.ts";
import type { Drivers } from "./means.ts";
import { type Dead, firstWoken, NOBODY_DEAD, simulate, untilTheTop, wokenBy } from "./simulate.ts";
import type { Step } from "./step.ts";

const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
  ["sms", "people"],
]);

function steps(grade: string, dead: Dead = NOBODY_DEAD, policy = POLICY_TEXT): readonly Step[] {
  const facts = { policy: policyFrom(policy), roster: rosterFrom(ROSTER_TEXT), drivers: DRIVERS, dead };
  return simulate({ grade, at: T0 }, facts);
}
const dead = (people: readonly string[], channels: Dead["channels"] = []): Dead => ({
  people: people.map((id) => asId(id)),
  channels,
});

describe("an incident that has not happened", () => {
  test("is planned until its last team was called", () => {
    const policy = policyFrom(POLICY_TEXT);
    const last = steps("Minor").at(-1)?.due ?? 0;
    assert.ok(last <= T0 + untilTheTop(policy, "Minor"));
    const people = new Set(steps("Minor").flatMap(wokenBy));
    for (const one of ["carol", "erin", "grace", "alice"]) assert.ok(people.has(asId(one)), one);
  });

  test("goes to the next contact where a channel is supposed to be dead, and wakes nobody where all are", () => {
    const [first] = steps("Critical", dead([], ["sms"]));
    assert.ok(first?.reach.every(({ channel }) => channel !== "sms"));
    assert.ok(first?.reach.some(({ insteadOf }) => insteadOf !== undefined));
    assert.equal(firstWoken(steps("Critical", dead([], ["sms", "slack", "email"]))), undefined);
  });

  test("passes over whoever is supposed to be out of reach, up to the next team and to anybody who is left", () => {
    const all = ["alice", "bob", "carol", "dave", "erin", "frank"];
    const [first] = steps("Minor", dead(["carol"]));
    assert.deepEqual(first === undefined ? [] : wokenBy(first).includes(asId("carol")), false);
    const woken = firstWoken(steps("Minor", dead(all)));
    assert.deepEqual(woken, { at: T0, people: ["grace"] });
  });

  test("nobody dead changes nothing", () => {
    assert.deepEqual(steps("Major", dead([])), steps("Major"));
  });
});

describe("two plans side by side", () => {
  test("are the same where people notice no difference, even if another clause says so", () => {
    const moved = POLICY_TEXT.replace("criteria: [everything is down]", "criteria: [all is lost]");
    const compared = comparePlans(steps("Critical"), steps("Critical", NOBODY_DEAD, `# moved\n\n${moved}`), T0);
    assert.ok(compared.same && compared.rows.length > 2);
    assert.ok(compared.woken.every(({ left, right }) => left === right));
  });

  test("differ where somebody is woken later, and say who", () => {
    const slower = POLICY_TEXT.replace("within 2 hours", "within 3 hours");
    const compared = comparePlans(steps("Major"), steps("Major", NOBODY_DEAD, slower), T0);
    assert.equal(compared.same, false);
    const grace = compared.woken.find(({ person }) => person === "grace");
    assert.deepEqual([grace?.left, grace?.right], [minute(120) - T0, minute(180) - T0]);
    const places = compared.rows.flatMap(({ left }) => left);
    assert.deepEqual(
      places,
      steps("Major").map((_, index) => index),
    );
  });

  test("one without steps is on one side only", () => {
    const compared = comparePlans(steps("Minor"), [], T0);
    assert.ok(compared.rows.every(({ right }) => right.length === 0));
    assert.ok(compared.woken.every(({ right }) => right === undefined));
  });
});
