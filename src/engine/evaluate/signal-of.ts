import { MONITOR_SOURCE } from "../../ingest/monitor/monitor.ts";
import type { Locale } from "../../locale/said.ts";
import { measuredUnit } from "../../metric/metric.ts";
import type { Labels } from "../../metric/sample.ts";
import { watchedHarder } from "../../monitor/alert-key.ts";
import { alertLabels } from "../../monitor/alert-labels.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { monitorSaid, subjectOf } from "../../monitor/words.ts";
import { type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { WatchedSeries } from "./watched-series.ts";

/** So long after the last word an alert whose monitor says nothing more is silent. */
const EXPIRES_AFTER_MS = 5 * MINUTE_MS;

export type SignalFacts = {
  readonly key: string;
  readonly at: Instant;
  readonly since: Instant;
  readonly grade: string;
  readonly locale: Locale;
  readonly publicUrl: string;
};

/** What a monitor says of one series: that it fires, in words that a person at night understands. */
export function firingSignal(monitor: Monitor, series: WatchedSeries, facts: SignalFacts): Signal {
  const { key, at, since, grade, locale, publicUrl } = facts;
  const { verdict, standing, thresholds, usual } = series;
  const line = verdict.state === "firing" ? thresholds[verdict.line] : undefined;
  const subject = subjectOf(series.labels);
  const unit = measuredUnit(monitor.query.metric, monitor.measure);
  const value = standing.value;
  const title =
    (verdict.state === "firing" && verdict.line < 0) || value === undefined
      ? monitorSaid.noDataTitle({ subject, title: monitor.title })
      : monitorSaid.title({ subject, title: monitor.title, metric: monitor.query.metric, value, unit, line, usual });
  return {
    ...common(monitor, series.labels, key),
    action: "fire",
    severity: grade,
    title: title[locale],
    description: monitorSaid.description({ monitor, line, usual })[locale],
    annotations: value === undefined ? {} : { value: String(value) },
    startsAt: since,
    expiresAt: at + EXPIRES_AFTER_MS,
    links: [{ href: chartAddress(publicUrl, { monitor, key, since }), text: monitor.title }],
  };
}

/** The chart of the series at the time when it began, whenever somebody follows it. */
function chartAddress(
  publicUrl: string,
  { monitor, key, since }: Pick<SignalFacts, "key" | "since"> & { readonly monitor: Monitor },
): string {
  const asked = new URLSearchParams({ series: watchedHarder(key) ?? key, at: toIso(since) });
  return `${publicUrl}/monitors/${encodeURIComponent(monitor.id)}?${asked.toString()}`;
}

/** A signal of a tighter line, which says that it is one: the rule itself would say nothing yet. */
export function harderSignal(signal: Signal, monitor: Monitor, series: WatchedSeries, locale: Locale): Signal {
  if (signal.action !== "fire") return signal;
  const { verdict, thresholds } = series;
  const line = verdict.state === "firing" ? thresholds[verdict.line] : undefined;
  const unit = measuredUnit(monitor.query.metric, monitor.measure);
  const said = line === undefined ? {} : { line: monitorSaid.line({ line, unit })[locale] };
  return {
    ...signal,
    title: monitorSaid.harderTitle({ title: signal.title })[locale],
    description: [monitorSaid.harderDescription()[locale], signal.description ?? ""].join("\n"),
    annotations: { ...signal.annotations, ...said },
  };
}

/** That it is over: a value said so, or the rule is gone. */
export function resolvingSignal(key: string, at: Instant, monitor: Monitor | undefined, labels: Labels): Signal {
  const named = monitor === undefined ? { labels: {}, title: key } : { labels, title: monitor.title };
  return {
    source: MONITOR_SOURCE,
    integration: MONITOR_SOURCE,
    key,
    action: "resolve",
    title: named.title,
    labels: named.labels,
    annotations: {},
    startsAt: at,
    links: [],
  };
}

function common(
  monitor: Monitor,
  labels: Labels,
  key: string,
): Pick<Signal, "source" | "integration" | "key" | "labels"> {
  return { source: MONITOR_SOURCE, integration: MONITOR_SOURCE, key, labels: alertLabels(monitor, labels) };
}
