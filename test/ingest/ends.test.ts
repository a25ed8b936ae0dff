import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../../src/id/id.ts";
import { prometheusSource } from "../../src/ingest/prometheus/prometheus.ts";
import { MINUTE_MS, SECOND_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "../world/world.ts";

const START = Date.parse("2026-03-02T03:00:00Z");
const labels = { alertname: "PaymentDown", service: "결제", severity: "critical" };
const iso = (at: number): string => new Date(at).toISOString();

describe("what the end of an alert means", () => {
  test("an end that is past when it arrives is the source's own word; one to come is a promise to speak again", () => {
    const read = (more: object) =>
      prometheusSource.read([{ labels, ...more }], { at: START, integration: "t" }).signals[0];
    assert.equal(read({ endsAt: iso(START) })?.action, "resolve");
    assert.equal(read({ endsAt: iso(START - 1) })?.action, "resolve");
    assert.equal(read({ endsAt: iso(START - 1) })?.expiresAt, undefined);
    const promised = read({ endsAt: iso(START + 1) });
    assert.deepEqual([promised?.action, promised?.expiresAt], ["fire", START + 1]);
    // Alertmanager's resolve_timeout, where a source names no end.
    for (const more of [{}, { endsAt: "" }, { endsAt: "0001-01-01T00:00:00Z" }, { endsAt: null }]) {
      assert.deepEqual([read(more)?.action, read(more)?.expiresAt], ["fire", START + 5 * MINUTE_MS]);
    }
    assert.equal(read({ startsAt: iso(START - 1_000), endsAt: iso(START - 500) })?.startsAt, START - 1_000);
    assert.equal(read({ endsAt: iso(START - 500) })?.startsAt, START - 500);
    assert.equal(read({})?.startsAt, START);
  });

  test("a source that falls silent leaves its incident open, and the paging goes on", async () => {
    const world = await worldFrom();
    await fire(world, 4 * MINUTE_MS);
    await world.advance(10 * SECOND_MS);
    const [alert] = await world.store.openAlerts("", 10);
    assert.equal(alert?.status, "firing");
    const pages = world.sent.length;
    assert.ok(pages > 0);
    await world.advance(30 * MINUTE_MS);
    const incident = await world.store.incidentByNumber(1);
    assert.equal(incident?.state, "triggered");
    const silent = (await world.store.alertsById([alert.id]))[0];
    assert.equal(silent?.status, "silent");
    assert.equal(silent.resolvedAt, undefined);
    assert.ok(world.sent.length > pages, "nobody stopped being paged because Prometheus died");
    assert.ok(!world.sent.some(({ page }) => page.occasion === "resolved"));
    const types = (await world.store.eventsOf(asId(incident.id), 0, 1_000)).map(({ event }) => event.type);
    assert.equal(types.filter((type) => type === "source-silent").length, 1);
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("a source that speaks in time is never called silent, and one that comes back is heard", async () => {
    const world = await worldFrom();
    for (let minute = 0; minute < 15; minute++) {
      await fire(world, 4 * MINUTE_MS);
      await world.advance(MINUTE_MS);
    }
    assert.equal((await types(world)).includes("source-silent"), false);
    await world.advance(10 * MINUTE_MS);
    await fire(world, 4 * MINUTE_MS);
    await world.advance(MINUTE_MS);
    const told = (await types(world)).filter((type) => type.startsWith("source-"));
    assert.deepEqual(told, ["source-silent", "source-spoke-again"]);
    assert.equal((await world.store.openAlerts("", 10)).find(({ key }) => key !== "canary")?.status, "firing");
    await world.store.close();
  });

  test("a silent alert is resolved by its source's word, and by nothing less", async () => {
    const world = await worldFrom();
    await fire(world, 4 * MINUTE_MS);
    await world.advance(20 * MINUTE_MS);
    assert.equal((await world.store.incidentByNumber(1))?.state, "triggered");
    await world.receive("prometheus", [{ labels, endsAt: iso(world.clock.now() - 1) }]);
    await world.advance(MINUTE_MS);
    assert.equal((await world.store.incidentByNumber(1))?.state, "resolved");
    assert.ok(world.sent.some(({ page }) => page.occasion === "resolved"));
    await world.store.close();
  });

  test("after a start sources are given time to speak before anything is called silent", async () => {
    const world = await worldFrom();
    await fire(world, 2 * MINUTE_MS);
    await world.advance(MINUTE_MS);
    world.crash();
    await world.advance(10 * MINUTE_MS);
    await world.begin();
    await world.advance(4 * MINUTE_MS);
    assert.equal((await types(world)).includes("source-silent"), false);
    await world.advance(3 * MINUTE_MS);
    assert.equal((await types(world)).includes("source-silent"), true);
    await world.store.close();
  });
});

test("a silence made for everything mutes the sources and not Bongsu's own canary", async () => {
  const world = await worldFrom({ canaryEveryMs: 5 * MINUTE_MS });
  await world.store.putSilence({
    id: asId("everything"),
    matchers: [{ name: "service", value: ".+", isRegex: true, isEqual: true }],
    startsAt: START,
    endsAt: START + 60 * MINUTE_MS,
    updatedAt: START,
    createdBy: "kim",
    comment: "이사",
  });
  await world.advance(20 * MINUTE_MS);
  assert.deepEqual(
    world.sent.map(({ to, page }) => `${to}: ${page.occasion} ${page.incident.title}`),
    [],
  );
  await world.store.close();
});

function worldFrom(settings: { canaryEveryMs?: number } = {}): Promise<World> {
  return World.create({ policy: POLICY, roster: ROSTER, start: START, settings });
}

async function fire(world: World, lastsMs: number): Promise<void> {
  const at = world.clock.now();
  const alert = { labels, annotations: { summary: "결제 중단" }, startsAt: iso(START), endsAt: iso(at + lastsMs) };
  assert.equal(await world.receive("prometheus", [alert]), true);
}

async function types(world: World): Promise<string[]> {
  const incident = await world.store.incidentByNumber(1);
  assert.ok(incident !== undefined);
  return (await world.store.eventsOf(incident.id, 0, 1_000)).map(({ event }) => event.type);
}
