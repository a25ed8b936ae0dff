import { measuredUnit } from "../../metric/metric.ts";
import type { Labels, Point, SeriesKey } from "../../metric/sample.ts";
import { hasUsual, hoursLike, hoursOf, type Learning, type Usual, usualAt } from "../../monitor/baseline.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import type { UntaughtFacts } from "../../monitor/untaught.ts";
import type { Queries } from "../../store/store.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { readUntaught, type Surroundings, untaughtOf } from "./untaught-facts.ts";

/**
 * What is usual in this hour, for every series of the monitors that ask for it: learned once an hour, a week at a time,
 * so that no evaluation waits for the store and the store is never asked for much at once.
 */
export type Baselines = {
  /**
   * What is usual for a series at an instant. Undefined: not learned for this hour yet, as after a start or while the
   * store is away; then nothing is known, which is neither usual nor unusual.
   */
  usual(monitor: Monitor, key: SeriesKey, at: Instant): Usual | Learning | undefined;
  /**
   * Asks the store for the next of what is missing; to be called again soon while more is. What the store cannot tell
   * now is asked for again the next time: thresholds must not wait for what is usual.
   */
  learn(monitors: readonly Monitor[], surroundings: Surroundings, at: Instant): Promise<LearnStep>;
};

export type LearnStep = {
  /** Monitors and hours that are still to be learned. */
  readonly left: number;
  /** Series known by now, of all monitors and hours. */
  readonly series: number;
  /** Series for which nothing was learned, being more than are asked for at once. */
  readonly leftOut: number;
  /** Why nothing was learned this time. */
  readonly failed: string | null;
};

/** The next hour is learned this long before it begins, so that its first evaluation knows. */
const AHEAD_MS = 10 * MINUTE_MS;

/** Of one monitor. A fleet with more of them is watched by monitors of its parts. */
const SERIES_MAX = 2_000;

type Lesson = {
  readonly monitor: Monitor;
  readonly hour: Instant;
  /** Hours of other weeks that are still to be asked for, the newest first. */
  readonly left: Instant[];
  readonly series: Map<SeriesKey, { readonly labels: Labels; readonly points: Point[] }>;
  leftOut: number;
};

type Learned = { readonly usual: ReadonlyMap<SeriesKey, Usual | Learning>; readonly leftOut: number };

export function createBaselines(
  metrics: Pick<Metrics, "history">,
  queries: Pick<Queries, "incidents" | "silences" | "maintenances">,
): Baselines {
  const learned = new Map<string, Learned>();
  const lessons = new Map<string, Lesson>();

  return {
    usual(monitor, key, at) {
      const known = learned.get(nameOf(monitor, at));
      return known === undefined ? undefined : (known.usual.get(key) ?? { learning: 0, hours: [] });
    },
    async learn(monitors, surroundings, at) {
      const wanted = new Set<string>();
      for (const monitor of monitors) {
        if (!monitor.enabled || monitor.baseline === undefined || !hasUsual(monitor.measure)) continue;
        for (const hour of new Set([hourOf(at), hourOf(at + AHEAD_MS)])) {
          const name = nameOf(monitor, hour);
          wanted.add(name);
          if (learned.has(name) || lessons.has(name)) continue;
          const left = [...hoursLike(hour, monitor.baseline.weeks, surroundings)];
          lessons.set(name, { monitor, hour, left, series: new Map(), leftOut: 0 });
        }
      }
      for (const known of [learned, lessons])
        for (const name of known.keys()) if (!wanted.has(name)) known.delete(name);
      const [next] = lessons;
      let failed: string | null = null;
      try {
        if (next !== undefined && (await askNext(next[1]))) {
          const { hour, monitor, leftOut } = next[1];
          const asked = hoursLike(hour, monitor.baseline?.weeks ?? 0, surroundings);
          const range = { from: Math.min(hour, ...asked), to: Math.max(0, ...asked) + HOUR_MS };
          const untaught = await readUntaught(queries, surroundings.services, range);
          learned.set(next[0], { usual: concluded(next[1], surroundings, untaught), leftOut });
          lessons.delete(next[0]);
        }
      } catch (error) {
        failed = String(error);
      }
      const all = [...learned.values()];
      return {
        left: lessons.size,
        series: all.reduce((sum, { usual }) => sum + usual.size, 0),
        leftOut: all.reduce((sum, one) => sum + one.leftOut, 0),
        failed,
      };
    },
  };

  /** True: that was the last. A week counts as asked for only once it is answered. */
  async function askNext(lesson: Lesson): Promise<boolean> {
    const [hour] = lesson.left;
    if (hour !== undefined) {
      // With the hour before it, which a counter's growth is told from.
      const range = { from: hour - HOUR_MS, to: hour + HOUR_MS, pointsMax: 2, seriesMax: SERIES_MAX };
      const { series, seriesCount } = await metrics.history(lesson.monitor.query, range);
      lesson.left.shift();
      lesson.leftOut = Math.max(lesson.leftOut, seriesCount - series.length);
      for (const { key, labels, points } of series) {
        const known = lesson.series.get(key);
        if (known === undefined) lesson.series.set(key, { labels, points: [...points] });
        else known.points.push(...points);
      }
    }
    return lesson.left.length === 0;
  }
}

function concluded(
  { monitor, hour, series }: Lesson,
  surroundings: Surroundings,
  facts: UntaughtFacts,
): ReadonlyMap<SeriesKey, Usual | Learning> {
  const { measure, baseline, query } = monitor;
  const rule = { measure, unit: measuredUnit(query.metric, measure), weeks: baseline?.weeks ?? 0 };
  return new Map(
    [...series].map(([key, { labels, points }]) => {
      const hours = hoursOf(points.sort((one, other) => one.at - other.at));
      const untaught = untaughtOf(monitor, labels, facts, surroundings.services);
      return [key, usualAt(hour, hours, rule, surroundings, untaught)];
    }),
  );
}

/** Monitors that ask the same learn the same; one that is changed is learned anew. */
function nameOf({ query, measure, baseline, service }: Monitor, at: Instant): string {
  return JSON.stringify([hourOf(at), query, measure, baseline?.weeks, service]);
}

function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}
