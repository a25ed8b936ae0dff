import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { ShownMetrics, ShownPreview, ShownRule } from "../../../../src/http/wire/monitors.ts";
import type { Unit } from "../../../../src/metric/metric.ts";
import { api } from "../../api/client.ts";
import { useTimeText } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import type { ChartFacts } from "../monitor/chart.tsx";
import { drawnOf, scaleOf } from "../monitor/chart-series.ts";
import { namesOf } from "../monitors/monitor-tile.tsx";
import { isFalling } from "../monitors/worst.ts";
import { matcher, matcherText } from "../muting/matchers.ts";
import styles from "./preview-panel.module.css";
import { words } from "./words.ts";

const Chart = lazy(() => import("../monitor/chart.tsx").then(({ Chart }) => ({ default: Chart })));

const POINTS = 336;
/** Of so many the one that came nearest to the line is drawn where none fired. */
const LOOKED_AT = 20;

type Labels = Readonly<Record<string, string>>;

/** The last week of the series that fired most, or came nearest to it, with the lines of the rule as it is written. */
export function WorstChart({
  rule,
  preview,
  unit,
  grades,
}: {
  readonly rule: Omit<ShownRule, "id">;
  readonly preview: ShownPreview;
  readonly unit: Unit;
  readonly grades: readonly string[];
}) {
  const { preview: w } = useWords(words);
  const time = useTimeText();
  const text = useValueText();
  const { metric, matchers } = rule.query;
  const often = mostOften(preview);
  const asked = new URLSearchParams([
    ["metric", metric],
    ["from", preview.from],
    ["to", preview.to],
    ["points", String(POINTS)],
    ["series", String(often === undefined ? LOOKED_AT : 1)],
    ...(often === undefined
      ? matchers.map((one) => ["match", matcherText(one)])
      : Object.entries(often).map(([name, value]) => ["match", matcherText(matcher(name, value))])),
  ]).toString();
  const query = useQuery({
    queryKey: ["metric", "worst", asked],
    queryFn: () => api.get<ShownMetrics>(`/api/v1/metrics/query?${asked}`),
    placeholderData: (before) => (before?.metric === metric ? before : undefined),
    staleTime: 60_000,
  });
  const shown = query.data;
  // A canvas is drawn anew for each new object: as long as nothing changed, it is the same one.
  const key = JSON.stringify([rule.measure, rule.thresholds, preview.from, often, grades]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for them.
  const facts = useMemo((): ChartFacts | undefined => {
    const labels = often ?? (shown === undefined ? undefined : nearest(shown, isFalling(rule.thresholds)));
    if (shown === undefined || labels === undefined) return undefined;
    const name = namesOf(labels) || w.everything;
    const series = drawnOf(shown, [{ labels, name, place: 0 }], rule.measure);
    if (series.length === 0) return undefined;
    const rankOf = (grade: string): number => Math.max(grades.indexOf(grade), 0);
    const bounds = rule.thresholds.map(({ grade, bound }) => ({
      label: `${grade} ${text(bound, { unit })}`,
      bound,
      rank: rankOf(grade),
    }));
    const limits = bounds.map(({ bound }) => bound);
    return {
      label: w.chartOf(name, time(preview.from), time(preview.to)),
      unit,
      metric,
      stepSeconds: shown.stepSeconds,
      at: shown.at,
      from: Date.parse(preview.from) / 1_000,
      to: Date.parse(preview.to) / 1_000,
      series,
      hasBands: true,
      scale: scaleOf(series, limits, unit === "ratio"),
      bounds,
      usual: [],
      spans: preview.firings
        .filter((firing) => namesOf(firing.labels) === namesOf(labels))
        .map(({ from, to, gradeRank }) => ({
          label: "",
          from: Date.parse(from) / 1_000,
          to: Date.parse(to ?? preview.to) / 1_000,
          rank: gradeRank,
          isOwn: true,
        })),
      marks: [],
    };
  }, [shown, key, w]);
  if (facts === undefined) return null;
  return (
    <div className={styles.chart}>
      <p className={styles.quiet}>{w.chart(facts.series[0]?.name ?? "")}</p>
      <Suspense fallback={null}>
        <Chart facts={facts} onZoom={() => {}} />
      </Suspense>
    </div>
  );
}

/** The labels of the series that fired most. */
function mostOften({ firings }: ShownPreview): Labels | undefined {
  const counts = new Map<string, { readonly labels: Labels; count: number }>();
  for (const { labels } of firings) {
    const name = namesOf(labels);
    const known = counts.get(name);
    if (known === undefined) counts.set(name, { labels, count: 1 });
    else known.count++;
  }
  return [...counts.values()].sort((one, other) => other.count - one.count)[0]?.labels;
}

/** Of those that did not fire the one that came furthest. */
function nearest({ series }: ShownMetrics, falls: boolean): Labels | undefined {
  const furthest = ({ max, min }: ShownMetrics["series"][number]): number => {
    const values = (falls ? min : max).filter((value) => value !== null);
    if (values.length === 0) return Number.NEGATIVE_INFINITY;
    return falls ? -Math.min(...values) : Math.max(...values);
  };
  return [...series].sort((one, other) => furthest(other) - furthest(one))[0]?.labels;
}
