import { Fault } from "../../fault/fault.ts";
import { tellRefusals } from "../../metric/admit-sample.ts";
import { writeSamples } from "../../metric/sample-codec.ts";
import { HOUR_MS } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";
import { historyOf } from "./history.ts";
import type { MetricMemory } from "./metric-memory.ts";
import type { AcceptedBatch, Metrics, SampleBatch } from "./metrics.ts";

const BATCH_ID_LENGTH = 24;

/**
 * The way of a sample: judged → in a row of `sample_batch`, durable → in memory → (the duty `aggregate`, once a minute)
 * in `metric_recent`, the minutes of the hours that still change → (two hours later) packed in `metric_minute` and
 * `metric_hour`. Each step is one transaction that also takes away what it was made of, so a sample is in every minute
 * exactly once, whenever the process is killed.
 */
export function createMetrics(ports: MetricPorts, memory: MetricMemory): Metrics {
  const { clock, store, settings, sha256 } = ports;
  const underWay = new Map<string, Promise<AcceptedBatch>>();

  const accept = async (id: string, { samples }: SampleBatch): Promise<AcceptedBatch> => {
    const now = clock.now();
    const { admitted, refused } = memory.admit(samples, now, settings.minutesKeepMs);
    const answer = {
      taken: admitted.length,
      refused: samples.length - admitted.length,
      ...(refused.size === 0 ? {} : { because: tellRefusals(refused) }),
    };
    if (admitted.length === 0 || memory.knows(id)) return answer;
    const text = writeSamples(admitted.map(({ sample }) => sample));
    try {
      // One that another node took comes into memory as everything of that node does.
      const measuredAt = admitted.reduce((newest, { sample }) => Math.max(newest, sample.at), 0);
      if (!(await store.acceptSamples({ id, node: ports.node, at: now, measuredAt, samples: text }))) return answer;
    } catch (error) {
      if (error instanceof Fault && error.code === "store-outcome-unknown") memory.unsure.add(id);
      throw error;
    }
    settings.failpoint("samples.durable");
    memory.take(id, admitted, now, { minutes: true, waits: true });
    return answer;
  };

  return {
    async accept(batch) {
      const id = sha256(batch.id).slice(0, BATCH_ID_LENGTH);
      const already = underWay.get(id);
      if (already !== undefined) return already;
      const accepting = accept(id, batch);
      underWay.set(id, accepting);
      try {
        return await accepting;
      } finally {
        underWay.delete(id);
      }
    },
    recent(query, since) {
      const now = clock.now();
      return memory.recent.matching(query, now - HOUR_MS).map((series) => ({
        key: series.key,
        labels: series.labels,
        points: memory.recent.points(series, Math.max(since, now - HOUR_MS), now),
      }));
    },
    fullAt: () => memory.fullAt,
    hosts: async (since) => [...memory.recent.hosts(since)].map(([host, of]) => ({ host, ...of })),
    history: (query, range) => historyOf(ports, memory, query, range),
    async names(since) {
      const counts = new Map(memory.recent.names(since));
      for (const { metric, series } of await store.metricNames(since))
        counts.set(metric, Math.max(series, counts.get(metric) ?? 0));
      return [...counts].map(([metric, series]) => ({ metric, series })).sort((a, b) => (a.metric < b.metric ? -1 : 1));
    },
  };
}
