import { MONITOR_SOURCE, monitorBody } from "../../ingest/monitor/monitor.ts";
import { type Agent, isBrief, isSilent, silentAfter } from "../../monitor/agent.ts";
import type { Target, TargetId } from "../../monitor/target.ts";
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Duty, Ports } from "../ports.ts";
import { noteMeasured } from "./note-measured.ts";
import { silentTargets } from "./silent-targets.ts";
import {
  heardSignal,
  SERIES_LIMIT,
  seriesLimitSignal,
  seriesRoomSignal,
  silentSignal,
  TARGET_SILENT,
  targetAskedSignal,
  targetSilentSignal,
} from "./source-signals.ts";

/** After a start agents have not had the chance to be heard: a backlog may take them some tries to get rid of. */
const AFTER_START_MS = 2 * MINUTE_MS;
const EVERY_MS = 10 * SECOND_MS;
/** Those that others measure are looked for among all series. */
const MEASURED_EVERY_MS = MINUTE_MS;
/** So long a removed host is remembered, that what is still known of it is not shown as if it were there. */
const REMOVED_KEEP_MS = DAY_MS;
const FIRING_MAX = 1_000;
/** So long after the last refusal there is room again. */
const FULL_MS = 10 * MINUTE_MS;

/**
 * A source that is not heard of any more is told as what it is: something nobody knows about. So for every kind of source:
 * agents and nodes, whoever pushes OTLP, hosts that somebody else measures, and targets that nobody asks. It is said again
 * at every look (a repeat of a firing alert costs nothing), and ended when the source has spoken.
 */
export function hostsDuty({
  ports,
  knowledge,
  intake,
  metrics,
}: {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly intake: Intake;
  readonly metrics: Pick<Metrics, "hosts" | "fullAt">;
}): Duty {
  const { store } = ports;
  const startedAt = ports.clock.now();
  const judgeFrom = startedAt + AFTER_START_MS;
  let measuredAt = Number.NEGATIVE_INFINITY;
  /** Since when each target is to be asked, as it is now. */
  const wanted = new Map<TargetId, { readonly as: string; readonly since: Instant }>();
  let unasked: Set<string> | undefined;
  let isFull = false;

  function want(targets: readonly Target[], at: Instant): void {
    const ids = new Set(targets.map(({ id }) => id));
    for (const id of wanted.keys()) if (!ids.has(id)) wanted.delete(id);
    for (const target of targets) {
      const as = JSON.stringify(target);
      if (wanted.get(target.id)?.as !== as) wanted.set(target.id, { as, since: at });
    }
  }

  async function targetSignals(agents: readonly Agent[], at: Instant): Promise<readonly Signal[]> {
    const { targets } = await knowledge.roster(store);
    want(targets, at);
    if (at < judgeFrom) return [];
    unasked ??= await toldBefore();
    const since = (id: TargetId): Instant => wanted.get(id)?.since ?? at;
    const silent = silentTargets(targets, agents, { since, at });
    const names = new Set<string>(silent.map(({ target }) => target.id));
    const back = [...unasked].filter((id) => !names.has(id));
    unasked = names;
    const policy = silent.length === 0 ? undefined : await knowledge.currentPolicy(store);
    return [
      ...(policy === undefined
        ? []
        : silent.map((one) => targetSilentSignal(one, { policy, publicUrl: ports.settings.publicUrl, at }))),
      ...back.map((id) => targetAskedSignal(id, at)),
    ];
  }

  /** What another process told, that it is ended where it is over. */
  async function toldBefore(): Promise<Set<string>> {
    const open = await store.alerts({ statuses: ["firing", "silent"], limit: FIRING_MAX });
    isFull ||= open.some(({ labels }) => labels.alertname === SERIES_LIMIT);
    return new Set(
      open.flatMap(({ labels }) =>
        labels.alertname === TARGET_SILENT && labels.target !== undefined ? [labels.target] : [],
      ),
    );
  }

  /** A sender that is refused is told so itself; who runs Bongsu has to hear of it too: new hosts are not watched now. */
  async function roomSignals(at: Instant): Promise<readonly Signal[]> {
    const fullAt = metrics.fullAt();
    const wasFull = isFull;
    isFull = fullAt !== undefined && at - fullAt < FULL_MS;
    if (isFull) return [seriesLimitSignal({ policy: await knowledge.currentPolicy(store), at })];
    return wasFull && at >= judgeFrom ? [seriesRoomSignal(at)] : [];
  }

  return {
    name: "hosts",
    promise: {
      ko: "측정값을 보내던 호스트·애플리케이션의 소식이 끊기거나 아무도 수집하지 않는 대상이 있으면 알립니다(복구로 보지 않습니다).",
      en: "Tells when a host or application that sent what it measured is not heard of any more, or nobody asks a target (which is not recovery).",
    },
    everyMs: EVERY_MS,
    async run(at) {
      if (at - measuredAt >= MEASURED_EVERY_MS || at < measuredAt) {
        await noteMeasured(ports, metrics, { agents: await store.agents(), at });
        measuredAt = at;
      }
      const agents = await store.agents();
      // What was not heard while nobody listened says nothing, unless it was told before.
      const isTold = (agent: Agent): boolean =>
        isSilent(agent, at) &&
        (agent.silentSince !== undefined || at - startedAt > Math.max(silentAfter(agent.facts.every), AFTER_START_MS));
      const silent = at < judgeFrom ? [] : agents.filter(isTold);
      const back = agents.filter((agent) => agent.silentSince !== undefined && !isSilent(agent, at));
      const policy = silent.length === 0 ? undefined : await knowledge.currentPolicy(store);
      const signals = [
        ...(policy === undefined
          ? []
          : silent.map((agent) => silentSignal(agent, { policy, publicUrl: ports.settings.publicUrl }))),
        ...back.map((agent) => heardSignal(agent, at)),
        ...(await targetSignals(agents, at)),
        ...(await roomSignals(at)),
      ];
      if (signals.length > 0) await send(intake, signals, at);
      for (const { host, silentSince } of silent) if (silentSince === undefined) await store.markSilent(host, at);
      for (const { host } of back) await store.markSilent(host, undefined);
      for (const agent of agents)
        if ((agent.facts.kind === "removed" || isBrief(agent)) && at - agent.lastAt > REMOVED_KEEP_MS)
          await store.removeAgent(agent.host);
      return {
        status: { hosts: agents.length, silent: silent.length, back: back.length, unasked: unasked?.size ?? 0 },
      };
    },
  };
}

async function send(intake: Intake, signals: readonly Signal[], at: Instant): Promise<void> {
  const body = monitorBody(signals);
  await intake.accept({ source: MONITOR_SOURCE, integration: MONITOR_SOURCE, body, signals, at });
}
