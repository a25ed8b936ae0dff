import type { FastifyInstance } from "fastify";
import { removeHost } from "../../engine/hosts/remove-host.ts";
import { Fault } from "../../fault/fault.ts";
import { type Agent, isLate, isSilent } from "../../monitor/agent.ts";
import { HOUR_MS, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, may } from "../access.ts";
import type { ShownHost, ShownHosts } from "../wire/monitors.ts";

/** A host that others measured is shown while there is something of it in the last hour. */
const MEASURED_SINCE_MS = HOUR_MS;
const MEASURED_LATE_MS = 2 * MINUTE_MS;
const MEASURED_SILENT_MS = 5 * MINUTE_MS;

/** Where something is measured: the server's nodes, agents, and hosts that others measured. */
export function hostRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock } = engine.ports;

  server.get("/api/v1/hosts", may(facts, "monitors.read"), async (): Promise<ShownHosts> => {
    const at = clock.now();
    const all = await store.agents();
    const measured = new Map(
      (await engine.metrics.hosts(at - MEASURED_SINCE_MS)).map((one) => [one.host, one] as const),
    );
    const firing = new Map<string, number>();
    for (const host of await firingHosts()) firing.set(host, (firing.get(host) ?? 0) + 1);
    const known = all.filter(({ facts: { kind } }) => kind !== "removed");
    const names = new Set(
      all
        .filter(({ host, lastAt, facts: { kind } }) => {
          const last = measured.get(host)?.lastAt;
          return kind !== "removed" || last === undefined || last <= lastAt;
        })
        .map(({ host }) => host),
    );
    const shown = [
      ...known.map((agent) => ofAgent(agent, at, measured.get(agent.host)?.series ?? 0)),
      ...[...measured.values()].filter(({ host }) => !names.has(host)).map((one) => ofOthers(one, at)),
    ];
    return {
      hosts: shown
        .map((host) => ({ ...host, firing: firing.get(host.host) ?? 0 }))
        .sort((one, other) => (one.host < other.host ? -1 : 1)),
    };
  });

  /** The host of each alert that fires, as often as it fires. */
  async function firingHosts(): Promise<readonly string[]> {
    const alerts = await store.alerts({ statuses: ["firing", "silent"], limit: FIRING_MAX });
    return alerts.flatMap(({ labels }) => labels.host ?? []);
  }

  server.delete<{ Params: { host: string } }>("/api/v1/hosts/:host", may(facts, "monitors.edit"), async (request) => {
    const { host } = request.params;
    if (!(await removeHost(engine, host, callerName(request)))) throw new Fault("not-found", { host });
    return { removed: host };
  });
}

const FIRING_MAX = 1_000;

type Shown = Omit<ShownHost, "firing">;

function ofAgent(agent: Agent, at: Instant, seriesCount: number): Shown {
  const { host, lastAt, facts } = agent;
  const { kind, version, platform, clockSkew, spoolBytes, lostSamples, trouble, targets } = facts;
  return {
    host,
    kind: kind === "server" || kind === "agent" || kind === "application" ? kind : "measured",
    version: version ?? null,
    platform: platform ?? null,
    lastContact: toIso(lastAt),
    state: isSilent(agent, at) ? "silent" : isLate(agent, at) ? "late" : "well",
    clockSkewMs: clockSkew ?? null,
    spoolBytes: spoolBytes ?? null,
    lostSamples: lostSamples ?? null,
    trouble: trouble ?? null,
    seriesCount,
    targets: targets.map(({ id }) => id),
  };
}

function ofOthers({ host, series, lastAt }: { host: string; series: number; lastAt: Instant }, at: Instant): Shown {
  const age = at - lastAt;
  return {
    host,
    kind: "measured",
    version: null,
    platform: null,
    lastContact: toIso(lastAt),
    state: age > MEASURED_SILENT_MS ? "silent" : age > MEASURED_LATE_MS ? "late" : "well",
    clockSkewMs: null,
    spoolBytes: null,
    lostSamples: null,
    trouble: null,
    seriesCount: series,
    targets: [],
  };
}
