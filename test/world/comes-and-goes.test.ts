import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import type { Incident } from "../../src/incident/incident.ts";
import { fromIso, HOUR_MS, MINUTE_MS, SECOND_MS } from "../../src/time/instant.ts";
import type { Maintenance } from "../../src/triage/maintenance.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "./world.ts";

const START = fromIso("2026-03-02T03:00:00+09:00") ?? 0;
const OH: Actor = { kind: "person", person: asId("oh"), via: "test" };

async function begun(): Promise<World> {
  return World.create({ policy: POLICY, roster: ROSTER, start: START });
}

async function tell(world: World, key: string, status: "firing" | "resolved"): Promise<void> {
  await world.receive("signals", { key, title: key, service: "결제", severity: "error", status });
}

async function only(world: World): Promise<Incident> {
  const [first, ...others] = await world.store.incidents({ limit: 100 });
  assert.ok(first);
  assert.equal(others.length, 0);
  return first;
}

async function types(world: World, { id }: Incident): Promise<readonly string[]> {
  return (await world.store.eventsOf(id, 0, 10_000)).map(({ event }) => event.type);
}

/** It changes every two seconds, so often, and fires last or is over last. */
async function toggles(world: World, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    await tell(world, "문", n % 2 === 0 ? "firing" : "resolved");
    await world.advance(2 * SECOND_MS);
  }
}

describe("an alert that comes and goes every two seconds", () => {
  const times = process.env.BONGSU_TEST_LONG === "1" ? 1_800 : 200;

  test("is one incident held open, and when it calms down it is resolved once, with how often and since when", async () => {
    const world = await begun();
    await toggles(world, times);
    const pages = world.sent.length;
    await world.advance(5 * MINUTE_MS);
    assert.equal((await only(world)).state, "triggered");
    await world.advance(6 * MINUTE_MS);
    const incident = await only(world);
    assert.equal(incident.state, "resolved");
    const seen = await types(world, incident);
    const count = (type: string): number => seen.filter((one) => one === type).length;
    assert.deepEqual([count("flapping-began"), count("flapping-ended")], [1, 1]);
    // The two rounds before it is known to flap, and the end.
    assert.deepEqual([count("alerts-joined"), count("resolved")], [3, 3]);
    assert.deepEqual([...new Set(world.sent.slice(pages).map(({ page }) => page.occasion))], ["resolved"]);
    const told = (await world.timeline(incident)).map(({ what }) => what.ko);
    assert.ok(
      told.some((line) =>
        line.includes(`플래핑이 끝났습니다. ${new Date(START + 2_000).toISOString()}부터 ${times - 1}번 바뀌었습니다`),
      ),
      told.join("\n"),
    );
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("is so over a restart as well, and fires on where that was its last word", async () => {
    const world = await begun();
    await toggles(world, 7);
    world.crash();
    await world.begin();
    await toggles(world, 7);
    await world.advance(11 * MINUTE_MS);
    const incident = await only(world);
    assert.equal(incident.state, "triggered");
    assert.deepEqual(
      (await types(world, incident)).filter((type) => type.startsWith("flapping")),
      ["flapping-began", "flapping-ended"],
    );
    // Within the window it is reopened as any other, and a third change is no flapping.
    await tell(world, "문", "resolved");
    await world.advance(3 * MINUTE_MS);
    await tell(world, "문", "firing");
    assert.equal((await only(world)).cycleBecause, "reopened");
    assert.equal((await world.store.openAlerts("", 10))[0]?.flapping, undefined);
    await world.store.close();
  });

  test("holds nothing open while it is muted, and says nothing on the incident that it once was of", async () => {
    const world = await begun();
    await tell(world, "문", "firing");
    await tell(world, "문", "resolved");
    const incident = await only(world);
    await world.store.putSilence({
      id: asId("s"),
      matchers: [{ name: "service", value: "결제", isRegex: false, isEqual: true }],
      startsAt: START,
      endsAt: START + HOUR_MS,
      updatedAt: START,
      createdBy: "kim",
      comment: "",
    });
    await toggles(world, 20);
    assert.deepEqual(
      (await types(world, incident)).filter((type) => type.startsWith("flapping")),
      [],
    );
    assert.equal((await world.store.openAlerts("", 10)).length, 0);
    // It fires when the silence ends.
    await tell(world, "문", "firing");
    await world.advance(HOUR_MS);
    assert.equal((await world.store.incidents({ states: ["triggered"], limit: 10 })).length, 1);
    await world.store.close();
  });
});

describe("an incident that a person resolved while alerts of it fire", () => {
  test("and that another alert reopens is over when all of them are, not when that one is", async () => {
    const world = await begun();
    await tell(world, "하나", "firing");
    await tell(world, "둘", "firing");
    await world.act(1, { do: "resolve" }, OH);
    await world.advance(MINUTE_MS);
    await tell(world, "셋", "firing");
    await tell(world, "셋", "resolved");
    assert.deepEqual([(await only(world)).state, (await only(world)).firing], ["triggered", 2]);
    await tell(world, "하나", "resolved");
    await tell(world, "둘", "resolved");
    assert.equal((await only(world)).state, "resolved");
    await world.store.close();
  });

  test("in a maintenance window: what still fires is muted by it, visibly, and pages when it ends", async () => {
    const world = await begun();
    await tell(world, "하나", "firing");
    const window: Maintenance = {
      id: asId("m"),
      title: "결제 배포",
      services: ["결제"],
      matchers: [],
      zone: "Asia/Seoul",
      start: "2026-03-02T03:05",
      durationMinutes: 55,
      repeat: { kind: "none" },
      createdBy: "kim",
      updatedAt: START,
    };
    await world.store.putMaintenance(window);
    await world.advance(10 * MINUTE_MS);
    await world.act(1, { do: "resolve" }, OH);
    for (let minute = 0; minute < 30; minute++) {
      await world.advance(MINUTE_MS);
      await tell(world, "하나", "firing");
    }
    assert.deepEqual((await world.store.suppressedAlerts("", 10))[0]?.suppressed, { because: "maintenance", by: "m" });
    assert.equal((await only(world)).state, "resolved");
    const end = START + 60 * MINUTE_MS;
    await world.advance(end - 1 - world.clock.now());
    const before = world.sent.length;
    await world.advance(1_000);
    const woken = world.sent.slice(before).filter(({ page }) => page.urgency === "wake");
    assert.ok(woken.length > 0 && woken.every(({ page, at }) => page.incident.number === 2 && at - end <= 1_000));
    await world.store.close();
  });
});
