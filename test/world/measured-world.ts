import { aggregateDuty } from "../../src/engine/aggregate/aggregate-duty.ts";
import { MetricMemory } from "../../src/engine/metrics/metric-memory.ts";
import { createMetrics } from "../../src/engine/metrics/metric-store.ts";
import type { AcceptedBatch, Metrics, SampleBatch } from "../../src/engine/metrics/metrics.ts";
import { warmUpMetrics } from "../../src/engine/metrics/warm-up-metrics.ts";
import { DEFAULT_SETTINGS, type Duty, type EngineSettings } from "../../src/engine/ports.ts";
import type { Chance } from "../../src/id/chance.ts";
import type { Store } from "../../src/store/store.ts";
import type { Clock } from "../../src/time/clock.ts";
import { type Mortal, mortal } from "./mortal-store.ts";
import { sha256 } from "./world.ts";

type Setup = {
  readonly store: Store;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly node: string;
  readonly settings?: Partial<EngineSettings>;
};

/** A node's metric store over rows that outlive it, which can be killed at any place. */
export class MeasuredNode {
  readonly #setup: Setup;
  #life: { readonly metrics: Metrics; readonly duty: Duty; readonly mortal: Mortal } | undefined;
  #placesLeft = Number.POSITIVE_INFINITY;
  #died: (() => void) | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** Before the so-and-so-manieth call of the store, or failpoint, it dies. */
  dieAfter(places: number): void {
    this.#placesLeft = places;
  }

  get metrics(): Metrics {
    if (this.#life === undefined) throw new Error("nobody is alive");
    return this.#life.metrics;
  }

  get isAlive(): boolean {
    return this.#life !== undefined;
  }

  kill(): void {
    this.#life?.mortal.die();
    this.#life = undefined;
  }

  async begin(): Promise<void> {
    const { store, settings } = this.#setup;
    const pass = (): void => {
      if (this.#placesLeft-- > 0) return;
      life.die();
      this.#life = undefined;
      this.#died?.();
    };
    const life = mortal(store, pass);
    const ports = {
      ...this.#setup,
      sha256,
      store: life.store,
      settings: {
        ...DEFAULT_SETTINGS,
        ...settings,
        failpoint: () => {
          pass();
          if (life.isDead()) throw new Error("killed");
        },
      },
    };
    this.#placesLeft = Number.POSITIVE_INFINITY;
    const memory = new MetricMemory(ports);
    this.#life = { metrics: createMetrics(ports, memory), duty: aggregateDuty(ports, memory), mortal: life };
    await warmUpMetrics(ports, memory);
  }

  /** Undefined: it died over it, and nobody was answered. */
  accept(batch: SampleBatch): Promise<AcceptedBatch | undefined> {
    return this.#unlessDead((life) => life.metrics.accept(batch));
  }

  run(): Promise<unknown> {
    return this.#unlessDead((life) => life.duty.run(this.#setup.clock.now()));
  }

  /** Runs the duty until there is nothing left to do at once. */
  async settle(): Promise<void> {
    for (;;) {
      const outcome = await this.#unlessDead((life) => life.duty.run(this.#setup.clock.now()));
      if (outcome?.next === undefined) return;
    }
  }

  async #unlessDead<T>(work: (life: { metrics: Metrics; duty: Duty }) => Promise<T>): Promise<T | undefined> {
    const life = this.#life;
    if (life === undefined) return undefined;
    const death = new Promise<undefined>((resolve) => {
      this.#died = () => resolve(undefined);
    });
    try {
      return await Promise.race([work(life), death]);
    } catch (error) {
      if (this.#life === undefined) return undefined;
      throw error;
    } finally {
      this.#died = undefined;
    }
  }
}
