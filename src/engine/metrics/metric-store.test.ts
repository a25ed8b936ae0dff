import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { MeasuredNode } from "../../../test/world/measured-world.ts";
import { Fault } from "../../fault/fault.ts";
import { seededChance } from "../../id/chance.ts";
import type { Sample } from "../../metric/sample.ts";
import { openStore } from "../../store/open-store.ts";
import type { Store } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import { SimClock } from "../../time/sim-clock.ts";

const START = Date.UTC(2026, 2, 2, 10, 30);
const QUERY = { metric: "m", matchers: [] };

async function world(t: TestContext, around: (store: Store) => Store = (store) => store) {
  const store = await openStore(":memory:", { turn: "microtask" });
  t.after(() => store.close());
  const clock = new SimClock(START);
  const node = new MeasuredNode({ store: around(store), clock, chance: seededChance(1), node: "node" });
  await node.begin();
  /** Time passes, and the duty does what there is to do then. */
  const pass = async (ms: number): Promise<void> => {
    clock.jump(ms);
    await node.settle();
  };
  return { store, clock, node, pass };
}

const sample = (more: Partial<Sample> = {}): Sample => ({ metric: "m", labels: {}, at: START, value: 1, ...more });

test("what cannot be kept is refused with how many and why, and the rest of its batch is taken", async (t) => {
  const { node } = await world(t);
  const answer = await node.accept({
    id: "b",
    samples: [
      sample(),
      sample({ value: Number.NaN }),
      sample({ value: Number.POSITIVE_INFINITY }),
      sample({ at: START + 11 * MINUTE_MS }),
      sample({ at: Number.NaN }),
      sample({ at: START - 16 * DAY_MS }),
      sample({ metric: "not a name" }),
      sample({ labels: { a: "x".repeat(251) } }),
      sample({ labels: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`l${n}`, "x"])) }),
      sample({ at: START - 14 * DAY_MS }),
      sample({ at: START + 9 * MINUTE_MS }),
    ],
  });
  assert.equal(answer?.taken, 3);
  assert.equal(answer?.refused, 8);
  assert.match(answer?.because ?? "", /^2: .*; /);
  for (const words of [/no finite number/, /minutes ahead/, /older than/, /name/, /labels/])
    assert.match(answer?.because ?? "", words);
});

test("labels without a value are no labels, and times are whole milliseconds", async (t) => {
  const { node } = await world(t);
  await node.accept({ id: "b", samples: [sample({ labels: { host: "a", zone: "" }, at: START - 0.4 })] });
  const [series] = node.metrics.recent(QUERY, START - MINUTE_MS);
  assert.deepEqual(series?.labels, { host: "a" });
  assert.equal(series?.points[0]?.at, START - 1);
});

test("a batch that is sent again counts once: at the same time, at once, after a restart, and hours later", async (t) => {
  const { node, pass, clock } = await world(t);
  const batch = { id: "b", samples: [sample()] };
  const answers = await Promise.all([node.accept(batch), node.accept(batch)]);
  assert.deepEqual(answers, [
    { taken: 1, refused: 0 },
    { taken: 1, refused: 0 },
  ]);
  await node.accept(batch);
  node.kill();
  await node.begin();
  await node.accept(batch);
  await pass(4 * MINUTE_MS);
  await node.accept(batch);
  await pass(8 * HOUR_MS);
  await node.accept(batch);
  await pass(4 * HOUR_MS);
  const { series } = await node.metrics.history(QUERY, {
    from: START - HOUR_MS,
    to: clock.now(),
    pointsMax: 1_000,
    seriesMax: 1,
  });
  assert.equal(series[0]?.points[0]?.count, 1);
});

test("whoever was not told whether the store has it may send again, and it counts once", async (t) => {
  let isBroken = true;
  const { node, pass } = await world(t, (store) => ({
    ...store,
    async acceptSamples(row) {
      const isNew = await store.acceptSamples(row);
      if (isBroken) throw new Fault("store-outcome-unknown");
      return isNew;
    },
  }));
  const batch = { id: "b", samples: [sample()] };
  await assert.rejects(node.accept(batch), /store-outcome-unknown/);
  isBroken = false;
  assert.deepEqual(await node.accept(batch), { taken: 1, refused: 0 });
  await pass(SECOND_MS);
  assert.equal(node.metrics.recent(QUERY, START)[0]?.points.length, 1);
  await pass(2 * MINUTE_MS);
  await pass(4 * HOUR_MS);
  const { series } = await node.metrics.history(QUERY, {
    from: START,
    to: START + HOUR_MS,
    pointsMax: 100,
    seriesMax: 1,
  });
  assert.equal(series[0]?.points[0]?.count, 1);
});

test("what a store that is away did not take is not known, and is not answered as if it were", async (t) => {
  const { node } = await world(t, (store) => ({
    ...store,
    acceptSamples: () => Promise.reject(new Fault("store-unavailable")),
  }));
  await assert.rejects(node.accept({ id: "b", samples: [sample()] }), /store-unavailable/);
  assert.deepEqual(node.metrics.recent(QUERY, 0), []);
});

test("a chart is drawn from samples, minutes or hours, whichever is enough", async (t) => {
  const { node, clock } = await world(t);
  for (let second = 0; second < 240; second += 10) {
    await node.accept({ id: `b${second}`, samples: [sample({ at: clock.now(), value: second })] });
    clock.jump(10 * SECOND_MS);
  }
  const to = clock.now();
  const drawn = (length: number, pointsMax: number) =>
    node.metrics.history(QUERY, { from: to - length, to, pointsMax, seriesMax: 1 });
  const four = await drawn(4 * MINUTE_MS, 500);
  assert.deepEqual([four.resolution, four.step, four.series[0]?.points.length], ["sample", 10 * SECOND_MS, 24]);
  const hour = await drawn(HOUR_MS, 500);
  assert.deepEqual([hour.resolution, hour.step, hour.series[0]?.points.length], ["minute", MINUTE_MS, 4]);
  const month = await drawn(30 * DAY_MS, 1_000);
  assert.deepEqual([month.resolution, month.step, month.series[0]?.points.length], ["hour", HOUR_MS, 1]);
  const week = await drawn(7 * DAY_MS, 100);
  assert.deepEqual([week.resolution, week.step], ["hour", 2 * HOUR_MS]);
});

test("of many series the first are given, and how many there are", async (t) => {
  const { node } = await world(t);
  await node.accept({ id: "b", samples: ["c", "a", "b"].map((host) => sample({ labels: { host } })) });
  const found = await node.metrics.history(QUERY, { from: START - HOUR_MS, to: START + 1, pointsMax: 9, seriesMax: 2 });
  assert.deepEqual([found.series.map(({ labels }) => labels.host), found.seriesCount], [["a", "b"], 3]);
  assert.deepEqual(await node.metrics.names(START - DAY_MS), [{ metric: "m", series: 3 }]);
});
