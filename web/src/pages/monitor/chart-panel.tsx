import { lazy, Suspense, useMemo, useState } from "react";
import { Link } from "wouter";
import type { IncidentRow } from "../../../../src/http/wire/incident-list.ts";
import type { ShownMetrics, ShownMonitor, ShownSeries } from "../../../../src/http/wire/monitors.ts";
import { serverNow } from "../../api/client.ts";
import { GradeMark } from "../../kit/marks.tsx";
import { Empty, Loaded, Panel } from "../../kit/page.tsx";
import { Rows } from "../../kit/rows.tsx";
import { Time, useTimeText } from "../../kit/time.tsx";
import { useValueText } from "../../kit/use-value-text.ts";
import { useWords } from "../../words/locale.tsx";
import { words as shared } from "../../words/words.ts";
import { useGradeRank } from "../monitors/use-monitors.ts";
import type { ChartFacts } from "./chart.tsx";
import styles from "./chart-panel.module.css";
import { drawnOf, pastOf, placesOf, rangesOf, scaleOf, summaryOf } from "./chart-series.ts";
import { RangeBar } from "./range-bar.tsx";
import { useSpanText, useThresholdText } from "./threshold-text.ts";
import { chosen, type Edges, type TimeRange } from "./time-range.ts";
import { USUAL_DRAWN_MAX, useHistory, useIncidentsIn, useMarksIn, useUsual } from "./use-chart-data.ts";
import { words } from "./words.ts";

const Chart = lazy(() => import("./chart.tsx").then(({ Chart }) => ({ default: Chart })));

const DAY_SECONDS = 86_400;

/** More bands than that hide each other. */
const BANDS_MAX = 3;

export type DrawnSeries = ShownSeries & { readonly name: string; readonly place: number };

/** The chart, what is drawn into it in words, and the same as a table. */
export function ChartPanel({
  monitor,
  drawn,
  range,
  onRange,
}: {
  readonly monitor: ShownMonitor;
  readonly drawn: readonly DrawnSeries[];
  readonly range: TimeRange;
  readonly onRange: (range: TimeRange) => void;
}) {
  const w = useWords(words);
  const { loading } = useWords(shared);
  const history = useHistory(monitor, range, drawn);
  const usual = useUsual(monitor, range, drawn);
  const incidents = useIncidentsIn(range);
  const marks = useMarksIn(range);
  return (
    <Panel title={w.chart}>
      <div className={styles.panel}>
        <RangeBar range={range} onChange={onRange} address={(edges) => addressOf(monitor, drawn, edges)} />
        <Loaded query={history}>
          {(metrics) => (
            <Suspense
              fallback={
                <p role="status" className={styles.loading}>
                  {loading}
                </p>
              }
            >
              <Drawn
                monitor={monitor}
                metrics={metrics}
                drawn={drawn}
                usual={usual}
                incidents={incidents}
                marks={marks}
                onRange={onRange}
              />
            </Suspense>
          )}
        </Loaded>
      </div>
    </Panel>
  );
}

function Drawn({
  monitor,
  metrics,
  drawn,
  usual,
  incidents,
  marks,
  onRange,
}: {
  readonly monitor: ShownMonitor;
  readonly metrics: ShownMetrics;
  readonly drawn: readonly DrawnSeries[];
  readonly usual: ReturnType<typeof useUsual>;
  readonly incidents: readonly IncidentRow[];
  readonly marks: ReturnType<typeof useMarksIn>;
  readonly onRange: (range: TimeRange) => void;
}) {
  const w = useWords(words);
  const length = useSpanText();
  const facts = useFacts({ monitor, metrics, drawn, usual, incidents, marks });
  if (facts.series.length === 0)
    return <Empty icon="monitor">{monitor.seriesCount === 0 ? w.nothingAtAll : w.nothing}</Empty>;
  const step = length(metrics.stepSeconds * 1_000);
  return (
    <>
      <Worst monitor={monitor} facts={facts} />
      <Chart facts={facts} onZoom={(edges) => onRange(chosen(edges, serverNow()))} />
      <p className={styles.quiet}>
        {metrics.resolution === "sample" ? w.resolutions.sample : w.resolutions[metrics.resolution](step)}
        {facts.hasBands && `, ${w.band}`}. {w.dragHint}
      </p>
      <Legend monitor={monitor} drawn={drawn} facts={facts} incidents={incidents} marks={marks} />
      <Summaries facts={facts} monitor={monitor} />
      <Values facts={facts} />
    </>
  );
}

function useFacts({
  monitor,
  metrics,
  drawn,
  usual,
  incidents,
  marks,
}: Omit<Parameters<typeof Drawn>[0], "onRange">): ChartFacts {
  const w = useWords(words);
  const time = useTimeText();
  const gradeRank = useGradeRank();
  const { condition } = useThresholdText(monitor);
  // A canvas is drawn anew for each new object: as long as nothing changed, it is the same one.
  const key = JSON.stringify([
    monitor.id,
    drawn.map(({ key: one, place }) => [one, place]),
    incidents.map(({ number, resolvedAt, gradeRank: rank }) => [number, resolvedAt, rank]),
    marks.map(({ id }) => id),
    monitor.rule.thresholds,
    usual,
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for them.
  return useMemo(() => {
    const { unit, rule } = monitor;
    const { metric } = rule.query;
    const series = drawnOf(metrics, drawn, rule.measure);
    const bounds = rule.thresholds.map((one) => ({
      label: `${one.grade} ${condition(one)}`,
      bound: one.bound,
      rank: gradeRank(one.grade),
    }));
    const now = serverNow();
    const ranges = usual.flatMap(({ place, hours }) => rangesOf(hours, place));
    return {
      label: w.chartOf(monitor.title, time(metrics.from), time(metrics.to), series.length),
      unit,
      metric,
      stepSeconds: metrics.stepSeconds,
      at: metrics.at,
      from: Date.parse(metrics.from) / 1_000,
      to: Date.parse(metrics.to) / 1_000,
      series,
      hasBands: metrics.resolution !== "sample" && series.length <= BANDS_MAX,
      scale: scaleOf(
        series,
        [...bounds.map(({ bound }) => bound), ...ranges.flatMap(({ low, high }) => [low, high])],
        unit === "ratio",
      ),
      bounds,
      usual: ranges,
      spans: incidents.map((incident) => ({
        label: `INC-${incident.number}`,
        from: Date.parse(incident.openedAt) / 1_000,
        to: (incident.resolvedAt === null ? now : Date.parse(incident.resolvedAt)) / 1_000,
        rank: incident.gradeRank,
        isOwn: isOwn(incident, monitor),
      })),
      marks: marks.map(({ at, title }) => ({ at: Date.parse(at) / 1_000, title })),
    };
  }, [metrics, key, w]);
}

/** Whether the incident is one that this monitor opened: it holds it now, or it gave it its title. */
function isOwn({ number, title }: IncidentRow, monitor: ShownMonitor): boolean {
  return monitor.series.some(({ incident }) => incident === number) || title.includes(monitor.rule.title);
}

function Legend({
  monitor,
  drawn,
  facts,
  incidents,
  marks,
}: Pick<Parameters<typeof Drawn>[0], "monitor" | "drawn" | "incidents" | "marks"> & { readonly facts: ChartFacts }) {
  const w = useWords(words);
  const gradeRank = useGradeRank();
  const { condition, rest } = useThresholdText(monitor);
  const { rule } = monitor;
  const { baseline } = rule;
  // In more than a day a clock alone says little.
  const told = facts.to - facts.from > DAY_SECONDS ? "absolute" : "clock";
  return (
    <div className={styles.legend}>
      <section aria-label={w.thresholds}>
        <h3>{w.thresholds}</h3>
        <ul className={styles.list}>
          {rule.thresholds.map((one) => (
            <li key={`${one.grade} ${one.bound}`}>
              <GradeMark grade={one.grade} rank={gradeRank(one.grade)} />
              <span>
                {condition(one)} {rest(one)}
              </span>
              {(one.bound < facts.scale.min || one.bound > facts.scale.max) && (
                <span className={styles.quiet}>({w.outside})</span>
              )}
            </li>
          ))}
          {baseline !== undefined && (
            <li>
              <GradeMark grade={baseline.grade} rank={gradeRank(baseline.grade)} />
              <span>
                {w.baseline(baseline.weeks, baseline.spreads)}
                {` · ${drawn.length > USUAL_DRAWN_MAX ? w.usualTooMany(USUAL_DRAWN_MAX) : w.usualDrawn}`}
              </span>
            </li>
          )}
          {drawn.slice(0, USUAL_DRAWN_MAX).map(
            ({ key, name, usualWords }) =>
              usualWords !== null && (
                <li key={key}>
                  <span>
                    <strong>{name}</strong> {usualWords}
                  </span>
                </li>
              ),
          )}
        </ul>
      </section>
      <section aria-label={w.incidents}>
        <h3>{w.incidents}</h3>
        {incidents.length === 0 && <p className={styles.quiet}>{w.noIncidents}</p>}
        <ul className={`${styles.list} ${styles.long}`}>
          {incidents.map((incident) => (
            <li key={incident.number}>
              <GradeMark grade={incident.grade} rank={incident.gradeRank} size="shape" />
              <Link href={`/incidents/${incident.number}`}>
                INC-{incident.number} {incident.title}
              </Link>
              <span className={styles.quiet}>
                {isOwn(incident, monitor) ? w.ownIncident : w.otherIncident} ·{" "}
                <Time at={incident.openedAt} only={told} /> –{" "}
                {incident.resolvedAt === null ? w.stillOpen : <Time at={incident.resolvedAt} only={told} />}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-label={w.marks}>
        <h3>{w.marks}</h3>
        {marks.length === 0 && <p className={styles.quiet}>{w.noMarks}</p>}
        <ul className={styles.list}>
          {marks.map(({ id, at, title, link }) => (
            <li key={id}>
              {link === null ? (
                <span>{title}</span>
              ) : (
                <a href={link} target="_blank" rel="noreferrer">
                  {title}
                </a>
              )}
              <span className={styles.quiet}>
                <Time at={at} only="absolute" />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The chart in a sentence: the first of what is drawn, which is the worst as long as nobody chose others. */
function Worst({ monitor, facts }: { readonly monitor: ShownMonitor; readonly facts: ChartFacts }) {
  const w = useWords(words);
  const time = useTimeText();
  const text = useValueText();
  const length = useSpanText();
  const { condition } = useThresholdText(monitor);
  const [first] = facts.series;
  if (first === undefined) return null;
  const { name, last, max, maxAt } = summaryOf(first);
  if (last === null || max === null || maxAt === null) return null;
  // The mildest line stands last.
  const line = monitor.rule.thresholds.at(-1);
  const past = line === undefined ? 0 : pastOf(first, [line], facts.stepSeconds);
  return (
    <p>
      {w.worst({ name, last: text(last, facts), max: text(max, facts), at: time((facts.at[maxAt] ?? 0) * 1_000) })}{" "}
      {line !== undefined && (past > 0 ? w.past(condition(line), length(past * 1_000)) : w.neverPast(condition(line)))}
    </p>
  );
}

/** The chart for whoever reads numbers: of each series the least, the mean, the most, the last, and how long too much. */
function Summaries({ facts, monitor }: { readonly facts: ChartFacts; readonly monitor: ShownMonitor }) {
  const w = useWords(words);
  const text = useValueText();
  const time = useTimeText();
  const length = useSpanText();
  const { thresholds } = monitor.rule;
  const shown = (value: number | null): string => (value === null ? "–" : text(value, facts));
  return (
    <Rows label={w.stats}>
      <table className={styles.stats}>
        <caption>{w.stats}</caption>
        <thead>
          <tr>
            <th scope="col">{w.statColumns.name}</th>
            <th scope="col">{w.statColumns.min}</th>
            <th scope="col">{w.statColumns.avg}</th>
            <th scope="col">{w.statColumns.max}</th>
            <th scope="col">{w.statColumns.last}</th>
            <th scope="col">{w.statColumns.maxAt}</th>
            {thresholds.length > 0 && <th scope="col">{w.statColumns.past}</th>}
          </tr>
        </thead>
        <tbody>
          {facts.series.map((series) => {
            const { name, min, avg, max, last, maxAt } = summaryOf(series);
            const past = pastOf(series, thresholds, facts.stepSeconds);
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-label={w.statColumns.min}>{shown(min)}</td>
                <td data-label={w.statColumns.avg}>{shown(avg)}</td>
                <td data-label={w.statColumns.max}>{shown(max)}</td>
                <td data-label={w.statColumns.last}>{shown(last)}</td>
                <td data-label={w.statColumns.maxAt}>{maxAt === null ? "–" : time((facts.at[maxAt] ?? 0) * 1_000)}</td>
                {thresholds.length > 0 && (
                  <td data-label={w.statColumns.past} data-none={past === 0}>
                    {past === 0 ? "–" : length(past * 1_000)}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Rows>
  );
}

const ROWS_MAX = 48;

/** The lines themselves as numbers, for whoever asks for them. */
function Values({ facts }: { readonly facts: ChartFacts }) {
  const w = useWords(words);
  const text = useValueText();
  const time = useTimeText();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className={styles.summary}>{w.table}</summary>
      {isOpen && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it with the arrow keys.
        <div className={styles.scroll} role="region" aria-label={w.table} tabIndex={0}>
          <table className={styles.stats}>
            <thead>
              <tr>
                <th scope="col">{w.tableTime}</th>
                {facts.series.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {placesOf(facts.at.length, ROWS_MAX).map((place) => (
                <tr key={place}>
                  <th scope="row">{time((facts.at[place] ?? 0) * 1_000)}</th>
                  {facts.series.map(({ name, avg }) => {
                    const value = avg[place] ?? null;
                    return <td key={name}>{value === null ? "–" : text(value, facts)}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}

/** What leads somebody else to the same picture: the same lines in the same stretch of time. */
function addressOf(monitor: ShownMonitor, drawn: readonly DrawnSeries[], { from, to }: Edges): string {
  const asked = new URLSearchParams([
    ...drawn.map(({ key }): [string, string] => ["series", key]),
    ["from", new Date(from).toISOString()],
    ["to", new Date(to).toISOString()],
  ]);
  return `${location.origin}/monitors/${encodeURIComponent(monitor.id)}?${asked.toString()}`;
}
