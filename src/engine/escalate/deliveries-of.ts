import { asId } from "../../id/id.ts";
import type { DeliveryId, Reach, StepKey } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Delivery } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";

/** Retries of a page go on at least so long, however soon the next step is. */
const GIVE_UP_MS_MIN = 5 * MINUTE_MS;
const GIVE_UP_QUIET_MS = 60 * MINUTE_MS;

/** Made of what it is for, so that the same step taken twice is the same rows. */
export function deliveryId(incident: Incident, step: string, reach: Reach): DeliveryId {
  const target = reach.target.kind === "room" ? "room" : reach.target.person;
  return asId(`${incident.id}/${step}/${target}/${reach.channel}`);
}

/** The outbox rows of one page of a step. */
export function deliveryOf(
  incident: Incident,
  step: { readonly key: StepKey; readonly kind: Delivery["kind"] },
  reach: Reach & { readonly delivery: DeliveryId },
  facts: { readonly at: Instant; readonly gradeRank: number; readonly levelEvery: number },
): Delivery {
  const { delivery: id, ...page } = reach;
  const patience = reach.urgency === "tell" ? GIVE_UP_QUIET_MS : Math.max(facts.levelEvery, GIVE_UP_MS_MIN);
  return {
    id,
    incident: incident.id,
    step: step.key,
    kind: step.kind,
    grade: incident.grade,
    priority: priorityOf(step.kind, reach, facts.gradeRank),
    reach: page,
    person: reach.target.kind === "person" ? reach.target.person : "",
    channel: reach.channel,
    clause: reach.clause,
    state: "queued",
    createdAt: facts.at,
    dueAt: facts.at,
    giveUpAt: facts.at + patience,
    attempts: 0,
    unknowns: 0,
    epoch: 0,
  };
}

/** What leaves first: a Critical's first page, its repetitions, the other grades in their order, then what may wait. */
function priorityOf(kind: Delivery["kind"], reach: Reach, gradeRank: number): number {
  if (reach.urgency === "tell") return PRIORITY_TELL;
  const isFirst = kind === "first" || kind === "handed-over";
  if (gradeRank === 0) return isFirst ? 0 : 1;
  return Math.min(1 + gradeRank, PRIORITY_TELL - 1);
}

const PRIORITY_TELL = 9;
