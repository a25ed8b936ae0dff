import type { DutyRun } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";
import type { Duty, DutyName, Ports } from "./ports.ts";
import { DUTY_FLUSH_MS } from "./watch/invariants.ts";

export type DutyRoster = {
  readonly duties: readonly Duty[];
  /** The last run of each that has run. */
  lastRuns(): readonly DutyRun[];
  /** When each last came to an end here; of one that never has, when it was set going. */
  lastEnds(): ReadonlyMap<DutyName, Instant>;
  /** Something may be due: look now rather than at the next turn. */
  nudge(name: DutyName): void;
  start(): void;
  /** Resolves when no run is under way any more. */
  stop(): Promise<void>;
};

/** A duty that fails is tried again this much later, so that a store that is away is not hammered. */
const FAILED_AGAIN_MS = 1_000;

/**
 * Runs each duty by due time and by nudge, never twice at once. States of a duty: resting (a timer to its next turn) →
 * running → resting; a nudge while it runs makes it run once more right after.
 */
export function createDutyRoster(ports: Ports, duties: readonly Duty[]): DutyRoster {
  const { clock, store, log } = ports;
  const last = new Map<DutyName, DutyRun>();
  const flushed = new Map<DutyName, { readonly at: number; readonly outcome: DutyRun["outcome"] }>();
  const turns = new Map(
    duties.map((duty) => [
      duty.name,
      { duty, running: undefined as Promise<void> | undefined, nudged: false, cancel: () => {} },
    ]),
  );
  let going = false;
  let startedAt = clock.now();

  const rest = (name: DutyName, delay: number): void => {
    const turn = turns.get(name);
    if (turn === undefined || !going) return;
    turn.cancel();
    turn.cancel = clock.after(Math.max(delay, 0), () => wake(name));
  };

  const wake = (name: DutyName): void => {
    const turn = turns.get(name);
    if (turn === undefined || !going) return;
    if (turn.running !== undefined) {
      turn.nudged = true;
      return;
    }
    turn.cancel();
    turn.nudged = false;
    turn.running = run(turn.duty).then((delay) => {
      turn.running = undefined;
      rest(name, turn.nudged ? 0 : delay);
    });
  };

  const run = async (duty: Duty): Promise<number> => {
    const startedAt = clock.now();
    try {
      const { status, next, nudge } = await duty.run(startedAt);
      await note({ name: duty.name, node: ports.node, startedAt, endedAt: clock.now(), outcome: "ok", status });
      for (const other of nudge ?? []) wake(other);
      const now = clock.now();
      return Math.min(next === undefined ? duty.everyMs : next - now, duty.everyMs);
    } catch (error) {
      log("error", "duty.failed", { duty: duty.name, error: String(error) });
      const status = { error: String(error) };
      await note({ name: duty.name, node: ports.node, startedAt, endedAt: clock.now(), outcome: "failed", status });
      return FAILED_AGAIN_MS;
    }
  };

  /** Every run is remembered; written down is what changed its outcome, else the newest every ten seconds. */
  const note = async (dutyRun: DutyRun): Promise<void> => {
    const name = dutyRun.name as DutyName;
    last.set(name, dutyRun);
    const written = flushed.get(name);
    if (written?.outcome === dutyRun.outcome && dutyRun.endedAt - written.at < DUTY_FLUSH_MS) return;
    flushed.set(name, { at: dutyRun.endedAt, outcome: dutyRun.outcome });
    await store.putDutyRun(dutyRun).catch((error: unknown) => {
      log("warn", "duty.not-noted", { duty: name, error: String(error) });
    });
  };

  return {
    duties,
    lastRuns: () => [...last.values()],
    lastEnds: () =>
      new Map(duties.map(({ name }) => [name, Math.max(last.get(name)?.endedAt ?? startedAt, startedAt)])),
    nudge: wake,
    start() {
      going = true;
      startedAt = clock.now();
      for (const name of turns.keys()) wake(name);
    },
    async stop() {
      going = false;
      for (const turn of turns.values()) turn.cancel();
      for (const turn of turns.values()) await turn.running;
    },
  };
}
