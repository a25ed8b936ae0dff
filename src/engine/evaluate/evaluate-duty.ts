import { MONITOR_SOURCE, monitorBody } from "../../ingest/monitor/monitor.ts";
import type { Locale } from "../../locale/said.ts";
import type { SeriesKey } from "../../metric/sample.ts";
import { harderKey, monitorKey, monitorOfKey, watchedHarder } from "../../monitor/alert-key.ts";
import { UNSEEN } from "../../monitor/judge.ts";
import type { Monitor, MonitorId } from "../../monitor/monitor.ts";
import { monitorsOf } from "../../monitor/monitors-of.ts";
import { hearsSince } from "../../monitor/play-back.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Roster } from "../../roster/roster.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Baselines } from "../baselines/baselines.ts";
import { surroundingsOf } from "../baselines/untaught-facts.ts";
import type { HarderWatches } from "../harder-watch/harder-watch.ts";
import type { DeafSpells } from "../heartbeats/deaf-spells.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Duty, Ports } from "../ports.ts";
import { withCollectReasons } from "./collect-reasons.ts";
import { firingSignal, harderSignal, resolvingSignal } from "./signal-of.ts";
import { ToldAlerts } from "./told-alerts.ts";
import { WatchedMonitors } from "./watched-monitors.ts";
import type { WatchedSeries } from "./watched-series.ts";

export type EvaluateParts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly metrics: Metrics;
  readonly baselines: Baselines;
  readonly harder: HarderWatches;
  readonly deaf: Pick<DeafSpells, "all" | "look">;
};

/** Something to say of an alert, and what is known once it is durable. */
type Word = { readonly signal: Signal; readonly said: () => void };

/** What the last evaluation found, for pages and the API. */
export type Evaluation = {
  /** Undefined: not evaluated yet. */
  readonly at: Instant | undefined;
  readonly monitors: readonly Monitor[];
  seriesOf(monitor: MonitorId): readonly WatchedSeries[];
  /** The key of the alert of that series, which is what its open incident is found by. */
  alertKey(monitor: MonitorId, series: SeriesKey): string;
  /** When something of the alert's series was last measured; undefined where it is known no more. */
  valueAt(alertKey: string): Instant | undefined;
};

/** What happens to a series is known as soon as this, beside the collector's own interval. */
const EVERY_MS = 10_000;
/** Firing alerts are said again, so that silence of the evaluation itself is seen. */
const RENEW_MS = MINUTE_MS;
const LEARN_TOLD_MS = MINUTE_MS;
/** Of one request of signals. */
const SIGNALS_MAX = 500;

/**
 * Monitors look at the recent values of their series, and say as signals what fires, what goes on and what is over.
 * 1. Which monitors there are: Bongsu's own, people's, the document's lines upon them.
 * 2. Each looks at each of its series (`look`); a series that is new is looked at from its past on.
 * 3. What is to be said is the difference to what was said, which the store knows after a start.
 * A signal goes the way of every other: durable first. What could not be made durable is said again the next time.
 */
export function evaluateDuty(parts: EvaluateParts): { readonly duty: Duty; readonly evaluation: Evaluation } {
  const { ports, knowledge, metrics, baselines } = parts;
  const told = new ToldAlerts();
  const watched = new WatchedMonitors({ metrics, baselines, harder: parts.harder, told, keyOf });
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
    seriesOf: (id) => watched.seriesOf(id),
    alertKey: keyOf,
    valueAt(alertKey) {
      const monitor = monitorOfKey(alertKey);
      if (monitor === undefined) return undefined;
      return evaluation.seriesOf(monitor).find(({ key }) => keyOf(monitor, key) === alertKey)?.standing.valueAt;
    },
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
      await parts.deaf.look(at);
      const { policy, roster, monitors } = await monitorsNow();
      if (learnedAt === undefined || Math.abs(at - learnedAt) >= LEARN_TOLD_MS) {
        await told.learn(ports.store, at);
        learnedAt = at;
      }
      const lesson = await baselines.learn(monitors, surroundingsOf(roster, policy, ports.settings.zone), at);
      const signals: Word[] = [];
      const seen = new Set<string>();
      const broken: unknown[] = [];
      const facts = { at, holidays: roster.holidays, deaf: parts.deaf.all, least: policy.grades.at(-1)?.name };
      const enabled = new Map<string, Monitor>();
      let series = 0;
      for (const monitor of monitors) {
        if (!monitor.enabled) continue;
        enabled.set(monitor.id, monitor);
        try {
          for (const one of await watched.lookAt(monitor, facts)) {
            const key = keyOf(monitor.id, one.key);
            seen.add(key);
            series++;
            signals.push(...whatToSay(monitor, one, key, at, policy), ...harderToSay(monitor, one, key, at, policy));
          }
        } catch (error) {
          // One rule that cannot be looked at keeps no other from being.
          broken.push(error);
        }
        await new Promise<void>((resolve) => ports.clock.after(0, resolve));
      }
      // What no rule is about any more is over; what merely brought nothing here is not.
      for (const [key, { sentAt }] of told.all()) {
        if (seen.has(key) || !isOver(key, enabled, { at, sentAt })) continue;
        signals.push({ signal: resolvingSignal(key, at, undefined, {}), said: () => told.resolved(key, at) });
      }
      for (const key of watched.ended) if (told.get(key) === undefined) watched.said(key);
      watched.keep(new Set(enabled.keys()));
      await send(signals, policy.locale, at);
      evaluatedAt = at;
      if (broken.length > 0) throw broken[0];
      const status = {
        monitors: monitors.length,
        series,
        signals: signals.length,
        learning: lesson.left,
        learningFailed: lesson.failed,
        learningLeftOut: lesson.leftOut,
      };
      return { status, next: lesson.left > 0 ? at + LEARN_STEP_MS : undefined };
    },
  };
  return { duty, evaluation };

  /** Whether no rule is about an alert any more: its monitor is gone or about other series, or nobody watches it harder. */
  function isOver(
    key: string,
    monitors: ReadonlyMap<string, Monitor>,
    { at, sentAt }: { readonly at: Instant; readonly sentAt: Instant },
  ): boolean {
    const harder = watchedHarder(key);
    if (harder !== undefined) return !parts.harder.watches(harder, at);
    const id = monitorOfKey(key);
    if (id === undefined) return false;
    const monitor = monitors.get(id);
    if (monitor === undefined || watched.ended.has(key)) return true;
    const quietFrom = Math.max(sentAt, hearsSince(parts.deaf.all, at) ?? sentAt);
    return monitor.missing.then === "end" && at - quietFrom >= monitor.missing.after;
  }

  /** What the tighter lines say of a series that is watched harder: only what the rule itself does not say already. */
  function harderToSay(
    monitor: Monitor,
    series: WatchedSeries,
    key: string,
    at: Instant,
    policy: Policy,
  ): readonly Word[] {
    const harder = watched.harderOf(monitor.id, series.key);
    if (harder === undefined) return [];
    const isNew = told.get(harderKey(key)) === undefined;
    if (isNew && series.verdict.state === "firing" && !series.exempt) return [];
    const rule: Monitor = { ...monitor, missing: { then: "keep", after: monitor.missing.after } };
    return whatToSay(rule, harder, harderKey(key), at, policy).map((say) => ({
      ...say,
      signal: harderSignal(say.signal, monitor, harder, policy.locale),
    }));
  }

  function whatToSay(
    monitor: Monitor,
    series: WatchedSeries,
    key: string,
    at: Instant,
    policy: Policy,
  ): readonly Word[] {
    const before = told.get(key);
    const wasOpen = series.wasOpen;
    series.wasOpen = before !== undefined;
    const { verdict, standing, exempt } = series;
    if (verdict.state === "firing" && !exempt) {
      const isMute = standing.value === undefined && verdict.line >= 0;
      if (isMute && wasOpen && before === undefined) {
        // A person ended it while it was silent: without a value there is nothing to begin anew with.
        series.standing = { ...UNSEEN, valueAt: standing.valueAt };
        return [];
      }
      const isRepeat = before?.grade === verdict.grade;
      const age = before === undefined ? 0 : at - before.sentAt;
      // Without a value there is nothing new to say: an alert that nothing renews is silent, which is not over.
      if (isRepeat && ((age >= 0 && age < RENEW_MS) || isMute)) return [];
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
      return [
        {
          signal,
          said: () => told.fired(key, { grade: verdict.grade, since, sentAt: at, isSilent: verdict.line < 0 }),
        },
      ];
    }
    const isEnded = monitor.missing.then === "end" && standing.silentSince !== undefined;
    if (before === undefined || (standing.value === undefined && !exempt && !isEnded)) return [];
    return [
      {
        signal: resolvingSignal(key, at, monitor, series.labels),
        said: () => told.resolved(key, at),
      },
    ];
  }

  async function send(signals: readonly Word[], locale: Locale, at: Instant): Promise<void> {
    for (let from = 0; from < signals.length; from += SIGNALS_MAX) {
      const part = signals.slice(from, from + SIGNALS_MAX);
      const bodies = await withCollectReasons(
        part.map(({ signal }) => signal),
        ports.store,
        locale,
      );
      await parts.intake.accept({
        source: MONITOR_SOURCE,
        integration: MONITOR_SOURCE,
        body: monitorBody(bodies),
        signals: bodies,
        at,
      });
      for (const { said, signal } of part) {
        said();
        if (signal.action === "resolve") watched.said(signal.key);
      }
    }
  }
}

const LEARN_STEP_MS = 1_000;
/** Series come and go for months; who asks for more of them at once than this pays for it anew. */
const HASHES_MAX = 300_000;
