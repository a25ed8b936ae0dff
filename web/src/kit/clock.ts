import { useSyncExternalStore } from "react";
import { serverNow } from "../api/client.ts";

/** One clock for all that show the time at one pace: a list of a hundred ages has one timer, and draws in one go. */
class Ticker {
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #now = serverNow();

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.#listeners.size === 0) {
      this.#now = serverNow();
      this.#timer = setInterval(() => {
        this.#now = serverNow();
        for (const one of this.#listeners) one();
      }, this.#everyMs);
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) clearInterval(this.#timer);
    };
  };

  readonly now = (): number => this.#now;
}

const tickers = new Map<number, Ticker>();

/** The server's time in ms, again every `everyMs`: for countdowns and ages. */
export function useNow(everyMs = 1_000): number {
  let ticker = tickers.get(everyMs);
  if (ticker === undefined) {
    ticker = new Ticker(everyMs);
    tickers.set(everyMs, ticker);
  }
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}
