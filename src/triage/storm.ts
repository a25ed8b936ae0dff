import { type Instant, MINUTE_MS } from "../time/instant.ts";

export const STORM_WINDOW_MS = MINUTE_MS;

/**
 * How many more services may have an incident of their own: of those that wanted one within the last minute, whether
 * they got it or were one of a storm, no more than the policy's number. While more than that break each minute it stays 0.
 */
export function ownIncidentsLeft(facts: {
  readonly after: number;
  /** When sources opened incidents lately. */
  readonly opened: readonly Instant[];
  /** When services joined the present storm lately. */
  readonly joined: readonly Instant[];
  readonly at: Instant;
}): number {
  const since = facts.at - STORM_WINDOW_MS;
  const lately = [...facts.opened, ...facts.joined].filter((one) => one > since).length;
  return Math.max(facts.after - lately, 0);
}
