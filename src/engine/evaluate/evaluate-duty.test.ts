import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { World } from "../../../test/world/world.ts";
import { asId } from "../../id/id.ts";
import type { Incident } from "../../incident/incident.ts";
import type { Labels } from "../../metric/sample.ts";
import type { Monitor } from "../../monitor/monitor.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";

const START: Instant = Temporal.Instant.from("2026-03-02T01:00:00Z").epochMilliseconds;
const POLICY = `\`\`\`yaml
grades:
  Critical: { criteria: [a], respond within: immediate, owner: L1 }
  Major: { criteria: [b], respond within: 2 hours, owner: L1 }
  Minor: { criteria: [c], respond within: 4 hours, owner: L1 }
teams:
  L1: { duties: [repair] }
notifications:
  Critical: { via: [SMS], to: [L1] }
  Major: { via: [SMS], to: [L1] }
  Minor: { via: [Email], to: [L1] }
monitoring:
  system: [CPU/memory/disk usage]
\`\`\`
`;
const ROSTER = `people:
  ann: { name: Ann, locale: en, contacts: { sms: 010-1000-0001, email: ann@example.com } }
teams:
  L1: { members: { operator: [ann] } }
channels: { email: {}, sms: {} }
`;

const DB: Labels = { host: "db-1", mount: "/var" };
const metric = "host_disk_used_ratio";

async function begun(policy = POLICY): Promise<World> {
  return World.create({ policy, roster: ROSTER, start: START, settings: { measures: true, watchMs: 10_000 } });
}

/** Every ten seconds the value of that moment is measured; undefined: nothing is. */
async function measure(
  world: World,
  length: number,
  value: (at: Instant) => number | undefined,
  series: { readonly metric: string; readonly labels: Labels } = { metric, labels: DB },
): Promise<void> {
  const end = world.clock.now() + length;
  while (world.clock.now() < end) {
    const at = world.clock.now();
    const measured = value(at);
    if (measured !== undefined)
      await world.engine.metrics.accept({ id: `b${at}`, samples: [{ ...series, at, value: measured }] });
    await world.advance(10_000);
  }
}

async function incidents(world: World): Promise<readonly Incident[]> {
  return world.store.incidents({});
}

describe("a monitor", () => {
  test("raises an incident of its grade once the line was passed for long enough, and ends it below the line's own end", async () => {
    const world = await begun();
    await measure(world, 4 * MINUTE_MS, () => 0.96);
    assert.deepEqual(await incidents(world), []);
    await measure(world, 2 * MINUTE_MS, () => 0.96);
    const [incident] = await incidents(world);
    assert.equal(incident?.grade, "Major");
    assert.equal(incident?.service, "db-1");
    assert.match(incident?.title ?? "", /^db-1 \/var disk use 96 % \(at least 95 %\)$/);
    // Below the line, but not below its end.
    await measure(world, 3 * MINUTE_MS, () => 0.945);
    assert.equal((await incidents(world))[0]?.state, "triggered");
    await measure(world, 2 * MINUTE_MS, () => 0.5);
    assert.equal((await incidents(world))[0]?.state, "resolved");
    assert.equal((await incidents(world)).length, 1);
  });

  test("is above nothing that comes and goes within the time that it must hold", async () => {
    const world = await begun();
    await measure(world, 30 * MINUTE_MS, (at) => (Math.floor((at - START) / (2 * MINUTE_MS)) % 2 === 0 ? 0.97 : 0.5));
    assert.deepEqual(await incidents(world), []);
  });

  test("raises the grade when the value gets worse", async () => {
    const world = await begun();
    await measure(world, 6 * MINUTE_MS, () => 0.96);
    await measure(world, 6 * MINUTE_MS, () => 0.99);
    const all = await incidents(world);
    assert.deepEqual(
      all.map(({ grade }) => grade),
      ["Critical"],
    );
  });

  test("does not take silence for recovery: what brings no values stays open, and says that it is silent", async () => {
    const world = await begun();
    await measure(world, 6 * MINUTE_MS, () => 0.96);
    await world.advance(20 * MINUTE_MS);
    const [incident] = await incidents(world);
    assert.equal(incident?.state, "triggered");
    const [alert] = await world.store.alertsOfIncident(incident?.id ?? asId(""), 10);
    assert.equal(alert?.status, "silent");
    await measure(world, 2 * MINUTE_MS, () => 0.5);
    assert.equal((await incidents(world))[0]?.state, "resolved");
  });

  test("goes on after a crash as if there had been none: what fired ends when a value says so", async () => {
    const world = await begun();
    await measure(world, 6 * MINUTE_MS, () => 0.96);
    world.crash();
    await world.advance(MINUTE_MS);
    await world.begin();
    await measure(world, MINUTE_MS, () => 0.945);
    assert.equal((await incidents(world))[0]?.state, "triggered");
    await measure(world, MINUTE_MS, () => 0.5);
    assert.deepEqual(
      (await incidents(world)).map(({ state }) => state),
      ["resolved"],
    );
  });

  test("that is changed looks at its last hour: what has held long enough fires at once", async () => {
    const world = await begun();
    await measure(world, 20 * MINUTE_MS, () => 0.75);
    await put(world, { thresholds: [{ grade: "Minor", when: "at-least", bound: 0.7, hold: 10 * MINUTE_MS }] });
    await measure(world, 20_000, () => 0.75);
    assert.deepEqual(
      (await incidents(world)).map(({ grade, state }) => [grade, state]),
      [["Minor", "triggered"]],
    );
    // Switched off it says nothing more, and what it said is over.
    await put(world, { enabled: false });
    await measure(world, 20_000, () => 0.75);
    assert.equal((await incidents(world))[0]?.state, "resolved");
  });

  test("has other lines, or none, for the hosts of its exceptions", async () => {
    const world = await begun();
    await put(world, {
      thresholds: [{ grade: "Minor", when: "at-least", bound: 0.7, hold: 0 }],
      exceptions: [{ matchers: [{ name: "mount", value: "/var", isRegex: false, isEqual: true }], thresholds: [] }],
    });
    await measure(world, MINUTE_MS, () => 0.9);
    assert.deepEqual(await incidents(world), []);
    await measure(world, MINUTE_MS, () => 0.9, { metric, labels: { host: "db-1", mount: "/home" } });
    assert.equal((await incidents(world)).length, 1);
  });

  test("may fire where values stop coming", async () => {
    const world = await begun();
    await put(world, {
      thresholds: [{ grade: "Minor", when: "at-least", bound: 0.99, hold: 0 }],
      missing: { then: "alert", after: 5 * MINUTE_MS, grade: "Major" },
    });
    await measure(world, MINUTE_MS, () => 0.5);
    await world.advance(4 * MINUTE_MS);
    assert.deepEqual(await incidents(world), []);
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual(
      (await incidents(world)).map(({ grade, title }) => [grade, title]),
      [["Major", "db-1 /var disk: no values arrive"]],
    );
    await measure(world, MINUTE_MS, () => 0.5);
    assert.equal((await incidents(world))[0]?.state, "resolved");
  });

  test("looks only in its hours", async () => {
    const world = await begun();
    const hours = { weekdays: [1], from: "10:30", to: "11:00", zone: "Asia/Seoul", onHolidays: true } as const;
    await put(world, { thresholds: [{ grade: "Minor", when: "at-least", bound: 0.7, hold: 0, hours }] });
    await measure(world, 29 * MINUTE_MS, () => 0.9);
    assert.deepEqual(await incidents(world), []);
    await measure(world, 2 * MINUTE_MS, () => 0.9);
    assert.equal((await incidents(world))[0]?.state, "triggered");
    await measure(world, 30 * MINUTE_MS, () => 0.9);
    assert.equal((await incidents(world))[0]?.state, "resolved");
  });
});

describe("the document's thresholds", () => {
  test("hold in place of the defaults", async () => {
    const world = await begun(
      POLICY.replace("monitoring:", "thresholds:\n  disk usage: { Critical: above 60 % for 2 minutes }\nmonitoring:"),
    );
    await measure(world, 3 * MINUTE_MS, () => 0.65);
    assert.deepEqual(
      (await incidents(world)).map(({ grade }) => grade),
      ["Critical"],
    );
  });
});

async function put(world: World, rule: Partial<Monitor>): Promise<void> {
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
