import { MONITOR_SOURCE, monitorBody } from "../../ingest/monitor/monitor.ts";
import type { Engine } from "../engine.ts";
import { heardSignal } from "./source-signals.ts";

/** The host is gone on purpose: nobody waits for it any more. False: nothing is known of it that could be removed. */
export async function removeHost(engine: Engine, host: string, by: string): Promise<boolean> {
  const { store, clock } = engine.ports;
  const at = clock.now();
  const removed = await store.transaction(async (queries) => {
    const agent = (await queries.agents()).find((one) => one.host === host && one.facts.kind !== "removed");
    if (agent === undefined) return undefined;
    await queries.removeAgent(host);
    await queries.heardAgent({ host, lastAt: at, facts: { kind: "removed", every: 0, targets: [] } });
    await queries.appendAudit([{ at, by, action: "agent.removed", facts: { host, kind: agent.facts.kind } }]);
    return agent;
  });
  if (removed === undefined) return false;
  engine.hosts.forget(host);
  if (removed.silentSince !== undefined) {
    const signals = [heardSignal(removed, at)];
    const body = monitorBody(signals);
    await engine.intake.accept({ source: MONITOR_SOURCE, integration: MONITOR_SOURCE, body, signals, at });
  }
  return true;
}
