import type { Engine } from "../engine/engine.ts";
import type { IncidentId } from "../incident/incident.ts";
import { MONITOR_SOURCE } from "../ingest/monitor/monitor.ts";
import type { AlertId } from "../triage/alert.ts";
import type { ShownSeries } from "./wire/monitors.ts";

const PAGE = 1_000;

/** What became of an open alert of a monitor: the incident it belongs to, or what mutes it. */
export type OpenAlert = { readonly incident: number | undefined; readonly muted: ShownSeries["muted"] };

/** By the alert's key. */
export async function openMonitorAlerts({ ports: { store } }: Engine): Promise<ReadonlyMap<string, OpenAlert>> {
  const byKey = new Map<string, { readonly incident: IncidentId | undefined; readonly muted: ShownSeries["muted"] }>();
  const prefix = `${MONITOR_SOURCE}:`;
  let after = prefix as AlertId;
  pages: for (;;) {
    const alerts = await store.openAlerts(after, PAGE);
    for (const { id, key, incident, suppressed } of alerts) {
      if (!id.startsWith(prefix)) break pages;
      byKey.set(key, { incident, muted: suppressed?.because ?? null });
    }
    const last = alerts.at(-1);
    if (last === undefined || alerts.length < PAGE) break;
    after = last.id;
  }
  const numbers = new Map<IncidentId, number>();
  for (const id of new Set([...byKey.values()].flatMap(({ incident }) => incident ?? []))) {
    const incident = await store.incident(id);
    if (incident !== undefined) numbers.set(id, incident.number);
  }
  return new Map(
    [...byKey].map(([key, { incident, muted }]) => [
      key,
      { incident: incident === undefined ? undefined : numbers.get(incident), muted },
    ]),
  );
}
