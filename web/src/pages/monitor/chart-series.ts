import type { ShownMetrics, ShownMonitor, ShownSeries, ShownUsual } from "../../../../src/http/wire/monitors.ts";

/** One series as it is drawn: the middle, and how far it went to either side of it. */
export type ChartSeries = {
  readonly name: string;
  /** Its colour and dashes, by place. */
  readonly place: number;
  readonly avg: readonly (number | null)[];
  readonly min: readonly (number | null)[];
  readonly max: readonly (number | null)[];
};

export type SeriesSummary = {
  readonly name: string;
  readonly min: number | null;
  readonly avg: number | null;
  readonly max: number | null;
  readonly last: number | null;
  /** The place of the most among the points. */
  readonly maxAt: number | null;
};

type Measured = ShownMetrics["series"][number];
type Measure = ShownMonitor["rule"]["measure"];

/** The same for the same labels, in whatever order they came. */
export function labelsKey(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What was measured of the series that are to be drawn, in their order; those that brought nothing are left out. */
export function drawnOf(
  metrics: ShownMetrics,
  chosen: readonly (Pick<ShownSeries, "labels"> & { readonly name: string; readonly place: number })[],
  measure: Measure,
): readonly ChartSeries[] {
  const byLabels = new Map(metrics.series.map((series) => [labelsKey(series.labels), series]));
  return chosen.flatMap(({ labels, name, place }) => {
    const found = byLabels.get(labelsKey(labels));
    if (found === undefined) return [];
    return [{ name, place, ...asHeld(found, measure, metrics.stepSeconds) }];
  });
}

/** A counter only grows: what is held against the lines is how fast, so that is what is drawn. */
function asHeld(
  { avg, min, max }: Measured,
  measure: Measure,
  stepSeconds: number,
): Pick<ChartSeries, "avg" | "min" | "max"> {
  if (measure.form !== "rate" && measure.form !== "increase") return { avg, min, max };
  const over = measure.form === "rate" ? 1 : measure.window / 1_000;
  const rate = max.map((value, nth) => {
    const before = nth === 0 ? null : (max[nth - 1] ?? null);
    // A fall is a restart: the counter began at nothing.
    if (value === null || before === null) return null;
    return ((value < before ? value : value - before) / stepSeconds) * over;
  });
  return { avg: rate, min: rate, max: rate };
}

/** What was usual for a series in an hour, in epoch seconds. */
export type UsualHour = {
  readonly place: number;
  readonly from: number;
  readonly to: number;
  readonly low: number;
  readonly high: number;
};

/** The hours of which something is known; those beside each other that say the same are one. */
export function rangesOf(hours: ShownUsual["hours"], place: number): readonly UsualHour[] {
  const found: UsualHour[] = [];
  for (const { at, low, high } of hours) {
    if (low === null || high === null) continue;
    const from = Date.parse(at) / 1_000;
    const last = found.at(-1);
    if (last !== undefined && last.to === from && last.low === low && last.high === high)
      found[found.length - 1] = { ...last, to: from + HOUR_SECONDS };
    else found.push({ place, from, to: from + HOUR_SECONDS, low, high });
  }
  return found;
}

const HOUR_SECONDS = 3_600;

export function summaryOf({ name, avg, min, max }: ChartSeries): SeriesSummary {
  const lows = min.filter((value) => value !== null);
  const middles = avg.filter((value) => value !== null);
  const highs = max.filter((value) => value !== null);
  if (middles.length === 0) return { name, min: null, avg: null, max: null, last: null, maxAt: null };
  const most = Math.max(...highs);
  return {
    name,
    min: Math.min(...lows),
    avg: middles.reduce((sum, value) => sum + value, 0) / middles.length,
    max: most,
    last: middles.at(-1) ?? null,
    maxAt: max.indexOf(most),
  };
}

type Line = Pick<ShownMonitor["rule"]["thresholds"][number], "when" | "bound">;

/** For how many seconds the middle was past one of the lines, as far as the points tell. */
export function pastOf({ avg }: ChartSeries, lines: readonly Line[], stepSeconds: number): number {
  const past = avg.filter((value) => value !== null && lines.some((line) => isPast(value, line)));
  return past.length * stepSeconds;
}

function isPast(value: number, { when, bound }: Line): boolean {
  switch (when) {
    case "above":
      return value > bound;
    case "at-least":
      return value >= bound;
    case "below":
      return value < bound;
    case "at-most":
      return value <= bound;
  }
}

/** Every so manyth place, so that a table of them can be read; the last is among them. */
export function placesOf(count: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(count / most));
  const places: number[] = [];
  for (let place = count - 1; place >= 0; place -= every) places.push(place);
  return places;
}

/** The values between which the chart is drawn: all that was measured, and the lines that are not far away from it. */
export function scaleOf(
  series: readonly ChartSeries[],
  bounds: readonly number[],
  isRatio: boolean,
): { readonly min: number; readonly max: number } {
  const values = series.flatMap(({ min, max }) => [...min, ...max]).filter((value) => value !== null);
  const low = values.length === 0 ? 0 : Math.min(...values);
  const high = values.length === 0 ? 1 : Math.max(...values);
  if (isRatio && low >= 0 && high <= 1 && (high > 0.2 || values.length === 0)) return { min: 0, max: 1 };
  const reach = Math.max(Math.abs(high), Math.abs(low), high - low) * 3;
  const near = bounds.filter((bound) => reach === 0 || (bound <= high + reach && bound >= low - reach));
  const min = Math.min(low, ...near, ...(low >= 0 ? [0] : []));
  const max = Math.max(high, ...near);
  const room = (max - min || 1) * 0.06;
  return { min: min === 0 ? 0 : min - room, max: max + room };
}
