import type { Instant, Millis } from "./instant.ts";

/**
 * The only way in which anything outside `time/` learns what time it is. Pure code does not take a Clock but an
 * `at: Instant`; shells take a Clock, so that a simulated one can jump and drift.
 */
export type Clock = {
  /** The wall clock. It may jump; whoever measures a length of time uses `monotonic`. */
  now(): Instant;
  /** Milliseconds since some fixed moment, never going back. */
  monotonic(): Millis;
  /**
   * Calls `wake` once after about `delay` (at most `SLEEP_MS_MAX`); the result cancels it. For waiting a little; what
   * is due later than that is a row.
   */
  after(delay: Millis, wake: () => void): () => void;
};

/** Node fires a timer at once when its delay exceeds 2^31 ms; nobody here waits longer than a minute anyway. */
export const SLEEP_MS_MAX = 60_000;
