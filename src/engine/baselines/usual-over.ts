import { measuredUnit } from "../../metric/metric.ts";
import type { Labels, SeriesKey } from "../../metric/sample.ts";
import { hasUsual, hoursOf, type Learning, type Usual, usualAt } from "../../monitor/baseline.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { readUntaught, type Surroundings, untaughtOf } from "./untaught-facts.ts";

/** What is usual for a series at an instant; undefined where its rule has no usual value. */
export type UsualOf = (at: Instant) => Usual | Learning | undefined;

/** For each of these series what was usual in each hour of a stretch of time: as the evaluation would have learned it. */
export async function usualOver(
  {
    metrics,
    queries,
    surroundings,
  }: {
    readonly metrics: Pick<Metrics, "history">;
    readonly queries: Pick<Queries, "incidents" | "silences" | "maintenances">;
    readonly surroundings: Surroundings;
  },
  monitor: Monitor,
  { from, to, keys }: { readonly from: Instant; readonly to: Instant; readonly keys: ReadonlySet<SeriesKey> },
): Promise<(key: SeriesKey, labels: Labels) => UsualOf> {
  const { baseline, measure, query } = monitor;
  if (baseline === undefined || !hasUsual(measure) || keys.size === 0) return () => () => undefined;
  // A holiday looks back from the Sunday after it.
  const start = from - (baseline.weeks + 1) * 7 * DAY_MS;
  const range = { from: start, to, pointsMax: Math.ceil((to - start) / HOUR_MS) + 1, seriesMax: keys.size, keys };
  const { series } = await metrics.history(query, range);
  const hours = new Map(series.map(({ key, points }) => [key, hoursOf(points)]));
  const facts = await readUntaught(queries, surroundings.services, { from: start, to });
  const rule = { measure, unit: measuredUnit(query.metric, measure), weeks: baseline.weeks };
  return (key, labels) => {
    const known = hours.get(key) ?? new Map();
    const untaught = untaughtOf(monitor, labels, facts, surroundings.services);
    const found = new Map<Instant, Usual | Learning>();
    return (at) => {
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
      const usual = found.get(hour) ?? usualAt(hour, known, rule, surroundings, untaught);
      found.set(hour, usual);
      return usual;
    };
  };
}
