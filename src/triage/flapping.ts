import { type Instant, MINUTE_MS } from "../time/instant.ts";
import type { Alert } from "./alert.ts";

/**
 * More changes than this within the window and the alert flaps: two rounds of firing and resolving are what a restart or
 * a failed attempt at repair looks like, and each of them is worth telling. A third is noise.
 */
export const FLAP_CHANGES = 4;
export const FLAP_WINDOW_MS = 15 * MINUTE_MS;
/** So long without a change and it has settled. */
export const FLAP_CALM_MS = 10 * MINUTE_MS;

/** The alert's recent changes with one more at `at`, and whether that makes it flap. */
export function withChange(
  alert: Pick<Alert, "changes" | "flapping">,
  at: Instant,
  over: boolean,
): Pick<Alert, "changes" | "flapping"> {
  const changes = [...(alert.changes ?? []), at].filter((one) => one > at - FLAP_WINDOW_MS).slice(-(FLAP_CHANGES + 1));
  const before = alert.flapping;
  if (before === undefined && changes.length <= FLAP_CHANGES) return { changes };
  const [first = at] = changes;
  const since = before?.since ?? first;
  const count = before === undefined ? changes.length : before.changes + 1;
  return { changes, flapping: { since, calmAt: at + FLAP_CALM_MS, over, changes: count } };
}

/** The alert after it has been calm: what its source said last holds. Its changes are forgotten, they had their say. */
export function calmedDown(alert: Alert, at: Instant): Alert {
  const { flapping, changes: _, ...rest } = alert;
  return flapping?.over === true ? { ...rest, status: "resolved", resolvedAt: at, updatedAt: at } : rest;
}
