import assert from "node:assert/strict";
import { test } from "node:test";
import { MeasuredNode } from "../../../test/world/measured-world.ts";
import { seededChance } from "../../id/chance.ts";
import { openStore } from "../../store/open-store.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../time/instant.ts";
import { SimClock } from "../../time/sim-clock.ts";

const START = Date.UTC(2026, 2, 2, 10, 30);
const QUERY = { metric: "m", matchers: [] };
const EVER = { from: 0, to: Number.MAX_SAFE_INTEGER };

test("minutes and hours go when their time has passed, and so does a series that brings nothing", async (t) => {
  const store = await openStore(":memory:", { turn: "microtask" });
  t.after(() => store.close());
  const clock = new SimClock(START);
  const settings = { minutesKeepMs: 2 * DAY_MS, hoursKeepMs: 5 * DAY_MS };
  const node = new MeasuredNode({ store, clock, chance: seededChance(1), node: "node", settings });
  await node.begin();
  for (let hour = 0; hour < 9 * 24; hour++) {
    const label = hour < 24 ? "early" : "always";
    await node.accept({ id: `${hour}`, samples: [{ metric: "m", labels: { label }, at: clock.now(), value: hour }] });
    clock.jump(2 * MINUTE_MS);
    await node.settle();
    clock.jump(58 * MINUTE_MS);
    await node.settle();
  }
  const now = clock.now();
  const series = await store.seriesOf("m", 0);
  assert.deepEqual(
    series.map(({ labels }) => labels.label),
    ["always"],
  );
  const ids = series.map(({ id }) => id);
  const minutes = await store.blocks("minute", ids, EVER);
  assert.ok(minutes.every(({ at }) => at >= now - 2 * DAY_MS - 3 * HOUR_MS));
  assert.ok(minutes.length >= 45 && minutes.length <= 50, `${minutes.length} hours of minutes`);
  const days = await store.blocks("hour", ids, EVER);
  assert.ok(days.length >= 5 && days.length <= 7, `${days.length} days of hours`);
  // What is asked of longer ago than minutes are kept is answered by hours.
  const range = { from: now - 4 * DAY_MS, to: now, pointsMax: 2_000, seriesMax: 5 };
  const found = await node.metrics.history(QUERY, range);
  assert.equal(found.resolution, "hour");
  assert.equal(found.series[0]?.points.length, 96);
  assert.equal((await store.sampleBatchIds("folded", EVER)).length, 0, "samples are kept for minutes only");
  assert.equal(await store.acceptSamples({ id: "x", node: "node", at: now, measuredAt: now, samples: "[]" }), true);
});

test("what another node accepted is known here a moment later, and is folded when that node is gone", async (t) => {
  const real = await openStore(":memory:", { turn: "microtask" });
  t.after(() => real.close());
  const store = { ...real, kind: "mariadb" as const };
  const clock = new SimClock(START);
  const chance = seededChance(1);
  const [one, other] = ["one", "other"].map((node) => new MeasuredNode({ store, clock, chance, node })) as [
    MeasuredNode,
    MeasuredNode,
  ];
  await one.begin();
  await other.begin();
  await one.accept({ id: "b", samples: [{ metric: "m", labels: {}, at: START, value: 7 }] });
  assert.deepEqual(other.metrics.recent(QUERY, START), []);
  await other.run();
  assert.equal(other.metrics.recent(QUERY, START)[0]?.points[0]?.last, 7);
  one.kill();
  await other.settle();
  assert.deepEqual(await store.sampleBatchIds("new", EVER).then((ids) => ids.length), 1);
  clock.jump(4 * MINUTE_MS);
  await other.settle();
  assert.deepEqual(await store.sampleBatchIds("new", EVER), []);
  assert.equal((await store.recentMinutes(EVER)).length, 1);
  assert.equal(other.metrics.recent(QUERY, START)[0]?.points.length, 1);
});

test("an hour of many series is packed in several steps, and none is left out where there were fewer at first", async (t) => {
  const store = await openStore(":memory:", { turn: "microtask" });
  t.after(() => store.close());
  const clock = new SimClock(START);
  const node = new MeasuredNode({ store, clock, chance: seededChance(1), node: "node" });
  await node.begin();
  for (const [minute, count] of [10, 300, 700].entries()) {
    const at = clock.now();
    const samples = Array.from({ length: count }, (_, n) => ({ metric: "m", labels: { n: `${n}` }, at, value: n }));
    await node.accept({ id: `${minute}`, samples });
    clock.jump(MINUTE_MS);
    await node.settle();
  }
  const shards = (await store.unpackedHours(clock.now())).map(({ shard }) => shard.length);
  assert.deepEqual(
    [...new Set(shards)].toSorted((a, b) => a - b),
    [0, 4, 5],
  );
  clock.jump(3 * HOUR_MS);
  await node.settle();
  assert.deepEqual(await store.unpackedHours(clock.now()), []);
  const range = { from: START, to: START + HOUR_MS, pointsMax: 100, seriesMax: 1_000 };
  const { series, resolution } = await node.metrics.history(QUERY, range);
  assert.equal(resolution, "minute");
  assert.equal(series.length, 700);
  for (const { labels, points } of series) {
    const n = Number(labels.n);
    assert.equal(points.length, n < 10 ? 3 : n < 300 ? 2 : 1, `${n}`);
    assert.ok(points.every(({ last, count }) => last === n && count === 1));
  }
});

test("a batch that is sent again counts once, however late, while its samples would be taken", async (t) => {
  const store = await openStore(":memory:", { turn: "microtask" });
  t.after(() => store.close());
  const clock = new SimClock(START);
  const node = new MeasuredNode({ store, clock, chance: seededChance(1), node: "node" });
  await node.begin();
  const batch = { id: "kept in a spool", samples: [{ metric: "m", labels: {}, at: START, value: 7 }] };
  await node.accept(batch);
  for (const days of [0.1, 1, 2, 6, 14, 15, 16, 17]) {
    clock.jump(START + days * DAY_MS - clock.now());
    await node.settle();
    const taken = (await node.accept(batch))?.taken;
    assert.equal(taken, days < 15.001 ? 1 : 0, `${days}`);
    await node.settle();
    const range = { from: START - HOUR_MS, to: START + 2 * HOUR_MS, pointsMax: 2_000, seriesMax: 5 };
    const { series } = await node.metrics.history(QUERY, range);
    assert.deepEqual(
      series.flatMap(({ points }) => points.map(({ count }) => count)),
      [1],
      `${days} days later`,
    );
  }
  assert.equal(await store.forgetSampleBatches(clock.now(), 9), 0, "nobody has to know it any more");
});
