import assert from "node:assert/strict";
import { test } from "node:test";
import type { SampleBatch } from "../../src/engine/metrics/metrics.ts";
import { type Chance, seededChance } from "../../src/id/chance.ts";
import { beginOf, DAY_OF_HOURS, HOUR_OF_MINUTES } from "../../src/metric/point-block.ts";
import { decodeBlock } from "../../src/metric/point-codec.ts";
import type { Point, Sample } from "../../src/metric/sample.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { BlockKind, Store } from "../../src/store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../src/time/instant.ts";
import { SimClock } from "../../src/time/sim-clock.ts";
import { startMariadb, withoutMariadb } from "../peers/mariadb.ts";
import { MeasuredNode } from "./measured-world.ts";

const START = Date.UTC(2026, 2, 2, 10, 17, 3);
const HOSTS = ["a", "b", "c", "d"];
const IS_LONG = process.env.BONGSU_TEST_LONG === "1";
const RUNS = IS_LONG ? 400 : 40;

/**
 * Batches come in any order, early, late and twice, to one node or two, which are killed at any place and started again.
 * Whoever got no answer sends again. However it went, each point is what a plain fold over the samples of all answered
 * batches makes of it.
 */
test(`points are the plain fold of what was accepted, in ${RUNS} runs with kills`, async (t) => {
  let kills = 0;
  for (let seed = 1; seed <= RUNS; seed++)
    kills += await lived(seed, await openStore(":memory:", { turn: "microtask" }));
  t.diagnostic(`${kills} kills`);
  assert.ok(kills > RUNS / 2, "hardly anybody was killed");
});

test("and so they are on MariaDB", { skip: withoutMariadb ?? (IS_LONG ? false : "only in long runs") }, async (t) => {
  const server = await startMariadb();
  t.after(() => server.stop());
  for (let seed = 1; seed <= 6; seed++) await lived(seed, await openStore(await server.database()));
});

async function lived(seed: number, store: Store): Promise<number> {
  const chance = seededChance(seed);
  const below = (most: number): number => Math.floor(chance.fraction() * most);
  const clock = new SimClock(START);
  // To be followed by others, a store has to be of the kind that several nodes share.
  const shared: Store = { ...store, kind: "mariadb" };
  const nodes = Array.from(
    { length: 1 + below(2) },
    (_, index) => new MeasuredNode({ store: shared, clock, chance, node: `node-${index}` }),
  );
  for (const node of nodes) await node.begin();
  const accepted: Sample[] = [];
  const sent: SampleBatch[] = [];
  let kills = 0;

  const nodeAt = (): MeasuredNode => nodes[below(nodes.length)] as MeasuredNode;
  const revive = async (): Promise<void> => {
    for (const node of nodes) {
      if (node.isAlive) continue;
      kills++;
      clock.jump(below(3) * MINUTE_MS);
      await node.begin();
    }
  };
  const send = async (batch: SampleBatch): Promise<void> => {
    while ((await nodeAt().accept(batch)) === undefined) await revive();
  };

  for (let step = 0; step < 60; step++) {
    if (below(5) === 0) nodeAt().dieAfter(below(8));
    const what = below(10);
    if (what < 5) {
      const batch = { id: `batch-${step}`, samples: someSamples(chance, clock.now()) };
      await send(batch);
      accepted.push(...batch.samples);
      sent.push(batch);
    } else if (what === 5) await send(sent[below(sent.length)] ?? { id: "none", samples: [] });
    else if (what === 6) clock.jump(below(40) * MINUTE_MS);
    else clock.jump(below(90) * SECOND_MS);
    for (const node of nodes) await node.run();
    await revive();
    if (step % 10 === 9) {
      // What came late is in the minutes once it is folded; what lies with a node that died, once another takes it over.
      for (const wait of [61 * SECOND_MS, 4 * MINUTE_MS]) {
        clock.jump(wait);
        for (const node of [...nodes, ...nodes]) await node.settle();
        await revive();
      }
      for (const node of nodes) await node.settle();
      await revive();
      await told(nodeAt(), accepted, clock.now(), `seed ${seed}, step ${step}`);
    }
  }
  for (const wait of [61 * SECOND_MS, 4 * MINUTE_MS, 3 * HOUR_MS, MINUTE_MS]) {
    clock.jump(wait);
    for (const node of [...nodes, ...nodes]) await node.settle();
    await revive();
  }
  for (const node of nodes) await node.settle();
  assert.deepEqual(await packed(store, "minute"), folded(accepted, MINUTE_MS), `seed ${seed}: packed minutes`);
  assert.deepEqual(await packed(store, "hour"), folded(accepted, HOUR_MS), `seed ${seed}: packed hours`);
  await store.close();
  return kills;
}

/** Mostly of now, some of the last days, some a little ahead; quarters, so that sums are exact in any order. */
function someSamples(chance: Chance, now: Instant): readonly Sample[] {
  const below = (most: number): number => Math.floor(chance.fraction() * most);
  const late = below(4) === 0 ? below(48) * HOUR_MS : 0;
  return Array.from({ length: 1 + below(12) }, () => ({
    metric: "m",
    labels: { host: HOSTS[below(HOSTS.length)] ?? "a" },
    at: now - late + MINUTE_MS - below(5 * MINUTE_MS),
    value: below(400) / 4 - 50,
  }));
}

/** What the node answers, from memory and store, is the plain fold. */
async function told(node: MeasuredNode, accepted: readonly Sample[], now: Instant, when: string): Promise<void> {
  const hours = await node.metrics.history(
    { metric: "m", matchers: [] },
    { from: beginOf(now - 3 * DAY_MS, HOUR_MS), to: now + HOUR_MS, pointsMax: 75, seriesMax: 10 },
  );
  assert.equal(hours.resolution, "hour", when);
  assert.deepEqual(pointsBySeries(hours.series), folded(accepted, HOUR_MS), `${when}: hours told`);
  for (const from of [now - 30 * MINUTE_MS, now - 7 * HOUR_MS, now - 31 * HOUR_MS]) {
    const begin = beginOf(from, MINUTE_MS);
    const range = { from: begin, to: now + 10 * MINUTE_MS, pointsMax: 2_000, seriesMax: 10 };
    const minutes = await node.metrics.history({ metric: "m", matchers: [] }, range);
    assert.equal(minutes.resolution, "minute", when);
    const { step } = minutes;
    const within = accepted.filter(({ at }) => at >= begin);
    assert.deepEqual(
      pointsBySeries(minutes.series),
      folded(within, step),
      `${when}: minutes told since ${(now - from) / HOUR_MS} hours, in steps of ${step / SECOND_MS} s`,
    );
  }
}

type BySeries = Readonly<Record<string, readonly Point[]>>;

function pointsBySeries(
  series: readonly { readonly labels: Readonly<Record<string, string>>; readonly points: readonly Point[] }[],
): BySeries {
  const all = series.filter(({ points }) => points.length > 0);
  return Object.fromEntries(all.map(({ labels, points }) => [labels.host ?? "", points]));
}

function folded(samples: readonly Sample[], step: number): BySeries {
  const bySeries: Record<string, readonly Point[]> = {};
  for (const host of HOSTS) {
    const own = samples.filter(({ labels }) => labels.host === host);
    const begins = [...new Set(own.map(({ at }) => beginOf(at, step)))].sort((a, b) => a - b);
    if (begins.length === 0) continue;
    bySeries[host] = begins.map((at) => {
      const of = own.filter((sample) => beginOf(sample.at, step) === at);
      const values = of.map(({ value }) => value);
      const lastAt = Math.max(...of.map((sample) => sample.at));
      return {
        at,
        min: Math.min(...values),
        max: Math.max(...values),
        sum: values.reduce((sum, value) => sum + value, 0),
        count: values.length,
        last: Math.max(...of.filter((sample) => sample.at === lastAt).map(({ value }) => value)),
      };
    });
  }
  return bySeries;
}

async function packed(store: Store, kind: BlockKind): Promise<BySeries> {
  const series = await store.seriesOf("m", 0);
  const shape = kind === "minute" ? HOUR_OF_MINUTES : DAY_OF_HOURS;
  const rows = await store.blocks(
    kind,
    series.map(({ id }) => id),
    { from: 0, to: Number.MAX_SAFE_INTEGER },
  );
  return pointsBySeries(
    series.map(({ id, labels }) => ({
      labels,
      points: rows
        .filter((row) => row.series === id)
        .flatMap(({ at, data }) => decodeBlock(data, at, shape).points(0, Number.MAX_SAFE_INTEGER)),
    })),
  );
}
