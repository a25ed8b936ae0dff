import type { Outcome } from "../../notify/channel.ts";
import type { Delivery } from "../../store/store.ts";
import type { Instant, Millis } from "../../time/instant.ts";

/** What follows from an attempt. `instead`: the person's next channel is started now. */
export type Verdict =
  | { readonly is: "accepted"; readonly receipt: string; readonly thread?: string }
  | {
      readonly is: "again";
      readonly at: Instant;
      readonly because: string;
      readonly instead: boolean;
      readonly counts: boolean;
    }
  | { readonly is: "failed"; readonly because: string };

/** Seconds after which a page is tried again, with jitter; the last one repeats until the policy's next step. */
const BACKOFF_MS: readonly Millis[] = [2_000, 5_000, 15_000, 30_000];

/** A page whose outcome was unknown twice is left to the person's other channels: at most one duplicate. */
const UNKNOWNS_MAX = 2;

/**
 * The rules of retrying, as one function over values: accepted is done; refused is final; later is tried again with
 * backoff until `giveUpAt`; unknown is sent once more, marked as a possible duplicate, because a second page is a
 * nuisance and none is not.
 */
export function judge(
  delivery: Delivery,
  outcome: Outcome,
  facts: { readonly at: Instant; readonly jitter: number; readonly immediate: boolean },
): Verdict {
  const { at } = facts;
  const wakes = delivery.reach.urgency === "wake";
  switch (outcome.is) {
    case "accepted":
      return outcome;
    case "refused":
      return { is: "failed", because: outcome.because };
    case "later": {
      const again = at + backoff(delivery.attempts, facts.jitter, outcome.after);
      if (again >= delivery.giveUpAt) return { is: "failed", because: outcome.because };
      // An immediate grade does not wait for one channel while another might work; the retries go on beside it.
      const instead = wakes && (facts.immediate || delivery.attempts >= 2);
      return { is: "again", at: again, because: outcome.because, instead, counts: false };
    }
    case "unknown": {
      const spent = delivery.unknowns + 1 >= UNKNOWNS_MAX;
      if (!wakes || spent || at >= delivery.giveUpAt) return { is: "failed", because: `unknown: ${outcome.because}` };
      const again = at + backoff(delivery.attempts, facts.jitter, undefined);
      return { is: "again", at: again, because: outcome.because, instead: facts.immediate, counts: true };
    }
  }
}

function backoff(attempts: number, jitter: number, asked: Millis | undefined): Millis {
  if (asked !== undefined) return Math.min(Math.max(asked, 0), RETRY_AFTER_MS_MAX);
  const base = BACKOFF_MS[Math.min(Math.max(attempts - 1, 0), BACKOFF_MS.length - 1)] ?? 2_000;
  return Math.round(base * (0.75 + jitter / 2));
}

/** A provider that asks for more patience than this is as good as refusing; the give-up time judges it. */
const RETRY_AFTER_MS_MAX = 3_600_000;
