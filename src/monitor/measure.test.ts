import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Point, pointOf } from "../metric/sample.ts";
import { measured, measuredAt } from "./measure.ts";
import type { Measure } from "./monitor.ts";

const window = 60_000;
const raw = (...values: readonly number[]): readonly Point[] =>
  values.map((value, nth) => pointOf(nth * 10_000, value));

describe("the value of a window", () => {
  const points = raw(1, 2, 3, 10, 4);
  for (const [measure, value] of [
    [{ form: "last", window }, 4],
    [{ form: "avg", window }, 4],
    [{ form: "min", window }, 1],
    [{ form: "max", window }, 10],
    [{ form: "percentile", percentile: 50, window }, 3],
    [{ form: "percentile", percentile: 95, window }, 10],
    [{ form: "avg", window: 20_000 }, 17 / 3],
  ] as const satisfies readonly (readonly [Measure, number])[]) {
    test(`${measure.form} of ${measure.window / 1_000} s`, () => {
      assert.equal(measured(measure, points, 40_000), value);
    });
  }

  test("is of what was measured by then, and of nothing else", () => {
    assert.equal(measured({ form: "last", window }, points, 25_000), 3);
    assert.equal(measured({ form: "last", window }, points, -1), undefined);
    assert.equal(measured({ form: "last", window }, points, 100_001), undefined);
    assert.equal(measured({ form: "last", window }, [], 0), undefined);
    assert.equal(measuredAt(points, 25_000), 20_000);
    assert.equal(measuredAt(points, -1), undefined);
  });

  test("a counter that fell was started anew: what it shows then is what it grew by", () => {
    const counter = raw(100, 110, 120, 5, 15);
    assert.equal(measured({ form: "increase", window }, counter, 40_000), 35);
    assert.equal(measured({ form: "rate", window }, counter, 40_000), 35 / 40);
    assert.equal(measured({ form: "increase", window }, raw(7), 0), undefined);
  });

  test("growth counts from the last value before the window", () => {
    assert.equal(measured({ form: "increase", window: 10_000 }, raw(0, 5, 9), 20_000), 9);
    assert.equal(
      measured({ form: "increase", window: 10_000 }, [pointOf(0, 1), pointOf(90_000, 9)], 90_000),
      undefined,
    );
  });

  test("of minutes is the same as of their samples, but for percentiles", () => {
    const samples = fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 6, maxLength: 60 });
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom("last" as const, "avg" as const, "min" as const, "max" as const),
        (values, form) => {
          const whole = values.slice(0, values.length - (values.length % 6));
          const points = raw(...whole);
          const minutes: Point[] = [];
          for (let nth = 0; nth < points.length; nth += 6) {
            const part = points.slice(nth, nth + 6);
            const all = part.map(({ last }) => last);
            minutes.push({
              at: part[0]?.at ?? 0,
              min: Math.min(...all),
              max: Math.max(...all),
              sum: all.reduce((sum, one) => sum + one, 0),
              count: 6,
              last: all.at(-1) ?? 0,
            });
          }
          const measure: Measure = { form, window: 3_600_000 };
          const [one, other] = [measured(measure, points, 3_600_000), measured(measure, minutes, 3_600_000)];
          assert.ok(Math.abs((one ?? 0) - (other ?? 0)) < 1e-9);
        },
      ),
    );
  });
});

test("what is no number is no value: it neither fires nor ends anything", () => {
  const points = [pointOf(0, Number.NaN)];
  for (const form of ["last", "avg", "min", "max"] as const)
    assert.equal(measured({ form, window }, points, 1_000), undefined);
  assert.equal(measured({ form: "percentile", percentile: 50, window }, points, 1_000), undefined);
  // Two values of a counter of one moment have no rate.
  assert.equal(measured({ form: "rate", window }, [pointOf(0, 1), pointOf(0, 2)], 1_000), undefined);
});

test("a percentile of few points is one of them, and each counts as often as it was measured", () => {
  const rare = { at: 0, min: 9, max: 9, sum: 9, count: 1, last: 9 };
  const often = { at: 60_000, min: 1, max: 1, sum: 60, count: 60, last: 1 };
  const measure = (percentile: number): Measure => ({ form: "percentile", percentile, window: 120_000 });
  assert.equal(measured(measure(95), [rare], 60_000), 9);
  assert.equal(measured(measure(95), [rare, often], 60_000), 1);
  assert.equal(measured(measure(99), [rare, often], 60_000), 9);
});
