import { type Instant, SECOND_MS } from "../time/instant.ts";

/** So many at once; a job that is heard from more often than that runs wild. */
const BURST = 60;
const PER_SECOND = 1;
const KNOWN_MAX = 20_000;

/** How often an address may be pinged: the first is never refused, nor one that comes once a second. */
export class PingPace {
  readonly #left = new Map<string, { tokens: number; at: Instant }>();

  /** Seconds to wait; 0: it may. */
  waitFor(key: string, at: Instant): number {
    const known = this.#left.get(key);
    const tokens =
      known === undefined
        ? BURST
        : Math.min(BURST, known.tokens + (Math.max(at - known.at, 0) / SECOND_MS) * PER_SECOND);
    if (tokens < 1) return Math.ceil((1 - tokens) / PER_SECOND);
    if (known === undefined && this.#left.size >= KNOWN_MAX) this.#left.clear();
    this.#left.set(key, { tokens: tokens - 1, at });
    return 0;
  }
}
