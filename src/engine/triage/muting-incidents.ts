import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import type { Alert } from "../../triage/alert.ts";
import { isPaged } from "./find-causes.ts";

/**
 * The incidents that mute what depends on them, as this node knows them: when one is over, snoozed or graded down, what
 * it muted is looked at that moment and not at the next turn. It only lowers latency; the turns find everything too.
 */
export class MutingIncidents {
  #grades = new Map<IncidentId, string | undefined>();

  /** These and no others. */
  areThese(ids: ReadonlySet<IncidentId>): void {
    this.#grades = new Map([...ids].map((id) => [id, this.#grades.get(id)]));
  }

  learn(alerts: Iterable<Alert>): void {
    for (const { suppressed } of alerts) {
      if (suppressed?.because !== "dependency") continue;
      const id = suppressed.by as IncidentId;
      if (!this.#grades.has(id)) this.#grades.set(id, undefined);
    }
  }

  /** Whether one of them mutes no more, or not as much as before. */
  async haveMoved(queries: Queries): Promise<boolean> {
    let moved = false;
    for (const [id, grade] of this.#grades) {
      const incident: Incident | undefined = await queries.incident(id);
      if (incident === undefined || !isPaged(incident) || (grade ?? incident.grade) !== incident.grade) moved = true;
      this.#grades.set(id, incident?.grade);
    }
    return moved;
  }
}
