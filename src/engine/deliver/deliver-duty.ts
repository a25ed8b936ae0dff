import { THROTTLE_WINDOW_MS, throttle } from "../../escalation/throttle.ts";
import type { Delivery } from "../../store/store.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { untilNotOvertaken } from "../change.ts";
import type { Knowledge } from "../knowledge.ts";
import type { Duty, DutyName, Ports } from "../ports.ts";
import { holdInBundle } from "./bundle.ts";
import { type Claimed, claim } from "./claim.ts";
import { recordAttempt } from "./record-attempt.ts";
import { sendDelivery } from "./send-delivery.ts";

/** Attempts under way at once through one channel, and how many of them are kept for what is most urgent. */
const SLOTS_PER_CHANNEL = 16;
const SLOTS_RESERVED = 4;
const URGENT_PRIORITY_MAX = 1;
const LOOK_MAX = 500;
/** In one commit; whatever is claimed when the process dies counts as sent with an unknown outcome. */
const CLAIMED_TOGETHER = 8;
/** A quiet message is throttled like a page of this grade. */
const TELL_RANK = 2;
/** A claimed attempt that nobody finished: its lease ended twice over (invariant I10). */
const ATTEMPTS_MAX = 200;

/**
 * Sends what the outbox holds.
 * 1. Read what is due: queued, or `sending` with a lease that ended (whoever held it is gone, the outcome is unknown).
 * 2. Take them by priority, each channel on its own slots, so that a dead channel holds back no other (I6).
 * 3. Too many for one target in a minute: held in a bundle, never dropped, never an immediate grade's first page.
 * 4. Claim by compare-and-set with a lease and a new epoch, note the attempt, commit, and only then send.
 * 5. When the answer comes: the outcome, the timeline and what follows from it in one transaction, under the epoch.
 * The run does not wait for the sends; `idle` does, for an orderly stop and for tests.
 */
export function deliverDuty(
  ports: Ports,
  knowledge: Knowledge,
  nudge: (duty: DutyName) => void,
): Duty & { readonly idle: () => Promise<void> } {
  const underWay = new Map<string, Promise<void>>();
  const busy = new Map<string, number>();

  const launch = (claimed: Claimed): void => {
    const { delivery } = claimed;
    busy.set(delivery.channel, (busy.get(delivery.channel) ?? 0) + 1);
    const sending = attempt(ports, knowledge, claimed)
      .catch((error: unknown) => {
        ports.log("error", "deliver.not-recorded", { delivery: delivery.id, error: String(error) });
      })
      .finally(() => {
        underWay.delete(delivery.id);
        busy.set(delivery.channel, (busy.get(delivery.channel) ?? 1) - 1);
        nudge("deliver");
        nudge("escalate");
      });
    underWay.set(delivery.id, sending);
  };

  return {
    name: "deliver",
    promise: {
      ko: "대기 중인 호출을 채널로 보내고 결과를 기록합니다.",
      en: "Sends the queued pages and records what became of them.",
    },
    everyMs: ports.settings.pollMs,
    async run(at) {
      const due = await ports.store.dueDeliveries(at, LOOK_MAX);
      let sent = 0;
      let bundled = 0;
      let waiting = 0;
      const chosen: Delivery[] = [];
      const claimChosen = async (): Promise<void> => {
        for (const claimed of await claim(ports, chosen.splice(0), at)) {
          sent++;
          launch(claimed);
        }
        ports.settings.failpoint("deliver.claimed");
      };
      for (const delivery of due) {
        if (underWay.has(delivery.id)) continue;
        const used =
          (busy.get(delivery.channel) ?? 0) + chosen.filter(({ channel }) => channel === delivery.channel).length;
        const slots = delivery.priority <= URGENT_PRIORITY_MAX ? SLOTS_PER_CHANNEL : SLOTS_PER_CHANNEL - SLOTS_RESERVED;
        if (used >= slots) {
          waiting++;
          continue;
        }
        if (delivery.kind === "bundle" && (await isEmptied(ports, delivery))) continue;
        if (await heldBack(ports, knowledge, delivery, at)) {
          bundled++;
          continue;
        }
        chosen.push(delivery);
        if (chosen.length >= CLAIMED_TOGETHER) await claimChosen();
      }
      if (chosen.length > 0) await claimChosen();
      ports.settings.failpoint("deliver.launched");
      const next = await ports.store.nextDeliveryDue();
      // What waits for a slot is taken up by the nudge of a send that ends, not by looking again at once.
      const again =
        next === undefined ? undefined : Math.max(next, at + 1, waiting > 0 ? at + ports.settings.pollMs : 0);
      return { status: { due: due.length, sent, bundled, waiting, underWay: underWay.size }, next: again };
    },
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay.values());
    },
  };
}

/** Everything in it was acknowledged or resolved meanwhile: it says nothing any more. */
async function isEmptied({ store }: Ports, bundle: Delivery): Promise<boolean> {
  const members = await store.deliveriesInto(bundle.id);
  if (members.some(({ state }) => state === "bundled")) return false;
  return store.updateDelivery({ ...bundle, state: "withdrawn", because: "nothing left to say" }, bundle.epoch);
}

async function heldBack(ports: Ports, knowledge: Knowledge, delivery: Delivery, at: Instant): Promise<boolean> {
  // What was tried before, a bundle itself and a page about Bongsu have waited or may not wait.
  if (delivery.attempts > 0 || delivery.incident === undefined || delivery.kind === "bundle") return false;
  const recent = await ports.store.recentSends(delivery.person, delivery.channel, at - THROTTLE_WINDOW_MS);
  if (recent.length === 0) return false;
  const verdict = throttle({
    channel: delivery.channel,
    // What wakes nobody waits sooner than a page of any grade.
    gradeRank: delivery.reach.urgency === "tell" ? TELL_RANK : Math.max(delivery.priority - 1, 0),
    untouchable: delivery.priority === 0,
    recent: recent.map(({ sentAt }) => sentAt),
    at,
  });
  if (verdict.is === "pass") return false;
  return untilNotOvertaken(ports, (queries) =>
    holdInBundle(queries, delivery, verdict.until, { ports, knowledge, at }),
  );
}

async function attempt(ports: Ports, knowledge: Knowledge, claimed: Claimed): Promise<void> {
  const { delivery } = claimed;
  const stop = keepLease(ports, delivery);
  try {
    if (delivery.attempts > ATTEMPTS_MAX) {
      const outcome = { is: "refused", because: `given up after ${ATTEMPTS_MAX} attempts` } as const;
      return await recordAttempt(ports, knowledge, delivery, { outcome });
    }
    const result = await sendDelivery(ports, knowledge, claimed);
    ports.settings.failpoint("deliver.sent");
    await recordAttempt(ports, knowledge, delivery, result);
    ports.settings.failpoint("deliver.recorded");
  } finally {
    stop();
  }
}

/** Nothing here outlives its lease: a send that takes longer than that is told to the log, and its row is taken over. */
function keepLease(ports: Ports, delivery: Delivery): () => void {
  return ports.clock.after(ports.settings.leaseMs, () =>
    ports.log("warn", "deliver.lease-ended", { delivery: delivery.id, lease: toIso(delivery.leaseUntil ?? 0) }),
  );
}
