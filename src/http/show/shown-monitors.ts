import type { Evaluation } from "../../engine/evaluate/evaluate-duty.ts";
import type { WatchedSeries } from "../../engine/evaluate/watched-series.ts";
import { seenBy } from "../../engine/evaluate/what-is-seen.ts";
import type { Metrics } from "../../engine/metrics/metrics.ts";
import type { Locale, Said } from "../../locale/said.ts";
import { measuredUnit } from "../../metric/metric.ts";
import { judgesFrom } from "../../monitor/baseline.ts";
import { coverageOf } from "../../monitor/coverage.ts";
import { DEFAULT_RULES } from "../../monitor/default-rules.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { AREAS, areaNamed, areaOf, quantityNamed } from "../../monitor/quantity.ts";
import { ruleWarningSaid } from "../../monitor/rule-warning-words.ts";
import { ruleWarnings } from "../../monitor/rule-warnings.ts";
import { monitorTitle } from "../../monitor/title-of.ts";
import { waysToWatch } from "../../monitor/ways-to-watch.ts";
import { monitorSaid, ruleText } from "../../monitor/words.ts";
import type { Policy } from "../../policy/policy.ts";
import { sameName } from "../../roster/same-name.ts";
import type { RosterItem } from "../../store/store.ts";
import { HOUR_MS, type Instant, toIso } from "../../time/instant.ts";
import { matcherText, matches } from "../../triage/matchers.ts";
import type { OpenAlert } from "../alerts-of-monitors.ts";
import type { ShownArea, ShownMonitor, ShownMonitors, ShownSeries, ShownState } from "../wire/monitors.ts";

export type MonitorFacts = {
  readonly policy: Policy;
  readonly monitors: readonly Monitor[];
  readonly evaluation: Evaluation;
  readonly metrics: Pick<Metrics, "recent">;
  readonly items: readonly RosterItem[];
  /** By the key of the alert: what became of it. */
  readonly alerts: ReadonlyMap<string, OpenAlert>;
  readonly locale: Locale;
  readonly zone: string;
  readonly at: Instant;
};

const SERIES_SHOWN_MAX = 200;

/** Everything that is watched, by the areas of the document. */
export function shownMonitors(facts: MonitorFacts): ShownMonitors {
  const { policy, monitors, evaluation, locale, at } = facts;
  const covered = coverageOf(policy, monitors, seenBy(evaluation, at));
  const served = new Set(covered.flatMap((one) => one.monitors.map(({ id }) => id)));
  const titles = new Map<string, string>();
  for (const { area } of policy.monitoring) if (!titles.has(areaNamed(area))) titles.set(areaNamed(area), area);
  const areas = AREAS.map((area): ShownArea => {
    return {
      area,
      title: titles.get(area) ?? monitorSaid.area({ area })[locale],
      items: covered
        .filter(({ item }) => areaNamed(item.area) === area)
        .map(({ item, quantity, monitors: about, off, series, lastAt }) => ({
          name: item.name,
          clause: item.clause,
          line: policy.clauses.get(item.clause)?.line ?? 0,
          monitors: about.map(({ id }) => id),
          series,
          lastAt: lastAt === undefined ? null : toIso(lastAt),
          ...(series > 0
            ? { advice: null, ways: [] }
            : {
                advice: monitorSaid.advice({ quantity: quantity?.kind, off: off.map(monitorTitle) })[locale],
                ways: waysToWatch(
                  quantity?.kind,
                  off.map(({ id }) => id),
                ),
              }),
        })),
      rest: monitors.filter((one) => areaOf(one.quantity) === area && !served.has(one.id)).map(({ id }) => id),
    };
  });
  return {
    areas: areas.filter(({ items, rest }) => items.length + rest.length > 0),
    monitors: monitors.map((monitor) => shownMonitor(monitor, facts)),
  };
}

export function shownMonitor(monitor: Monitor, facts: MonitorFacts): ShownMonitor {
  const { policy, evaluation, items, locale } = facts;
  const series = monitor.enabled ? evaluation.seriesOf(monitor.id).map((one) => shownSeries(monitor, one, facts)) : [];
  const worst = series.toSorted((one, other) => order(one, policy) - order(other, policy));
  const [first] = worst;
  const { from, ...rule } = monitor;
  const stored = items.find(({ kind, id }) => kind === "monitor" && sameName(id, monitor.id));
  const item = policy.monitoring.find(({ name, area }) => quantityNamed(name, area)?.kind === monitor.quantity);
  return {
    id: monitor.id,
    title: monitorTitle(monitor)[locale],
    area: areaOf(monitor.quantity),
    quantity: monitor.quantity ?? null,
    item: monitor.quantity === undefined ? null : (item?.name ?? null),
    from,
    managedBy: stored?.managedBy ?? null,
    revision: stored?.revision ?? null,
    replacesDefault: from === "people" && DEFAULT_RULES.some(({ id }) => id === monitor.id),
    words: ruleText(monitor)[locale],
    warnings: warningsOf(monitor, facts).map((said) => said[locale]),
    unit: measuredUnit(monitor.query.metric, monitor.measure),
    state: monitor.enabled ? (first?.state ?? "unseen") : "off",
    grade: first?.grade ?? null,
    gradeRank: first?.grade == null ? null : rankOf(first.grade, policy),
    series: worst.slice(0, SERIES_SHOWN_MAX),
    seriesCount: series.length,
    rule,
  };
}

function shownSeries(monitor: Monitor, series: WatchedSeries, facts: MonitorFacts): ShownSeries {
  const { evaluation, alerts } = facts;
  const { key, labels, standing, verdict, usual, exempt } = series;
  const alert = evaluation.alertKey(monitor.id, key);
  const isGraded = !exempt && (verdict.state === "firing" || verdict.state === "pending");
  return {
    key: alert,
    labels,
    value: standing.value ?? null,
    lastAt: standing.valueAt === undefined ? null : toIso(standing.valueAt),
    state: stateOf(monitor, series),
    grade: isGraded ? verdict.grade : null,
    since: isGraded ? toIso(verdict.since) : null,
    incident: alerts.get(alert)?.incident ?? null,
    muted: alerts.get(alert)?.muted ?? null,
    usual: usual === undefined ? null : { low: usual.low, high: usual.high },
    usualWords: usualWords(monitor, series, facts),
  };
}

/** What is wrong with the rule itself, and what it is about that there is not. */
function warningsOf(monitor: Monitor, { policy, evaluation, metrics, at }: MonitorFacts): readonly Said[] {
  const own = ruleWarnings(monitor, policy).map(({ text }) => text);
  if (!monitor.enabled || monitor.from === "default") return own;
  const series = evaluation.seriesOf(monitor.id);
  const isNarrow = monitor.query.matchers.length > 0;
  const others =
    series.length > 0 || !isNarrow ? 0 : metrics.recent({ ...monitor.query, matchers: [] }, at - HOUR_MS).length;
  const idle =
    series.length === 0
      ? []
      : monitor.exceptions.filter(({ matchers }) => !series.some(({ labels }) => matches(matchers, labels)));
  return [
    ...own,
    ...(others > 0 ? [ruleWarningSaid.matchesNothing({ series: others })] : []),
    ...idle.map(({ matchers }) =>
      ruleWarningSaid.exceptionOfNothing({ matchers: matchers.map(matcherText).join(", ") }),
    ),
  ];
}

function usualWords(
  { query, measure }: Monitor,
  { learned, usual }: WatchedSeries,
  { at, zone, locale }: MonitorFacts,
): string | null {
  if (learned === undefined) return null;
  const unit = measuredUnit(query.metric, measure);
  return monitorSaid.usualFrom({ learned, range: usual, unit, from: judgesFrom(at, learned), zone })[locale];
}

function stateOf({ baseline }: Monitor, { verdict, exempt, usual, thresholds }: WatchedSeries): ShownState {
  if (exempt) return "off";
  const isLearning = baseline !== undefined && usual === undefined;
  if (verdict.state === "ok" && isLearning && thresholds.length === 0) return "learning";
  return verdict.state;
}

/** Worst first: what fires by its grade, what counts, what is missing, what is well. */
function order({ state, grade }: ShownSeries, policy: Policy): number {
  const place = ["firing", "pending", "no-data", "ok", "learning", "unseen", "off"].indexOf(state);
  return place * 100 + (grade === null ? 0 : rankOf(grade, policy));
}

function rankOf(grade: string, policy: Policy): number {
  const place = policy.grades.findIndex(({ name }) => name === grade);
  return place < 0 ? policy.grades.length : place;
}
