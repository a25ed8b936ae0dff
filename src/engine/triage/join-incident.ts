import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { Command } from "../../incident/command.ts";
import type { Actor, AlertSummary } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Policy } from "../../policy/policy.ts";
import type { Roster } from "../../roster/roster.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { isMoreSevere } from "../../triage/grade-of.ts";
import type { Joining } from "../../triage/triage-batch.ts";
import { change } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";

export type ApplyFacts = {
  readonly ports: Ports;
  readonly knowledge: Knowledge;
  /** The one in force. */
  readonly policy: Policy;
  readonly roster: Roster;
  readonly at: Instant;
};

/** What is said of the joining beside that it happened. */
type As = { readonly cause?: string; readonly storm?: number; readonly title?: string };

export async function openIncident(
  queries: Queries,
  opening: {
    readonly service: string;
    readonly title?: string;
    readonly policy: Policy;
    readonly counter: "incident" | "canary";
    readonly worst: Pick<Joining, "grade" | "because">;
  },
  joins: readonly Joining[],
  facts: ApplyFacts,
  as: As = {},
): Promise<Incident> {
  const { ports, at } = facts;
  const { service, policy, worst } = opening;
  const alerts = joins.map(({ alert }) => alert);
  const id = asId<"incident">(`i${at.toString(36)}${randomText(ports.chance, ID_LENGTH)}`);
  const open: Command = {
    do: "open",
    number: await queries.nextNumber(opening.counter),
    title: (opening.title ?? alerts[0]?.title ?? service).slice(0, TITLE_LENGTH_MAX),
    service,
    grade: worst.grade,
    gradeBecause: worst.because,
    policy: policy.id,
    drill: false,
  };
  const commands = [open, joined(alerts, 0, as)];
  const changed = await change(queries, { id, state: undefined }, commands, { ...facts, by: sourceOf(alerts) });
  if (changed.incident === undefined) throw new TypeError("an incident that opens is there");
  return changed.incident;
}

/** Joins an incident that is open, or was resolved lately and is reopened; a worse grade raises it. */
export async function joinIncident(
  queries: Queries,
  known: Incident,
  joins: readonly Joining[],
  facts: ApplyFacts,
  as: As = {},
): Promise<Incident> {
  const alerts = joins.map(({ alert }) => alert);
  const commands: Command[] = known.state === "resolved" ? [{ do: "reopen", because: "fired-again" }] : [];
  commands.push(
    joined(alerts, known.state === "resolved" ? await firingYet(known, alerts, queries) : known.firing, as),
  );
  // An incident keeps the policy it opened under: the grade is compared and named there.
  const pinned = await facts.knowledge.policy(queries, known.policy);
  const worst = worstOf(joins, pinned);
  if (isMoreSevere(pinned, worst.grade, known.grade)) {
    const { grade: to, because } = worst;
    commands.push({ do: "grade", to, raises: true, because, ticked: [], keepsAcknowledgement: false });
  }
  const by = sourceOf(alerts);
  const changed = await change(queries, { id: known.id, state: known }, commands, { ...facts, by });
  return changed.incident ?? known;
}

/** Of one that a person resolved while alerts of it fired: these hold it open again, beside those that reopen it. */
async function firingYet({ id }: Incident, joining: readonly Alert[], queries: Queries): Promise<number> {
  const those = new Set(joining.map((alert) => alert.id));
  const alerts = await queries.alertsOfIncident(id, ALERTS_MAX);
  return alerts.filter((one) => one.status !== "resolved" && one.suppressed === undefined && !those.has(one.id)).length;
}

function joined(alerts: readonly Alert[], firing: number, as: As): Command {
  return {
    do: "join-alerts",
    count: alerts.length,
    firing: firing + alerts.length,
    sample: sampleOf(alerts),
    ...as,
    ...(as.title === undefined ? {} : { title: as.title.slice(0, TITLE_LENGTH_MAX) }),
  };
}

export function worstOf(joins: readonly Joining[], policy: Policy): Pick<Joining, "grade" | "because"> {
  return joins.reduce((worst, join) => (isMoreSevere(policy, join.grade, worst.grade) ? join : worst));
}

export function sourceOf(alerts: readonly Alert[]): Actor {
  const first = alerts[0];
  if (first === undefined) return { kind: "bongsu" };
  return { kind: "source", source: first.source, integration: first.integration };
}

export function sampleOf(alerts: readonly Alert[]): readonly AlertSummary[] {
  return alerts.slice(0, SAMPLE_MAX).map(({ id, title }) => ({ alert: id, title: title.slice(0, TITLE_LENGTH_MAX) }));
}

const ALERTS_MAX = 10_000;
/** How many alerts one timeline entry names; the rest are counted. */
export const SAMPLE_MAX = 10;
const TITLE_LENGTH_MAX = 250;
const ID_LENGTH = 8;
