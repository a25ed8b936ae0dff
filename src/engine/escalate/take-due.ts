import { dueSteps } from "../../escalation/due-steps.ts";
import { gradeNamed } from "../../escalation/levels.ts";
import { nextDue, type PlanFacts, plan, timingOf } from "../../escalation/plan.ts";
import type { Step } from "../../escalation/step.ts";
import { unreachable } from "../../fault/fault.ts";
import type { Command } from "../../incident/command.ts";
import type { DeliveryId, Reach, ResumedBecause } from "../../incident/event.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Delivery, Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import { dependenciesOf } from "../../triage/dependencies.ts";
import { change } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";
import { HELD_LOOK_MS, lookAtHeld } from "../triage/hold-paging.ts";
import { deliveryId, deliveryOf } from "./deliveries-of.ts";

/** How many steps were taken, and the pages that they made. */
export type Taken = { readonly steps: number; readonly pages: number };

export const NOTHING: Taken = { steps: 0, pages: 0 };

type Facts = { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant };

/** What is due of an incident's plan, worked out and not yet written. */
type Due =
  | { readonly is: "nothing" }
  | { readonly is: "snooze-over" }
  | { readonly is: "resumes"; readonly because: ResumedBecause }
  /** Its pages are held by an incident that was not the one before. */
  | { readonly is: "held-anew"; readonly by: Incident }
  /** The stored due time was from before something changed; this is the present one. */
  | { readonly is: "later"; readonly dueAt: Instant | null }
  | {
      readonly is: "steps";
      readonly commands: readonly Command[];
      readonly steps: number;
      readonly pages: readonly Delivery[];
    };

/** Takes what is due of an incident's plan, inside a transaction: the events, the pages and the next due time. */
export async function takeDue(incident: Incident, queries: Queries, facts: Facts): Promise<Taken> {
  if (incident.pagingHeld !== undefined)
    return carryOut(await heldStill(incident, queries, facts), incident, queries, facts);
  const planFacts = await facts.knowledge.planFacts(queries, incident, facts.at, facts.at);
  return carryOut(dueOf(incident, planFacts), incident, queries, facts);
}

/**
 * As `takeDue`, for incidents that something else is being written about: where a plan cannot be worked out, that is
 * left to the escalation's own duty, which tries again and tells.
 */
export async function takeFirst(incidents: Iterable<IncidentId>, queries: Queries, facts: Facts): Promise<void> {
  for (const id of incidents) {
    const incident = await queries.incident(id);
    if (incident === undefined) continue;
    // Outside: what fails of the store has ended the transaction, and nothing more may be written in it.
    const planFacts = await facts.knowledge.planFacts(queries, incident, facts.at, facts.at);
    let due: Due;
    try {
      due = dueOf(incident, planFacts);
    } catch (error) {
      facts.ports.log("error", "escalate.failed", { incident: id, error: String(error) });
      continue;
    }
    if (due.is === "steps") await carryOut(due, incident, queries, facts);
  }
}

/** What becomes of an incident whose pages another one holds. */
async function heldStill(incident: Incident, queries: Queries, { knowledge, at }: Facts): Promise<Due> {
  const policy = await knowledge.currentPolicy(queries);
  const roster = await knowledge.roster(queries);
  const services = [...roster.services, ...policy.services];
  const look = await lookAtHeld(incident, queries, { policy, services, dependencies: dependenciesOf(services), at });
  if (look.is === "resumes") return look;
  if (look.by === incident.pagingHeld?.by) return { is: "later", dueAt: at + HELD_LOOK_MS };
  const by = await queries.incident(look.by);
  return by === undefined ? { is: "resumes", because: "over" } : { is: "held-anew", by };
}

/** Pure. */
function dueOf(incident: Incident, planFacts: PlanFacts): Due {
  const { at, policy } = planFacts;
  if (incident.pagingHeld !== undefined) return { is: "nothing" };
  if (incident.snoozedUntil !== undefined) return { is: incident.snoozedUntil > at ? "nothing" : "snooze-over" };
  const { take, superseded } = dueSteps(plan(incident, planFacts), at);
  if (take.length + superseded.length === 0) return { is: "later", dueAt: nextDue(incident, policy, at) };
  const taken = take.map((step) => stepTaken(step, incident));
  const { rank: gradeRank } = gradeNamed(policy, incident.grade);
  const { levelEvery } = timingOf(policy, incident.grade);
  return {
    is: "steps",
    commands: [
      ...superseded.map(({ key, kind, due, clause }) =>
        record({ type: "step-superseded", step: key, kind, due, clause }),
      ),
      ...taken.map(record),
    ],
    steps: take.length,
    pages: take.flatMap((step, nth) =>
      (taken[nth]?.reaches ?? []).map((reach) => deliveryOf(incident, step, reach, { at, gradeRank, levelEvery })),
    ),
  };
}

async function carryOut(due: Due, incident: Incident, queries: Queries, facts: Facts): Promise<Taken> {
  const by = { kind: "bongsu" } as const;
  const subject = { id: incident.id, state: incident };
  switch (due.is) {
    case "nothing":
      return NOTHING;
    case "snooze-over":
      await change(queries, subject, [{ do: "end-snooze" }], { ...facts, by });
      return NOTHING;
    case "resumes": {
      const changed = await change(queries, subject, [{ do: "resume-paging", because: due.because }], { ...facts, by });
      // From its first page on, in the same commit.
      return changed.incident === undefined ? NOTHING : takeDue(changed.incident, queries, facts);
    }
    case "held-anew": {
      const { id, number } = due.by;
      await change(queries, subject, [{ do: "hold-paging", by: id, number, because: "cause" }], { ...facts, by });
      return NOTHING;
    }
    case "later":
      await queries.updateIncident(incident, incident.version, due.dueAt);
      return NOTHING;
    case "steps":
      await change(queries, subject, due.commands, { ...facts, by });
      await queries.insertDeliveries(due.pages);
      return { steps: due.steps, pages: due.pages.length };
    default:
      return unreachable(due);
  }
}

function stepTaken(
  step: Step,
  incident: Incident,
): Extract<Command, { do: "record" }>["event"] & { type: "step-taken" } {
  const reaches = step.reach.map((reach): Reach & { delivery: DeliveryId } => ({
    ...reach,
    delivery: deliveryId(incident, step.key, reach),
  }));
  const { key, kind, due, clause, level, overdue, skipped } = step;
  return { type: "step-taken", step: key, kind, due, clause, level, overdue, reaches, skipped };
}

function record(event: Extract<Command, { do: "record" }>["event"]): Command {
  return { do: "record", event };
}
