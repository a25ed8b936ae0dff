import type { Command } from "../../incident/command.ts";
import type { Incident } from "../../incident/incident.ts";
import { isMonitorKey } from "../../monitor/alert-key.ts";
import type { Policy } from "../../policy/policy.ts";
import type { HarderWatch, Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";

/**
 * What an incident that was just resolved is watched harder for: the monitors' alerts that it had, so long as its policy
 * says for its grade. Undefined where monitors had nothing to do with it.
 */
export async function harderWatchOf(
  queries: Queries,
  incident: Incident,
  policy: Policy,
  at: Instant,
): Promise<{ readonly watch: HarderWatch; readonly command: Command } | undefined> {
  const length = policy.timing.get(incident.grade)?.watchHarder ?? 0;
  if (length <= 0 || incident.drill || incident.alerts === 0) return undefined;
  const alerts = await queries.alertsOfIncident(incident.id, ALERTS_MAX);
  const keys = alerts.filter(({ source, key }) => source === "monitor" && isMonitorKey(key)).map(({ key }) => key);
  if (keys.length === 0) return undefined;
  const until = at + length;
  return { watch: { incident: incident.id, until, keys }, command: { do: "watch-harder", until, series: keys.length } };
}

const ALERTS_MAX = 1_000;
