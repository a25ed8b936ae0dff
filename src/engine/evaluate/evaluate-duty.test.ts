import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begun, incidents, measure, metric, POLICY, put, START } from "../../../test/world/rule-world.ts";
import { asId } from "../../id/id.ts";
import { MINUTE_MS } from "../../time/instant.ts";

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

  test("says of a target that cannot be asked why it cannot", async () => {
    const world = await begun();
    const down = { metric: "target_up", labels: { target: "shop", collector: "check" } };
    const because = [{ code: "connection-refused", of: "shop:443" }] as const;
    const target = { id: asId<"target">("shop"), collector: "check" as const, up: false, because };
    const targets = [{ ...target, lastAt: START, took: 1, series: 1 }];
    await world.engine.hosts.heard("web-1", { kind: "server", every: 10_000, targets });
    await measure(world, 6 * MINUTE_MS, () => 0, down);
    const [incident] = await incidents(world);
    assert.equal(incident?.title, "shop collection failed");
    const [alert] = await world.store.alertsOfIncident(incident?.id ?? asId(""), 10);
    assert.match(alert?.description ?? "", /\nshop:443: connection refused$/);
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
