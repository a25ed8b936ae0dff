import { beginOf, DAY_OF_HOURS, HOUR_OF_MINUTES, PointBlock } from "../../metric/point-block.ts";
import { decodeBlock, decodeMinutes, encodeBlock } from "../../metric/point-codec.ts";
import type { SeriesId } from "../../metric/sample.ts";
import type { Queries, StoredBlock } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";

/** An hour is packed so long after its end: until then every node has its minutes in memory. */
const REST_MS = HOUR_MS + 5 * MINUTE_MS;

/**
 * Packs one part of one hour that is over: its minutes become one row for each series, and its sum a place in the row of
 * the day. What comes later for the same hour is packed into the same rows. Returns how many series, and undefined where
 * there is nothing to pack.
 */
export async function packNext(ports: MetricPorts, now: Instant): Promise<number | undefined> {
  const { store } = ports;
  const [first] = await store.unpackedHours(now - REST_MS - HOUR_MS + 1);
  if (first === undefined) return undefined;
  // Shards of different lengths overlap: the shortest sorts first, and takes those along that begin like it.
  const packed = await store.transaction((queries) => packHour(queries, first.hour, first.shard));
  ports.settings.failpoint("aggregate.packed");
  return packed;
}

async function packHour(queries: Queries, hour: Instant, shard: string): Promise<number> {
  // One at a time, over all nodes: what is read here is written below.
  await queries.nextNumber("metrics");
  const rows = await queries.recentMinutes({ from: hour, to: hour + 1, shard });
  await queries.removeRecentMinutes(rows.map(({ id }) => id));
  const added = new Map<SeriesId, PointBlock>();
  for (const { data } of rows) {
    for (const { series, slot, part } of decodeMinutes(data)) {
      const block = added.get(series) ?? new PointBlock(hour, HOUR_OF_MINUTES);
      added.set(series, block);
      block.merge(slot, part);
    }
  }
  const ids = [...added.keys()];
  // The day first: it takes what is added, not what the hour then is.
  await queries.putBlocks("hour", await addedToDay(queries, ids, hour, added));
  await queries.putBlocks("minute", await addedToHour(queries, ids, hour, added));
  await queries.touchSeries(ids, hour + HOUR_MS);
  return ids.length;
}

type Added = ReadonlyMap<SeriesId, PointBlock>;

async function addedToHour(
  queries: Queries,
  ids: readonly SeriesId[],
  hour: Instant,
  added: Added,
): Promise<readonly StoredBlock[]> {
  for (const { series, data } of await queries.blocks("minute", ids, { from: hour, to: hour + 1 }))
    added.get(series)?.mergeBlock(decodeBlock(data, hour, HOUR_OF_MINUTES));
  return [...added].map(([series, block]) => ({ series, at: hour, data: encodeBlock(block) }));
}

async function addedToDay(
  queries: Queries,
  ids: readonly SeriesId[],
  hour: Instant,
  added: Added,
): Promise<readonly StoredBlock[]> {
  const at = beginOf(hour, DAY_MS);
  const before = new Map(
    (await queries.blocks("hour", ids, { from: at, to: at + 1 })).map(({ series, data }) => [series, data]),
  );
  return [...added].map(([series, block]) => {
    const data = before.get(series);
    const day = data === undefined ? new PointBlock(at, DAY_OF_HOURS) : decodeBlock(data, at, DAY_OF_HOURS);
    const whole = block.whole();
    if (whole !== undefined) day.merge((hour - at) / HOUR_MS, whole);
    return { series, at, data: encodeBlock(day) };
  });
}
