import { MONITOR_SOURCE, monitorBody } from "../../ingest/monitor/monitor.ts";
import type { Labels, SeriesKey } from "../../metric/sample.ts";
import { harderKey, monitorKey, monitorOfKey, watchedHarder } from "../../monitor/alert-key.ts";
import { usualRange } from "../../monitor/baseline.ts";
import { harderThresholds } from "../../monitor/harder.ts";
import { UNSEEN } from "../../monitor/judge.ts";
import type { UsualRange } from "../../monitor/lines.ts";
import type { Monitor, MonitorId } from "../../monitor/monitor.ts";
import { monitorsOf } from "../../monitor/monitors-of.ts";
import type { Policy } from "../../policy/policy.ts";
import { holidayCalendar } from "../../roster/holidays.ts";
import type { Roster } from "../../roster/roster.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Baselines } from "../baselines/baselines.ts";
import type { HarderWatches } from "../harder-watch/harder-watch.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Metrics, SeriesPoints } from "../metrics/metrics.ts";
import type { Duty, Ports } from "../ports.ts";
import { firingSignal, harderSignal, resolvingSignal } from "./signal-of.ts";
import { ToldAlerts } from "./told-alerts.ts";
import { type Look, lookAt, type WatchedSeries } from "./watched-series.ts";

export type EvaluateParts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly metrics: Metrics;
  readonly baselines: Baselines;
  readonly harder: HarderWatches;
};

/** What the last evaluation found, for pages and the API. */
export type Evaluation = {
  /** Undefined: not evaluated yet. */
  readonly at: Instant | undefined;
  readonly monitors: readonly Monitor[];
  seriesOf(monitor: MonitorId): readonly WatchedSeries[];
  /** The key of the alert of that series, which is what its open incident is found by. */
  alertKey(monitor: MonitorId, series: SeriesKey): string;
};

/** What happens to a series is known as soon as this, beside the collector's own interval. */
const EVERY_MS = 10_000;
/** Firing alerts are said again, so that silence of the evaluation itself is seen. */
const RENEW_MS = MINUTE_MS;
const LEARN_TOLD_MS = MINUTE_MS;
/** Of one request of signals. */
const SIGNALS_MAX = 500;

type Watched = {
  monitor: Monitor;
  /** A rule that was changed is looked at anew. */
  fingerprint: string;
  readonly series: Map<SeriesKey, WatchedSeries>;
  /** Those that are watched harder after an incident, as they stand at the tighter lines. */
  readonly harder: Map<SeriesKey, WatchedSeries>;
};

/**
 * Monitors look at the recent values of their series, and say as signals what fires, what goes on and what is over.
 * 1. Which monitors there are: Bongsu's own, people's, the document's lines upon them.
 * 2. Each looks at each of its series (`look`); a series that is new is looked at from its past on.
 * 3. What is to be said is the difference to what was said, which the store knows after a start.
 * A signal goes the way of every other: durable first. What could not be made durable is said again the next time.
 */
export function evaluateDuty(parts: EvaluateParts): { readonly duty: Duty; readonly evaluation: Evaluation } {
  const { ports, knowledge, metrics, baselines } = parts;
  const watched = new Map<MonitorId, Watched>();
  const told = new ToldAlerts();
  let learnedAt: Instant | undefined;
  let evaluatedAt: Instant | undefined;
  let known: { readonly policy: Policy; readonly roster: Roster; readonly monitors: readonly Monitor[] } | undefined;
  const hashes = new Map<SeriesKey, string>();

  const evaluation: Evaluation = {
    get at() {
      return evaluatedAt;
    },
    get monitors() {
      return known?.monitors ?? [];
    },
    seriesOf: (id) => [...(watched.get(id)?.series.values() ?? [])],
    alertKey: keyOf,
  };

  function keyOf(monitor: MonitorId, series: SeriesKey): string {
    let hash = hashes.get(series);
    if (hash === undefined) {
      hash = ports.sha256(series);
      if (hashes.size >= HASHES_MAX) hashes.clear();
      hashes.set(series, hash);
    }
    return monitorKey(monitor, hash);
  }

  async function monitorsNow(): Promise<NonNullable<typeof known>> {
    const policy = await knowledge.currentPolicy(ports.store);
    const roster = await knowledge.roster(ports.store);
    if (known?.policy !== policy || known.roster !== roster)
      known = { policy, roster, monitors: monitorsOf(policy, roster.monitors) };
    return known;
  }

  const duty: Duty = {
    name: "evaluate",
    promise: {
      ko: "메트릭을 임계치와 비교해 경보를 올리고 내립니다.",
      en: "Holds metrics against their thresholds, and raises and ends alerts.",
    },
    everyMs: EVERY_MS,
    async run(at) {
      const { policy, roster, monitors } = await monitorsNow();
      if (learnedAt === undefined || at - learnedAt >= LEARN_TOLD_MS) {
        await told.learn(ports.store, at);
        learnedAt = at;
      }
      const isHoliday = (date: string): boolean => holidayCalendar(ports.settings.zone, roster.holidays).has(date);
      const lesson = await baselines.learn(monitors, { zone: ports.settings.zone, isHoliday }, at);
      const signals: { readonly signal: Signal; readonly said: () => void }[] = [];
      const seen = new Set<string>();
      let series = 0;
      for (const monitor of monitors) {
        for (const one of lookAtAll(monitor, roster, at)) {
          const key = keyOf(monitor.id, one.key);
          seen.add(key);
          series++;
          const say = whatToSay(monitor, one, key, at, policy);
          if (say !== undefined) signals.push(say);
          const harder = harderToSay(monitor, one, key, at, policy);
          if (harder !== undefined) signals.push(harder);
        }
        await new Promise<void>((resolve) => ports.clock.after(0, resolve));
      }
      // What no rule is about any more is over; what merely brought nothing here is not.
      const ids = new Set<string>(monitors.filter(({ enabled }) => enabled).map(({ id }) => id));
      for (const key of told.keys()) {
        if (seen.has(key) || !isOver(key, ids, at)) continue;
        signals.push({ signal: resolvingSignal(key, at, undefined, {}), said: () => told.resolved(key, at) });
      }
      for (const id of watched.keys()) if (!ids.has(id)) watched.delete(id);
      await send(signals, at);
      evaluatedAt = at;
      const status = {
        monitors: monitors.length,
        series,
        signals: signals.length,
        learning: lesson.left,
        learningFailed: lesson.failed,
      };
      return { status, next: lesson.left > 0 ? at + LEARN_STEP_MS : undefined };
    },
  };
  return { duty, evaluation };

  /** Whether no rule is about an alert any more: its monitor is gone, or nobody watches it harder. */
  function isOver(key: string, monitors: ReadonlySet<string>, at: Instant): boolean {
    const harder = watchedHarder(key);
    if (harder !== undefined) return !parts.harder.watches(harder, at);
    const monitor = monitorOfKey(key);
    return monitor !== undefined && !monitors.has(monitor);
  }

  /** What the tighter lines say of a series that is watched harder: only what the rule itself does not say already. */
  function harderToSay(
    monitor: Monitor,
    series: WatchedSeries,
    key: string,
    at: Instant,
    policy: Policy,
  ): ReturnType<typeof whatToSay> {
    const harder = watched.get(monitor.id)?.harder.get(series.key);
    if (harder === undefined) return undefined;
    const isNew = told.get(harderKey(key)) === undefined;
    if (isNew && series.verdict.state === "firing" && !series.exempt) return undefined;
    const say = whatToSay(monitor, harder, harderKey(key), at, policy);
    return say === undefined ? undefined : { ...say, signal: harderSignal(say.signal, monitor, harder, policy.locale) };
  }

  function lookHarder(mine: Watched, monitor: Monitor, one: WatchedSeries, seen: Look): void {
    const key = keyOf(monitor.id, one.key);
    const least = known?.policy.grades.at(-1)?.name;
    const lines = least === undefined || one.exempt ? [] : harderThresholds(monitor, one.thresholds, least);
    if (lines.length === 0 || !parts.harder.watches(key, seen.at)) {
      mine.harder.delete(one.key);
      return;
    }
    const before = mine.harder.get(one.key);
    const harder = before ?? newSeries(one.key, one.labels);
    const { baseline: _, ...rule } = monitor;
    const alert = told.get(harderKey(key));
    // What it crossed while it was broken is known: it counts from its recovery on.
    lookAt(harder, before === undefined && alert !== undefined, {
      ...seen,
      monitor: { ...rule, thresholds: lines, exceptions: [], missing: { then: "keep", after: monitor.missing.after } },
      usual: undefined,
      learning: false,
      alert,
    });
    if (before === undefined) mine.harder.set(one.key, harder);
  }

  function lookAtAll(monitor: Monitor, roster: Roster, at: Instant): readonly WatchedSeries[] {
    if (!monitor.enabled) return [];
    const fingerprint = JSON.stringify([
      monitor.query,
      monitor.measure,
      monitor.thresholds,
      monitor.baseline,
      monitor.exceptions,
      monitor.missing,
    ]);
    let mine = watched.get(monitor.id);
    if (mine === undefined || mine.fingerprint !== fingerprint) {
      mine = { monitor, fingerprint, series: new Map(), harder: new Map() };
      watched.set(monitor.id, mine);
    }
    const back = mine.series.size === 0 ? HOUR_MS : monitor.measure.window;
    const found = new Set<SeriesKey>();
    for (const points of metrics.recent(monitor.query, at - back - monitor.measure.window)) {
      found.add(points.key);
      lookAtOne(mine, monitor, roster, points, at);
    }
    for (const [key, one] of mine.series) {
      if (found.has(key)) continue;
      if (at - (one.standing.valueAt ?? 0) > FORGET_MS) mine.series.delete(key);
      else lookAtOne(mine, monitor, roster, { key, labels: one.labels, points: [] }, at);
    }
    return [...mine.series.values()];
  }

  function lookAtOne(
    mine: Watched,
    monitor: Monitor,
    roster: Roster,
    { key, labels, points }: SeriesPoints,
    at: Instant,
  ): void {
    const before = mine.series.get(key);
    const usual = monitor.baseline === undefined ? undefined : baselines.usual(monitor, key, at);
    const range: UsualRange | undefined =
      usual === undefined || "learning" in usual || monitor.baseline === undefined
        ? undefined
        : usualRange(usual, monitor.baseline);
    const one = before ?? newSeries(key, labels);
    const alert = told.get(keyOf(monitor.id, key));
    const seen: Look = {
      monitor,
      points,
      at,
      holidays: roster.holidays,
      usual: range,
      learning: monitor.baseline !== undefined && range === undefined,
      alert,
    };
    lookAt(one, before === undefined, seen);
    if (before === undefined) mine.series.set(key, one);
    lookHarder(mine, monitor, one, seen);
  }

  function whatToSay(
    monitor: Monitor,
    series: WatchedSeries,
    key: string,
    at: Instant,
    policy: Policy,
  ): { readonly signal: Signal; readonly said: () => void } | undefined {
    const before = told.get(key);
    const { verdict, standing, exempt } = series;
    if (verdict.state === "firing" && !exempt) {
      const isRepeat = before?.grade === verdict.grade;
      // Without a value there is nothing new to say: an alert that nothing renews is silent, which is not over.
      if (isRepeat && (at - before.sentAt < RENEW_MS || (standing.value === undefined && verdict.line >= 0)))
        return undefined;
      const since = before?.since ?? verdict.since;
      const facts = {
        key,
        at,
        since,
        grade: verdict.grade,
        locale: policy.locale,
        publicUrl: ports.settings.publicUrl,
      };
      const signal = firingSignal(monitor, series, facts);
      return { signal, said: () => told.fired(key, { grade: verdict.grade, since, sentAt: at }) };
    }
    if (before === undefined || (standing.value === undefined && !exempt)) return undefined;
    return {
      signal: resolvingSignal(key, at, monitor, series.labels),
      said: () => told.resolved(key, at),
    };
  }

  async function send(
    signals: readonly { readonly signal: Signal; readonly said: () => void }[],
    at: Instant,
  ): Promise<void> {
    for (let from = 0; from < signals.length; from += SIGNALS_MAX) {
      const part = signals.slice(from, from + SIGNALS_MAX);
      const bodies = part.map(({ signal }) => signal);
      await parts.intake.accept({
        source: MONITOR_SOURCE,
        integration: MONITOR_SOURCE,
        body: monitorBody(bodies),
        signals: bodies,
        at,
      });
      for (const { said } of part) said();
    }
  }
}

/** A series that brought nothing for so long is forgotten; its alert, if it had one, stays silent until a person says. */
const FORGET_MS = 24 * HOUR_MS;
const LEARN_STEP_MS = 1_000;
/** Series come and go for months; who asks for more of them at once than this pays for it anew. */
const HASHES_MAX = 300_000;

function newSeries(key: SeriesKey, labels: Labels): WatchedSeries {
  return {
    key,
    labels,
    standing: UNSEEN,
    verdict: { state: "unseen" },
    lines: [],
    thresholds: [],
    usual: undefined,
    learning: false,
    exempt: false,
  };
}
