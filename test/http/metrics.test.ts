import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { MetricNames, ShownMetrics } from "../../src/http/wire/monitors.ts";
import { SECOND_MS, toIso } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const START = Date.UTC(2026, 2, 2, 1);

describe("what was measured, over HTTP", () => {
  let served: Served;
  let read: Asker;
  before(async () => {
    served = await startServed({ policy: POLICY, roster: ROSTER, start: START });
    read = await served.as("read");
    const { metrics } = served.world.engine;
    for (let n = 0; n < 12; n++) {
      const at = START - (12 - n) * 10 * SECOND_MS;
      const samples = ["db-1", "db-2"].map((host, index) => ({
        metric: "host_cpu_used_ratio",
        labels: { host },
        at,
        value: n / 10 + index,
      }));
      await metrics.accept({ id: `b${n}`, samples });
    }
  });
  after(() => served?.stop());

  const query = (text: string) => read<ShownMetrics>("GET", `/api/v1/metrics/query?${text}`);

  test("a series that matches is told on one axis with the others, with nothing where nothing was measured", async () => {
    const range = `from=${toIso(START - 180 * SECOND_MS)}&to=${toIso(START)}`;
    const { status, body } = await query(`metric=host_cpu_used_ratio&match=host%3D%22db-2%22&${range}`);
    assert.equal(status, 200);
    assert.deepEqual([body.unit, body.resolution, body.stepSeconds, body.seriesCount], ["ratio", "sample", 10, 1]);
    assert.equal(body.at.length, 18);
    assert.equal(body.at[0], START / SECOND_MS - 180);
    const [series] = body.series;
    assert.deepEqual(series?.labels, { host: "db-2" });
    assert.deepEqual(series?.avg.slice(0, 8), [null, null, null, null, null, null, 1, 1.1]);
    assert.deepEqual(series?.max, series?.min);
    const both = await query(`metric=host_cpu_used_ratio&match=host%3D~db-.%2B&match=host!%3Dother&${range}&series=1`);
    assert.deepEqual([both.body.series.length, both.body.seriesCount], [1, 2]);
    const none = await query("metric=nothing_of_that_name");
    assert.deepEqual([none.status, none.body.series, none.body.seriesCount], [200, [], 0]);
  });

  test("an hour is told in minutes, with the least and the greatest of each", async () => {
    const { body } = await query(`metric=host_cpu_used_ratio&to=${toIso(START)}&match=host%3Ddb-1`);
    assert.deepEqual([body.resolution, body.stepSeconds, body.at.length], ["minute", 60, 60]);
    assert.deepEqual([body.series[0]?.min.at(-1), body.series[0]?.max.at(-1)], [0.6, 1.1]);
  });

  test("the names of metrics are told with their units", async () => {
    const { body } = await read<MetricNames>("GET", "/api/v1/metrics/names");
    const { unit, series } = body.metrics.find(({ metric }) => metric === "host_cpu_used_ratio") ?? {};
    assert.deepEqual([unit, series], ["ratio", 2]);
  });

  test("what cannot be asked is refused with the field and what is expected there", async () => {
    const refused: readonly (readonly [string, string])[] = [
      ["", "metric"],
      ["metric=a&metric=b", "metric"],
      ["metric=a&from=yesterday", "from"],
      ["metric=a&from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z", "from"],
      ["metric=a&points=1", "points"],
      ["metric=a&points=100000", "points"],
      ["metric=a&series=0", "series"],
      ["metric=a&match=host", "match"],
      ["metric=a&match=host%3D~%28", "match"],
    ];
    for (const [text, field] of refused) {
      const { status, body } = await read<{ error: { facts: { field: string; expected: string } } }>(
        "GET",
        `/api/v1/metrics/query?${text}`,
      );
      assert.equal(status, 400, text);
      assert.equal(body.error.facts.field, field, text);
      assert.ok(body.error.facts.expected.length > 5, text);
    }
  });
});
