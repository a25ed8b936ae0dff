import assert from "node:assert/strict";
import type { Collected } from "../../src/collect/collector.ts";
import { collectors } from "../../src/collect/registry.ts";
import type { Incident } from "../../src/incident/incident.ts";
import type { Monitor } from "../../src/monitor/monitor.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";
import { SECOND_MS } from "../../src/time/instant.ts";
import { ONE_PERSON, onePersonPolicy } from "../world/one-person.ts";
import { World } from "../world/world.ts";

export const POLICY = onePersonPolicy();
export const EVERY_MS = 10 * SECOND_MS;
/** Half an hour of the world: the slowest of the default monitors needs a quarter. */
const TURNS_MAX = 180;
export type Collect = () => Promise<Collected>;

/** The real engine on a clock that jumps ten seconds for each real collection. */
export class Watched {
  readonly world: World;
  #batch = 0;

  constructor(world: World) {
    this.world = world;
  }

  static async begin(...monitors: readonly Monitor[]): Promise<Watched> {
    const start = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
    const world = await World.create({ policy: POLICY, roster: ONE_PERSON, start, settings: { measures: true } });
    const items = monitors.map((data) => ({ kind: "monitor" as const, id: data.id, data, updatedAt: start }));
    if (items.length > 0) await world.store.changeRoster(items, [], start);
    return new Watched(world);
  }

  /** Until there is an incident that fits; fails where there is none after half an hour of the world. */
  async until(
    what: string,
    collect: Collect,
    fits: (all: readonly Incident[]) => boolean,
    withinMs = 0,
  ): Promise<readonly Incident[]> {
    const deadline = performance.now() + withinMs;
    let all: readonly Incident[] = [];
    for (let turn = 0; turn < TURNS_MAX || performance.now() < deadline; turn += 1) {
      const at = this.world.clock.now();
      const { samples } = await collect();
      this.#batch += 1;
      await this.world.engine.metrics.accept({
        id: `b${this.#batch}`,
        samples: samples.map((one) => ({ ...one, at })),
      });
      await this.world.advance(EVERY_MS);
      all = await this.world.store.incidents({});
      if (fits(all)) return all;
    }
    assert.fail(`${what}: ${JSON.stringify(all.map(({ grade, title, state }) => [grade, title, state]))}`);
  }

  /** Opens one incident of this grade and title, and nothing else. */
  async opens(collect: Collect, grade: string, title: RegExp): Promise<void> {
    const all = await this.until(`no ${grade} incident`, collect, ([one]) => one?.grade === grade);
    assert.equal(all.length, 1);
    assert.equal(all[0]?.state, "triggered");
    assert.match(all[0]?.title ?? "", title);
  }

  async clears(collect: Collect, withinMs = 0): Promise<void> {
    await this.until("it stays open", collect, (all) => all.every(({ state }) => state === "resolved"), withinMs);
  }
}

/** A real collector; only these metrics go to the engine, because the host has a life of its own. */
export function collectOf(
  kind: CollectorKind,
  settings: Readonly<Record<string, unknown>>,
  metrics: readonly string[],
): Collect {
  const collecting = collectors.get(kind)?.open(settings);
  if (collecting === undefined) throw new TypeError(`no such collector: ${kind}`);
  const { signal } = new AbortController();
  return async () =>
    only(await collecting.collect({ host: "web-1", target: "web-1", at: Date.now(), signal }), metrics);
}

export function only({ samples }: Collected, metrics: readonly string[]): Collected {
  return { samples: samples.filter(({ metric }) => metrics.includes(metric)) };
}
