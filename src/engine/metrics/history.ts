import { downsample, stepFor, usualGap } from "../../metric/downsample.ts";
import { beginOf, DAY_OF_HOURS, HOUR_OF_MINUTES, PointBlock } from "../../metric/point-block.ts";
import { decodeBlock, decodeMinutes } from "../../metric/point-codec.ts";
import { samplesFrom } from "../../metric/recent-series.ts";
import { type Labels, type Point, type SeriesId, seriesKey } from "../../metric/sample.ts";
import type { MetricQuery } from "../../monitor/monitor.ts";
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import { matches } from "../../triage/matchers.ts";
import type { MetricPorts } from "../ports.ts";
import type { MetricMemory } from "./metric-memory.ts";
import type { Metrics, Resolution } from "./metrics.ts";

type Range = { readonly from: Instant; readonly to: Instant };
type Found = { readonly id: SeriesId; readonly key: string; readonly labels: Labels };

/** What was measured in a stretch of time: from memory what is there, the rest from the store. */
export async function historyOf(
  ports: MetricPorts,
  memory: MetricMemory,
  query: MetricQuery,
  range: Parameters<Metrics["history"]>[1],
): ReturnType<Metrics["history"]> {
  const { from, to, pointsMax, seriesMax, keys, asKept } = range;
  const now = ports.clock.now();
  const resolution = resolutionFor(range, now, now - ports.settings.minutesKeepMs);
  const all = await seriesIn(ports, memory, query, from);
  const found = (keys === undefined ? all : all.filter(({ key }) => keys.has(key))).slice(0, seriesMax);
  const points =
    resolution === "sample"
      ? new Map(found.map(({ id }) => [id, memory.recent.byId(id)?.ring.points(from, to) ?? []]))
      : await kept(ports, memory, { found, range, resolution, now });
  const series = found.map(({ id, key, labels }) => ({ key, labels, points: points.get(id) ?? [] }));
  // Between what comes every ten seconds there is nothing to draw at a step of one.
  const gaps = asKept ? [] : series.flatMap((one) => usualGap(one.points) ?? []).filter((gap) => gap <= GAP_MAX_MS);
  const step = stepFor(range, pointsMax, Math.max(STEPS[resolution], ...gaps));
  return {
    resolution,
    step,
    series: series.map((one) => ({ ...one, points: downsample(one.points, step) })),
    seriesCount: all.length,
  };
}

/** What comes less often than that is drawn as the few points that it is. */
const GAP_MAX_MS = 15 * MINUTE_MS;
const STEPS: Readonly<Record<Resolution, number>> = { sample: SECOND_MS, minute: MINUTE_MS, hour: HOUR_MS };

function resolutionFor(range: Range & { readonly pointsMax: number }, now: Instant, minutesFrom: Instant): Resolution {
  if (range.from >= samplesFrom(now)) return "sample";
  return range.from >= minutesFrom && stepFor(range, range.pointsMax, MINUTE_MS) < HOUR_MS ? "minute" : "hour";
}

/** Those that match and brought something since, by their key. */
async function seriesIn(
  { store }: MetricPorts,
  memory: MetricMemory,
  query: MetricQuery,
  since: Instant,
): Promise<readonly Found[]> {
  const found = new Map<SeriesId, Found>();
  for (const { id, key, labels } of memory.recent.matching(query, since)) found.set(id, { id, key, labels });
  for (const { id, metric, labels } of await store.seriesOf(query.metric, since)) {
    if (!found.has(id) && matches(query.matchers, labels))
      found.set(id, { id, key: seriesKey(metric, labels), labels });
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Minutes or hours: packed ones, those that wait to be packed, and the latest from memory. */
async function kept(
  { store }: MetricPorts,
  memory: MetricMemory,
  facts: {
    readonly found: readonly Found[];
    readonly range: Range;
    readonly resolution: "minute" | "hour";
    readonly now: Instant;
  },
): Promise<ReadonlyMap<SeriesId, readonly Point[]>> {
  const { found, resolution, now } = facts;
  const shape = resolution === "minute" ? HOUR_OF_MINUTES : DAY_OF_HOURS;
  const range = { from: beginOf(facts.range.from, shape.slot), to: facts.range.to };
  const boundary = memory.minutesFrom(now);
  const ids = found.map(({ id }) => id);
  const wanted = new Set(ids);
  const blocks = new Map<SeriesId, Map<Instant, PointBlock>>(ids.map((id) => [id, new Map()]));
  const blockAt = (of: Map<Instant, PointBlock>, at: Instant): PointBlock => {
    const begin = beginOf(at, shape.length);
    const block = of.get(begin) ?? new PointBlock(begin, shape);
    of.set(begin, block);
    return block;
  };

  if (range.from < boundary) {
    const stored = { from: beginOf(range.from, shape.length), to: Math.min(range.to, boundary) };
    const unpacked = { from: beginOf(range.from, HOUR_MS), to: Math.min(range.to, boundary) };
    // Of one moment: what is packed meanwhile is read once.
    const { packed, waiting } = await store.transaction(async (queries) => ({
      packed: await queries.blocks(resolution, ids, stored),
      waiting: await queries.recentMinutes({ ...unpacked, series: ids }),
    }));
    for (const { series, at, data } of packed) blocks.get(series)?.set(at, decodeBlock(data, at, shape));
    for (const { hour, data } of waiting) {
      for (const { series, slot, part } of decodeMinutes(data, wanted)) {
        const of = blocks.get(series);
        if (of === undefined) continue;
        const at = hour + slot * MINUTE_MS;
        const block = blockAt(of, at);
        const into = Math.floor((at - block.begin) / shape.slot);
        block.merge(into, { ...part, lastAfter: part.lastAfter + at - block.begin - into * shape.slot });
      }
    }
  }
  const points = new Map<SeriesId, readonly Point[]>();
  for (const { id } of found) {
    const of = [...(blocks.get(id)?.values() ?? [])].sort((a, b) => a.begin - b.begin);
    const before = of.flatMap((block) => block.points(range.from, Math.min(range.to, boundary)));
    const held = memory.recent.byId(id);
    const since = held === undefined ? [] : memory.recent.minutes(held, Math.max(range.from, boundary), range.to);
    points.set(id, [...before, ...downsample(since, shape.slot)]);
  }
  return points;
}
