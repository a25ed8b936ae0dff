import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { Command } from "../../incident/command.ts";
import type { Actor, AlertSummary } from "../../incident/event.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { isMoreSevere } from "../../triage/grade-of.ts";
import type { Joining, Triage } from "../../triage/triage-batch.ts";
import { CANARY_POLICY, CANARY_SERVICE, CANARY_SOURCE } from "../canary/canary-policy.ts";
import { change } from "../change.ts";
import { takeFirst } from "../escalate/take-due.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";

type ApplyFacts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  readonly policy: Policy;
  readonly at: Instant;
};

/**
 * Carries a triage out inside a transaction: incidents first, then the alerts with the incidents they belong to, then
 * the first pages. Gives the alerts as they stand now.
 */
export async function applyTriage(triage: Triage, queries: Queries, facts: ApplyFacts): Promise<readonly Alert[]> {
  const touched = new Set<IncidentId>();
  const alerts = new Map(triage.alerts);
  const joining = new Map(triage.joining);
  for (const { service, joins } of await orphans(triage.repeating, queries, facts)) {
    joining.set(service, [...(joining.get(service) ?? []), ...joins]);
  }
  for (const [service, joins] of joining) {
    const id = await join(service, joins, queries, facts);
    touched.add(id);
    // The alert as it stands at the end of the batch, which may be resolved again.
    for (const { alert } of joins) alerts.set(alert.id, { ...(alerts.get(alert.id) ?? alert), incident: id });
  }
  const cleared = new Map<IncidentId, Alert[]>([...triage.clearing].map(([id, all]) => [id, [...all]]));
  for (const joins of triage.joining.values()) {
    for (const { alert } of joins) {
      const now = alerts.get(alert.id);
      if (now?.status !== "resolved" || now.incident === undefined) continue;
      const group = cleared.get(now.incident);
      if (group === undefined) cleared.set(now.incident, [now]);
      else if (!group.some((known) => known.id === now.id)) group.push(now);
    }
  }
  for (const [id, over] of cleared) {
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
  for (const [id, signal] of triage.acknowledging) {
    await tell(id, queries, facts, { kind: "source", source: signal.source, integration: signal.integration }, () => [
      { do: "acknowledge" },
    ]);
  }
  await queries.putAlerts([...alerts.values()]);
  // What opened or was raised pages in the same commit: there is no moment at which it is known and nobody is called.
  await takeFirst(touched, queries, facts);
  return [...alerts.values()];
}

/** Opens, joins or reopens the incident of a service. */
async function join(
  service: string,
  joins: readonly Joining[],
  queries: Queries,
  facts: ApplyFacts,
): Promise<IncidentId> {
  const { ports, at } = facts;
  const canary = joins[0]?.alert.source === CANARY_SOURCE;
  const policy = canary ? CANARY_POLICY : facts.policy;
  const name = canary ? CANARY_SERVICE : service;
  const worst = canary ? { grade: "Canary", because: "source-severity" as const } : worstOf(joins, policy);
  const known = await queries.incidentForService(name, at - policy.reopenWithin);
  const alerts = joins.map(({ alert }) => alert);
  const by = sourceOf(alerts);
  const joined = (firing: number): Command => ({
    do: "join-alerts",
    count: joins.length,
    firing: firing + joins.length,
    sample: sampleOf(alerts),
  });

  if (known === undefined) {
    const id = asId<"incident">(`i${at.toString(36)}${randomText(ports.chance, ID_LENGTH)}`);
    const number = await queries.nextNumber(canary ? "canary" : "incident");
    const open: Command = {
      do: "open",
      number,
      title: alerts[0]?.title.slice(0, TITLE_LENGTH_MAX) ?? name,
      service: name,
      grade: worst.grade,
      gradeBecause: worst.because,
      policy: policy.id,
      drill: false,
    };
    await change(queries, { id, state: undefined }, [open, joined(0)], { ...facts, by });
    return id;
  }
  const commands: Command[] = known.state === "resolved" ? [{ do: "reopen", because: "fired-again" }] : [];
  commands.push(joined(known.state === "resolved" ? 0 : known.firing));
  // An incident keeps the policy it opened under: the grade is compared and named there.
  const pinned = await facts.knowledge.policy(queries, known.policy);
  if (isMoreSevere(pinned, worst.grade, known.grade)) {
    const { grade: to, because } = worst;
    commands.push({ do: "grade", to, raises: true, because, ticked: [], keepsAcknowledgement: false });
  }
  await change(queries, { id: known.id, state: known }, commands, { ...facts, by });
  return known.id;
}

/**
 * Alerts that go on firing although a person has resolved their incident: within the reopen window they are taken at
 * their word that it is being worked on; after it the condition evidently persists and they want an incident again.
 */
async function orphans(
  repeating: readonly Alert[],
  queries: Queries,
  facts: ApplyFacts,
): Promise<readonly { readonly service: string; readonly joins: readonly Joining[] }[]> {
  const found = [];
  const incidents = new Map<IncidentId, Incident | undefined>();
  for (const alert of repeating) {
    if (alert.incident === undefined) continue;
    if (!incidents.has(alert.incident)) incidents.set(alert.incident, await queries.incident(alert.incident));
    const incident = incidents.get(alert.incident);
    if (incident === undefined || incident.resolvedAt === undefined) continue;
    if (facts.at - incident.resolvedAt < facts.policy.reopenWithin) continue;
    const joins: Joining[] = [{ alert, grade: incident.grade, because: "source-severity" }];
    found.push({ service: alert.service, joins });
  }
  return found;
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

function worstOf(joins: readonly Joining[], policy: Policy): Pick<Joining, "grade" | "because"> {
  return joins.reduce((worst, join) => (isMoreSevere(policy, join.grade, worst.grade) ? join : worst));
}

function sourceOf(alerts: readonly Alert[]): Actor {
  const first = alerts[0];
  if (first === undefined) return { kind: "bongsu" };
  return { kind: "source", source: first.source, integration: first.integration };
}

function sampleOf(alerts: readonly Alert[]): readonly AlertSummary[] {
  return alerts.slice(0, SAMPLE_MAX).map(({ id, title }) => ({ alert: id, title: title.slice(0, TITLE_LENGTH_MAX) }));
}

/** How many alerts one timeline entry names; the rest are counted. */
const SAMPLE_MAX = 10;
const TITLE_LENGTH_MAX = 250;
const ID_LENGTH = 8;
