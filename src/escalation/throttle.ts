import type { ChannelKind } from "../policy/policy.ts";
import type { Instant, Millis } from "../time/instant.ts";
import { MINUTE_MS } from "../time/instant.ts";

export type ThrottleFacts = {
  readonly channel: ChannelKind;
  readonly gradeRank: number;
  /** The first page of the most severe grade, a hand-over of one: never throttled. */
  readonly untouchable: boolean;
  /** When this target was sent pages through this channel lately, in any order. */
  readonly recent: readonly Instant[];
  readonly at: Instant;
};

export type Throttle =
  | { readonly is: "pass"; readonly because: "untouchable" | "below-limit" }
  /** Waits in a bundle that leaves at `until`, with all else that is held for this target and channel. */
  | { readonly is: "bundle"; readonly because: "too-many"; readonly until: Instant };

export const THROTTLE_WINDOW_MS: Millis = MINUTE_MS;

/** Pages a minute to one target through one channel: what a person can take in, and what providers bear (Slack: one a second to a room). */
const PER_MINUTE: Readonly<Record<ChannelKind, number>> = {
  phone: 1,
  sms: 3,
  push: 6,
  email: 10,
  slack: 20,
  webhook: 60,
  console: 600,
  loopback: 600,
};

/** Whether a page leaves by itself or in a bundle. The less severe the grade, the sooner it is bundled. */
export function throttle(facts: ThrottleFacts): Throttle {
  if (facts.untouchable) return { is: "pass", because: "untouchable" };
  const since = facts.at - THROTTLE_WINDOW_MS;
  const within = facts.recent.filter((sent) => sent > since).sort((one, other) => one - other);
  const limit = Math.max(1, Math.floor(PER_MINUTE[facts.channel] / 2 ** Math.max(facts.gradeRank - 1, 0)));
  if (within.length < limit) return { is: "pass", because: "below-limit" };
  const oldest = within[within.length - limit] ?? facts.at;
  return { is: "bundle", because: "too-many", until: Math.max(oldest + THROTTLE_WINDOW_MS, facts.at + 1) };
}
