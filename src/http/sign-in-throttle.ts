import { FREE_TRIES, failedOnce, type Tries, waitMs } from "../access/tries.ts";
import { Fault } from "../fault/fault.ts";
import { type Instant, SECOND_MS } from "../time/instant.ts";

/** More are not remembered: the oldest go, so that a flood of invented logins cannot eat the memory. */
const REMEMBERED_MAX = 20_000;
/** From how many addresses an account is known to sign in. */
const KNOWN_MAX = 20_000;

/**
 * Slows guessing at passwords, by account and by address. Where an account signed in from before, it is counted apart:
 * its owner is not kept out by somebody elsewhere who guesses. In memory: a restart forgives.
 */
export class SignInThrottle {
  readonly #tries = new Map<string, Tries>();
  readonly #known = new Set<string>();

  /**
   * Counts a try before it is looked at, so that a thousand at once are a thousand. Fault `too-many-tries` with how long
   * to wait; such a try is not looked at and does not lengthen the wait. The answer takes the try back, when it was good.
   */
  begin(login: string, address: string, at: Instant): () => void {
    const account = this.#accountKey(login, address);
    const from = `from ${address}`;
    const [before, beforeFrom] = [this.#tries.get(account), this.#tries.get(from)];
    const wait = Math.max(waitMs(before, FREE_TRIES.account, at), waitMs(beforeFrom, FREE_TRIES.address, at));
    if (wait > 0) throw new Fault("too-many-tries", { retryAfterSeconds: Math.ceil(wait / SECOND_MS) });
    this.#put(account, failedOnce(before, at));
    this.#put(from, failedOnce(beforeFrom, at));
    return () => {
      this.#tries.delete(account);
      // What others failed from there stays counted.
      const now = this.#tries.get(from);
      if (now !== undefined) this.#put(from, { ...now, count: Math.max(0, now.count - 1) });
      if (this.#known.size >= KNOWN_MAX) this.#known.clear();
      this.#known.add(`${login.toLowerCase()} ${address}`);
    };
  }

  #accountKey(login: string, address: string): string {
    const small = login.toLowerCase();
    return this.#known.has(`${small} ${address}`) ? `account ${small} ${address}` : `account ${small}`;
  }

  #put(key: string, tries: Tries): void {
    this.#tries.delete(key);
    this.#tries.set(key, tries);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > REMEMBERED_MAX && oldest !== undefined) this.#tries.delete(oldest);
  }
}
