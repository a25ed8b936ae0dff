import type { SeriesKey } from "../../metric/sample.ts";
import { hoursOf } from "../../monitor/baseline.ts";
import { farthestPast } from "../../monitor/farthest-past.ts";
import { isExempt, thresholdsFor } from "../../monitor/lines.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { HOUR_MS, type Instant } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";

/** Looked over by their hours; a rule that watches more is looked over in part. */
const LOOKED_OVER_MAX = 2_000;

/** Those series of a rule that came furthest in a stretch of time, told by their hours. */
export async function worstSeries(
  metrics: Pick<Metrics, "history">,
  monitor: Monitor,
  { from, to, count }: { readonly from: Instant; readonly to: Instant; readonly count: number },
): Promise<{ readonly keys: ReadonlySet<SeriesKey>; readonly seriesCount: number }> {
  const range = {
    from: from - HOUR_MS,
    to,
    pointsMax: Math.ceil((to - from) / HOUR_MS) + 2,
    seriesMax: LOOKED_OVER_MAX,
  };
  const { series, seriesCount } = await metrics.history(monitor.query, range);
  if (series.length <= count) return { keys: new Set(series.map(({ key }) => key)), seriesCount };
  const far = series.map(({ key, labels, points }) => ({
    key,
    far: isExempt(monitor, labels)
      ? Number.NEGATIVE_INFINITY
      : farthestPast(monitor, thresholdsFor(monitor, labels), hoursOf(points), { from, to }),
  }));
  const worst = far.sort((one, other) => other.far - one.far).slice(0, count);
  return { keys: new Set(worst.map(({ key }) => key)), seriesCount };
}
