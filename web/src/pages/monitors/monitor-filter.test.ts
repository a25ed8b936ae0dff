import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownItem, ShownMonitor, ShownSeries } from "../../../../src/http/wire/monitors.ts";
import { fitting, isShownItem, type MonitorFilter } from "./monitor-filter.ts";
import { worstFirst } from "./worst.ts";

const ALL: MonitorFilter = { q: "", state: "", place: "" };

function series(host: string, value: number | null, more: Partial<ShownSeries> = {}): ShownSeries {
  const rest = {
    state: "ok",
    grade: null,
    since: null,
    incident: null,
    muted: null,
    usual: null,
    usualWords: null,
    lastAt: null,
  } as const;
  return { key: host, labels: { host, mount: "/var" }, value, ...rest, ...more };
}

function monitor(...all: readonly ShownSeries[]): ShownMonitor {
  const rule = {
    query: { metric: "host_disk_used_ratio", matchers: [] },
    thresholds: [{ grade: "Minor", when: "above", bound: 0.9, hold: 0 }],
  };
  const shown = { id: "disk", title: "디스크 사용률", item: null, state: "firing", series: all, rule };
  return shown as unknown as ShownMonitor;
}

test("words find a monitor by its name whatever the spaces, and else the series that carry them", () => {
  const disk = monitor(series("web-01", 0.5), series("db-01", 0.95));
  assert.equal(fitting(disk, { ...ALL, q: "디스크사용" })?.series.length, 2);
  assert.deepEqual(
    fitting(disk, { ...ALL, q: "DB-0" })?.series.map(({ key }) => key),
    ["db-01"],
  );
  assert.equal(fitting(disk, { ...ALL, q: "redis" }), undefined);
});

test("a host shows its own series, and a monitor without any of them not at all", () => {
  const disk = monitor(series("web-01", 0.5), series("db-01", 0.95));
  assert.deepEqual(
    fitting(disk, { ...ALL, place: "web-01" })?.series.map(({ key }) => key),
    ["web-01"],
  );
  assert.equal(fitting(disk, { ...ALL, place: "gpu-01" }), undefined);
});

test("an item that nothing watches is trouble", () => {
  const item = { name: "세션 상태", advice: "…" } as unknown as ShownItem;
  assert.equal(isShownItem(item, { ...ALL, state: "trouble" }), true);
  assert.equal(isShownItem(item, { ...ALL, state: "ok" }), false);
  assert.equal(isShownItem(item, { ...ALL, q: "세션" }), true);
  assert.equal(isShownItem(item, { ...ALL, q: "CPU" }), false);
});

test("the worst stands first: what fires by its grade, then what is nearest to the line", () => {
  const rank = (grade: string): number => ["Critical", "Major", "Minor"].indexOf(grade);
  const all = [
    series("well", 0.4),
    series("near", 0.89),
    series("minor", 0.91, { state: "firing", grade: "Minor" }),
    series("major", 0.96, { state: "firing", grade: "Major" }),
    series("gone", null, { state: "no-data" }),
  ];
  assert.deepEqual(
    worstFirst(all, monitor(), rank).map(({ key }) => key),
    ["major", "minor", "gone", "near", "well"],
  );
});
