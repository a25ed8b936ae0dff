import { nextDue } from "../escalation/plan.ts";
import { CHAIN_START, chainText } from "../incident/chain.ts";
import type { Command } from "../incident/command.ts";
import { decide, type Refusal } from "../incident/decide.ts";
import type { Actor, IncidentEvent, Recorded } from "../incident/event.ts";
import { evolve } from "../incident/evolve.ts";
import type { Incident, IncidentId } from "../incident/incident.ts";
import type { Delivery, Queries } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import { harderWatchOf } from "./harder-watch/begin-harder-watch.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Ports } from "./ports.ts";

export type Changed =
  | { readonly incident: Incident; readonly events: readonly Recorded[]; readonly refused: readonly Refusal[] }
  | { readonly no: Refusal; readonly incident: Incident | undefined };

/** Somebody else wrote the incident between our reading and our writing: the whole unit is done again. */
export class Overtaken extends Error {}

/**
 * The one way in which an incident changes: commands are decided one after another, what they decided is folded,
 * chained and written with the next due time and the withdrawal of pages nobody wants any more. What monitors told of an
 * incident that is resolved is watched harder from then on. Inside a transaction;
 * throws `Overtaken` when the stored version is not the one that was read. `no` where every command was refused.
 */
export async function change(
  queries: Queries,
  subject: { readonly id: IncidentId; readonly state: Incident | undefined },
  commands: readonly Command[],
  facts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant; readonly by: Actor },
): Promise<Changed> {
  const events: Recorded[] = [];
  const refused: Refusal[] = [];
  let state = subject.state;
  for (const command of commands) {
    const decision = decide(state, command, facts);
    if ("no" in decision) {
      refused.push(decision.no);
      continue;
    }
    for (const event of decision.events) {
      const recorded = chained(subject.id, state, event, facts);
      state = evolve(state, recorded, subject.id);
      events.push(recorded);
    }
  }
  if (state === undefined || events.length === 0) return { no: refused[0] ?? "nothing-to-record", incident: state };

  const policy = await facts.knowledge.policy(queries, state.policy);
  if (state.state === "resolved" && events.some(({ event }) => event.type === "resolved")) {
    const harder = await harderWatchOf(queries, state, policy, facts.at);
    const decision = harder === undefined ? undefined : decide(state, harder.command, facts);
    for (const event of decision !== undefined && "events" in decision ? decision.events : []) {
      const recorded = chained(subject.id, state, event, { ...facts, by: { kind: "bongsu" } });
      state = evolve(state, recorded, subject.id);
      events.push(recorded);
    }
    if (harder !== undefined) await queries.putHarderWatch(harder.watch);
  }
  if (events.some(({ event }) => event.type === "reopened")) await queries.removeHarderWatch(subject.id);
  const due = nextDue(state, policy, facts.at);
  if (subject.state === undefined) await queries.insertIncident(state, due);
  else if (!(await queries.updateIncident(state, subject.state.version, due))) throw new Overtaken();
  await queries.appendEvents(subject.id, events);
  if (events.some(({ event }) => ENDS_HOLDS.has(event.type))) await queries.lookAtHeldBy(subject.id, facts.at);
  const unwanted = unwantedAfter(events.map(({ event }) => event));
  if (unwanted !== undefined) await queries.withdrawDeliveries(subject.id, unwanted.kinds, unwanted.because);
  return { incident: state, events, refused };
}

/** Runs a unit of work in a transaction, again when it was overtaken. */
export async function untilNotOvertaken<T>(ports: Ports, work: (queries: Queries) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ports.store.transaction(work);
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt >= OVERTAKEN_MAX) throw error;
    }
  }
}

/** Each time somebody else got their work done, so this many in a row means a defect and not bad luck. */
const OVERTAKEN_MAX = 20;

/** After which an incident may hold the pages of others no more: each of them is looked at at once. */
const ENDS_HOLDS: ReadonlySet<IncidentEvent["type"]> = new Set([
  "resolved",
  "closed",
  "snoozed",
  "paging-held",
  "graded",
  "nobody-reached",
  "alerts-cleared",
]);

const WAKING: readonly Delivery["kind"][] = [
  "first",
  "reminder",
  "overdue",
  "level",
  "repeat-at-top",
  "handed-over",
  "stalled",
];

/** Pages still queued that what happened made pointless. A page for a hand-over outlives the acknowledgement before it. */
function unwantedAfter(
  events: readonly IncidentEvent[],
): { readonly kinds: readonly Delivery["kind"][]; readonly because: string } | undefined {
  const types = events.map(({ type }) => type);
  if (types.includes("resolved") || types.includes("closed"))
    return { kinds: [...WAKING, "informed"], because: "resolved" };
  if (types.includes("acknowledged")) return { kinds: WAKING, because: "acknowledged" };
  if (types.includes("paging-held")) return { kinds: WAKING, because: "paging-held" };
  if (types.includes("snoozed")) return { kinds: WAKING, because: "snoozed" };
  return undefined;
}

function chained(
  id: IncidentId,
  state: Incident | undefined,
  event: IncidentEvent,
  { ports, at, by }: { readonly ports: Ports; readonly at: Instant; readonly by: Actor },
): Recorded {
  const link = { seq: (state?.version ?? 0) + 1, at, by, event };
  return { ...link, hash: ports.sha256(chainText(id, state?.head ?? CHAIN_START, link)) };
}
