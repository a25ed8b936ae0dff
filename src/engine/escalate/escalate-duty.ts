import type { Instant } from "../../time/instant.ts";
import { untilNotOvertaken } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, Ports } from "../ports.ts";
import { NOTHING, takeDue } from "./take-due.ts";

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
