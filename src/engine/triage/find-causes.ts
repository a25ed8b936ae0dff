import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Service } from "../../roster/roster.ts";
import type { Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { type Dependencies, standsOn } from "../../triage/dependencies.ts";
import { gradeOf, rankOf } from "../../triage/grade-of.ts";
import type { Cause } from "../../triage/inhibit.ts";
import { serviceOf } from "../../triage/service-of.ts";

export type CauseFacts = {
  readonly policy: Policy;
  readonly services: readonly Service[];
  readonly dependencies: Dependencies;
  readonly at: Instant;
};

/**
 * Open, and people are really being called for it: not snoozed, no drill, not left to another incident, and not one whose
 * last step reached nobody.
 */
export function isPaged({ state, snoozedUntil, drill, pagingHeld, levelDue }: Incident): boolean {
  if (state !== "triggered" && state !== "acknowledged") return false;
  return snoozedUntil === undefined && !drill && pagingHeld === undefined && levelDue?.because !== "nobody-reached";
}

/** The incident for which people are called where this one is open: itself, or the one that holds its pages. */
async function pagedFor(incident: Incident, queries: Queries): Promise<Incident | undefined> {
  if (incident.pagingHeld === undefined) return isPaged(incident) ? incident : undefined;
  const holder = await queries.incident(incident.pagingHeld.by);
  if (holder !== undefined && isPaged(holder)) return holder;
  // Nobody holds it any more: it pages for itself in a moment.
  const { pagingHeld: _, ...itself } = incident;
  return isPaged(itself) ? incident : undefined;
}

/** Everything beneath these alerts that has an open incident for which people are paged. */
export async function findCauses(
  alerts: readonly Alert[],
  queries: Queries,
  facts: CauseFacts,
): Promise<readonly Cause[]> {
  const names = [...new Set(alerts.flatMap((alert) => [...standsOn(alert, facts.dependencies)]))];
  if (names.length === 0) return [];
  const { policy } = facts;
  const causes: Cause[] = [];
  for (const incident of await queries.openIncidentsOf(names)) {
    const rank = rankOf(policy, incident.grade);
    const paged = rank === undefined ? undefined : await pagedFor(incident, queries);
    if (rank !== undefined && paged !== undefined) causes.push({ node: incident.service, incident: paged.id, rank });
  }
  // Its alerts may be in the incident of something else: of what depends on it, of a storm. There it is as severe as it
  // is itself, whatever else has made that incident so severe.
  const incidents = new Map<IncidentId, Incident | undefined>();
  for (const alert of await queries.alertsHeldElsewhere(names, HELD_MAX)) {
    if (alert.incident === undefined) continue;
    if (!incidents.has(alert.incident)) incidents.set(alert.incident, await queries.incident(alert.incident));
    const incident = incidents.get(alert.incident);
    const own = rankOfAlert(alert, facts);
    if (incident === undefined || own === undefined) continue;
    const paged = await pagedFor(incident, queries);
    const rank = rankOf(policy, incident.grade);
    if (rank !== undefined && paged !== undefined)
      causes.push({ node: alert.service, incident: paged.id, rank: Math.max(rank, own) });
  }
  return causes;
}

/** How severe an alert is by itself. */
export function rankOfAlert(alert: Alert, { policy, services }: CauseFacts): number | undefined {
  const graded = gradeOf(alert.severity, policy, serviceOf(alert.labels, services, alert.source).grade);
  return "grade" in graded ? rankOf(policy, graded.grade) : undefined;
}

/**
 * Where something breaks after what depends on it has opened incidents: the most severe of these, of equals the oldest.
 * It is not more severe than the cause, or the cause would not have muted it either.
 */
export async function dependentOf(
  service: string,
  rank: number,
  recent: readonly Incident[],
  queries: Queries,
  facts: CauseFacts,
): Promise<Incident | undefined> {
  const found: { readonly incident: Incident; readonly rank: number }[] = [];
  for (const incident of recent) {
    const of = rankOf(facts.policy, incident.grade);
    if (of === undefined || of < rank || !isPaged(incident) || incident.alerts === 0) continue;
    if (incident.openedAt <= facts.at - LATE_CAUSE_MS) continue;
    const alerts = await queries.alertsOfIncident(incident.id, LOOKED_AT_MAX);
    const stands = alerts.some(
      (alert) =>
        alert.status !== "resolved" &&
        alert.suppressed === undefined &&
        standsOn(alert, facts.dependencies).has(service),
    );
    if (stands) found.push({ incident, rank: of });
  }
  found.sort((one, other) => one.rank - other.rank || one.incident.number - other.incident.number);
  return found[0]?.incident;
}

/**
 * How long after its consequences a cause may become known and still be taken for theirs: checks of switches and storage
 * run every five minutes in many houses, and have to fail twice.
 */
export const LATE_CAUSE_MS = 15 * MINUTE_MS;
/** Alerts of one incident that are looked at for what they stand on. */
const LOOKED_AT_MAX = 20;
const HELD_MAX = 500;
