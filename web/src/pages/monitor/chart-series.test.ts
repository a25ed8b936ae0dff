import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownMetrics } from "../../../../src/http/wire/monitors.ts";
import { drawnOf, pastOf, placesOf, rangesOf, scaleOf, summaryOf } from "./chart-series.ts";

function metrics(...series: ShownMetrics["series"]): ShownMetrics {
  return {
    metric: "m",
    unit: "count",
    from: "",
    to: "",
    stepSeconds: 60,
    resolution: "minute",
    at: [0, 60, 120, 180],
    series,
    seriesCount: series.length,
  };
}

const AVG = { form: "avg", window: 300_000 } as const;

test("what is drawn is what was chosen, whatever the order of labels, and only what brought something", () => {
  const column = [1, 2, 3, 4];
  const answer = metrics({ labels: { host: "a", mount: "/" }, avg: column, min: column, max: column });
  const chosen: Parameters<typeof drawnOf>[1] = [
    { labels: { mount: "/", host: "a" }, name: "a /", place: 0 },
    { labels: { host: "b" }, name: "b", place: 1 },
  ];
  assert.deepEqual(
    drawnOf(answer, chosen, AVG).map(({ name }) => name),
    ["a /"],
  );
});

test("a counter is drawn as how fast it grows, and its restart is no fall", () => {
  const counter = [100, 160, 30, null];
  const answer = metrics({ labels: {}, avg: counter, min: counter, max: counter });
  const chosen = [{ labels: {}, name: "all", place: 0 }];
  const [rate] = drawnOf(answer, chosen, { form: "rate", window: 300_000 });
  assert.deepEqual(rate?.avg, [null, 1, 0.5, null]);
  const [increase] = drawnOf(answer, chosen, { form: "increase", window: 300_000 });
  assert.deepEqual(increase?.avg, [null, 300, 150, null]);
});

test("the table tells the least, the mean, the most and the last of what is drawn", () => {
  const series = { name: "a", place: 0, avg: [1, null, 3], min: [0, null, 2], max: [2, null, 9] };
  assert.deepEqual(summaryOf(series), { name: "a", min: 0, avg: 2, max: 9, last: 3, maxAt: 2 });
  const empty = { name: "a", place: 0, avg: [null], min: [null], max: [null] };
  assert.deepEqual(summaryOf(empty), { name: "a", min: null, avg: null, max: null, last: null, maxAt: null });
});

test("a share is drawn on its whole, and a line far away does not flatten the rest", () => {
  const of = (...avg: number[]) => [{ name: "a", place: 0, avg, min: avg, max: avg }];
  assert.deepEqual(scaleOf(of(0.3, 0.6), [0.9], true), { min: 0, max: 1 });
  assert.ok(scaleOf(of(0.001, 0.002), [0.9], true).max < 0.01);
  assert.ok(scaleOf(of(0.1, 0.2), [0.5], false).max > 0.5);
  assert.ok(scaleOf(of(0.1, 0.2), [10], false).max < 1);
});

test("how long it was past a line is told as far as the points tell, and a gap is not past it", () => {
  const column = [0.1, 0.9, null, 0.95, 0.5];
  const series = { name: "a", place: 0, avg: column, min: column, max: column };
  assert.equal(pastOf(series, [{ when: "at-least", bound: 0.9 }], 60), 120);
  assert.equal(pastOf(series, [{ when: "below", bound: 0.5 }], 60), 60);
  assert.equal(pastOf(series, [], 60), 0);
});

test("a table of the values has as many rows as can be read, from the last backwards", () => {
  assert.deepEqual(placesOf(3, 48), [2, 1, 0]);
  assert.deepEqual(placesOf(10, 4), [9, 6, 3, 0]);
  assert.deepEqual(placesOf(0, 4), []);
});

test("what was usual is a band over every hour of which something is known", () => {
  const hour = (nth: number, low: number | null, high: number | null) => ({
    at: new Date(nth * 3_600_000).toISOString(),
    low,
    high,
  });
  const hours = [hour(0, 1, 3), hour(1, 1, 3), hour(2, null, null), hour(3, 2, 5)];
  assert.deepEqual(rangesOf(hours, 1), [
    { place: 1, from: 0, to: 7_200, low: 1, high: 3 },
    { place: 1, from: 10_800, to: 14_400, low: 2, high: 5 },
  ]);
});
