import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../time/instant.ts";
import { downsample, stepFor, usualGap } from "./downsample.ts";
import { pointOf } from "./sample.ts";

test("a step is one that people read easily, and cuts the range into no more than asked for", () => {
  const from = Date.UTC(2026, 2, 2, 9, 59, 59);
  for (const length of [MINUTE_MS, HOUR_MS, DAY_MS, 30 * DAY_MS, 400 * DAY_MS, 20_000 * DAY_MS]) {
    for (const pointsMax of [2, 7, 300, 2_000]) {
      const step = stepFor({ from, to: from + length }, pointsMax, SECOND_MS);
      const begin = Math.floor(from / step) * step;
      assert.ok((from + length - begin) / step <= pointsMax, `${length} in ${pointsMax}`);
    }
  }
  assert.equal(stepFor({ from: 0, to: DAY_MS }, 300, MINUTE_MS), 5 * MINUTE_MS);
  assert.equal(stepFor({ from: 0, to: HOUR_MS }, 2_000, MINUTE_MS), MINUTE_MS);
});

test("points within one step become one, and a step without any has none", () => {
  const points = [0, 10, 50, 125].map((second) => pointOf(second * SECOND_MS, second));
  assert.deepEqual(downsample(points, MINUTE_MS), [
    { at: 0, min: 0, max: 50, sum: 60, count: 3, last: 50 },
    { at: 2 * MINUTE_MS, min: 125, max: 125, sum: 125, count: 1, last: 125 },
  ]);
});

test("the usual gap is the one in the middle", () => {
  assert.equal(usualGap([0, 10, 20, 500].map((at) => ({ at }))), 10);
  assert.equal(usualGap([{ at: 0 }]), undefined);
});
