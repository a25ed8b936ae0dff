import type { Engine } from "../../engine/engine.ts";
import { asId } from "../../id/id.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import type { Alert, AlertId } from "../../triage/alert.ts";
import { activeAt } from "../../triage/maintenance.ts";
import type { AlertRow, Mute, ShownFlapping } from "../wire/alerts.ts";
import { iso } from "./shown-incident.ts";

/** Alerts as the web UI lists them, with the number of their incident and what mutes them by name. */
export async function alertRows(engine: Engine, alerts: readonly Alert[]): Promise<readonly AlertRow[]> {
  const { store } = engine.ports;
  const mutes = await namesOfMutes(engine, alerts);
  const numbers = new Map<IncidentId, number>();
  for (const { incident } of alerts) {
    if (incident === undefined || numbers.has(incident)) continue;
    const found = await store.incident(incident);
    if (found !== undefined) numbers.set(incident, found.number);
  }
  return alerts.map((alert) => ({
    id: alert.id,
    title: alert.title,
    severity: alert.severity ?? null,
    status: alert.status,
    service: alert.service,
    source: alert.source,
    labels: alert.labels,
    startsAt: toIso(alert.startsAt),
    updatedAt: toIso(alert.updatedAt),
    resolvedAt: iso(alert.resolvedAt),
    count: alert.count,
    incident: alert.incident === undefined ? null : (numbers.get(alert.incident) ?? null),
    mute: muteOf(alert, mutes),
    flapping: shownFlapping(alert),
  }));
}

export function shownFlapping({ flapping, status }: Alert): ShownFlapping | null {
  if (flapping === undefined || status === "resolved") return null;
  return {
    since: toIso(flapping.since),
    calmAt: toIso(flapping.calmAt),
    over: flapping.over,
    changes: flapping.changes,
  };
}

type Named = { readonly name: string; readonly until: string | null; readonly incident: number | null };
type Names = ReadonlyMap<string, Named>;

async function namesOfMutes({ ports }: Engine, alerts: readonly Alert[]): Promise<Names> {
  const names = new Map<string, Named>();
  const reasons = new Set(alerts.map(({ suppressed }) => suppressed?.because));
  if (reasons.has("silenced"))
    for (const { id, comment, endsAt } of await ports.store.silences())
      names.set(id, { name: comment, until: toIso(endsAt), incident: null });
  if (reasons.has("maintenance"))
    for (const window of await ports.store.maintenances())
      names.set(window.id, {
        name: window.title,
        until: iso(activeAt(window, ports.clock.now())?.end),
        incident: null,
      });
  for (const { suppressed } of alerts) {
    if (suppressed?.because !== "dependency" || names.has(suppressed.by)) continue;
    const cause = await ports.store.incident(asId(suppressed.by));
    if (cause === undefined) continue;
    names.set(suppressed.by, { name: `INC-${cause.number} ${cause.title}`, until: null, incident: cause.number });
  }
  return names;
}

function muteOf({ suppressed, status }: Alert, names: Names): Mute | null {
  if (suppressed === undefined || status === "resolved") return null;
  const { name = suppressed.by, until = null, incident = null } = names.get(suppressed.by) ?? {};
  return { ...suppressed, name, until, incident };
}

/** How many alerts each silence or window mutes at present. */
export async function mutedCounts(queries: Queries): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let after: AlertId | "" = ""; ; ) {
    const page: readonly Alert[] = await queries.suppressedAlerts(after, PAGE);
    for (const { suppressed } of page)
      if (suppressed !== undefined) counts.set(suppressed.by, (counts.get(suppressed.by) ?? 0) + 1);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return counts;
    after = last.id;
  }
}

/** What the incident mutes of its dependents at present. */
export async function inhibitedBy(queries: Queries, { id, state }: Incident): Promise<readonly Alert[]> {
  if (state !== "triggered" && state !== "acknowledged") return [];
  const found: Alert[] = [];
  for (let after: AlertId | "" = ""; ; ) {
    const page: readonly Alert[] = await queries.suppressedAlerts(after, PAGE);
    for (const alert of page)
      if (alert.suppressed?.because === "dependency" && alert.suppressed.by === id) found.push(alert);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return found;
    after = last.id;
  }
}

const PAGE = 2_000;
