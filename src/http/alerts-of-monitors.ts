import type { Engine } from "../engine/engine.ts";
import { openMonitorAlerts } from "../engine/evaluate/open-monitor-alerts.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { ShownSeries } from "./wire/monitors.ts";

/** What became of an open alert of a monitor: the incident it belongs to, or what mutes it. */
export type OpenAlert = { readonly incident: number | undefined; readonly muted: ShownSeries["muted"] };

/** By the alert's key. */
export async function alertsOfMonitors({ ports: { store } }: Engine): Promise<ReadonlyMap<string, OpenAlert>> {
  const byKey = new Map<string, { readonly incident: IncidentId | undefined; readonly muted: ShownSeries["muted"] }>();
  for await (const { key, incident, suppressed } of openMonitorAlerts(store))
    byKey.set(key, { incident, muted: suppressed?.because ?? null });
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
