import { gradeNamed, topLevel } from "../../escalation/levels.ts";
import { type PlanFacts, timingOf } from "../../escalation/plan.ts";
import { nextReach } from "../../escalation/reaches.ts";
import type { Recordable } from "../../incident/command.ts";
import type { DeliveryId, Reach } from "../../incident/event.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Delivery, DeliveryState, Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import { change, untilNotOvertaken } from "../change.ts";
import { noteOutcome } from "../contact-proofs.ts";
import { deliveryId, deliveryOf } from "../escalate/deliveries-of.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Ports } from "../ports.ts";
import { judge, type Verdict } from "./outcome.ts";
import type { Sent } from "./send-delivery.ts";

/** What a delivery is while something may still come of it. */
const HOPEFUL: ReadonlySet<DeliveryState> = new Set([
  "queued",
  "sending",
  "accepted",
  "delivered",
  "acknowledged",
  "bundled",
]);

/**
 * Writes down what became of an attempt, in one transaction under the claim's epoch: the row, the attempt, the
 * timeline, the person's next channel where this one failed, and the next level where a step now reaches nobody.
 */
export async function recordAttempt(ports: Ports, knowledge: Knowledge, delivery: Delivery, sent: Sent): Promise<void> {
  await untilNotOvertaken(ports, async (queries) => {
    const at = ports.clock.now();
    const incident = delivery.incident === undefined ? undefined : await queries.incident(delivery.incident);
    const facts = incident === undefined ? undefined : await knowledge.planFacts(queries, incident, at, at);
    const immediate =
      incident === undefined ||
      facts === undefined ||
      gradeNamed(facts.policy, incident.grade).deadline.kind === "immediate";
    const verdict = judge(delivery, sent.outcome, { at, jitter: ports.chance.fraction(), immediate });
    await queries.putAttempt({
      delivery: delivery.id,
      nth: delivery.attempts,
      startedAt: at,
      endedAt: at,
      outcome: sent.outcome.is,
      detail: detailOf(verdict),
    });
    const after = { ...rowAfter(delivery, verdict, at), ...(sent.to === undefined ? {} : { to: sent.to }) };
    if (!(await queries.updateDelivery(after, delivery.epoch))) return;
    await noteOutcome(queries, ports, facts?.roster ?? (await knowledge.roster(queries)), after, at);
    if (verdict.is === "accepted" && verdict.thread !== undefined && delivery.incident !== undefined) {
      await queries.putThread(delivery.incident, delivery.channel, delivery.person, verdict.thread);
    }
    if (incident === undefined || facts === undefined) return;
    if (delivery.kind === "bundle") return recordBundle(queries, after, verdict, { ports, knowledge, at });

    const events: Recordable[] = [];
    if (sent.unrenderable !== undefined) {
      events.push({ type: "delivery-unrenderable", delivery: delivery.id, because: sent.unrenderable });
    }
    const wantsInstead = verdict.is === "failed" || (verdict.is === "again" && verdict.instead);
    const instead = wantsInstead ? await standIns(queries, delivery, incident, facts) : [];
    events.push(...eventsOf(after, verdict, instead));
    if (instead.length > 0) {
      const grade = gradeNamed(facts.policy, incident.grade);
      const { levelEvery } = timingOf(facts.policy, incident.grade);
      const step = {
        key: delivery.step,
        kind: delivery.kind as Exclude<Delivery["kind"], "bundle" | "test" | "watch" | "verify" | "schedule">,
      };
      const standing = instead.map((reach) =>
        deliveryOf(incident, step, reach, { at, gradeRank: grade.rank, levelEvery }),
      );
      await queries.insertDeliveries(standing.map((one) => ({ ...one, priority: delivery.priority })));
    } else if (verdict.is === "failed" && delivery.reach.urgency === "wake") {
      const reached = await reachesNobody(queries, after, incident, facts);
      if (reached !== undefined) events.push(reached);
    }
    await change(
      queries,
      { id: incident.id, state: incident },
      events.map((event) => ({ do: "record", event })),
      { ports, knowledge, at, by: { kind: "bongsu" } },
    );
  });
}

function detailOf(verdict: Verdict): string {
  return verdict.is === "accepted" ? verdict.receipt : verdict.because;
}

function rowAfter(delivery: Delivery, verdict: Verdict, at: Instant): Delivery {
  const { owner: _, leaseUntil: __, ...rest } = delivery;
  switch (verdict.is) {
    case "accepted":
      return { ...rest, state: "accepted", receipt: verdict.receipt, sentAt: at };
    case "again":
      return {
        ...rest,
        state: "queued",
        dueAt: verdict.at,
        because: verdict.because,
        unknowns: delivery.unknowns + (verdict.counts ? 1 : 0),
        // A page that may have arrived counts for the throttle as one that did.
        ...(verdict.counts ? { sentAt: at } : {}),
      };
    case "failed":
      return { ...rest, state: "failed", because: verdict.because };
  }
}

function eventsOf(delivery: Delivery, verdict: Verdict, instead: readonly StandIn[]): Recordable[] {
  const attempt = delivery.attempts;
  switch (verdict.is) {
    case "accepted":
      return [{ type: "delivery-accepted", delivery: delivery.id, receipt: verdict.receipt, attempt }];
    case "again": {
      const { because, at: next } = verdict;
      const retrying: Recordable = { type: "delivery-retrying", delivery: delivery.id, because, attempt, next };
      return instead.length === 0
        ? [retrying]
        : [retrying, { type: "delivery-failed", delivery: delivery.id, because, attempt, instead }];
    }
    case "failed":
      return [
        {
          type: "delivery-failed",
          delivery: delivery.id,
          because: verdict.because,
          attempt,
          ...(instead.length === 0 ? {} : { instead }),
        },
      ];
  }
}

/** For each person it was for, the next channel of theirs that this step has not used for them yet. */
async function standIns(
  queries: Queries,
  delivery: Delivery,
  incident: Incident,
  { roster, drivers }: PlanFacts,
): Promise<readonly StandIn[]> {
  if (delivery.reach.urgency === "tell" || incident.state === "resolved" || incident.state === "closed") return [];
  const found = new Map<DeliveryId, StandIn>();
  const siblings = (await queries.deliveriesOfIncident(incident.id)).filter(({ step }) => step === delivery.step);
  for (const who of delivery.reach.people) {
    const person = roster.people.get(who);
    if (person === undefined) continue;
    const tried = new Set<string>(
      siblings.filter((other) => other.reach.people.includes(who)).map((other) => other.channel as string),
    );
    tried.add(delivery.channel);
    const next = nextReach(person, tried, {
      roster,
      drivers,
      urgency: "wake",
      clause: delivery.clause,
      insteadOf: delivery.channel,
    });
    // A room that this step spoke to already need not be told twice.
    const isTold = next?.target.kind === "room" && siblings.some(({ channel }) => channel === next.channel);
    if (next === undefined || isTold) continue;
    const id = deliveryId(incident, delivery.step, next);
    const known = found.get(id);
    found.set(id, { ...next, delivery: id, people: [...(known?.people ?? []), ...next.people] });
  }
  return [...found.values()];
}

/** A page that stands in for one that failed. */
type StandIn = Reach & { readonly delivery: DeliveryId };

/** At the top there is nobody else to try: whatever is broken may be mended meanwhile. */
const NOBODY_AGAIN_MS = 5 * MINUTE_MS;

/** When the last hope of a step to wake anybody is gone: the next level is due now. */
async function reachesNobody(
  queries: Queries,
  failed: Delivery,
  incident: Incident,
  { policy, at }: PlanFacts,
): Promise<Recordable | undefined> {
  if (incident.state !== "triggered" && incident.handOver === undefined) return undefined;
  const siblings = (await queries.deliveriesOfIncident(incident.id)).filter(
    (other) => other.step === failed.step && other.id !== failed.id && other.reach.people.length > 0,
  );
  if (siblings.some((other) => HOPEFUL.has(other.state))) return undefined;
  const top = topLevel(policy, gradeNamed(policy, incident.grade));
  return { type: "nobody-reached", step: failed.step, next: incident.level < top ? at : at + NOBODY_AGAIN_MS };
}

/** A bundle speaks for its members: what became of it became of them; where it failed, each goes by itself. */
async function recordBundle(
  queries: Queries,
  bundle: Delivery,
  verdict: Verdict,
  facts: { readonly ports: Ports; readonly knowledge: Knowledge; readonly at: Instant },
): Promise<void> {
  if (verdict.is === "again") return;
  for (const member of await queries.deliveriesInto(bundle.id)) {
    const incident = member.incident === undefined ? undefined : await queries.incident(member.incident);
    if (incident === undefined || member.state !== "bundled") continue;
    if (verdict.is === "failed") {
      const { into: _, ...alone } = member;
      // One attempt is noted, so that the throttle lets it pass this time.
      await queries.updateDelivery({ ...alone, state: "queued", dueAt: facts.at, attempts: 1 }, member.epoch);
      continue;
    }
    const { receipt } = verdict;
    await queries.updateDelivery({ ...member, state: "accepted", receipt, sentAt: facts.at }, member.epoch);
    const accepted: Recordable = { type: "delivery-accepted", delivery: member.id, receipt, attempt: bundle.attempts };
    await change(queries, { id: incident.id, state: incident }, [{ do: "record", event: accepted }], {
      ...facts,
      by: { kind: "bongsu" },
    });
  }
}
