import { Cron } from "croner";
import { type Instant, toIso } from "../time/instant.ts";

/** When something is expected by a line of cron. */
export type CronTimes = {
  /** The first expected instant after this one. */
  after(at: Instant): Instant | undefined;
  /** The last expected instant at or before this one. */
  atOrBefore(at: Instant): Instant | undefined;
};

/** Longer ones are mistakes. */
const CRON_LENGTH_MAX = 100;
const KEPT_MAX = 1_000;
const kept = new Map<string, CronTimes>();

/**
 * Five fields (or `@daily` and the like) in the zone's local time; undefined where they are none, or never come. Where
 * the clocks change it is as with cron itself: a fixed time that is skipped comes at the change, one that the clock
 * shows twice comes once; what has a `*` for its minute or hour comes by elapsed time.
 */
export function readCron(cron: string, zone: string): CronTimes | undefined {
  const key = `${zone}|${cron}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const read = timesOf(cron, zone);
  if (read === undefined) return undefined;
  if (kept.size >= KEPT_MAX) kept.clear();
  kept.set(key, read);
  return read;
}

function timesOf(cron: string, zone: string): CronTimes | undefined {
  if (cron.length > CRON_LENGTH_MAX) return undefined;
  try {
    const lines = new Cron(cron, { timezone: zone, paused: true, mode: "5-part", fixedTimeRule: "no-wildcard" });
    if (lines.nextRun("2024-01-01T00:00:00Z") === null) return undefined;
    return {
      after: (at) => lines.nextRun(toIso(at))?.getTime(),
      atOrBefore: (at) => lines.previousRuns(1, toIso(at + 1_000 - (at % 1_000)))[0]?.getTime(),
    };
  } catch {
    return undefined;
  }
}
