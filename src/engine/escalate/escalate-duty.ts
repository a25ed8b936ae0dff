import { dueSteps } from "../../escalation/due-steps.ts";
import { gradeNamed } from "../../escalation/levels.ts";
import { nextDue, plan, timingOf } from "../../escalation/plan.ts";
import type { Step } from "../../escalation/step.ts";
import type { Command } from "../../incident/command.ts";
import type { DeliveryId, Reach } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import { change, untilNotOvertaken } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";
import { deliveryId, deliveryOf } from "./deliveries-of.ts";

/**
 * Carries the plan out.
 * 1. Read the incidents that have a step due.
 * 2. For each: compute the plan, take what is due of it: the events, the pages (the outbox) and the next due time are
 *    one transaction, conditional on the incident being as it was read. Nothing leaves the house here.
 * 3. One incident that fails does not hold back the others; it is tried again a few seconds later.
 */
export function escalateDuty(ports: Ports, knowledge: Knowledge): Duty {
  const failing = new Map<string, Instant>();
  return {
    name: "escalate",
    promise: {
      ko: "에스컬레이션 계획의 때가 된 단계를 실행합니다.",
      en: "Carries out the due steps of the escalation plan.",
    },
    everyMs: ports.settings.pollMs,
    async run(at) {
      const due = await ports.store.dueIncidents(at, INCIDENTS_MAX);
      let steps = 0;
      let pages = 0;
      let failed = 0;
      for (const { id } of due) {
        if ((failing.get(id) ?? 0) > at) continue;
        try {
          const taken = await untilNotOvertaken(ports, async (queries) => {
            const incident = await queries.incident(id);
            return incident === undefined ? NOTHING : takeDue(incident, queries, { ports, knowledge, at });
          });
          steps += taken.steps;
          pages += taken.pages;
          failing.delete(id);
        } catch (error) {
          failed++;
          failing.set(id, at + FAILED_AGAIN_MS);
          ports.log("error", "escalate.failed", { incident: id, error: String(error) });
        }
      }
      ports.settings.failpoint("escalate.done");
      const more = due.length === INCIDENTS_MAX && failed < due.length;
      const next = more ? at : failed > 0 ? at + FAILED_AGAIN_MS : await ports.store.nextIncidentDue();
      return {
        status: { incidents: due.length, steps, pages, failed },
        next: next === undefined ? undefined : Math.max(next, failed > 0 ? at + FAILED_AGAIN_MS : next),
        nudge: pages > 0 ? ["deliver"] : [],
      };
    },
  };
}

const INCIDENTS_MAX = 200;
const FAILED_AGAIN_MS = 5_000;
const NOTHING = { steps: 0, pages: 0 };

async function takeDue(
  incident: Incident,
  queries: Queries,
  facts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant },
): Promise<{ steps: number; pages: number }> {
  const { at, knowledge } = facts;
  const by = { kind: "bongsu" } as const;
  const subject = { id: incident.id, state: incident };
  if (incident.snoozedUntil !== undefined) {
    if (incident.snoozedUntil > at) return NOTHING;
    await change(queries, subject, [{ do: "end-snooze" }], { ...facts, by });
    return NOTHING;
  }
  const planFacts = await knowledge.planFacts(queries, incident, at, at);
  const { take, superseded } = dueSteps(plan(incident, planFacts), at);
  if (take.length + superseded.length === 0) {
    // The stored due time was from before something changed; put the present one there.
    await queries.updateIncident(incident, incident.version, await dueAfter(incident, queries, facts));
    return NOTHING;
  }
  const commands: Command[] = [
    ...superseded.map(({ key, kind, due, clause }) =>
      record({ type: "step-superseded", step: key, kind, due, clause }),
    ),
    ...take.map((step) => record({ ...stepTaken(step, incident) })),
  ];
  await change(queries, subject, commands, { ...facts, by });
  const { rank } = gradeNamed(planFacts.policy, incident.grade);
  const { levelEvery } = timingOf(planFacts.policy, incident.grade);
  const deliveries = take.flatMap((step) =>
    stepTaken(step, incident).reaches.map((reach) =>
      deliveryOf(incident, step, reach, { at, gradeRank: rank, levelEvery }),
    ),
  );
  await queries.insertDeliveries(deliveries);
  return { steps: take.length, pages: deliveries.length };
}

async function dueAfter(
  incident: Incident,
  queries: Queries,
  facts: { readonly knowledge: Knowledge; readonly at: Instant },
): Promise<Instant | null> {
  return nextDue(incident, await facts.knowledge.policy(queries, incident.policy), facts.at);
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
