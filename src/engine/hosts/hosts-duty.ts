import { MONITOR_SOURCE, monitorBody } from "../../ingest/monitor/monitor.ts";
import { hostSaid as said } from "../../locale/hosts.ts";
import { type Agent, isSilent, silentAfter } from "../../monitor/agent.ts";
import type { Policy } from "../../policy/policy.ts";
import { DAY_MS, type Instant, MINUTE_MS, SECOND_MS } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Intake } from "../intake/intake.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";

/** After a start agents have not had the chance to be heard: a backlog may take them some tries to get rid of. */
const AFTER_START_MS = 2 * MINUTE_MS;
const EVERY_MS = 10 * SECOND_MS;
/** So long a removed host is remembered, that what is still known of it is not shown as if it were there. */
const REMOVED_KEEP_MS = DAY_MS;

/**
 * A host that measures and is not heard of any more is told as what it is: something nobody knows about. It is said again
 * at every look (a repeat of a firing alert costs nothing), and ended when the host has spoken.
 */
export function hostsDuty(ports: Ports, knowledge: Knowledge, intake: Intake): Duty {
  const { store } = ports;
  const judgeFrom = ports.clock.now() + AFTER_START_MS;
  return {
    name: "hosts",
    promise: {
      ko: "측정값을 보내던 호스트의 소식이 끊기면 알립니다(복구로 보지 않습니다).",
      en: "Tells when a host that sent what it measured is not heard of any more (which is not recovery).",
    },
    everyMs: EVERY_MS,
    async run(at) {
      const agents = await store.agents();
      const silent = at < judgeFrom ? [] : agents.filter((agent) => isSilent(agent, at));
      const back = agents.filter((agent) => agent.silentSince !== undefined && !isSilent(agent, at));
      if (silent.length > 0) {
        const policy = await knowledge.currentPolicy(store);
        await send(
          intake,
          silent.map((agent) => silentSignal(agent, policy, ports.settings.publicUrl)),
          at,
        );
        for (const { host, silentSince } of silent) if (silentSince === undefined) await store.markSilent(host, at);
      }
      if (back.length > 0) {
        await send(
          intake,
          back.map(({ host }) => heardSignal(host, at)),
          at,
        );
        for (const { host } of back) await store.markSilent(host, undefined);
      }
      for (const { host, lastAt, facts } of agents)
        if (facts.kind === "removed" && at - lastAt > REMOVED_KEEP_MS) await store.removeAgent(host);
      return { status: { hosts: agents.length, silent: silent.length, back: back.length } };
    },
  };
}

async function send(intake: Intake, signals: readonly Signal[], at: Instant): Promise<void> {
  const body = monitorBody(signals);
  await intake.accept({ source: MONITOR_SOURCE, integration: MONITOR_SOURCE, body, signals, at });
}

function silentSignal({ host, lastAt, facts }: Agent, policy: Policy, publicUrl: string): Signal {
  const after = silentAfter(facts.every);
  // Something is certainly wrong, and nobody knows how wrong.
  const grade = policy.grades[1] ?? policy.grades[0];
  return {
    ...common(host),
    action: "fire",
    title: said.silentTitle({ host })[policy.locale],
    description: said.silentText({ host, kind: facts.kind, afterMs: after })[policy.locale],
    startsAt: lastAt + after,
    links: [{ href: `${publicUrl}/monitors/hosts/${encodeURIComponent(host)}`, text: host }],
    ...(grade === undefined ? {} : { severity: grade.name }),
  };
}

export function heardSignal(host: string, at: Instant): Signal {
  return { ...common(host), action: "resolve", title: host, startsAt: at, links: [] };
}

function common(host: string): Pick<Signal, "source" | "integration" | "key" | "labels" | "annotations"> {
  return {
    source: MONITOR_SOURCE,
    integration: MONITOR_SOURCE,
    key: `host-silent/host=${host}`,
    labels: { host, service: host, alertname: "host-silent", monitor: "host-silent", area: "system" },
    annotations: {},
  };
}
