import type { CollectReason } from "../../monitor/collect-reason.ts";

/** What a check found. */
export type Answer = {
  /** Undefined: it could not be asked, so nothing is known of what is checked. */
  readonly up: boolean | undefined;
  /** How long the answer took. */
  readonly seconds?: number;
  readonly lossRatio?: number;
  readonly expirySeconds?: number;
  /** Why it is not up, or could not be asked. */
  readonly because?: CollectReason;
};
