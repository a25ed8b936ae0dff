import { asId } from "../../src/id/id.ts";
import type { Incident } from "../../src/incident/incident.ts";
import type { Labels } from "../../src/metric/sample.ts";
import type { Monitor } from "../../src/monitor/monitor.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../../src/time/instant.ts";
import { ONE_PERSON, onePersonPolicy } from "./one-person.ts";
import { World } from "./world.ts";

/** A world in which one disk is watched: what the tests of the evaluation share. */
export const START: Instant = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
export const POLICY = onePersonPolicy("monitoring:\n  system: [CPU/memory/disk usage]\n");

export const DISK: Labels = { host: "db-1", mount: "/var" };
export const metric = "host_disk_used_ratio";

export async function begun(policy = POLICY): Promise<World> {
  const world = await World.create({
    policy,
    roster: ONE_PERSON,
    start: START,
    settings: { measures: true, watchMs: 10_000 },
  });
  // That a host itself falls silent is not what is asked about here.
  for (const host of ["db-1", "db-2"]) {
    const facts = { kind: "agent", every: DAY_MS, targets: [] } as const;
    await world.engine.hosts.heard(host, facts);
  }
  return world;
}

/** Every ten seconds the value of that moment is measured; undefined: nothing is. */
export async function measure(
  world: World,
  length: number,
  value: (at: Instant) => number | undefined,
  series: { readonly metric: string; readonly labels: Labels } = { metric, labels: DISK },
): Promise<void> {
  const end = world.clock.now() + length;
  while (world.clock.now() < end) {
    const at = world.clock.now();
    const measured = value(at);
    if (measured !== undefined)
      await world.engine.metrics.accept({
        id: `${JSON.stringify(series)}${at}`,
        samples: [{ ...series, at, value: measured }],
      });
    await world.advance(10_000);
  }
}

export async function incidents(world: World): Promise<readonly Incident[]> {
  return world.store.incidents({});
}

export async function put(world: World, rule: Partial<Monitor>): Promise<void> {
  const items = await world.store.rosterItems();
  const before = items.find(({ kind }) => kind === "monitor")?.data as Monitor | undefined;
  const monitor: Monitor = {
    id: asId("disk-full"),
    title: "disk",
    quantity: "disk-usage",
    query: { metric, matchers: [] },
    measure: { form: "last", window: 5 * MINUTE_MS },
    thresholds: [],
    missing: { then: "keep", after: 3 * MINUTE_MS },
    exceptions: [],
    enabled: true,
    from: "people",
    ...before,
    ...rule,
  };
  const updatedAt = world.clock.now();
  await world.store.changeRoster([{ kind: "monitor", id: monitor.id, data: monitor, updatedAt }], [], updatedAt);
}
