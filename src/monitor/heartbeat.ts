import type { Id } from "../id/id.ts";
import type { Millis } from "../time/instant.ts";

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
