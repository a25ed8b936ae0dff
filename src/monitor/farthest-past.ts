import type { Point } from "../metric/sample.ts";
import { HOUR_MS, type Instant } from "../time/instant.ts";
import { hourValue } from "./baseline.ts";
import type { Monitor, Threshold } from "./monitor.ts";

/**
 * How far past its lines a series came in an hour of a stretch of time, in shares of the line: 0 is on it, below 0 is
 * short of it. Told by the worst value of each hour, so that it leaves out nothing that fires; without a line by how
 * far its hours are apart. Silence that fires counts for more than any value.
 */
export function farthestPast(
  { measure, missing }: Pick<Monitor, "measure" | "missing">,
  thresholds: readonly Threshold[],
  hours: ReadonlyMap<Instant, Point>,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): number {
  const isGrowth = measure.form === "rate" || measure.form === "increase";
  const all: { readonly low: number; readonly high: number }[] = [];
  let gaps = 0;
  for (let hour = Math.floor(from / HOUR_MS) * HOUR_MS; hour < to; hour += HOUR_MS) {
    const point = hours.get(hour);
    if (point === undefined || point.count === 0) {
      gaps++;
      continue;
    }
    const grown = isGrowth ? hourValue(measure, point, hours.get(hour - HOUR_MS)) : undefined;
    if (!isGrowth) all.push({ low: point.min, high: point.max });
    else if (grown !== undefined) all.push({ low: grown, high: grown });
  }
  const share = (distance: number, bound: number): number => distance / (Math.abs(bound) || 1);
  const past = thresholds.flatMap(({ when, bound }) =>
    all.map(({ low, high }) =>
      when === "above" || when === "at-least" ? share(high - bound, bound) : share(bound - low, bound),
    ),
  );
  const [high, low] = [Math.max(...all.map((one) => one.high)), Math.min(...all.map((one) => one.low))];
  const apart = all.length === 0 ? [] : [share(high - low, high)];
  const silent = missing.then === "alert" && gaps > 0 && all.length > 0 ? [SILENT + gaps] : [];
  return Math.max(Number.NEGATIVE_INFINITY, ...silent, ...(thresholds.length === 0 ? apart : past));
}

const SILENT = 1_000_000;
