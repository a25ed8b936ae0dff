import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { begun, DISK, incidents, measure, metric, put } from "../../../test/world/rule-world.ts";
import type { World } from "../../../test/world/world.ts";
import { asId } from "../../id/id.ts";
import type { Missing, Threshold } from "../../monitor/monitor.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";

const AFTER = 5 * MINUTE_MS;
const KEEP: Missing = { then: "keep", after: AFTER };
const ALERT: Missing = { then: "alert", after: AFTER, grade: "Minor" };
const END: Missing = { then: "end", after: AFTER };
const line = (hold: number): readonly Threshold[] => [{ grade: "Major", when: "at-least", bound: 0.9, hold }];

async function watching(missing: Missing, hold = 0): Promise<World> {
  const world = await begun();
  await put(world, { thresholds: line(hold), missing });
  return world;
}

/** The server is away for so long, and comes back. */
async function away(world: World, length: number): Promise<void> {
  world.crash();
  await world.advance(length);
  await world.begin();
}

async function told(world: World): Promise<readonly string[]> {
  return (await incidents(world)).map(({ grade, state }) => `${grade} ${state}`);
}

/** What an agent kept while it could not send: every ten seconds of the time before now. */
async function late(world: World, length: number, value: (at: Instant) => number): Promise<void> {
  const now = world.clock.now();
  const samples = [];
  for (let at = now - length; at <= now; at += 10_000) samples.push({ metric, labels: DISK, at, value: value(at) });
  await world.engine.metrics.accept({ id: `late ${now}`, samples });
}

describe("a series that never came", () => {
  for (const missing of [KEEP, ALERT, END]) {
    test(`fires nothing (${missing.then})`, async () => {
      const world = await watching(missing);
      await world.advance(20 * MINUTE_MS);
      await away(world, 20 * MINUTE_MS);
      await world.advance(20 * MINUTE_MS);
      assert.deepEqual(await told(world), []);
      assert.deepEqual(world.engine.evaluation.seriesOf(asId("disk-full")), []);
    });
  }
});

describe("a series that stopped while it fired", () => {
  const expected = { keep: "Major triggered", alert: "Major triggered", end: "Major resolved" } as const;
  for (const missing of [KEEP, ALERT, END]) {
    test(`is as the rule says (${missing.then}), also where the server was away meanwhile`, async () => {
      const world = await watching(missing);
      await measure(world, MINUTE_MS, () => 0.95);
      await world.advance(4 * MINUTE_MS);
      assert.deepEqual(await told(world), ["Major triggered"]);
      await world.advance(4 * MINUTE_MS);
      assert.deepEqual(await told(world), [expected[missing.then]]);
      await away(world, 3 * 60 * MINUTE_MS);
      await world.advance(4 * MINUTE_MS);
      assert.deepEqual(await told(world), [expected[missing.then]]);
      await world.advance(3 * MINUTE_MS);
      assert.deepEqual(await told(world), [expected[missing.then]]);
      await measure(world, MINUTE_MS, () => 0.5);
      assert.deepEqual(await told(world), ["Major resolved"]);
    });
  }

  test("that stopped while the server was away is over only after the server has listened for long enough", async () => {
    const world = await watching(END);
    await measure(world, MINUTE_MS, () => 0.95);
    await away(world, 3 * 60 * MINUTE_MS);
    await world.advance(4 * MINUTE_MS);
    assert.deepEqual(await told(world), ["Major triggered"]);
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual(await told(world), ["Major resolved"]);
  });
});

describe("a series that was well and stopped", () => {
  for (const missing of [KEEP, ALERT, END]) {
    test(`is as the rule says (${missing.then})`, async () => {
      const world = await watching(missing);
      await measure(world, MINUTE_MS, () => 0.5);
      await world.advance(4 * MINUTE_MS);
      assert.deepEqual(await told(world), []);
      await world.advance(3 * MINUTE_MS);
      assert.deepEqual(await told(world), missing.then === "alert" ? ["Minor triggered"] : []);
      await measure(world, MINUTE_MS, () => 0.5);
      assert.deepEqual(await told(world), missing.then === "alert" ? ["Minor resolved"] : []);
    });
  }

  test("while the server was away is told once the server has listened for long enough, and not at its start", async () => {
    const world = await watching(ALERT);
    await measure(world, MINUTE_MS, () => 0.5);
    // Longer than memory goes back.
    await away(world, 3 * 60 * MINUTE_MS);
    await world.advance(4 * MINUTE_MS);
    assert.deepEqual(await told(world), []);
    await world.advance(2 * MINUTE_MS);
    assert.deepEqual(await told(world), ["Minor triggered"]);
  });

  test("is told of alone: others that go on are well", async () => {
    const world = await watching(ALERT);
    const other = { metric, labels: { host: "db-2", mount: "/var" } };
    await measure(world, MINUTE_MS, () => 0.5);
    await measure(world, 7 * MINUTE_MS, () => 0.5, other);
    assert.deepEqual(
      (await incidents(world)).map(({ title }) => title),
      ["db-1 /var disk: no values arrive"],
    );
    // What still comes is judged as ever.
    await measure(world, MINUTE_MS, () => 0.95, other);
    assert.equal((await incidents(world)).length, 2);
  });
});

describe("a hold", () => {
  test("goes on over a restart in the middle of it", async () => {
    const world = await watching(KEEP, 5 * MINUTE_MS);
    await measure(world, 3 * MINUTE_MS, () => 0.95);
    await away(world, 30_000);
    await measure(world, MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), []);
    await measure(world, MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), ["Major triggered"]);
  });

  test("goes on over a restart where an alert of a milder line is open", async () => {
    const world = await begun();
    const mild: Threshold = { grade: "Minor", when: "at-least", bound: 0.8, hold: 0 };
    await put(world, { thresholds: [...line(5 * MINUTE_MS), mild], missing: KEEP });
    await measure(world, 3 * MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), ["Minor triggered"]);
    await away(world, 30_000);
    await measure(world, 2 * MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), ["Major triggered"]);
  });

  test("of hours goes on over a restart, though memory does not reach so far back", async () => {
    const world = await watching(KEEP, 180 * MINUTE_MS);
    await measure(world, 170 * MINUTE_MS, () => 0.95);
    await away(world, MINUTE_MS);
    await measure(world, 5 * MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), []);
    await measure(world, 10 * MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), ["Major triggered"]);
  });
});

describe("values that come late", () => {
  test("tell what has held meanwhile: what goes on fires at once", async () => {
    const world = await watching(KEEP, 10 * MINUTE_MS);
    await measure(world, MINUTE_MS, () => 0.5);
    await world.advance(30 * MINUTE_MS);
    const began = world.clock.now() - 20 * MINUTE_MS;
    await late(world, 30 * MINUTE_MS, (at) => (at >= began ? 0.95 : 0.5));
    await measure(world, 20_000, () => 0.95);
    assert.deepEqual(await told(world), ["Major triggered"]);
  });

  test("raise nothing that was over before they came", async () => {
    const world = await watching(KEEP, 5 * MINUTE_MS);
    await measure(world, MINUTE_MS, () => 0.5);
    await world.advance(30 * MINUTE_MS);
    const [from, to] = [world.clock.now() - 20 * MINUTE_MS, world.clock.now() - 10 * MINUTE_MS];
    await late(world, 30 * MINUTE_MS, (at) => (from <= at && at < to ? 0.99 : 0.5));
    await measure(world, 10 * MINUTE_MS, () => 0.5);
    assert.deepEqual(await told(world), []);
  });

  test("break a hold that would have gone on over the silence", async () => {
    const world = await watching(KEEP, 10 * MINUTE_MS);
    await measure(world, 4 * MINUTE_MS, () => 0.95);
    await world.advance(20 * MINUTE_MS);
    await late(world, 20 * MINUTE_MS, () => 0.5);
    await measure(world, 8 * MINUTE_MS, () => 0.95);
    assert.deepEqual(await told(world), []);
  });
});

test("a clock that jumps an hour ahead makes nothing hold that did not", async () => {
  const world = await watching(KEEP, 10 * MINUTE_MS);
  await measure(world, MINUTE_MS, () => 0.95);
  world.clock.jump(60 * MINUTE_MS);
  await measure(world, 4 * MINUTE_MS, () => 0.95);
  assert.deepEqual(await told(world), []);
  await measure(world, 5 * MINUTE_MS, () => 0.95);
  assert.deepEqual(await told(world), ["Major triggered"]);
});

test("a rule that is made to be about less ends what it said of the rest", async () => {
  const world = await watching(KEEP);
  await measure(world, MINUTE_MS, () => 0.95);
  assert.deepEqual(await told(world), ["Major triggered"]);
  const matchers = [{ name: "host", value: "db-1", isRegex: false, isEqual: false }];
  await put(world, { query: { metric, matchers } });
  await measure(world, 30_000, () => 0.95);
  assert.deepEqual(await told(world), ["Major resolved"]);
});

test("what a person resolves while it is silent is not raised again until a value says so", async () => {
  const world = await watching(KEEP);
  await measure(world, MINUTE_MS, () => 0.95);
  await world.advance(10 * MINUTE_MS);
  await world.act(1, { do: "resolve" }, { kind: "bongsu" });
  await world.advance(20 * MINUTE_MS);
  assert.deepEqual(await told(world), ["Major resolved"]);
  await measure(world, MINUTE_MS, () => 0.95);
  assert.equal((await told(world)).filter((one) => one === "Major triggered").length, 1);
});
