import type { Clock } from "../../time/clock.ts";
import type { Millis } from "../../time/instant.ts";

/** From so many requests during one batch on, senders come first: they time out, what is durable can wait a moment. */
const PRESSURE = 8;
/** While requests pour in, triage has one part of the time and they have so many. */
const SENDERS_SHARE = 4;
const REST_MS_MAX = 500;

/**
 * How intake and triage share the one thread. Normally triage looks at once whenever something has come. Under pressure
 * it rests after each batch for a multiple of what the batch took.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #came = 0;
  #busy = false;
  #restsUntil: Millis = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Something became durable. */
  came(): void {
    this.#came++;
    if (!this.#busy && this.#clock.monotonic() >= this.#restsUntil) this.#wake();
  }

  /** Runs one batch; how long to wait before the next, undefined where nothing came meanwhile. */
  async batch<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly again: Millis | undefined }> {
    const began = this.#clock.monotonic();
    this.#came = 0;
    this.#busy = true;
    try {
      const result = await work();
      const now = this.#clock.monotonic();
      const rest = this.#came >= PRESSURE ? Math.min((now - began) * SENDERS_SHARE, REST_MS_MAX) : 0;
      this.#restsUntil = now + rest;
      return { result, again: this.#came > 0 ? rest : undefined };
    } finally {
      this.#busy = false;
    }
  }
}
