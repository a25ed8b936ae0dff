import type { IncidentId } from "../../incident/incident.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { calmedDown } from "../../triage/flapping.ts";
import { change, untilNotOvertaken } from "../change.ts";
import { sampleOf } from "./join-incident.ts";
import type { TriageParts } from "./triage-duty.ts";

/**
 * What flapped and has been calm for long enough flaps no more: where its source last said that it is over, it is over
 * now, and its incident with it where nothing else fires. Gives how many there were.
 */
export async function calmDown({ ports, knowledge, memory }: TriageParts, at: Instant): Promise<number> {
  const calm = await untilNotOvertaken(ports, async (queries) => {
    const flapped = await queries.calmAlerts(at, ALERTS_MAX);
    const howOften = new Map(flapped.map(({ id, flapping }) => [id, flapping]));
    const alerts = flapped.map((alert) => calmedDown(alert, at));
    const groups = new Map<IncidentId, Alert[]>();
    for (const alert of alerts)
      if (alert.incident !== undefined && alert.suppressed === undefined)
        groups.set(alert.incident, [...(groups.get(alert.incident) ?? []), alert]);
    for (const [id, group] of groups) {
      const incident = await queries.incident(id);
      if (incident === undefined || incident.state === "closed") continue;
      const over = group.filter(({ status }) => status === "resolved");
      const firing = Math.max(incident.firing - over.length, 0);
      await change(
        queries,
        { id, state: incident },
        [
          { do: "note-flapping", began: false, count: group.length, sample: sampleOf(group), ...changesOf(group) },
          ...(over.length === 0
            ? []
            : [{ do: "clear-alerts", count: over.length, firing, sample: sampleOf(over) } as const]),
        ],
        { ports, knowledge, at, by: { kind: "bongsu" } },
      );
    }
    await queries.putAlerts(alerts);
    return alerts;

    function changesOf(group: readonly Alert[]): { readonly since: Instant; readonly changes: number } {
      const all = group.flatMap(({ id }) => howOften.get(id) ?? []);
      return {
        since: Math.min(...all.map(({ since }) => since)),
        changes: all.reduce((sum, { changes }) => sum + changes, 0),
      };
    }
  });
  memory.learn(calm);
  return calm.length;
}

const ALERTS_MAX = 1_000;
