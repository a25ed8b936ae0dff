import type { Point } from "../metric/sample.ts";
import type { Instant } from "../time/instant.ts";
import type { Measure } from "./monitor.ts";

/** The longest window: what memory holds of a series as minutes. */
export const WINDOW_MS_MAX = 3_600_000;
export const WINDOW_MS_MIN = 10_000;

/**
 * The value of a window that ends at `at`, out of points in order of time; undefined where nothing was measured in it,
 * or nothing that is a number: what cannot be compared is neither well nor ill.
 * Percentiles of points that stand for several samples are of their means. A counter that fell was started anew: what it
 * shows then is what it grew by.
 */
export function measured(measure: Measure, points: readonly Point[], at: Instant): number | undefined {
  const value = valueOf(measure, points, at);
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

function valueOf(measure: Measure, points: readonly Point[], at: Instant): number | undefined {
  const first = firstAtOrAfter(points, at - measure.window);
  const end = firstAtOrAfter(points, at + 1);
  if (first >= end) return undefined;
  switch (measure.form) {
    case "last":
      return points[end - 1]?.last;
    case "avg": {
      let sum = 0;
      let count = 0;
      for (let nth = first; nth < end; nth++) {
        sum += points[nth]?.sum ?? 0;
        count += points[nth]?.count ?? 0;
      }
      return sum / count;
    }
    case "min":
      return points.slice(first, end).reduce((low, { min }) => Math.min(low, min), Number.POSITIVE_INFINITY);
    case "max":
      return points.slice(first, end).reduce((high, { max }) => Math.max(high, max), Number.NEGATIVE_INFINITY);
    case "percentile":
      return percentileOf(points.slice(first, end), measure.percentile);
    case "increase":
      return growth(points, first, end, measure.window)?.by;
    case "rate": {
      const grown = growth(points, first, end, measure.window);
      return grown === undefined ? undefined : grown.by / (grown.over / 1_000);
    }
  }
}

/** When the last point at or before `at` was measured. */
export function measuredAt(points: readonly Point[], at: Instant): Instant | undefined {
  return points[firstAtOrAfter(points, at + 1) - 1]?.at;
}

/** By nearest rank, each point with the weight of its samples. */
function percentileOf(points: readonly Point[], percentile: number): number {
  const sorted = points
    .map(({ sum, count }) => ({ mean: sum / count, count }))
    .sort((one, other) => one.mean - other.mean);
  const rank = (percentile / 100) * sorted.reduce((all, { count }) => all + count, 0);
  let passed = 0;
  for (const { mean, count } of sorted) {
    passed += count;
    if (passed >= rank) return mean;
  }
  return sorted.at(-1)?.mean ?? Number.NaN;
}

/** How much a counter grew: from the last value before the window, where there is a recent one, else from the first in it. */
function growth(
  points: readonly Point[],
  first: number,
  end: number,
  window: number,
): { readonly by: number; readonly over: number } | undefined {
  const start = points[first];
  const before = points[first - 1];
  const isBase = before !== undefined && start !== undefined && start.at - before.at <= window;
  const from = isBase ? first - 1 : first;
  if (end - from < 2) return undefined;
  let by = 0;
  for (let nth = from + 1; nth < end; nth++) {
    const was = points[nth - 1]?.last ?? 0;
    const is = points[nth]?.last ?? 0;
    by += is >= was ? is - was : is;
  }
  return { by, over: (points[end - 1]?.at ?? 0) - (points[from]?.at ?? 0) };
}

function firstAtOrAfter(points: readonly Point[], at: Instant): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
