import type { Queries } from "../../store/store.ts";
import { type Instant, SECOND_MS } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import type { Ports } from "../ports.ts";

const SETTING = "heartbeats.deaf";
/** Later ones say more. */
const KEPT_MAX = 100;
/** A turn of the duty that is so much later than it should be means that nothing ran meanwhile. */
const STALLED_MS = 45 * SECOND_MS;

/**
 * When this server could not hear anything: it was down, it stood still, or its store was away and pings were refused. Kept,
 * so that a restart does not forget it.
 */
export class DeafSpells {
  readonly #ports: Ports;
  #known: readonly Interval[] = [];
  #lastTurn: Instant | undefined;
  #refused: Interval | undefined;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Oldest first, as of the last turn. */
  get all(): readonly Interval[] {
    return this.#known;
  }

  /** A ping came and could not be made durable. */
  refused(at: Instant): void {
    this.#refused = { start: this.#refused?.start ?? at, end: at + 1 };
  }

  /** At each turn of the duty, before anything is judged. */
  async look(at: Instant): Promise<void> {
    const { store } = this.#ports;
    const found: Interval[] = [];
    // Read anew: another node may have been away.
    const known = await read(store);
    const before = this.#lastTurn ?? (await lastSign(store));
    if (before !== undefined && (this.#lastTurn === undefined ? at > before : at - before > STALLED_MS))
      found.push({ start: before, end: at });
    if (this.#refused !== undefined) found.push({ start: this.#refused.start, end: at });
    if (found.length > 0) {
      const all = joined([...known, ...found]).slice(-KEPT_MAX);
      await store.putSetting(SETTING, all);
      this.#known = all;
    } else this.#known = known;
    this.#refused = undefined;
    this.#lastTurn = at;
  }
}

async function read(queries: Queries): Promise<readonly Interval[]> {
  const kept = await queries.setting(SETTING);
  return Array.isArray(kept) ? (kept as readonly Interval[]) : [];
}

/** When this duty last wrote that it had run, on any node. */
async function lastSign(queries: Queries): Promise<Instant | undefined> {
  const runs = (await queries.dutyRuns()).filter(({ name, outcome }) => name === "heartbeats" && outcome === "ok");
  const ends = runs.map(({ endedAt }) => endedAt);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function joined(intervals: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const interval of intervals.toSorted((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last !== undefined && interval.start <= last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, interval.end) };
    else joined.push(interval);
  }
  return joined;
}
