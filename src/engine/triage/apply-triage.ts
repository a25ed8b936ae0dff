import type { Command } from "../../incident/command.ts";
import type { Actor } from "../../incident/event.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import type { Alert } from "../../triage/alert.ts";
import { gradeOf, isMoreSevere } from "../../triage/grade-of.ts";
import { serviceOf } from "../../triage/service-of.ts";
import type { Triage } from "../../triage/triage-batch.ts";
import { change } from "../change.ts";
import { takeFirst } from "../escalate/take-due.ts";
import { noteFindings } from "../harder-watch/note-findings.ts";
import { type ApplyFacts, sampleOf, sourceOf, worstOf } from "./join-incident.ts";
import { settleJoining } from "./settle-joining.ts";

/**
 * Carries a triage out inside a transaction: incidents first, then the alerts with the incidents they belong to, then
 * the first pages. Gives the alerts as they stand now.
 */
export async function applyTriage(triage: Triage, queries: Queries, facts: ApplyFacts): Promise<readonly Alert[]> {
  const alerts = new Map(triage.alerts);
  const joining = new Map(triage.joining);
  for (const { alert, incident } of await leftBehind(triage.repeating, queries, facts)) {
    const grade = gradeOfLeft(alert, incident, facts);
    joining.set(alert.service, [...(joining.get(alert.service) ?? []), { alert, grade, because: "source-severity" }]);
  }
  for (const { alert } of await leftBehind(triage.repeatingMuted, queries, facts)) {
    const now = alerts.get(alert.id);
    if (now?.status === "firing" && alert.suppressed !== undefined)
      alerts.set(alert.id, { ...now, suppressed: alert.suppressed });
  }
  const settled = await settleJoining(joining, alerts, queries, facts);
  const touched = new Set<IncidentId>(settled.joined.values());
  for (const joins of joining.values()) {
    for (const { alert } of joins) {
      // The alert as it stands at the end of the batch, which may be resolved again.
      const now = alerts.get(alert.id) ?? alert;
      const incident = settled.joined.get(alert.id);
      const suppressed = settled.muted.get(alert.id);
      if (incident !== undefined) alerts.set(alert.id, { ...now, incident });
      else if (suppressed !== undefined) alerts.set(alert.id, { ...now, suppressed });
    }
  }
  for (const [id, over] of clearedOf(triage, alerts)) {
    await tell(id, queries, facts, sourceOf(over), (incident) => [
      {
        do: "clear-alerts",
        count: over.length,
        firing: Math.max(incident.firing - over.length, 0),
        sample: sampleOf(over),
      },
    ]);
  }
  for (const [id, joins] of triage.regraded) {
    const incident = await queries.incident(id);
    if (incident === undefined || (incident.state !== "triggered" && incident.state !== "acknowledged")) continue;
    const pinned = await facts.knowledge.policy(queries, incident.policy);
    const { grade: to, because } = worstOf(joins, pinned);
    if (!isMoreSevere(pinned, to, incident.grade)) continue;
    touched.add(id);
    await tell(id, queries, facts, sourceOf(joins.map(({ alert }) => alert)), () => [
      { do: "grade", to, raises: true, because, ticked: [], keepsAcknowledgement: false },
    ]);
  }
  for (const [id, speaking] of triage.speaking) {
    await tell(id, queries, facts, sourceOf(speaking), () => [
      { do: "note-return", count: speaking.length, sample: sampleOf(speaking) },
    ]);
  }
  // What is muted holds nothing open, and counts in no incident.
  const heldOpen = triage.flapping
    .flatMap(({ id: one }) => alerts.get(one) ?? [])
    .filter((one) => one.suppressed === undefined);
  for (const [id, flapping] of byIncident(heldOpen)) {
    await tell(id, queries, facts, { kind: "bongsu" }, () => [
      { do: "note-flapping", began: true, count: flapping.length, sample: sampleOf(flapping) },
    ]);
  }
  for (const [id, signal] of triage.acknowledging) {
    await tell(id, queries, facts, { kind: "source", source: signal.source, integration: signal.integration }, () => [
      { do: "acknowledge" },
    ]);
  }
  await noteFindings(triage.begun, queries, facts);
  await queries.putAlerts([...alerts.values()]);
  // What opened or was raised pages in the same commit: there is no moment at which it is known and nobody is called.
  await takeFirst(touched, queries, facts);
  return [...alerts.values()];
}

/** What is over, by the incident it was of: also what joined one in this batch and is over again. */
function clearedOf(triage: Triage, alerts: ReadonlyMap<string, Alert>): ReadonlyMap<IncidentId, readonly Alert[]> {
  const over = new Map<string, Alert>();
  const add = ({ id }: Alert): void => {
    const now = alerts.get(id);
    if (now?.status === "resolved" && now.suppressed === undefined) over.set(id, now);
  };
  for (const group of triage.clearing.values()) group.forEach(add);
  for (const group of triage.joining.values()) group.forEach(({ alert }) => add(alert));
  return byIncident([...over.values()]);
}

function byIncident(alerts: readonly Alert[]): ReadonlyMap<IncidentId, readonly Alert[]> {
  const groups = new Map<IncidentId, Alert[]>();
  for (const alert of alerts) {
    if (alert.incident === undefined) continue;
    const group = groups.get(alert.incident);
    if (group === undefined) groups.set(alert.incident, [alert]);
    else group.push(alert);
  }
  return groups;
}

/**
 * Alerts that go on firing although a person has resolved their incident: within the reopen window they are taken at
 * their word that it is being worked on; after it the condition evidently persists and they want an incident again, or
 * wait for the end of what mutes them.
 */
async function leftBehind(
  repeating: readonly Alert[],
  queries: Queries,
  facts: ApplyFacts,
): Promise<readonly { readonly alert: Alert; readonly incident: Incident }[]> {
  const found = [];
  const incidents = new Map<IncidentId, Incident | undefined>();
  for (const alert of repeating) {
    if (alert.incident === undefined) continue;
    if (!incidents.has(alert.incident)) incidents.set(alert.incident, await queries.incident(alert.incident));
    const incident = incidents.get(alert.incident);
    if (incident === undefined || incident.resolvedAt === undefined) continue;
    if (facts.at - incident.resolvedAt >= facts.policy.reopenWithin) found.push({ alert, incident });
  }
  return found;
}

/** What people had graded its incident; its own where that was the incident of something else, of a storm say. */
function gradeOfLeft(alert: Alert, incident: Incident, { policy, roster }: ApplyFacts): string {
  if (incident.service === alert.service) return incident.grade;
  const services = [...roster.services, ...policy.services];
  const graded = gradeOf(alert.severity, policy, serviceOf(alert.labels, services, alert.source).grade);
  return "grade" in graded ? graded.grade : incident.grade;
}

async function tell(
  id: IncidentId,
  queries: Queries,
  facts: ApplyFacts,
  by: Actor,
  commands: (incident: Incident) => readonly Command[],
): Promise<void> {
  const incident = await queries.incident(id);
  if (incident === undefined || incident.state === "closed") return;
  await change(queries, { id, state: incident }, commands(incident), { ...facts, by });
}
