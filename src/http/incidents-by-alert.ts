import type { Engine } from "../engine/engine.ts";
import type { IncidentId } from "../incident/incident.ts";
import { MONITOR_SOURCE } from "../ingest/monitor/monitor.ts";
import type { AlertId } from "../triage/alert.ts";

const PAGE = 1_000;

/** Numbers of the incidents that open alerts of monitors belong to, by the alert's key. */
export async function incidentsByAlert({ ports: { store } }: Engine): Promise<ReadonlyMap<string, number>> {
  const byKey = new Map<string, IncidentId>();
  const prefix = `${MONITOR_SOURCE}:`;
  let after = prefix as AlertId;
  pages: for (;;) {
    const alerts = await store.openAlerts(after, PAGE);
    for (const { id, key, incident } of alerts) {
      if (!id.startsWith(prefix)) break pages;
      if (incident !== undefined) byKey.set(key, incident);
    }
    const last = alerts.at(-1);
    if (last === undefined || alerts.length < PAGE) break;
    after = last.id;
  }
  const numbers = new Map<IncidentId, number>();
  for (const id of new Set(byKey.values())) {
    const incident = await store.incident(id);
    if (incident !== undefined) numbers.set(id, incident.number);
  }
  return new Map([...byKey].flatMap(([key, id]) => (numbers.has(id) ? [[key, numbers.get(id) ?? 0] as const] : [])));
}
