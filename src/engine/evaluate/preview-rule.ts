import { unitOf } from "../../metric/metric.ts";
import type { Labels, Point, SeriesKey } from "../../metric/sample.ts";
import { hasUsual, hoursOf, type LocalDays, usualAt, usualRange } from "../../monitor/baseline.ts";
import type { Line } from "../../monitor/judge.ts";
import { isExempt, linesAt, thresholdsFor, type UsualRange } from "../../monitor/lines.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { type Fired, playBack } from "../../monitor/play-back.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import type { Holiday } from "../../roster/roster.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Ports } from "../ports.ts";

export type RulePreview = {
  readonly from: Instant;
  readonly to: Instant;
  readonly seriesCount: number;
  /** Of at most `SERIES_MAX` series. */
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

/** What a rule would have done in the last days: the looks of the evaluation, taken once a minute over what was kept. */
export async function previewRule(
  {
    ports,
    metrics,
    holidays,
  }: { readonly ports: Ports; readonly metrics: Metrics; readonly holidays: readonly Holiday[] },
  monitor: Monitor,
  days: number,
): Promise<RulePreview> {
  const { clock, settings } = ports;
  const to = clock.now();
  const from = to - days * DAY_MS;
  const window = monitor.measure.window;
  const range = { from: from - window, to, pointsMax: MINUTES_MAX, seriesMax: SERIES_MAX };
  const { series, seriesCount } = await metrics.history(monitor.query, range);
  const isHoliday = (date: string): boolean => holidayCalendar(settings.zone, holidays).has(date);
  const usuals = await usualsOf(monitor, metrics, { from, to }, { zone: settings.zone, isHoliday });
  const found = [];
  for (const { key, labels, points } of series) {
    const thresholds = thresholdsFor(monitor, labels);
    const hasHours = thresholds.some(({ hours }) => hours !== undefined);
    const usualOf = usuals(key);
    const facts = (at: Instant) => ({ at, holidays, usual: usualOf(at) });
    const fixed: readonly Line[] | undefined =
      hasHours || monitor.baseline !== undefined ? undefined : linesAt(thresholds, undefined, facts(to));
    // Minutes are named by their beginning: each is looked at when it is over.
    const first = Math.ceil(Math.max(from, points[0]?.at ?? to) / MINUTE_MS) * MINUTE_MS - 1;
    const { fired, covered } = playBack({
      points,
      measure: monitor.measure,
      missing: monitor.missing,
      linesAt: (at) => fixed ?? linesAt(thresholds, monitor.baseline, facts(at)),
      from: Math.min(first, to),
      to,
      step: MINUTE_MS,
    });
    const share = (covered * (to - Math.max(first, from))) / (to - from);
    found.push({
      key,
      labels,
      fired: isExempt(monitor, labels) ? [] : fired,
      covered: share,
      usualKnown: monitor.baseline === undefined ? undefined : shareKnown(usualOf, { from, to }),
    });
    // One series is some ten milliseconds of work: pages have their turn in between.
    await new Promise<void>((resolve) => clock.after(0, resolve));
  }
  return { from, to, seriesCount, series: found };
}

type UsualOf = (at: Instant) => UsualRange | undefined;

function shareKnown(usualOf: UsualOf, { from, to }: { readonly from: Instant; readonly to: Instant }): number {
  let known = 0;
  let hours = 0;
  for (let at = from; at < to; at += HOUR_MS) {
    hours++;
    if (usualOf(at) !== undefined) known++;
  }
  return known / hours;
}

/** For each series what was usual in each hour of the days that are looked at. */
async function usualsOf(
  monitor: Monitor,
  metrics: Metrics,
  { from, to }: { readonly from: Instant; readonly to: Instant },
  days: LocalDays,
): Promise<(key: SeriesKey) => UsualOf> {
  const { baseline, measure, query } = monitor;
  if (baseline === undefined || !hasUsual(measure)) return () => () => undefined;
  const start = from - (baseline.weeks + 1) * 7 * DAY_MS;
  const pointsMax = Math.ceil((to - start) / HOUR_MS) + 1;
  const { series } = await metrics.history(query, { from: start, to, pointsMax, seriesMax: SERIES_MAX });
  const hours = new Map<SeriesKey, ReadonlyMap<Instant, Point>>(
    series.map(({ key, points }) => [key, hoursOf(points)]),
  );
  return (key) => {
    const known = hours.get(key);
    const ranges = new Map<Instant, UsualRange | undefined>();
    return (at) => {
      const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
      if (!ranges.has(hour)) {
        const unit = unitOf(query.metric);
        const usual =
          known === undefined ? undefined : usualAt(hour, known, { measure, unit, weeks: baseline.weeks }, days);
        ranges.set(hour, usual === undefined || "learning" in usual ? undefined : usualRange(usual, baseline));
      }
      return ranges.get(hour);
    };
  };
}
