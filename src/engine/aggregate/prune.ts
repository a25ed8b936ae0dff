import { samplesFrom } from "../../metric/recent-series.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";

/** A batch is known by its id as long as its samples would be taken: an agent's spool may keep it that long. Longer ago nobody asks. */
const BATCH_IDS_KEEP_MS_MAX = 45 * DAY_MS;
/** Samples that came late are still read back after a restart. */
const SAMPLES_KEEP_MS = 2 * MINUTE_MS;
const AT_ONCE = 1_000;

/** Removes a part of what is older than it is kept. Returns how many rows; 0: nothing is left to remove. */
export async function pruneMetrics({ store, settings }: MetricPorts, now: Instant): Promise<number> {
  const { minutesKeepMs, hoursKeepMs } = settings;
  return (
    (await store.retireSampleBatches(samplesFrom(now) - SAMPLES_KEEP_MS, AT_ONCE)) +
    (await store.forgetSampleBatches(now - Math.min(minutesKeepMs, BATCH_IDS_KEEP_MS_MAX) - DAY_MS, AT_ONCE)) +
    (await store.pruneBlocks("minute", now - minutesKeepMs - HOUR_MS, AT_ONCE)) +
    (await store.pruneBlocks("hour", now - hoursKeepMs - DAY_MS, AT_ONCE)) +
    (await store.pruneSeries(now - hoursKeepMs - DAY_MS, AT_ONCE))
  );
}
