import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { MINUTE_MS } from "../time/instant.ts";
import { look, type Standing, standingOfAlert, UNSEEN, verdictOf } from "./judge.ts";
import { linesAt, type UsualRange } from "./lines.ts";
import type { Baseline, Missing, Threshold } from "./monitor.ts";

const BASELINE: Baseline = { grade: "Minor", weeks: 4, spreads: 4, side: "both", hold: 2 * MINUTE_MS };
const KEEP: Missing = { then: "keep", after: 5 * MINUTE_MS };
const USUAL: UsualRange = { low: 10, high: 20 };

function linesOf(usual: UsualRange | undefined, thresholds: readonly Threshold[] = []) {
  return linesAt(thresholds, BASELINE, { at: 0, holidays: [], usual });
}

function stateAfter(
  looks: readonly (readonly [value: number, usual: UsualRange | undefined])[],
  begun = UNSEEN,
): string {
  let standing: Standing = begun;
  let state = "";
  for (const [nth, [value, usual]] of looks.entries()) {
    const lines = linesOf(usual);
    const at = nth * MINUTE_MS;
    standing = look(standing, lines, KEEP, { value, measuredAt: at, at });
    state = verdictOf(standing, lines, KEEP).state;
  }
  return state;
}

describe("a line of what is usual", () => {
  test("fires once a value is outside of the range for long enough, on either side", () => {
    assert.equal(stateAfter([[30, USUAL]]), "pending");
    assert.equal(
      stateAfter([
        [30, USUAL],
        [30, USUAL],
        [30, USUAL],
      ]),
      "firing",
    );
    assert.equal(
      stateAfter([
        [5, USUAL],
        [5, USUAL],
        [5, USUAL],
      ]),
      "firing",
    );
    assert.equal(
      stateAfter([
        [30, USUAL],
        [15, USUAL],
        [30, USUAL],
      ]),
      "pending",
    );
  });

  test("fires nothing while it is not known what is usual, and ends nothing that fires", () => {
    assert.equal(
      stateAfter([
        [30, undefined],
        [30, undefined],
        [30, undefined],
      ]),
      "ok",
    );
    const fired = [
      [30, USUAL],
      [30, USUAL],
      [30, USUAL],
    ] as const;
    assert.equal(stateAfter([...fired, [30, undefined]]), "firing");
    assert.equal(stateAfter([...fired, [15, undefined]]), "firing");
    assert.equal(stateAfter([...fired, [15, undefined], [15, USUAL]]), "ok");
  });

  test("goes on after a start with its alert alone, though a threshold of the same grade stands before it", () => {
    const threshold: Threshold = { grade: "Minor", when: "above", bound: 100, hold: 0 };
    const lines = linesOf(undefined, [threshold]);
    const seen = { value: 30, measuredAt: 0, at: 0 };
    const begun = look(standingOfAlert(UNSEEN, lines, { grade: "Minor", since: 0 }), lines, KEEP, seen);
    assert.equal(verdictOf(begun, lines, KEEP).state, "firing");
    const known = linesOf(USUAL, [threshold]);
    assert.equal(verdictOf(look(begun, known, KEEP, seen), known, KEEP).state, "firing");
    const back = look(begun, known, KEEP, { ...seen, value: 15 });
    assert.equal(verdictOf(back, known, KEEP).state, "ok");
  });
});
