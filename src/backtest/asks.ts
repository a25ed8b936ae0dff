import type { Incident } from "../incident/incident.ts";

/** Which call for an answer is open: one for each cycle and each hand-over; undefined while nobody is waited for. */
export function askOf(incident: Incident | undefined): string | undefined {
  if (incident === undefined || incident.state === "resolved" || incident.state === "closed") return undefined;
  if (incident.state === "acknowledged" && incident.handOver === undefined) return undefined;
  return `${incident.cycle}.${incident.handOver === undefined ? 0 : incident.handOvers}`;
}
