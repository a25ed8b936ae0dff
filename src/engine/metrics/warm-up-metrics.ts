import { beginOf } from "../../metric/point-block.ts";
import { decodeMinutes } from "../../metric/point-codec.ts";
import { type HeldSeries, samplesFrom } from "../../metric/recent-series.ts";
import type { SeriesId } from "../../metric/sample.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";
import type { MetricMemory } from "./metric-memory.ts";
import { readBatches } from "./read-batches.ts";

/** The minutes of an hour, and a little: no hour that begins within it is packed yet (`engine/aggregate/pack.ts`). */
const MINUTES_BACK_MS = HOUR_MS + MINUTE_MS;

/**
 * Reads back what this node would know had it never been away: the minutes that were folded, and the samples of the last
 * minutes, folded or not. All of one moment, so that nothing is counted twice or left out.
 */
export async function warmUpMetrics(ports: MetricPorts, memory: MetricMemory): Promise<void> {
  const now = ports.clock.now();
  const from = beginOf(now - MINUTES_BACK_MS, HOUR_MS);
  await ports.store.transaction(async (queries) => {
    const held = new Map<SeriesId, HeldSeries | undefined>();
    for (const { hour, data } of await queries.recentMinutes({ from, to: AHEAD })) {
      const minutes = decodeMinutes(data);
      const unknown = new Set(minutes.map(({ series }) => series)).difference(held);
      for (const { id, metric, labels } of await queries.seriesById([...unknown])) {
        const series = memory.recent.hold(metric, labels, now);
        if (series !== undefined) series.isStored = true;
        held.set(id, series);
      }
      for (const { series, slot, part } of minutes) {
        const into = held.get(series);
        if (into !== undefined) memory.recent.addMinute(into, hour, slot, part);
      }
    }
    const whole = { from: samplesFrom(now) - LATE_MS, to: AHEAD };
    const folded = await queries.sampleBatchIds("folded", whole);
    // However long ago: what was accepted and not folded when the process ended.
    const fresh = await queries.sampleBatchIds("new", { from: 0, to: AHEAD });
    for await (const { id, state, admitted } of readBatches(ports, queries, memory, {
      ids: [...folded, ...fresh],
      now,
    }))
      memory.take(id, admitted, now, { minutes: state === "new", waits: false });
  });
  memory.begins(from);
}

/** Samples that came so late are still among the last. */
const LATE_MS = MINUTE_MS;
const AHEAD: Instant = Number.MAX_SAFE_INTEGER;
