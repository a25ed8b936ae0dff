import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../../id/id.ts";
import type { Incident } from "../../incident/incident.ts";
import { pointOf, seriesKey } from "../../metric/sample.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, fromIso, HOUR_MS, MINUTE_MS } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { type Baselines, createBaselines } from "./baselines.ts";
import type { Surroundings } from "./untaught-facts.ts";

const NOW = fromIso("2026-11-26T14:20:00+09:00") ?? 0;
const DAYS: Surroundings = { zone: "Asia/Seoul", isHoliday: () => false, services: [] };
const MONITOR: Monitor = {
  id: asId("cpu"),
  title: "CPU",
  query: { metric: "host_cpu_used_ratio", matchers: [] },
  measure: { form: "avg", window: 5 * MINUTE_MS },
  thresholds: [],
  baseline: { grade: "Minor", weeks: 4, spreads: 4, side: "above", hold: 0 },
  missing: { then: "keep", after: 5 * MINUTE_MS },
  exceptions: [],
  enabled: true,
  from: "people",
};
const DB = seriesKey("host_cpu_used_ratio", { host: "db-01" });
const WEB = seriesKey("host_cpu_used_ratio", { host: "web-01" });

/** A store that knows db-01 for ever and web-01 since ten days, and counts what it is asked. */
function history(): Pick<Metrics, "history"> & { asked: number; isAway: boolean } {
  const known = {
    asked: 0,
    isAway: false,
    history: (async (_query, { from, to }) => {
      known.asked++;
      if (known.isAway) throw new Error("away");
      const series = [DB, ...(from > NOW - 10 * DAY_MS ? [WEB] : [])].map((key) => ({
        key,
        labels: {},
        points: [pointOf(from, 0.9), pointOf(to - HOUR_MS, 0.5)],
      }));
      return { resolution: "hour", step: HOUR_MS, series, seriesCount: series.length };
    }) satisfies Metrics["history"],
  };
  return known;
}

/** A store that knows of nothing that went wrong, but for these incidents. */
function calm(...incidents: readonly Incident[]): Pick<Queries, "incidents" | "silences" | "maintenances"> {
  return { incidents: async () => incidents, silences: async () => [], maintenances: async () => [] };
}

/** What is usual, without the hours that it was learned of. */
function told(usual: ReturnType<Baselines["usual"]>): object | undefined {
  if (usual === undefined) return undefined;
  const { hours: _, ...rest } = usual;
  return rest;
}

describe("what baselines know", () => {
  test("nothing before it is learned, week by week, and then each series its own", async () => {
    const store = history();
    const baselines = createBaselines(store, calm());
    assert.equal(baselines.usual(MONITOR, DB, NOW), undefined);
    for (let week = 1; week <= 3; week++) assert.equal((await baselines.learn([MONITOR], DAYS, NOW)).left, 1);
    assert.equal(baselines.usual(MONITOR, DB, NOW), undefined);
    assert.deepEqual(await baselines.learn([MONITOR], DAYS, NOW), { left: 0, series: 2, leftOut: 0, failed: null });
    assert.deepEqual(told(baselines.usual(MONITOR, DB, NOW)), { mean: 0.5, spread: 0.05, weeks: 4 });
    assert.deepEqual(told(baselines.usual(MONITOR, WEB, NOW)), { learning: 1 });
    assert.deepEqual(told(baselines.usual(MONITOR, seriesKey("host_cpu_used_ratio", { host: "new" }), NOW)), {
      learning: 0,
    });
    await baselines.learn([MONITOR], DAYS, NOW + MINUTE_MS);
    assert.equal(store.asked, 4);
  });

  test("the next hour is learned before it begins, and the one that is over is forgotten", async () => {
    const baselines = createBaselines(history(), calm());
    const soon = NOW + 35 * MINUTE_MS;
    while ((await baselines.learn([MONITOR], DAYS, soon)).left > 0);
    const next = NOW + 45 * MINUTE_MS;
    assert.notEqual(baselines.usual(MONITOR, DB, soon), undefined);
    assert.notEqual(baselines.usual(MONITOR, DB, next), undefined);
    await baselines.learn([MONITOR], DAYS, next);
    assert.equal(baselines.usual(MONITOR, DB, soon), undefined);
  });

  test("a store that is away costs nothing that is known, and is asked for the same week again", async () => {
    const store = history();
    const baselines = createBaselines(store, calm());
    await baselines.learn([MONITOR], DAYS, NOW);
    store.isAway = true;
    assert.deepEqual(await baselines.learn([MONITOR], DAYS, NOW), {
      left: 1,
      series: 0,
      leftOut: 0,
      failed: "Error: away",
    });
    store.isAway = false;
    while ((await baselines.learn([MONITOR], DAYS, NOW)).left > 0);
    assert.deepEqual(told(baselines.usual(MONITOR, DB, NOW)), { mean: 0.5, spread: 0.05, weeks: 4 });
  });

  test("a rule that is changed is learned anew, and one without a baseline asks for nothing", async () => {
    const store = history();
    const baselines = createBaselines(store, calm());
    const { baseline: _none, ...plain } = MONITOR;
    const highest: Monitor = { ...MONITOR, measure: { form: "max", window: MINUTE_MS } };
    assert.equal((await baselines.learn([plain, highest, { ...MONITOR, enabled: false }], DAYS, NOW)).left, 0);
    assert.equal(store.asked, 0);
    while ((await baselines.learn([MONITOR], DAYS, NOW)).left > 0);
    const shorter: Monitor = { ...MONITOR, measure: { form: "last", window: MINUTE_MS } };
    assert.equal(baselines.usual(shorter, DB, NOW), undefined);
    assert.equal((await baselines.learn([shorter], DAYS, NOW)).left, 1);
  });
});
