import { platform, release } from "node:os";
import type { Collector } from "../collect/collector.ts";
import type { Engine } from "../engine/engine.ts";
import type { Measuring } from "../engine/hosts/measuring.ts";
import type { SampleBatch } from "../engine/metrics/metrics.ts";
import { Fault } from "../fault/fault.ts";
import type { CollectorKind, Target } from "../monitor/target.ts";
import { SECOND_MS } from "../time/instant.ts";
import { LOCAL_EVERY_MS, localTargets } from "./local-targets.ts";
import { askOnce, runTargets } from "./run-targets.ts";

/** How often it looks whether targets have changed, and says that this node is there. */
const LOOK_MS = 5 * SECOND_MS;
/** Whoever holds it runs the targets of the roster; another node takes over when its holder has not renewed it for so long. */
const LEASE = "targets";
const LEASE_MS = 30 * SECOND_MS;
/** Batches that the store could not take yet: an hour of an ordinary host, and the oldest go first. */
const WAITING_MAX = 2_000;

export type MeasuringHere = Measuring & { start(): void; stop(): Promise<void> };

/**
 * Measures from within the server: this node's own host, and the targets of the roster that no agent runs. Several nodes
 * of one store share those by a lease, so that each is asked once.
 */
export function measureHere(
  engine: Engine,
  facts: {
    readonly host: string;
    readonly version: string;
    readonly collectors: ReadonlyMap<CollectorKind, Collector>;
    /** False: this host is not measured, unless a target of the roster says so. */
    readonly itself: boolean;
  },
): MeasuringHere {
  const { store, clock, chance, log, node } = engine.ports;
  const { host, version, collectors, itself } = facts;
  const waiting: SampleBatch[] = [];
  let draining: Promise<void> | undefined;
  let isGoing = false;
  let looking: Promise<void> | undefined;
  let cancel = (): void => {};

  const running = runTargets({
    collectors,
    host,
    clock,
    chance,
    log,
    // What was measured waits here for a store that is away, so that the measuring does not.
    sink: async (batch) => {
      waiting.push(batch);
      if (waiting.length > WAITING_MAX) {
        const dropped = waiting.shift();
        log("error", "samples.dropped", { because: "store-unavailable", samples: dropped?.samples.length ?? 0 });
      }
      draining ??= drain().finally(() => {
        draining = undefined;
      });
    },
  });

  async function drain(): Promise<void> {
    for (let batch = waiting[0]; batch !== undefined; batch = waiting[0]) {
      try {
        await engine.metrics.accept(batch);
      } catch (error) {
        // With the next batch it is tried again.
        log("warn", "samples.waiting", { batches: waiting.length, error: String(error) });
        return;
      }
      if (waiting[0] === batch) waiting.shift();
    }
  }

  async function look(): Promise<void> {
    try {
      const { targets } = await engine.knowledge.roster(store);
      const own = targets.filter(({ agent }) => agent === undefined);
      const isLocal = ({ collector }: Target): boolean => collectors.get(collector)?.local === true;
      const now = clock.now();
      const isMine =
        own.some((target) => !isLocal(target)) && (await store.claimLease(LEASE, node, now, now + LEASE_MS));
      const mine = own.filter((target) => isLocal(target) || isMine);
      if (!isGoing) return;
      running.set([...mine, ...(itself ? localTargets(host, mine.filter(isLocal), { collectors }) : [])]);
      const states = running.states();
      if (itself || states.length > 0)
        await engine.hosts.heard(host, {
          kind: "server",
          version,
          platform: `${platform()} ${release()}`,
          every: LOCAL_EVERY_MS,
          targets: states,
        });
    } catch (error) {
      log("warn", "targets.not-read", { error: String(error) });
    }
  }

  function rest(): void {
    if (!isGoing) return;
    cancel = clock.after(LOOK_MS, () => {
      looking = look().finally(rest);
    });
  }

  return {
    states: () => running.states(),
    check(target) {
      const collector = collectors.get(target.collector);
      if (collector === undefined)
        throw new Fault("config-invalid", {
          path: "collector",
          got: target.collector,
          expected: [...collectors.keys()].join(", "),
        });
      void collector.open(target.settings).close();
    },
    tryOnce: (target) => askOnce(target, { collectors, host, clock }),
    start() {
      isGoing = true;
      looking = look().finally(rest);
    },
    async stop() {
      isGoing = false;
      cancel();
      await looking;
      await running.stop();
      await draining;
      await store.endLease(LEASE, node).catch(() => {});
    },
  };
}
