import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DRIVERS, policy, roster, T0 } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import { HOUR_MS } from "../time/instant.ts";
import { nightOf, supposedOnDuty, teamsOf } from "./night.ts";
import { simulate } from "./simulate.ts";

/** dave's turn at intake begins at 21:00; T0 is carol's. */
const dave = asId<"person">("dave");
const facts = { policy, roster, drivers: DRIVERS };

describe("the night of a person", () => {
  test("is the plan's own steps, as far as they reach them", () => {
    const whole = simulate({ grade: "Minor", at: T0 }, facts);
    const mine = nightOf(asId("carol"), { grade: "Minor", at: T0 }, facts);
    assert.ok(mine.length > 0 && mine.length < whole.length);
    for (const step of mine) {
      const same = whole.find(({ key }) => key === step.key);
      assert.deepEqual([step.due, step.clause], [same?.due, same?.clause]);
      const theirs = same?.reach.filter(({ people }) => people.includes(asId("carol")));
      assert.deepEqual(step.reach, theirs);
    }
  });

  test("whose turn it is not is woken as if it were, and as it stands is not", () => {
    const supposed = { policy, drivers: DRIVERS, roster: supposedOnDuty(dave, policy, roster) };
    const [first] = nightOf(dave, { grade: "Minor", at: T0 }, supposed);
    assert.equal(first?.due, T0);
    const asItStands = nightOf(dave, { grade: "Minor", at: T0 }, facts);
    assert.ok(asItStands.every(({ due }) => due > T0));
    const hisTurn = nightOf(dave, { grade: "Minor", at: T0 + 12 * HOUR_MS }, facts);
    assert.deepEqual(
      hisTurn[0]?.reach.map(({ channel }) => channel),
      first?.reach.map(({ channel }) => channel),
    );
  });

  test("their teams are those in which they may have the turn", () => {
    assert.deepEqual(teamsOf(dave, policy, roster), ["L1"]);
    assert.deepEqual(teamsOf(asId("bob"), policy, roster), []);
  });

  test("the other teams stay as they are", () => {
    const supposed = supposedOnDuty(dave, policy, roster);
    assert.deepEqual(supposed.duty?.("L1", T0), ["dave"]);
    assert.deepEqual(supposed.duty?.("L2", T0), ["erin", "frank"]);
  });
});
