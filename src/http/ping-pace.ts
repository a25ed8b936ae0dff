import { type Instant, SECOND_MS } from "../time/instant.ts";

/** So many at once; a job that is heard from more often than that runs wild. */
const BURST = 60;
const PER_SECOND = 1;
/** Four words of each of ten thousand heartbeats, and some that were removed. */
const KNOWN_MAX = 50_000;

/** How often a heartbeat may be pinged: the first is never refused, nor one that comes once a second. */
export class PingPace {
  /** The one that was heard from longest ago comes first. */
  readonly #left = new Map<string, { readonly tokens: number; readonly at: Instant }>();

  /** Seconds to wait; 0: it may. */
  waitFor(key: string, at: Instant): number {
    const tokens = this.#tokensOf(key, at);
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / PER_SECOND);
  }

  /** One more was let through. Only what is known to exist is counted, so that guesses push nobody out. */
  count(key: string, at: Instant): void {
    const tokens = this.#tokensOf(key, at) - 1;
    this.#left.delete(key);
    this.#left.set(key, { tokens, at });
    if (this.#left.size <= KNOWN_MAX) return;
    const [oldest] = this.#left.keys();
    if (oldest !== undefined) this.#left.delete(oldest);
  }

  #tokensOf(key: string, at: Instant): number {
    const known = this.#left.get(key);
    if (known === undefined) return BURST;
    return Math.min(BURST, known.tokens + (Math.max(at - known.at, 0) / SECOND_MS) * PER_SECOND);
  }
}
