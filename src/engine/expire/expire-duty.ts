import type { IncidentId } from "../../incident/incident.ts";
import type { Alert } from "../../triage/alert.ts";
import { change, untilNotOvertaken } from "../change.ts";
import type { FiringMemory } from "../intake/firing-memory.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";

/**
 * A source that stopped renewing its alert is not a source that said it is over: the alert becomes `silent`, its
 * incident says so and stays open. First the renewals that repeats left in memory are written down. After a start
 * nothing is judged until sources have had time to speak again.
 */
export function expireDuty(ports: Ports, knowledge: Knowledge, memory: FiringMemory): Duty {
  const judgeFrom = ports.clock.now() + AFTER_START_MS;
  return {
    name: "expire",
    promise: {
      ko: "갱신이 끊긴 경보를 '침묵'으로 표시합니다(복구로 보지 않습니다).",
      en: "Marks alerts that their source stopped renewing as silent (not as resolved).",
    },
    everyMs: ports.settings.watchMs,
    async run(at) {
      const renewals = memory.takeRenewals();
      if (renewals.length > 0) await ports.store.renewAlerts(renewals);
      if (at < judgeFrom) return { status: { renewed: renewals.length, silent: 0, waitsForSources: true } };
      const expired = await ports.store.expiredAlerts(at, EXPIRED_MAX);
      if (expired.length > 0) {
        const silent = expired.map((alert): Alert => ({ ...alert, status: "silent", updatedAt: at }));
        await untilNotOvertaken(ports, async (queries) => {
          for (const [id, alerts] of byIncident(silent)) {
            const incident = await queries.incident(id);
            if (incident === undefined || incident.state === "closed") continue;
            const sample = alerts.slice(0, SAMPLE_MAX).map(({ id: alert, title }) => ({ alert, title }));
            await change(queries, { id, state: incident }, [{ do: "note-silence", count: alerts.length, sample }], {
              ports,
              knowledge,
              at,
              by: { kind: "bongsu" },
            });
          }
          await queries.putAlerts(silent);
        });
        memory.learn(silent);
      }
      const more = expired.length === EXPIRED_MAX;
      return { status: { renewed: renewals.length, silent: expired.length }, next: more ? at : undefined };
    },
  };
}

/** Prometheus promises to have spoken within four resend delays of a minute each. */
const AFTER_START_MS = 300_000;
const EXPIRED_MAX = 1_000;
const SAMPLE_MAX = 10;

function byIncident(alerts: readonly Alert[]): ReadonlyMap<IncidentId, readonly Alert[]> {
  const groups = new Map<IncidentId, Alert[]>();
  for (const alert of alerts) {
    if (alert.incident !== undefined) groups.set(alert.incident, [...(groups.get(alert.incident) ?? []), alert]);
  }
  return groups;
}
