import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../../src/id/id.ts";
import type { NewSampleBatch, Store, StoredBlock, StoredSeries } from "../../src/store/store.ts";
import { DAY_MS, HOUR_MS } from "../../src/time/instant.ts";

/** What every store promises about what is measured. */
export function metricConformance(opened: () => Store): void {
  test("a batch of samples is accepted once, and is folded once", async () => {
    const store = opened();
    const rows = [1, 2, 3].map((n) => batch(`b${n}`, n));
    const isNew = await Promise.all([...rows, batch("b2", 9)].map((row) => store.acceptSamples(row)));
    assert.deepEqual(isNew, [true, true, true, true], "those of one commit share what it did");
    assert.equal(await store.acceptSamples(batch("b1", 10)), false);
    assert.deepEqual(await store.sampleBatchIds("new", { from: 2, to: 100 }), ["b2", "b3"]);
    assert.deepEqual(await store.sampleBatchIds("new", { from: 0, to: 100, notOf: "node", limit: 5 }), []);
    assert.deepEqual(await store.sampleBatches(["b1"]), [{ ...kept("b1", 1), state: "new" }]);
    assert.equal(await store.foldSampleBatches(["b1", "b2"]), 2);
    assert.equal(await store.foldSampleBatches(["b2", "b3"]), 1);
    assert.deepEqual(await store.sampleBatchIds("folded", { from: 0, to: 100 }), ["b1", "b2", "b3"]);
    assert.deepEqual([await store.retireSampleBatches(3, 1), await store.retireSampleBatches(3, 9)], [1, 1]);
    assert.deepEqual(await store.sampleBatches(["b1", "b3"]), [{ ...kept("b3", 3), state: "folded" }]);
    assert.equal(await store.acceptSamples(batch("b1", 11)), false, "its id is still known");
    const later = { ...batch("b1", 20 * DAY_MS), measuredAt: 1 };
    assert.equal(await store.acceptSamples(later), false, "and weeks later, for samples of then");
    assert.equal(await store.forgetSampleBatches(DAY_MS - 1, 9), 0);
    assert.deepEqual([await store.forgetSampleBatches(DAY_MS, 1), await store.forgetSampleBatches(DAY_MS, 9)], [1, 1]);
    assert.equal(await store.acceptSamples(later), true);
    await store.foldSampleBatches(["b1"]);
    await store.retireSampleBatches(30 * DAY_MS, 9);
    assert.equal(await store.forgetSampleBatches(30 * DAY_MS, 9), 2);
  });

  test("a series is found by its metric while it brings something", async () => {
    const store = opened();
    const one: StoredSeries = { id: asId("0a".repeat(8)), metric: "m", labels: { host: "서버" }, lastAt: 100 };
    const other: StoredSeries = { ...one, id: asId("0b".repeat(8)), labels: {}, lastAt: 50 };
    await store.insertSeries([one, other]);
    await store.insertSeries([{ ...one, lastAt: 1 }]);
    assert.deepEqual(await store.seriesOf("m", 60), [one]);
    await store.touchSeries([one.id, other.id], 80);
    const lastAts = (await store.seriesById([one.id, other.id])).map(({ lastAt }) => lastAt);
    assert.deepEqual(new Set(lastAts), new Set([100, 80]));
    assert.deepEqual(await store.metricNames(80), [{ metric: "m", series: 2 }]);
    assert.equal(await store.pruneSeries(90, 10), 1);
    assert.deepEqual(await store.seriesOf("m", 0), [one]);
    await store.pruneSeries(1_000, 10);
  });

  test("minutes that wait to be packed are told by hour and shard", async () => {
    const store = opened();
    const data = Uint8Array.of(0, 255, 128, 39, 92);
    const row = (id: string, hour: number, shard: string) => ({ id, hour, shard, data });
    await store.insertRecentMinutes([row("r1", HOUR_MS, "a"), row("r2", HOUR_MS, "ab"), row("r3", 0, "b")]);
    assert.deepEqual(await store.unpackedHours(2 * HOUR_MS), [
      { hour: 0, shard: "b" },
      { hour: HOUR_MS, shard: "a" },
      { hour: HOUR_MS, shard: "ab" },
    ]);
    assert.deepEqual(await store.unpackedHours(HOUR_MS), [{ hour: 0, shard: "b" }]);
    const found = await store.recentMinutes({ from: HOUR_MS, to: 2 * HOUR_MS, shard: "a" });
    assert.deepEqual(
      found.map((one) => ({ ...one, data: [...one.data] })),
      [row("r1", HOUR_MS, "a"), row("r2", HOUR_MS, "ab")].map((one) => ({ ...one, data: [...data] })),
    );
    assert.equal((await store.recentMinutes({ from: 0, to: DAY_MS, shard: "" })).length, 3);
    assert.equal(await store.removeRecentMinutes(["r1", "r2", "r3", "r4"]), 3);
  });

  for (const kind of ["minute", "hour"] as const) {
    test(`packed ${kind}s are there byte for byte, and go in small steps`, async () => {
      const store = opened();
      const bytes = Uint8Array.from({ length: 2_000 }, (_, index) => (index * 7) % 256);
      const blocks = ["0a", "0b", "0c"].flatMap((series) =>
        [0, 1, 2].map((n): StoredBlock => ({ series: asId(series.repeat(8)), at: n * HOUR_MS, data: bytes })),
      );
      await store.putBlocks(kind, blocks);
      const [first] = blocks;
      assert.ok(first);
      await store.putBlocks(kind, [{ ...first, data: Uint8Array.of(1) }]);
      const range = { from: 0, to: 2 * HOUR_MS };
      const found = await store.blocks(kind, [first.series, asId("0c".repeat(8))], range);
      assert.deepEqual(
        found.map(({ series, at, data }) => [series.slice(0, 2), at, [...data].length]),
        [
          ["0a", 0, 1],
          ["0a", HOUR_MS, 2_000],
          ["0c", 0, 2_000],
          ["0c", HOUR_MS, 2_000],
        ],
      );
      assert.deepEqual([...(found[1]?.data ?? [])], [...bytes]);
      assert.deepEqual(
        [
          await store.pruneBlocks(kind, HOUR_MS + 1, 2),
          await store.pruneBlocks(kind, HOUR_MS + 1, 2),
          await store.pruneBlocks(kind, HOUR_MS + 1, 100),
          await store.pruneBlocks(kind, HOUR_MS + 1, 100),
          await store.pruneBlocks(kind, DAY_MS, 100),
        ],
        [2, 1, 3, 0, 3],
      );
    });
  }
}

function batch(id: string, at: number): NewSampleBatch {
  return { ...kept(id, at), measuredAt: at };
}

function kept(id: string, at: number): Omit<NewSampleBatch, "measuredAt"> {
  return { id, node: "node", at, samples: `표본 ${id.repeat(100)}` };
}
