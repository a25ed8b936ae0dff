import type { MetricQuery } from "../monitor/monitor.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { matches } from "../triage/matchers.ts";
import { METRICS } from "./metric.ts";
import { beginOf, HOUR_OF_MINUTES, type PartOfSlot, PointBlock } from "./point-block.ts";
import { type Labels, type Point, type Sample, type SeriesId, type SeriesKey, seriesKey } from "./sample.ts";
import { SampleRing } from "./sample-ring.ts";

/** So far back every sample is remembered; before that, the minutes. */
export const RECENT_MS = 5 * MINUTE_MS;
/** So far back the minutes are remembered, and to the begin of the hour before that. */
const MINUTES_MS = HOUR_MS + 15 * MINUTE_MS;
export const SERIES_MAX = 100_000;

/** How many series a host has, when the last sample of them came, and when the last of the host itself (its processors, say). */
export type HostSeries = {
  readonly series: number;
  readonly lastAt: Instant;
  readonly itselfAt: Instant | undefined;
};

const METRICS_OF_HOSTS: ReadonlySet<string> = new Set(
  METRICS.filter(({ labels }) => labels.includes("host")).map(({ name }) => name),
);

/** One series as it is remembered. */
export type HeldSeries = {
  readonly id: SeriesId;
  readonly key: SeriesKey;
  readonly metric: string;
  readonly labels: Labels;
  readonly ring: SampleRing;
  /** By the begin of their hour. */
  readonly hours: Map<Instant, PointBlock>;
  lastAt: Instant;
  /** When it was asked for last (`hold`). */
  usedAt: Instant;
  /** The store knows its labels. */
  isStored: boolean;
};

/** From here on the minutes of every series are in memory, and nowhere else has to be asked. */
export function rememberedFrom(at: Instant): Instant {
  return beginOf(at - MINUTES_MS, HOUR_MS);
}

/** From here on every sample is in memory; the begin of a minute, so that minutes and samples meet without a gap. */
export function samplesFrom(at: Instant): Instant {
  return beginOf(at - RECENT_MS, MINUTE_MS);
}

/** What was measured lately, by series. Has no clock: whoever asks says what time it is. */
export class RecentSeries {
  readonly #series = new Map<SeriesKey, HeldSeries>();
  readonly #byId = new Map<SeriesId, HeldSeries>();
  readonly #byMetric = new Map<string, Set<HeldSeries>>();
  readonly #idOf: (key: SeriesKey) => SeriesId;
  readonly #seriesMax: number;

  constructor(idOf: (key: SeriesKey) => SeriesId, seriesMax = SERIES_MAX) {
    this.#idOf = idOf;
    this.#seriesMax = seriesMax;
  }

  get size(): number {
    return this.#series.size;
  }

  /**
   * The series of a sample; undefined: it would be one too many. It stays the same for at least an hour, so that it can
   * be held while a sample becomes durable.
   */
  hold(metric: string, labels: Labels, now: Instant): HeldSeries | undefined {
    const key = seriesKey(metric, labels);
    const known = this.#series.get(key);
    if (known !== undefined) {
      known.usedAt = now;
      return known;
    }
    if (this.#series.size >= this.#seriesMax) return undefined;
    const series: HeldSeries = {
      id: this.#idOf(key),
      key,
      metric,
      labels,
      ring: new SampleRing(),
      hours: new Map(),
      lastAt: Number.NEGATIVE_INFINITY,
      usedAt: now,
      isStored: false,
    };
    this.#series.set(key, series);
    this.#byId.set(series.id, series);
    const ofMetric = this.#byMetric.get(metric);
    if (ofMetric === undefined) this.#byMetric.set(metric, new Set([series]));
    else ofMetric.add(series);
    return series;
  }

  byId(id: SeriesId): HeldSeries | undefined {
    return this.#byId.get(id);
  }

  /** `alsoMinutes`: false where the minutes know of it already. */
  add(series: HeldSeries, { at, value }: Pick<Sample, "at" | "value">, now: Instant, alsoMinutes = true): void {
    if (at > series.lastAt) series.lastAt = at;
    series.ring.add(at, value, samplesFrom(now));
    if (alsoMinutes && at >= rememberedFrom(now)) blockOf(series, at).addSample(at, value);
  }

  /** A minute that was folded before this process began. */
  addMinute(series: HeldSeries, hour: Instant, slot: number, part: PartOfSlot): void {
    const at = hour + slot * MINUTE_MS + part.lastAfter;
    if (at > series.lastAt) series.lastAt = at;
    blockOf(series, hour).merge(slot, part);
  }

  /** Series that match and had a sample at or after `since`. */
  matching({ metric, matchers }: MetricQuery, since: Instant): readonly HeldSeries[] {
    return [...(this.#byMetric.get(metric) ?? [])].filter(
      ({ lastAt, labels }) => lastAt >= since && matches(matchers, labels),
    );
  }

  /** In order of time: samples as far back as they are remembered, minutes before that. */
  points(series: HeldSeries, since: Instant, now: Instant): readonly Point[] {
    const boundary = samplesFrom(now);
    return [
      ...(since < boundary ? this.minutes(series, since, boundary) : []),
      ...series.ring.points(Math.max(since, boundary), Number.POSITIVE_INFINITY),
    ];
  }

  /** The minutes that begin in [from, to). */
  minutes(series: HeldSeries, from: Instant, to: Instant): readonly Point[] {
    const begins = [...series.hours.keys()]
      .filter((begin) => begin < to && begin + HOUR_MS > from)
      .sort((a, b) => a - b);
    return begins.flatMap((begin) => series.hours.get(begin)?.points(from, to) ?? []);
  }

  /** How many series each metric has that had a sample at or after `since`. */
  names(since: Instant): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [metric, all] of this.#byMetric) {
      let series = 0;
      for (const { lastAt } of all) if (lastAt >= since) series++;
      if (series > 0) counts.set(metric, series);
    }
    return counts;
  }

  /** The hosts that series of since then are of. */
  hosts(since: Instant): ReadonlyMap<string, HostSeries> {
    const hosts = new Map<string, HostSeries>();
    for (const { metric, labels, lastAt } of this.#series.values()) {
      const { host } = labels;
      if (host === undefined || lastAt < since) continue;
      const { series = 0, lastAt: before = lastAt, itselfAt } = hosts.get(host) ?? {};
      const itself = METRICS_OF_HOSTS.has(metric) ? Math.max(itselfAt ?? lastAt, lastAt) : itselfAt;
      hosts.set(host, { series: series + 1, lastAt: Math.max(before, lastAt), itselfAt: itself });
    }
    return hosts;
  }

  /** Lets go of what is older than it has to remember. */
  forget(now: Instant): void {
    const from = rememberedFrom(now);
    for (const series of this.#series.values()) {
      series.ring.dropBefore(samplesFrom(now));
      for (const begin of series.hours.keys()) if (begin < from) series.hours.delete(begin);
      if (series.hours.size > 0 || series.ring.size > 0 || series.usedAt >= from) continue;
      this.#series.delete(series.key);
      this.#byId.delete(series.id);
      const ofMetric = this.#byMetric.get(series.metric);
      ofMetric?.delete(series);
      if (ofMetric?.size === 0) this.#byMetric.delete(series.metric);
    }
  }
}

function blockOf(series: HeldSeries, at: Instant): PointBlock {
  const begin = beginOf(at, HOUR_MS);
  let block = series.hours.get(begin);
  if (block === undefined) {
    block = new PointBlock(begin, HOUR_OF_MINUTES);
    series.hours.set(begin, block);
  }
  return block;
}
