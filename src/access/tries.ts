import { type Instant, MINUTE_MS, SECOND_MS } from "../time/instant.ts";

/** Failed tries to sign in, of one account or from one address. */
export type Tries = { readonly count: number; readonly lastAt: Instant };

/**
 * Past `free` failures each doubles the wait, up to a minute. No longer: whoever guesses at an account must not be able
 * to keep its owner out in the night that matters. A minute leaves 1,440 guesses a day, and the passwords that are
 * guessed first are refused when they are set.
 */
export const WAIT_MS_MAX = MINUTE_MS;
const WAIT_MS_MIN = SECOND_MS;
/** Failures are forgotten when there was none for so long. */
export const FORGET_MS = 60 * MINUTE_MS;

export const FREE_TRIES = { account: 5, address: 20 } as const;

/** How long after `at` the next try is looked at; 0 for at once. */
export function waitMs(tries: Tries | undefined, free: number, at: Instant): number {
  if (tries === undefined || tries.count < free || at - tries.lastAt >= FORGET_MS) return 0;
  const wait = Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 2 ** Math.min(30, tries.count - free));
  return Math.max(0, tries.lastAt + wait - at);
}

export function failedOnce(tries: Tries | undefined, at: Instant): Tries {
  const count = tries === undefined || at - tries.lastAt >= FORGET_MS ? 0 : tries.count;
  return { count: count + 1, lastAt: at };
}
