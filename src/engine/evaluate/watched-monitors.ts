import type { SeriesKey } from "../../metric/sample.ts";
import { harderKey } from "../../monitor/alert-key.ts";
import { usualRange } from "../../monitor/baseline.ts";
import { harderThresholds } from "../../monitor/harder.ts";
import type { Monitor, MonitorId } from "../../monitor/monitor.ts";
import type { Holiday } from "../../roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import { matches } from "../../triage/matchers.ts";
import type { Baselines } from "../baselines/baselines.ts";
import type { HarderWatches } from "../harder-watch/harder-watch.ts";
import type { Metrics, SeriesPoints } from "../metrics/metrics.ts";
import type { ToldAlerts } from "./told-alerts.ts";
import { backOf, type Look, lookAt, looksBack, newSeries, type WatchedSeries } from "./watched-series.ts";

type Parts = {
  readonly metrics: Pick<Metrics, "recent" | "history">;
  readonly baselines: Pick<Baselines, "usual">;
  readonly harder: HarderWatches;
  readonly told: Pick<ToldAlerts, "get">;
  readonly keyOf: (monitor: MonitorId, series: SeriesKey) => string;
};

export type WatchFacts = {
  readonly at: Instant;
  readonly holidays: readonly Holiday[];
  readonly deaf: readonly Interval[];
  /** The grade of what watching harder finds; undefined where there are no grades. */
  readonly least: string | undefined;
};

type Watched = {
  /** A rule that was changed is looked at anew. */
  readonly fingerprint: string;
  readonly monitor: Monitor;
  readonly series: Map<SeriesKey, WatchedSeries>;
  /** Those that are watched harder after an incident, as they stand at the tighter lines. */
  readonly harder: Map<SeriesKey, WatchedSeries>;
};

/** A series that brought nothing for so long is forgotten; its alert, if it had one, stays silent until a person says. */
const FORGET_MS = DAY_MS;
/** Series of one rule of which more is asked than memory holds, after a start. */
const ASKED_MAX = 2_000;
/** Points of a day that tell which series there were. */
const DAY_POINTS = 24;

/** Where every series stands at every monitor, between one look and the next. */
export class WatchedMonitors {
  readonly #parts: Parts;
  readonly #watched = new Map<MonitorId, Watched>();
  readonly #ended = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  seriesOf(id: MonitorId): readonly WatchedSeries[] {
    return [...(this.#watched.get(id)?.series.values() ?? [])];
  }

  /** How a series stands at the tighter lines, where it is watched harder. */
  harderOf(id: MonitorId, series: SeriesKey): WatchedSeries | undefined {
    return this.#watched.get(id)?.harder.get(series);
  }

  /** Alerts of series that their rule is no longer about since it was changed. */
  get ended(): ReadonlySet<string> {
    return this.#ended;
  }

  /** What this rule says now of each of its series. */
  async lookAt(monitor: Monitor, facts: WatchFacts): Promise<readonly WatchedSeries[]> {
    const { at } = facts;
    const known = this.#watched.get(monitor.id);
    const fingerprint = fingerprintOf(monitor);
    const isFirst = known?.fingerprint !== fingerprint;
    const mine = isFirst ? await this.#begin(monitor, fingerprint, known, at) : known;
    const window = monitor.measure.window;
    const points = new Map(this.#recent(monitor, at - 2 * window));
    for (const { key, labels } of mine.series.values()) if (!points.has(key)) points.set(key, none(key, labels));
    const looks = [...points.values()].map((one) => this.#look(mine, one, facts));
    // Of what is new or back again, what came before is looked at too, as far as memory goes.
    const isBack = looks.some(({ seen, series }) => looksBack(series, seen));
    const past = isBack ? await this.#past(monitor, { at, isFirst, window }) : undefined;
    for (const { key, labels, series, seen } of looks) {
      const back = looksBack(series, seen);
      const one = series ?? newSeries(key, labels);
      lookAt(one, back, back ? { ...seen, points: past?.get(key)?.points ?? seen.points } : seen);
      mine.series.set(key, one);
      this.#lookHarder(mine, one, seen, facts.least);
      if (at - (one.standing.valueAt ?? at) > FORGET_MS) mine.series.delete(key);
    }
    return [...mine.series.values()];
  }

  /** Those that are watched no more are forgotten. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of this.#watched.keys()) if (!ids.has(id)) this.#watched.delete(id);
  }

  said(key: string): void {
    this.#ended.delete(key);
  }

  /** What a rule that is new or was changed is about: what the one before knew, and what was there in the last day. */
  async #begin(monitor: Monitor, fingerprint: string, before: Watched | undefined, at: Instant): Promise<Watched> {
    const mine: Watched = { fingerprint, monitor, series: new Map(), harder: new Map() };
    for (const { key, labels, standing } of before?.series.values() ?? []) {
      const isStill = before?.monitor.query.metric === monitor.query.metric && matches(monitor.query.matchers, labels);
      if (isStill) mine.series.set(key, newSeries(key, labels, standing.valueAt));
      else this.#ended.add(this.#parts.keyOf(monitor.id, key));
    }
    if (monitor.missing.then === "alert") {
      const range = { from: at - FORGET_MS, to: at, pointsMax: DAY_POINTS, seriesMax: ASKED_MAX };
      const { series } = await this.#parts.metrics.history(monitor.query, range);
      for (const { key, labels, points } of series)
        if (!mine.series.has(key)) mine.series.set(key, newSeries(key, labels, points.at(-1)?.at));
    }
    this.#watched.set(monitor.id, mine);
    return mine;
  }

  #recent({ query }: Monitor, since: Instant): readonly (readonly [SeriesKey, SeriesPoints])[] {
    return this.#parts.metrics.recent(query, since).map((one) => [one.key, one] as const);
  }

  async #past(
    monitor: Monitor,
    { at, isFirst, window }: { readonly at: Instant; readonly isFirst: boolean; readonly window: number },
  ): Promise<ReadonlyMap<SeriesKey, SeriesPoints>> {
    const back = backOf(monitor);
    const recent = new Map(this.#recent(monitor, at - HOUR_MS - 2 * window));
    if (!isFirst || back <= HOUR_MS) return recent;
    // Memory is shorter than what this rule waits for: a restart must not make it wait anew.
    const range = {
      from: at - back - 2 * window,
      to: at,
      pointsMax: Math.ceil(2 * (back / HOUR_MS) * 60),
      seriesMax: ASKED_MAX,
    };
    const { series } = await this.#parts.metrics.history(monitor.query, range);
    return new Map([...recent, ...series.map((one) => [one.key, one] as const)]);
  }

  #look(
    mine: Watched,
    { key, labels, points }: SeriesPoints,
    { at, holidays, deaf }: WatchFacts,
  ): {
    readonly key: SeriesKey;
    readonly labels: SeriesPoints["labels"];
    readonly series: WatchedSeries | undefined;
    readonly seen: Look;
  } {
    const { monitor } = mine;
    const { baselines, told, keyOf } = this.#parts;
    const usual = monitor.baseline === undefined ? undefined : baselines.usual(monitor, key, at);
    const range =
      usual === undefined || "learning" in usual || monitor.baseline === undefined
        ? undefined
        : usualRange(usual, monitor.baseline);
    const seen: Look = {
      monitor,
      points,
      at,
      holidays,
      deaf,
      usual: range,
      learned: usual,
      alert: told.get(keyOf(monitor.id, key)),
    };
    return { key, labels, series: mine.series.get(key), seen };
  }

  #lookHarder(mine: Watched, one: WatchedSeries, seen: Look, least: string | undefined): void {
    const { monitor } = mine;
    const { harder, told, keyOf } = this.#parts;
    const key = keyOf(monitor.id, one.key);
    const lines = least === undefined || one.exempt ? [] : harderThresholds(monitor, one.thresholds, least);
    if (lines.length === 0 || !harder.watches(key, seen.at)) {
      mine.harder.delete(one.key);
      return;
    }
    const before = mine.harder.get(one.key);
    const alert = told.get(harderKey(key));
    const series = before ?? newSeries(one.key, one.labels);
    const { baseline: _, ...rule } = monitor;
    // What it crossed while it was broken is known: it counts from its recovery on.
    lookAt(series, before === undefined && alert !== undefined, {
      ...seen,
      monitor: { ...rule, thresholds: lines, exceptions: [], missing: { then: "keep", after: monitor.missing.after } },
      usual: undefined,
      learned: undefined,
      alert,
    });
    mine.harder.set(one.key, series);
  }
}

function none(key: SeriesKey, labels: SeriesPoints["labels"]): SeriesPoints {
  return { key, labels, points: [] };
}

function fingerprintOf({ query, measure, thresholds, baseline, exceptions, missing }: Monitor): string {
  return JSON.stringify([query, measure, thresholds, baseline, exceptions, missing]);
}
