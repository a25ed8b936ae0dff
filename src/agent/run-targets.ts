import type { Collected, Collecting, Collector } from "../collect/collector.ts";
import { reasonOf } from "../collect/error-reason.ts";
import type { SampleBatch } from "../engine/metrics/metrics.ts";
import type { Log } from "../engine/ports.ts";
import { Fault } from "../fault/fault.ts";
import { type Chance, randomText } from "../id/chance.ts";
import { refusalOf } from "../metric/admit-sample.ts";
import type { Labels, Sample } from "../metric/sample.ts";
import type { TargetState } from "../monitor/agent.ts";
import { bounded, COLLECT_REASONS_MAX, type CollectReason } from "../monitor/collect-reason.ts";
import { sayCollectReasons } from "../monitor/collect-reason-words.ts";
import type { CollectorKind, Target, TargetId } from "../monitor/target.ts";
import { type Clock, SLEEP_MS_MAX } from "../time/clock.ts";
import type { Instant, Millis } from "../time/instant.ts";

export type TargetsFacts = {
  readonly collectors: ReadonlyMap<CollectorKind, Collector>;
  /** This host, as its samples name it. */
  readonly host: string;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Takes what was measured in one go; the target is not asked again before it has. */
  readonly sink: (batch: SampleBatch, target: Target) => Promise<void>;
  readonly log: Log;
};

export type RunningTargets = {
  /** From now on these; one that is the same as before goes on undisturbed. */
  set(targets: readonly Target[]): void;
  /** How each went that has been asked. */
  states(): readonly TargetState[];
  /** Nothing begins any more; resolves when what was under way has ended, or after a moment. */
  stop(): Promise<void>;
};

/** What begins together is spread over so long. */
const SPREAD_MS_MAX = 5_000;
/** However rarely a target is asked, an answer that takes longer is none. */
const DEADLINE_MS_MAX = 30_000;
const END_PATIENCE_MS = 2_000;
const LAST_WORD_MS = 500;

/**
 * Asks each target at its interval, never twice at once. States of a target: resting (a timer to its next turn) →
 * collecting → resting. A collection that is over its deadline is aborted and counts as failed; while it goes on all the
 * same (a driver that does not listen) each further turn counts as failed too, and nothing new is begun.
 */
export function runTargets(facts: TargetsFacts): RunningTargets {
  const turns = new Map<TargetId, Turn>();
  const ending = new Set<Promise<void>>();
  const end = (turn: Turn): void => {
    const ended = turn.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };
  return {
    set(targets) {
      const wanted = new Map(targets.map((target) => [target.id, target]));
      for (const [id, turn] of turns) {
        const target = wanted.get(id);
        if (target !== undefined && JSON.stringify(target) === JSON.stringify(turn.target)) continue;
        turns.delete(id);
        end(turn);
      }
      for (const target of targets) {
        if (turns.has(target.id)) continue;
        const turn = new Turn(target, facts);
        turns.set(target.id, turn);
        turn.start();
      }
    },
    states: () => [...turns.values()].flatMap(({ state }) => state ?? []),
    async stop() {
      for (const turn of turns.values()) end(turn);
      turns.clear();
      await Promise.all(ending);
    },
  };
}

/** Asks a target once, as it would be asked at its interval. */
export async function askOnce(
  target: Target,
  facts: Pick<TargetsFacts, "collectors" | "host" | "clock">,
): Promise<Collected> {
  const abort = new AbortController();
  const cancel = facts.clock.after(deadlineOf(target), () => abort.abort());
  let collecting: Collecting | undefined;
  try {
    collecting = collectorOf(target, facts).open(target.settings);
    const { host, clock } = facts;
    const work = collecting.collect({ host, target: target.id, at: clock.now(), signal: abort.signal });
    return await inTime(work, abort.signal, facts.clock);
  } catch (error) {
    return { samples: [], failed: [reasonOf(error)] };
  } finally {
    cancel();
    await collecting?.close().catch(() => {});
  }
}

class Turn {
  readonly target: Target;
  state: TargetState | undefined;
  readonly #facts: TargetsFacts;
  #collecting: Collecting | undefined;
  #running: Promise<void> | undefined;
  /** Collects although its time is over. */
  #late: Promise<unknown> | undefined;
  readonly #abort = new AbortController();
  #dueAt: Millis;
  #cancel = (): void => {};

  constructor(target: Target, facts: TargetsFacts) {
    this.target = target;
    this.#facts = facts;
    const { clock, chance } = facts;
    this.#dueAt = clock.monotonic() + chance.fraction() * Math.min(target.every, SPREAD_MS_MAX);
  }

  start(): void {
    const { clock } = this.#facts;
    this.#cancel = clock.after(Math.min(this.#dueAt - clock.monotonic(), SLEEP_MS_MAX), () => {
      if (clock.monotonic() < this.#dueAt) this.start();
      else this.#running = this.#turn();
    });
  }

  async end(): Promise<void> {
    this.#cancel();
    this.#abort.abort();
    let cancel = (): void => {};
    const patience = new Promise<void>((resolve) => {
      cancel = this.#facts.clock.after(END_PATIENCE_MS, resolve);
    });
    const ended = Promise.resolve(this.#running).then(() => this.#collecting?.close());
    await Promise.race([ended.catch(() => {}), patience]);
    cancel();
  }

  async #turn(): Promise<void> {
    const { clock, log } = this.#facts;
    const at = clock.now();
    const began = clock.monotonic();
    const collected = await this.#collect(at);
    // It was taken away meanwhile: what an aborted collection says of the target means nothing.
    if (this.#abort.signal.aborted && collected.failed !== undefined) return;
    const took = clock.monotonic() - began;
    const { samples, refused } = this.#samplesOf(collected, at, took);
    this.#note({ ...collected, notes: [...(collected.notes ?? []), ...refused] }, at, took);
    try {
      const id = `${at.toString(36)}-${randomText(this.#facts.chance, ID_LENGTH)}`;
      await this.#facts.sink({ id, samples }, this.target);
    } catch (error) {
      log("error", "target.not-kept", { target: this.target.id, samples: samples.length, error: String(error) });
    }
    this.#running = undefined;
    if (this.#abort.signal.aborted) return;
    // Turns that were missed meanwhile are not made up for.
    const now = clock.monotonic();
    this.#dueAt += Math.max(Math.ceil((now - this.#dueAt) / this.target.every), 1) * this.target.every;
    this.start();
  }

  async #collect(at: Instant): Promise<Collected> {
    if (this.#late !== undefined) return { samples: [], failed: [{ code: "still-collecting" }] };
    const { clock, host } = this.#facts;
    const abort = new AbortController();
    const deadline = deadlineOf(this.target);
    const cancel = clock.after(deadline, () => abort.abort());
    const leave = (): void => abort.abort();
    this.#abort.signal.addEventListener("abort", leave, { once: true });
    try {
      this.#collecting ??= collectorOf(this.target, this.#facts).open(this.target.settings);
      const work = this.#collecting.collect({ host, target: this.target.id, at, signal: abort.signal });
      this.#late = work;
      const settled = (): void => {
        this.#late = undefined;
      };
      work.then(settled, settled);
      return await inTime(work, abort.signal, clock);
    } catch (error) {
      const late = abort.signal.aborted && !this.#abort.signal.aborted;
      const seconds = Math.round(deadline / 1_000);
      return { samples: [], failed: [late ? { code: "took-too-long", seconds } : reasonOf(error)] };
    } finally {
      cancel();
      this.#abort.signal.removeEventListener("abort", leave);
    }
  }

  /** With what the server would not take, and would be the only one to know of. */
  #samplesOf(
    { samples, failed }: Collected,
    at: Instant,
    took: Millis,
  ): { readonly samples: readonly Sample[]; readonly refused: readonly CollectReason[] } {
    const { id: target, collector, labels } = this.target;
    const isLocal = this.#facts.collectors.get(collector)?.local === true;
    const own = { target, collector, ...(isLocal ? { host: this.#facts.host } : {}) };
    const measured = samples
      .filter(({ value }) => Number.isFinite(value))
      .map((sample) => ({ ...sample, at: sample.at ?? at, labels: labelled(sample.labels, labels) }));
    const refusals = measured.map((sample) => refusalOf(sample, at, Number.POSITIVE_INFINITY));
    const counts = Map.groupBy(
      refusals.filter((refusal) => refusal !== undefined),
      (refusal) => refusal,
    );
    return {
      samples: [
        ...measured.filter((_, nth) => refusals[nth] === undefined),
        { metric: "target_up", labels: labelled(own, labels), at, value: failed === undefined ? 1 : 0 },
        { metric: "target_seconds", labels: labelled(own, labels), at, value: took / 1_000 },
      ],
      refused: [...counts].map(([refusal, all]) => ({ code: "samples-refused", count: all.length, refusal })),
    };
  }

  #note({ samples, failed, notes }: Collected, at: Instant, took: Millis): void {
    const { id, collector } = this.target;
    const before = this.state;
    const reasons = [...(failed ?? []), ...(notes ?? [])].slice(0, COLLECT_REASONS_MAX).map(bounded);
    const because = reasons.length === 0 ? {} : { because: reasons };
    this.state = { id, collector, up: failed === undefined, ...because, lastAt: at, took, series: samples.length };
    const said = sayCollectReasons(reasons).en;
    if (failed !== undefined && sayCollectReasons(before?.because ?? []).en !== said)
      this.#facts.log("warn", "target.failed", { target: id, collector, because: said });
    else if (failed === undefined && before?.up === false)
      this.#facts.log("info", "target.answers-again", { target: id, collector });
  }
}

const ID_LENGTH = 16;

function deadlineOf({ every }: Target): Millis {
  return Math.min(every, DEADLINE_MS_MAX);
}

function collectorOf({ collector }: Target, { collectors }: Pick<TargetsFacts, "collectors">): Collector {
  const found = collectors.get(collector);
  if (found !== undefined) return found;
  throw new Fault("config-invalid", { path: "collector", got: collector, expected: [...collectors.keys()].join(", ") });
}

/** The target's labels go over what it says of itself; what is empty is left out. */
function labelled(own: Labels, given: Labels): Labels {
  const labels = { ...own, ...given };
  for (const [name, value] of Object.entries(labels)) if (value === "") delete labels[name];
  return labels;
}

/**
 * What the work came to; rejects when it was aborted and does not say so itself. Its own word is worth waiting for: that
 * nothing answers is a sample too (`http_up` 0), which only the collector can tell.
 */
function inTime(work: Promise<Collected>, signal: AbortSignal, clock: Clock): Promise<Collected> {
  return new Promise((resolve, reject) => {
    let cancel = (): void => {};
    const over = (): void => {
      cancel = clock.after(LAST_WORD_MS, () => reject(new Error("aborted")));
    };
    if (signal.aborted) over();
    signal.addEventListener("abort", over, { once: true });
    work.then(resolve, reject).finally(() => {
      cancel();
      signal.removeEventListener("abort", over);
    });
  });
}
