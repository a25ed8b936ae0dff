import assert from "node:assert/strict";
import { test } from "node:test";
import { monthsOf, runsOf } from "./runs.ts";

test("days with the same letter are one run", () => {
  assert.deepEqual(runsOf("..ff."), [
    { letter: ".", start: 0, length: 2 },
    { letter: "f", start: 2, length: 2 },
    { letter: ".", start: 4, length: 1 },
  ]);
  assert.deepEqual(runsOf(""), []);
});

test("months begin where they begin in the zone, and a year has twelve of them", () => {
  // 26 November in Seoul, still the 25th in London.
  const seoul = monthsOf("2026-11-25T20:00:00.000Z", 366, "Asia/Seoul");
  assert.deepEqual(seoul[0], { at: 5, month: 12 });
  assert.equal(seoul.length, 12);
  assert.deepEqual(monthsOf("2026-11-25T20:00:00.000Z", 366, "Europe/London")[0], { at: 6, month: 12 });
});
