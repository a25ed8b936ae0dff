import type { Labels, SeriesKey } from "../../metric/sample.ts";
import { usualRange } from "../../monitor/baseline.ts";
import { isExempt, linesAt, thresholdsFor, type UsualRange } from "../../monitor/lines.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { type Fired, playBack } from "../../monitor/play-back.ts";
import type { Holiday } from "../../roster/roster.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import type { Surroundings } from "../baselines/untaught-facts.ts";
import { usualOver } from "../baselines/usual-over.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Ports } from "../ports.ts";
import { worstSeries } from "./worst-series.ts";

export type RulePreview = {
  readonly from: Instant;
  readonly to: Instant;
  readonly seriesCount: number;
  /** Of at most `SERIES_MAX` series: where there are more, of those that came nearest to firing, or furthest past it. */
  readonly series: readonly {
    readonly key: SeriesKey;
    readonly labels: Labels;
    readonly fired: readonly Fired[];
    readonly covered: number;
    /** The share of hours of which it was known what is usual; undefined without a baseline. */
    readonly usualKnown: number | undefined;
  }[];
};

const SERIES_MAX = 30;
const MINUTES_MAX = 8 * 24 * 60;

export type PreviewFacts = {
  readonly ports: Pick<Ports, "clock">;
  readonly metrics: Pick<Metrics, "history">;
  readonly queries: Pick<Queries, "incidents" | "silences" | "maintenances">;
  readonly holidays: readonly Holiday[];
  readonly surroundings: Surroundings;
  /** When Bongsu was away: nothing would have been said then. */
  readonly deaf: readonly Interval[];
};

/** What a rule would have done in the last days: the looks of the evaluation, taken once a minute over what was kept. */
export async function previewRule(facts: PreviewFacts, monitor: Monitor, days: number): Promise<RulePreview> {
  const { metrics, holidays } = facts;
  const { clock } = facts.ports;
  const to = clock.now();
  const from = to - days * DAY_MS;
  // With what a window reaches back to, and a value before it that a counter's growth is told from.
  const before = from - 2 * monitor.measure.window;
  const { keys, seriesCount } = await worstSeries(metrics, monitor, { from, to, count: SERIES_MAX });
  const range = { from: before, to, pointsMax: MINUTES_MAX, seriesMax: SERIES_MAX, keys, asKept: true } as const;
  const { series } = await metrics.history(monitor.query, range);
  const usuals = await usualOver(facts, monitor, { from, to, keys });
  const deaf = facts.deaf.filter(({ end }) => end > before);
  const found = [];
  for (const { key, labels, points } of series) {
    const thresholds = thresholdsFor(monitor, labels);
    const hasHours = thresholds.some(({ hours }) => hours !== undefined);
    const known = usuals(key, labels);
    const usualAt = (at: Instant): UsualRange | undefined => {
      const usual = known(at);
      return usual === undefined || "learning" in usual || monitor.baseline === undefined
        ? undefined
        : usualRange(usual, monitor.baseline);
    };
    const isFixed = !hasHours && monitor.baseline === undefined;
    const fixed = isFixed ? linesAt(thresholds, undefined, { at: to, holidays, usual: undefined }) : undefined;
    // Minutes are named by their beginning: each is looked at when it is over.
    const first = Math.ceil(Math.max(from, points[0]?.at ?? to) / MINUTE_MS) * MINUTE_MS - 1;
    const begin = first < (points[0]?.at ?? 0) ? first + MINUTE_MS : first;
    const { fired, covered } = playBack({
      points,
      measure: monitor.measure,
      missing: monitor.missing,
      linesAt: (at) => fixed ?? linesAt(thresholds, monitor.baseline, { at, holidays, usual: usualAt(at) }),
      deaf,
      from: Math.min(begin, to),
      to,
      step: MINUTE_MS,
    });
    found.push({
      key,
      labels,
      fired: isExempt(monitor, labels) ? [] : fired,
      covered: (covered * (to - Math.max(begin, from))) / (to - from),
      usualKnown: monitor.baseline === undefined ? undefined : shareKnown(usualAt, { from, to }),
    });
    // One series is some ten milliseconds of work: pages have their turn in between.
    await new Promise<void>((resolve) => clock.after(0, resolve));
  }
  return { from, to, seriesCount, series: found };
}

function shareKnown(
  usualAt: (at: Instant) => UsualRange | undefined,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): number {
  let known = 0;
  let hours = 0;
  for (let at = from; at < to; at += HOUR_MS) {
    hours++;
    if (usualAt(at) !== undefined) known++;
  }
  return known / hours;
}
