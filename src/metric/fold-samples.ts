import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { beginOf } from "./point-block.ts";
import type { MinuteOfSeries } from "./point-codec.ts";
import type { HeldSeries } from "./recent-series.ts";

/** A batch that was accepted, side by side: the series, the time and the value of each sample. */
export type HeldSamples = {
  readonly id: string;
  readonly series: readonly HeldSeries[];
  readonly at: Float64Array;
  readonly values: Float64Array;
};

/** What the samples of these batches add to the minutes, by the begin of their hour. */
export function foldSamples(batches: Iterable<HeldSamples>): ReadonlyMap<Instant, readonly MinuteOfSeries[]> {
  const bySeries = new Map<HeldSeries, Growing[]>();
  for (const { series, at, values } of batches) {
    for (const [index, one] of series.entries()) add(bySeries, one, at[index] ?? 0, values[index] ?? 0);
  }
  const byHour = new Map<Instant, MinuteOfSeries[]>();
  for (const [series, minutes] of bySeries) {
    for (const { minute, ...part } of minutes) {
      const hour = beginOf(minute, HOUR_MS);
      const of = byHour.get(hour) ?? [];
      byHour.set(hour, of);
      of.push({ series: series.id, slot: (minute - hour) / MINUTE_MS, part });
    }
  }
  return byHour;
}

type Growing = {
  readonly minute: Instant;
  min: number;
  max: number;
  sum: number;
  count: number;
  last: number;
  lastAfter: number;
};

function add(bySeries: Map<HeldSeries, Growing[]>, series: HeldSeries, at: Instant, value: number): void {
  const minute = beginOf(at, MINUTE_MS);
  const lastAfter = at - minute;
  let minutes = bySeries.get(series);
  if (minutes === undefined) {
    minutes = [];
    bySeries.set(series, minutes);
  }
  const growing = minutes.findLast((one) => one.minute === minute);
  if (growing === undefined) {
    minutes.push({ minute, min: value, max: value, sum: value, count: 1, last: value, lastAfter });
    return;
  }
  if (value < growing.min) growing.min = value;
  if (value > growing.max) growing.max = value;
  growing.sum += value;
  growing.count++;
  if (lastAfter > growing.lastAfter || (lastAfter === growing.lastAfter && value > growing.last)) {
    growing.last = value;
    growing.lastAfter = lastAfter;
  }
}
