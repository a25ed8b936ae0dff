import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Line, lineOf, look, type Standing, standingOfAlert, UNSEEN, verdictOf } from "./judge.ts";
import type { Missing, Threshold } from "./monitor.ts";

const KEEP: Missing = { then: "keep", after: 180_000 };
const over = (bound: number, hold: number, clear?: number, grade = "Major"): Line => {
  const threshold: Threshold = { grade, when: "at-least", bound, hold, ...(clear === undefined ? {} : { clear }) };
  return lineOf(threshold, true);
};

/** Looks every ten seconds; a gap is a look at which nothing was measured. */
function looks(
  lines: readonly Line[],
  values: readonly (number | undefined)[],
  missing = KEEP,
  from: Standing = UNSEEN,
): readonly string[] {
  let standing = from;
  return values.map((value, nth) => {
    const at = nth * 10_000;
    standing = look(standing, lines, missing, { value, measuredAt: value === undefined ? undefined : at, at });
    const verdict = verdictOf(standing, lines, missing);
    return "grade" in verdict ? `${verdict.state} ${verdict.grade}` : verdict.state;
  });
}

describe("a line", () => {
  test("that counts when values stop counts only so much of the silence as the rule lets pass for none", () => {
    const brief: Missing = { then: "keep", after: 30_000 };
    const silence = Array.from({ length: 30 }, () => undefined);
    const told = looks([over(90, 60_000)], [95, 95, ...silence, 95, 95, 95], brief);
    // 10 s before, 30 s of the silence, then what is measured.
    assert.deepEqual(told.slice(-3), ["pending Major", "pending Major", "firing Major"]);
  });

  test("begins nothing in the future where the clock is put back", () => {
    const lines = [over(90, 20_000)];
    const seen = (at: number) => ({ value: 95, measuredAt: at, at });
    let standing = look(UNSEEN, lines, KEEP, seen(3_600_000));
    for (const at of [0, 10_000, 20_000]) standing = look(standing, lines, KEEP, seen(at));
    assert.equal(verdictOf(standing, lines, KEEP).state, "firing");
  });

  test("fires when the value was past it for as long as it must hold", () => {
    assert.deepEqual(looks([over(90, 20_000)], [89, 90, 91, 92, 93, 89]), [
      "ok",
      "pending Major",
      "pending Major",
      "firing Major",
      "firing Major",
      "ok",
    ]);
  });

  test("that must hold for no time fires at once", () => {
    assert.deepEqual(looks([over(90, 0)], [90, 89]), ["firing Major", "ok"]);
  });

  test("begins to count anew when the value came back", () => {
    assert.deepEqual(looks([over(90, 20_000)], [91, 91, 80, 91, 91, 91]).at(-2), "pending Major");
  });

  test("ends only past its own end", () => {
    assert.deepEqual(looks([over(90, 0, 80)], [91, 85, 79, 85]), ["firing Major", "firing Major", "ok", "ok"]);
  });

  test("goes on firing through silence, and what counts waits", () => {
    assert.deepEqual(looks([over(90, 0)], [91, undefined, undefined, 91]), [
      "firing Major",
      "firing Major",
      "firing Major",
      "firing Major",
    ]);
    assert.equal(looks([over(90, 20_000)], [91, undefined, 91]).at(-1), "firing Major");
  });

  test("outside of its hours is not looked at, and what it fired ends", () => {
    const line = over(90, 0);
    const fired = look(UNSEEN, [line], KEEP, { value: 99, measuredAt: 0, at: 0 });
    const rests = [{ ...line, applies: "no" as const }];
    const after = look(fired, rests, KEEP, { value: 99, measuredAt: 1, at: 1 });
    assert.equal(verdictOf(after, rests, KEEP).state, "ok");
  });

  test("of several the most severe that fires is told", () => {
    const lines = [over(95, 10_000, undefined, "Critical"), over(90, 0, undefined, "Minor")];
    assert.deepEqual(looks(lines, [96, 96, 91, 80]), ["firing Minor", "firing Critical", "firing Minor", "ok"]);
  });
});

describe("silence", () => {
  const alert: Missing = { then: "alert", after: 20_000, grade: "Minor" };

  test("of what was never there is nothing", () => {
    assert.deepEqual(looks([over(90, 0)], [undefined, undefined], alert), ["unseen", "unseen"]);
  });

  test("of what was there fires where the rule says so, and ends with the next value", () => {
    assert.deepEqual(looks([over(90, 0)], [1, undefined, undefined, undefined, 1], alert), [
      "ok",
      "no-data",
      "firing Minor",
      "firing Minor",
      "ok",
    ]);
  });

  test("is over where the rule says so, and only then", () => {
    const end: Missing = { then: "end", after: 20_000 };
    const silent = [95, undefined, undefined, undefined, 95];
    const firing = (text: string): boolean => text.startsWith("firing");
    assert.deepEqual(looks([over(90, 0)], silent, end).map(firing), [true, true, false, false, true]);
    assert.deepEqual(looks([over(90, 0)], silent, KEEP).map(firing), [true, true, true, true, true]);
  });

  test("counts from when Bongsu hears again: nobody is silent because the server was away", () => {
    const alert: Missing = { then: "alert", after: 30_000, grade: "Minor" };
    const lines = [over(90, 0)];
    const before = look(UNSEEN, lines, alert, { value: 1, measuredAt: 0, at: 0 });
    const at = (now: number, hearsSince: number): string => {
      const standing = look(before, lines, alert, { value: undefined, measuredAt: undefined, hearsSince, at: now });
      return verdictOf(standing, lines, alert).state;
    };
    assert.equal(at(600_000, 590_000), "no-data");
    assert.equal(at(620_000, 590_000), "firing");
  });
});

test("what fired before a start goes on with the line of its grade, until a value says otherwise", () => {
  const lines = [over(95, 60_000, 90, "Critical"), over(80, 60_000, 70, "Minor")];
  const critical = standingOfAlert(UNSEEN, lines, { grade: "Critical", since: -1_000 });
  assert.deepEqual(looks(lines, [undefined, 92, 89, 75, 60], KEEP, critical), [
    "firing Critical",
    "firing Critical",
    "pending Minor",
    "ok",
    "ok",
  ]);
  // A grade that the rule has no more: the most severe line stands in for it.
  assert.equal(
    looks(lines, [94], KEEP, standingOfAlert(UNSEEN, lines, { grade: "Gone", since: 0 }))[0],
    "firing Critical",
  );
  assert.equal(looks([], [94], KEEP, standingOfAlert(UNSEEN, [], { grade: "Gone", since: 0 }))[0], "ok");
});

test("agrees with a twin that looks back over everything it has seen", () => {
  const value = fc.option(fc.integer({ min: 0, max: 10 }), { nil: undefined, freq: 5 });
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 40 }),
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 4 }),
      (values, bound, below, holds) => {
        const lines = [over(bound, holds * 10_000, bound - below)];
        const told = looks(lines, values);
        values.forEach((_, nth) => {
          assert.equal(told[nth]?.startsWith("firing"), firesBy(values.slice(0, nth + 1), bound, bound - below, holds));
        });
      },
    ),
    { numRuns: 500 },
  );
});

/** Whether it fires after these looks, told from the last place at which it cannot have fired. */
function firesBy(values: readonly (number | undefined)[], bound: number, clear: number, holds: number): boolean {
  let fires = false;
  let since: number | undefined;
  for (const [nth, value] of values.entries()) {
    if (value === undefined) continue;
    if (fires) {
      if (value < clear) {
        fires = false;
        since = undefined;
      }
      continue;
    }
    if (value < bound) since = undefined;
    else {
      since ??= nth;
      fires = nth - since >= holds;
    }
  }
  return fires;
}
