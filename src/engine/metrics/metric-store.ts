import { type Refusal, refusalOf, tellRefusals } from "../../monitor/admit-sample.ts";
import { downsample, stepFor, usualGap } from "../../monitor/downsample.ts";
import { RecentSeries, samplesFrom } from "../../monitor/recent-series.ts";
import type { Labels } from "../../monitor/sample.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import type { Ports } from "../ports.ts";
import type { Metrics } from "./metrics.ts";

const MINUTES_KEEP_MS = 15 * DAY_MS;

export function createMetrics(ports: Ports): Metrics {
  const { clock } = ports;
  const memory = new RecentSeries();
  const taken = new Set<string>();

  return {
    async accept({ id, samples }) {
      const now = clock.now();
      if (taken.has(id)) return { taken: samples.length, refused: 0 };
      const refused = new Map<Refusal, number>();
      let count = 0;
      for (const sample of samples) {
        const refusal = refusalOf(sample, now, MINUTES_KEEP_MS);
        const series = refusal === undefined ? memory.hold(sample.metric, withoutEmpty(sample.labels)) : undefined;
        if (series === undefined) {
          const why = refusal ?? "too-many-series";
          refused.set(why, (refused.get(why) ?? 0) + 1);
          continue;
        }
        memory.add(series, sample, now);
        count++;
      }
      taken.add(id);
      if (refused.size === 0) return { taken: count, refused: 0 };
      return { taken: count, refused: samples.length - count, because: tellRefusals(refused) };
    },
    recent(query, since) {
      const now = clock.now();
      return memory
        .matching(query, now - HOUR_MS)
        .map((series) => ({ key: series.key, labels: series.labels, points: memory.points(series, since, now) }));
    },
    async history(query, { from, to, pointsMax, seriesMax }) {
      const now = clock.now();
      const all = memory.matching(query, from);
      const isSamples = from >= samplesFrom(now);
      const found = all.slice(0, seriesMax).map((series) => ({
        key: series.key,
        labels: series.labels,
        points: isSamples ? series.ring.points(from, to) : memory.minutes(series, from, to),
      }));
      const least = Math.max(
        isSamples ? SECOND_MS : MINUTE_MS,
        ...found.flatMap(({ points }) => usualGap(points) ?? []),
      );
      const step = stepFor({ from, to }, pointsMax, least);
      return {
        resolution: isSamples ? "sample" : "minute",
        step,
        series: found.map((series) => ({ ...series, points: downsample(series.points, step) })),
        seriesCount: all.length,
      };
    },
    names: async (since) =>
      [...memory.names(since)]
        .map(([metric, series]) => ({ metric, series }))
        .sort((a, b) => (a.metric < b.metric ? -1 : 1)),
  };
}

function withoutEmpty(labels: Labels): Labels {
  return Object.values(labels).includes("")
    ? Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""))
    : labels;
}
