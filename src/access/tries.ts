import { type Instant, MINUTE_MS, SECOND_MS } from "../time/instant.ts";

/** Failed tries to sign in, of one account or from one address: a bucket that each fills and time empties. */
export type Tries = { readonly level: number; readonly lastAt: Instant };

/** How many may fail at no cost, and how long until one of them is forgotten. An address may be a whole office. */
export type Patience = { readonly free: number; readonly forgetMs: number };
export const PATIENCE = {
  account: { free: 5, forgetMs: 10 * MINUTE_MS },
  address: { free: 20, forgetMs: MINUTE_MS },
} as const satisfies Readonly<Record<string, Patience>>;

/**
 * Past the free ones each doubles the wait, up to a minute. No longer: whoever guesses at an account must not be able to
 * keep its owner out in the night that matters. A minute leaves 1,440 guesses a day, and the passwords that are guessed
 * first are refused when they are set.
 */
export const WAIT_MS_MAX = MINUTE_MS;

/** How long after `at` the next try is looked at; 0 for at once. */
export function waitMs(tries: Tries | undefined, { free }: Patience, at: Instant): number {
  const over = Math.ceil(tries?.level ?? 0) - free;
  if (tries === undefined || over < 0) return 0;
  const wait = Math.min(WAIT_MS_MAX, SECOND_MS * 2 ** Math.min(30, over));
  return Math.max(0, tries.lastAt + wait - at);
}

export function failedOnce(tries: Tries | undefined, { forgetMs }: Patience, at: Instant): Tries {
  if (tries === undefined) return { level: 1, lastAt: at };
  return { level: Math.max(0, tries.level - (at - tries.lastAt) / forgetMs) + 1, lastAt: at };
}

/** A try that turned out to be good is none that failed. */
export function takenBack(tries: Tries): Tries {
  return { ...tries, level: Math.max(0, tries.level - 1) };
}
