import { failedOnce, PATIENCE, type Tries, takenBack, waitMs } from "../../access/tries.ts";
import { Fault } from "../../fault/fault.ts";
import { type Instant, SECOND_MS } from "../../time/instant.ts";

/** More are not remembered: the oldest go, so that a flood of invented logins cannot eat the memory. */
const REMEMBERED_MAX = 20_000;
/** From how many addresses an account is known to sign in. */
const KNOWN_MAX = 20_000;

/**
 * Slows guessing at passwords, by account and by address. Where an account signed in from before, it is counted apart,
 * and by account alone: its owner is not kept out by somebody who guesses elsewhere, nor by others of the same office. In memory: a restart forgives.
 */
export class SignInThrottle {
  readonly #tries = new Map<string, Tries>();
  readonly #known = new Set<string>();

  /**
   * Counts a try before it is looked at, so that a thousand at once are a thousand. Fault `too-many-tries` with how long
   * to wait; such a try is not looked at and does not lengthen the wait. The answer takes the try back, when it was good.
   */
  begin(login: string, address: string, at: Instant): () => void {
    const isKnown = this.#known.has(pairOf(login, address));
    const account = isKnown ? `known ${pairOf(login, address)}` : `account ${login.toLowerCase()}`;
    const from = `from ${address}`;
    const [before, beforeFrom] = [this.#tries.get(account), this.#tries.get(from)];
    const waits = [waitMs(before, PATIENCE.account, at), isKnown ? 0 : waitMs(beforeFrom, PATIENCE.address, at)];
    const wait = Math.max(...waits);
    if (wait > 0) throw new Fault("too-many-tries", { retryAfterSeconds: Math.ceil(wait / SECOND_MS) });
    this.#put(account, failedOnce(before, PATIENCE.account, at));
    this.#put(from, failedOnce(beforeFrom, PATIENCE.address, at));
    return () => {
      this.#tries.delete(account);
      // What others failed from there stays counted.
      const now = this.#tries.get(from);
      if (now !== undefined) this.#put(from, takenBack(now));
      this.remember(login, address);
    };
  }

  /** They signed in from there. */
  remember(login: string, address: string): void {
    if (this.#known.size >= KNOWN_MAX) this.#known.clear();
    this.#known.add(pairOf(login, address));
  }

  #put(key: string, tries: Tries): void {
    this.#tries.delete(key);
    this.#tries.set(key, tries);
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > REMEMBERED_MAX && oldest !== undefined) this.#tries.delete(oldest);
  }
}

function pairOf(login: string, address: string): string {
  return `${login.toLowerCase()} ${address}`;
}
