import type { Log } from "../engine/ports.ts";
import { systemClock } from "../time/system-clock.ts";

/** One line of JSON per event, to standard error: what a log collector reads. */
export const jsonLog: Log = (level, event, facts = {}) => {
  process.stderr.write(
    `${JSON.stringify({ at: new Date(systemClock.now()).toISOString(), level, event, ...facts })}\n`,
  );
};
