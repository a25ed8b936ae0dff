import { MONITOR_SOURCE } from "../../ingest/monitor/monitor.ts";
import { hostSaid as said } from "../../locale/hosts.ts";
import { SERIES_MAX } from "../../metric/recent-series.ts";
import { type Agent, silentAfter } from "../../monitor/agent.ts";
import type { Target } from "../../monitor/target.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Instant } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";

export const TARGET_SILENT = "target-silent";
const HOST_SILENT = "host-silent";
export const SERIES_LIMIT = "series-limit";

type Facts = { readonly policy: Policy; readonly publicUrl: string };

/** Something is certainly wrong, and nobody knows how wrong. */
function severity({ grades }: Policy): { readonly severity?: string } {
  const grade = grades[1] ?? grades[0];
  return grade === undefined ? {} : { severity: grade.name };
}

export function silentSignal({ host, lastAt, facts }: Agent, { policy, publicUrl }: Facts): Signal {
  const after = silentAfter(facts.every);
  return {
    ...ofSource({ host, facts }),
    action: "fire",
    title: said.silentTitle({ host })[policy.locale],
    description: said.silentText({ host, kind: facts.kind, afterMs: after })[policy.locale],
    startsAt: lastAt + after,
    links: [{ href: `${publicUrl}/monitors/hosts`, text: host }],
    ...severity(policy),
  };
}

export function heardSignal(agent: Pick<Agent, "host" | "facts">, at: Instant): Signal {
  return { ...ofSource(agent), action: "resolve", title: agent.host, startsAt: at, links: [] };
}

export function targetSilentSignal(
  { target, lastAt }: { readonly target: Target; readonly lastAt: Instant | undefined },
  { policy, publicUrl, at }: Facts & { readonly at: Instant },
): Signal {
  const { id, agent } = target;
  return {
    ...ofTarget(id, target.labels),
    action: "fire",
    title: said.unaskedTitle({ target: id })[policy.locale],
    description: said.unaskedText({ target: id, agent, wasAsked: lastAt !== undefined })[policy.locale],
    startsAt: at,
    links: [{ href: `${publicUrl}/monitors/targets`, text: id }],
    ...severity(policy),
  };
}

export function targetAskedSignal(target: string, at: Instant): Signal {
  return { ...ofTarget(target, {}), action: "resolve", title: target, startsAt: at, links: [] };
}

export function seriesLimitSignal({ policy, at }: { readonly policy: Policy; readonly at: Instant }): Signal {
  return {
    ...OF_STORE,
    action: "fire",
    title: said.fullTitle({ seriesMax: SERIES_MAX })[policy.locale],
    description: said.fullText({ seriesMax: SERIES_MAX })[policy.locale],
    startsAt: at,
    links: [],
    ...severity(policy),
  };
}

export function seriesRoomSignal(at: Instant): Signal {
  return { ...OF_STORE, action: "resolve", title: SERIES_LIMIT, startsAt: at, links: [] };
}

type Source = Pick<Signal, "source" | "integration" | "key" | "labels" | "annotations">;

function ofSource({ host, facts: { kind } }: Pick<Agent, "host" | "facts">): Source {
  const named = kind === "application" ? { service: host } : { host, service: host };
  return {
    source: MONITOR_SOURCE,
    integration: MONITOR_SOURCE,
    key: `${HOST_SILENT}/host=${host}`,
    labels: { ...named, alertname: HOST_SILENT, monitor: HOST_SILENT, area: kind === "application" ? kind : "system" },
    annotations: {},
  };
}

function ofTarget(target: string, { service = target }: Readonly<Record<string, string>>): Source {
  return {
    source: MONITOR_SOURCE,
    integration: MONITOR_SOURCE,
    key: `${TARGET_SILENT}/target=${target}`,
    labels: { target, service, alertname: TARGET_SILENT, monitor: TARGET_SILENT },
    annotations: {},
  };
}

const OF_STORE: Source = {
  source: MONITOR_SOURCE,
  integration: MONITOR_SOURCE,
  key: SERIES_LIMIT,
  labels: { service: "bongsu", alertname: SERIES_LIMIT, monitor: SERIES_LIMIT },
  annotations: {},
};
