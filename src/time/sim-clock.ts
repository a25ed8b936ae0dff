import type { Clock } from "./clock.ts";
import type { Instant, Millis } from "./instant.ts";

type Timer = { readonly at: Millis; readonly order: number; readonly wake: () => void };

/** A clock that stands still until it is told to go on. The wall can jump away from the monotonic time. */
export class SimClock implements Clock {
  #monotonic: Millis = 0;
  #offset: Instant;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start: Instant) {
    this.#offset = start;
  }

  now(): Instant {
    return this.#offset + this.#monotonic;
  }

  monotonic(): Millis {
    return this.#monotonic;
  }

  after(delay: Millis, wake: () => void): () => void {
    const timer = { at: this.#monotonic + Math.max(0, Math.ceil(delay)), order: this.#order++, wake };
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timers[middle] as Timer;
      if (other.at < timer.at || (other.at === timer.at && other.order < timer.order)) low = middle + 1;
      else high = middle;
    }
    this.#timers.splice(low, 0, timer);
    return () => {
      const place = this.#timers.indexOf(timer);
      if (place >= 0) this.#timers.splice(place, 1);
    };
  }

  /** The wall clock is set to another time; what lasts a while lasts as long as before. */
  jump(by: Millis): void {
    this.#offset += by;
  }

  /** Goes to `to` (monotonic), which no timer is before; what is due at that very moment is still to fire. */
  pass(to: Millis): void {
    this.#monotonic = Math.max(this.#monotonic, Math.min(to, this.#timers[0]?.at ?? to));
  }

  /** Goes to the next timer within `limit` (monotonic) and fires it; false: there is none, time stands at the limit. */
  step(limit: Millis): boolean {
    const next = this.#timers[0];
    if (next === undefined || next.at > limit) {
      this.#monotonic = Math.max(this.#monotonic, limit);
      return false;
    }
    this.#timers.shift();
    this.#monotonic = Math.max(this.#monotonic, next.at);
    next.wake();
    return true;
  }
}
