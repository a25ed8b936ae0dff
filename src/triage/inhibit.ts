import type { IncidentId } from "../incident/incident.ts";
import type { Alert } from "./alert.ts";
import { type Dependencies, standsOn } from "./dependencies.ts";
import type { Joining } from "./triage-batch.ts";

/**
 * 연쇄 억제: an alert is muted while what it stands on has an open incident that people are really being paged for, of a
 * grade at least as severe as the alert's own. A Minor warning about a host's disk mutes no Critical outage upon it.
 */
export type Cause = {
  /** The service or host that is broken. */
  readonly node: string;
  readonly incident: IncidentId;
  /** How severe, as a place in the policy's grades: 0 the most severe. */
  readonly rank: number;
};

/** What may mute an alert of that rank, the most severe first. */
export function causesOf(
  alert: Pick<Alert, "service" | "labels">,
  alertRank: number,
  causes: readonly Cause[],
  dependencies: Dependencies,
): readonly Cause[] {
  if (causes.length === 0) return [];
  const beneath = standsOn(alert, dependencies);
  return causes
    .filter(({ node, rank }) => rank <= alertRank && beneath.has(node))
    .sort((one, other) => one.rank - other.rank);
}

/**
 * The services of a batch with each before those that stand on it, so that a cause which comes later in the batch than
 * its consequences is known before them. In a circle one of them is the cause.
 */
export function causesFirst(
  joining: ReadonlyMap<string, readonly Pick<Joining, "alert">[]>,
  dependencies: Dependencies,
): readonly string[] {
  const ordered: string[] = [];
  const seen = new Set<string>();
  const visit = (service: string): void => {
    if (seen.has(service)) return;
    seen.add(service);
    for (const { alert } of joining.get(service) ?? [])
      for (const name of standsOn(alert, dependencies)) if (joining.has(name)) visit(name);
    ordered.push(service);
  };
  for (const service of joining.keys()) visit(service);
  return ordered;
}
