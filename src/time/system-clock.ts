import { type Clock, SLEEP_MS_MAX } from "./clock.ts";

/** The machine's clock. The one file that reads it. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delay, wake) {
    const timer = setTimeout(wake, Math.min(Math.max(delay, 0), SLEEP_MS_MAX));
    return () => clearTimeout(timer);
  },
};
