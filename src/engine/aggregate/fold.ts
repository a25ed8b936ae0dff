import { randomText } from "../../id/chance.ts";
import { foldSamples, type HeldSamples } from "../../metric/fold-samples.ts";
import { encodeMinutes, type MinuteOfSeries } from "../../metric/point-codec.ts";
import type { HeldSeries } from "../../metric/recent-series.ts";
import { SHARD_BITS_MAX, shardOf } from "../../metric/shard.ts";
import type { RecentMinutes } from "../../store/store.ts";
import type { MetricMemory } from "../metrics/metric-memory.ts";
import type { MetricPorts } from "../ports.ts";

/** So many batches in one transaction at most. */
const BATCHES_MAX = 4_000;

export type Folded = { readonly batches: number; readonly points: number };

/**
 * Writes what waits into the minutes. The rows of its batches are marked in the same transaction, and only where all of
 * them were still unmarked: whatever happens, a batch is folded once.
 */
export async function foldWaiting(ports: MetricPorts, memory: MetricMemory): Promise<Folded> {
  const batches = [...memory.waiting.values()].slice(0, BATCHES_MAX);
  if (batches.length === 0) return { batches: 0, points: 0 };
  const ids = batches.map(({ id }) => id);
  const rows = rowsOf(ports, batches, memory.recent.size);
  const fresh = newSeriesOf(batches);
  const done = await ports.store
    .transaction(async (queries) => {
      const marked = await queries.foldSampleBatches(ids);
      if (marked !== ids.length) throw new FoldedElsewhere();
      await queries.insertSeries(fresh.map(({ id, metric, labels, lastAt }) => ({ id, metric, labels, lastAt })));
      await queries.insertRecentMinutes(rows.map(({ row }) => row));
      return true;
    })
    .catch((error: unknown) => {
      if (error instanceof FoldedElsewhere) return false;
      throw error;
    });
  if (!done) {
    await dropFoldedElsewhere(ports, memory, ids);
    return { batches: 0, points: 0 };
  }
  ports.settings.failpoint("aggregate.folded");
  for (const id of ids) memory.waiting.delete(id);
  for (const series of fresh) series.isStored = true;
  return { batches: ids.length, points: rows.reduce((sum, { points }) => sum + points, 0) };
}

/** Some of the batches are in the minutes already: nothing of this transaction may stay. */
class FoldedElsewhere extends Error {}

/** A commit of ours whose outcome was not told did happen, or another node took over. */
async function dropFoldedElsewhere(
  { store }: MetricPorts,
  memory: MetricMemory,
  ids: readonly string[],
): Promise<void> {
  const still = new Set((await store.sampleBatches(ids)).flatMap(({ id, state }) => (state === "new" ? [id] : [])));
  for (const id of ids) if (!still.has(id)) memory.waiting.delete(id);
}

/** An hour is packed in parts of about so many series: no step of it takes long. */
const SERIES_IN_PART = 32;

function rowsOf(
  { chance }: MetricPorts,
  batches: readonly HeldSamples[],
  seriesCount: number,
): readonly { readonly row: RecentMinutes; readonly points: number }[] {
  const bits = Math.min(Math.ceil(Math.log2(Math.max(seriesCount / SERIES_IN_PART, 1))), SHARD_BITS_MAX);
  return [...foldSamples(batches)].flatMap(([hour, minutes]) => {
    const shards = new Map<string, MinuteOfSeries[]>();
    for (const minute of minutes) {
      const shard = shardOf(minute.series, bits);
      const of = shards.get(shard) ?? [];
      shards.set(shard, of);
      of.push(minute);
    }
    return [...shards].map(([shard, of]) => ({
      row: { id: randomText(chance, ROW_ID_LENGTH), hour, shard, data: encodeMinutes(of) },
      points: of.length,
    }));
  });
}

const ROW_ID_LENGTH = 16;

function newSeriesOf(batches: readonly HeldSamples[]): readonly HeldSeries[] {
  return [...new Set(batches.flatMap(({ series }) => series.filter(({ isStored }) => !isStored)))];
}
