import type { Id } from "../id/id.ts";
import { DAY_MS, type Millis, SECOND_MS } from "../time/instant.ts";

export type HeartbeatId = Id<"heartbeat">;

/** A dead man's switch: something that has to be heard from by a plan of its own. */
export type Heartbeat = {
  /** Also its name. */
  readonly id: HeartbeatId;
  readonly schedule:
    | { readonly kind: "every"; readonly every: Millis }
    /** Five fields, in the zone's local time. */
    | { readonly kind: "cron"; readonly cron: string; readonly zone: string };
  /** How much later than expected it may come; also how long a run may last that said it started. */
  readonly grace: Millis;
  /** By the policy's name for it; absent: the least severe but one. */
  readonly grade?: string;
  readonly service?: string;
};

/** Whole seconds; what has to be heard from more often is a metric. */
export const HEARTBEAT_EVERY_MS_MIN = 10 * SECOND_MS;
export const HEARTBEAT_GRACE_MS_MIN = SECOND_MS;
/** A year and a day: what comes once a year can be late too. */
export const HEARTBEAT_MS_MAX = 366 * DAY_MS;
export const HEARTBEAT_NAME_LENGTH_MAX = 100;

/** What its address by a ping key ends in: the name in lower case, with a `-` for what no address wants in it. */
export function slugOf(id: string): string {
  return id
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}_]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
}
