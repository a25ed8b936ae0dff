import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import type { MetricQuery } from "../monitor/monitor.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "../time/instant.ts";
import { RecentSeries } from "./recent-series.ts";
import type { Labels } from "./sample.ts";

const NOW = Date.UTC(2026, 2, 2, 10, 30, 30);
const ALL: MetricQuery = { metric: "m", matchers: [] };

function held(seriesMax?: number) {
  const recent = new RecentSeries((key) => asId(key), seriesMax);
  const add = (at: number, value: number, labels: Labels = {}, now = NOW): void => {
    const series = recent.hold("m", labels, now);
    assert.ok(series);
    recent.add(series, { at, value }, now);
  };
  return { recent, add };
}

test("the last minutes are samples, and what was before is minutes; they meet without a gap and without an overlap", () => {
  const { recent, add } = held();
  for (let at = NOW - 10 * MINUTE_MS; at <= NOW; at += 10 * SECOND_MS) add(at, at);
  const [series] = recent.matching(ALL, NOW - HOUR_MS);
  assert.ok(series);
  const points = recent.points(series, NOW - HOUR_MS, NOW);
  assert.equal(
    points.reduce((sum, { count }) => sum + count, 0),
    61,
  );
  const singles = points.filter(({ count }) => count === 1);
  assert.equal(singles.length, 34, "samples begin with the minute five minutes ago");
  assert.equal(singles[0]?.at, Date.UTC(2026, 2, 2, 10, 25, 0));
  assert.deepEqual(
    points.map(({ at }) => at),
    points.map(({ at }) => at).sort((a, b) => a - b),
  );
});

test("a sample that comes late stands where it belongs", () => {
  const { recent, add } = held();
  for (const second of [30, 10, 20, 0, 40]) add(NOW - MINUTE_MS + second * SECOND_MS, second);
  const [series] = recent.matching(ALL, 0);
  assert.ok(series);
  assert.deepEqual(
    recent.points(series, 0, NOW).map(({ last }) => last),
    [0, 10, 20, 30, 40],
  );
});

test("what matches is told by metric, labels and when it last brought something", () => {
  const { recent, add } = held();
  add(NOW, 1, { host: "a" });
  add(NOW - 2 * MINUTE_MS, 1, { host: "b" });
  const ofB: MetricQuery = { metric: "m", matchers: [{ name: "host", value: "b", isRegex: false, isEqual: true }] };
  assert.deepEqual(
    recent.matching(ofB, 0).map(({ key }) => key),
    ['m{host="b"}'],
  );
  assert.equal(recent.matching(ofB, NOW - MINUTE_MS).length, 0);
  assert.equal(recent.matching({ ...ALL, metric: "other" }, 0).length, 0);
  assert.deepEqual([...recent.names(NOW - MINUTE_MS)], [["m", 1]]);
});

test("no more series than there is room for; one that is silent for hours makes room", () => {
  const { recent, add } = held(2);
  add(NOW, 1, { host: "a" });
  add(NOW, 1, { host: "b" });
  assert.equal(recent.hold("m", { host: "c" }, NOW), undefined);
  assert.ok(recent.hold("m", { host: "a" }, NOW), "one that is known is not one more");
  const later = NOW + 2 * HOUR_MS;
  add(later, 1, { host: "b" }, later);
  recent.forget(later + HOUR_MS);
  assert.ok(recent.hold("m", { host: "c" }, later));
  assert.equal(recent.size, 2);
});

test("a series that is held while its sample becomes durable is not let go of", () => {
  const { recent } = held();
  const series = recent.hold("m", {}, NOW);
  recent.forget(NOW + MINUTE_MS);
  assert.equal(recent.hold("m", {}, NOW + MINUTE_MS), series);
});

test("a day of samples takes no more room than the last minutes of it", () => {
  const { recent, add } = held();
  for (let at = NOW; at < NOW + 24 * HOUR_MS; at += 15 * SECOND_MS) {
    add(at, 1, {}, at);
    if (at % MINUTE_MS === 0) recent.forget(at);
  }
  const [series] = recent.matching(ALL, 0);
  assert.ok((series?.ring.size ?? 99) <= 25, `${series?.ring.size} samples`);
  recent.forget(NOW + 24 * HOUR_MS);
  assert.ok((series?.hours.size ?? 99) <= 3, `${series?.hours.size} hours of minutes`);
});
