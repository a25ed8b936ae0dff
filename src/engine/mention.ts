import { gradeNamed } from "../escalation/levels.ts";
import { timingOf } from "../escalation/plan.ts";
import { quietReaches } from "../escalation/reaches.ts";
import { type DeliveryId, type Reach, stepKey } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import { mentionsIn } from "../incident/mentions.ts";
import type { Policy } from "../policy/policy.ts";
import type { Roster } from "../roster/roster.ts";
import type { Delivery, Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import type { Engine } from "./engine.ts";
import { deliveryId, deliveryOf } from "./escalate/deliveries-of.ts";
import { driversOf } from "./ports.ts";

type Told = readonly (Reach & { readonly delivery: DeliveryId })[];

/** One quiet page for each person whom a note mentions; nobody is woken for it. */
export function mentionReaches(
  engine: Engine,
  { incident, policy, roster }: { readonly incident: Incident; readonly policy: Policy; readonly roster: Roster },
  text: string,
): Told {
  const clause = gradeNamed(policy, incident.grade).ownerClause;
  const addressees = mentionsIn(text, roster.people.values()).map((person) => ({ person, clause }));
  const { reach } = quietReaches(addressees, { roster, drivers: driversOf(engine.ports.channels) });
  // The note will be the incident's next event, which names it for ever.
  return reach.map((one) => ({ ...one, delivery: deliveryId(incident, `note.${incident.version + 1}`, one) }));
}

/** The outbox rows of those pages. */
export async function mentionDeliveries(
  engine: Engine,
  queries: Queries,
  incident: Incident,
  note: { readonly text: string; readonly told?: Told; readonly at: Instant },
): Promise<readonly Delivery[]> {
  const policy = await engine.knowledge.policy(queries, incident.policy);
  const facts = {
    at: note.at,
    gradeRank: gradeNamed(policy, incident.grade).rank,
    levelEvery: timingOf(policy, incident.grade).levelEvery,
  };
  const key = stepKey(incident.cycle, "note", incident.version);
  return (note.told ?? []).map((reach) => ({
    ...deliveryOf(incident, { key, kind: "mentioned" }, reach, facts),
    text: { title: incident.title, description: note.text },
  }));
}
