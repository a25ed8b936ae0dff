import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Incident } from "../../src/incident/incident.ts";
import { fromIso, MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "./world.ts";

const START = fromIso("2026-03-02T03:00:00+09:00") ?? 0;
const PER_REQUEST = 500;

async function begun(more: { readonly policy?: string; readonly roster?: string } = {}): Promise<World> {
  return World.create({ policy: POLICY, roster: ROSTER, start: START, ...more });
}

type Alert = { readonly key: string; readonly service: string; readonly severity?: string; readonly host?: string };

/** As Alertmanager and the like send: many in one request. */
async function post(world: World, alerts: readonly Alert[], status = "firing"): Promise<void> {
  for (let from = 0; from < alerts.length; from += PER_REQUEST) {
    const signals = alerts.slice(from, from + PER_REQUEST).map(({ key, service, severity = "error", host }) => ({
      key,
      title: key,
      service,
      severity,
      status,
      ...(host === undefined ? {} : { labels: { host } }),
    }));
    await world.receive("signals", signals);
  }
}

const incidents = async (world: World): Promise<readonly Incident[]> =>
  [...(await world.store.incidents({ limit: 500 }))].reverse();

/** How many messages each person was sent, by any channel that speaks to one person, within the storm. */
function perPerson(world: World): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { to, channel } of world.sent) if (channel !== "slack") counts.set(to, (counts.get(to) ?? 0) + 1);
  return counts;
}

describe("a storm", () => {
  test("10,000 alerts of 5,000 services are one incident and one page for each, and the Critical one among them pages who it must", async () => {
    const world = await begun();
    const alerts = Array.from({ length: 10_000 }, (_, n) => ({
      key: `alert-${n}`,
      service: `service-${n % 5_000}`,
      severity: n === 7_777 ? "critical" : "error",
    }));
    await post(world, alerts);
    await world.advance(30_000);
    const [storm, ...others] = await incidents(world);
    assert.equal(others.length, 0);
    assert.equal(storm?.title, "경보 폭주: 서비스 5000곳");
    assert.equal(storm?.grade, "Critical");
    assert.equal(storm?.firing, 10_000);
    assert.equal((await world.store.inboxBacklog()).count, 0);
    // L3 is on duty for Critical alone, so everything that oh was sent is of the storm's raised grade.
    const first = world.sent.filter(({ to, page }) => to === "+821000000007" && page.occasion === "first");
    assert.deepEqual(
      first.map(({ page }) => page.incident.number),
      [storm?.number],
    );
    // One as Major; and to those whom only Critical calls, or calls by another channel, one as that.
    for (const [to, count] of perPerson(world)) assert.ok(count <= 2, `${to} was sent ${count}`);
    assert.deepEqual(await world.violations(), []);

    await post(world, alerts, "resolved");
    await world.advance(30_000);
    assert.deepEqual([...new Set((await incidents(world)).map(({ state }) => state))], ["resolved"]);
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("10,000 alerts of one service are one incident and one page for each", async () => {
    const world = await begun();
    await post(
      world,
      Array.from({ length: 10_000 }, (_, n) => ({ key: `alert-${n}`, service: "결제" })),
    );
    await world.advance(30_000);
    const [only, ...others] = await incidents(world);
    assert.deepEqual([only?.service, only?.firing, others.length], ["결제", 10_000, 0]);
    for (const [to, count] of perPerson(world)) assert.equal(count, 1, to);
    await world.store.close();
  });

  test("services that break one after the other have incidents of their own", async () => {
    const world = await begun();
    for (let n = 0; n < 15; n++) {
      await post(world, [{ key: `a-${n}`, service: `service-${n}` }]);
      await world.advance(10_000);
    }
    assert.equal((await incidents(world)).length, 15);
    await world.store.close();
  });

  test("while it goes on it takes in what breaks, minute after minute, also after a restart; then services are themselves again", async () => {
    const world = await begun();
    for (let n = 0; n < 5; n++) {
      const alerts = Array.from({ length: 20 }, (_, one) => ({ key: `a-${n}-${one}`, service: `s-${n}-${one}` }));
      await post(world, alerts);
      await world.advance(30_000);
      if (n === 2) {
        world.crash();
        await world.begin();
      }
    }
    assert.deepEqual(
      (await incidents(world)).map(({ title }) => title),
      ["경보 폭주: 서비스 100곳"],
    );
    await world.advance(2 * MINUTE_MS);
    await post(world, [{ key: "later", service: "later" }]);
    assert.equal((await incidents(world)).at(-1)?.service, "later");
    // What is in the storm stays in it: another alert of one of its services, and the same one firing again.
    await post(world, [{ key: "more", service: "s-3-5" }]);
    await post(world, [{ key: "a-3-6", service: "s-3-6" }], "resolved");
    await post(world, [{ key: "a-3-6", service: "s-3-6" }]);
    assert.equal((await incidents(world)).length, 2);
    assert.equal((await incidents(world))[0]?.title, "경보 폭주: 서비스 100곳");
    await world.store.close();
  });

  test("begins where the policy says", async () => {
    const world = await begun({
      policy: POLICY.replace("알림 규칙:", "에스컬레이션:\n  폭주 기준: 서비스 2곳\n알림 규칙:"),
    });
    const alerts = Array.from({ length: 5 }, (_, n) => ({ key: `a-${n}`, service: `service-${n}` }));
    await post(world, alerts.slice(0, 2));
    await post(world, alerts.slice(2));
    assert.deepEqual(
      (await incidents(world)).map(({ title }) => title),
      ["a-0", "a-1", "경보 폭주: 서비스 5곳"],
    );
    await world.store.close();
  });

  test("what opened while it gathered is in it: paged no further, until the storm is over and it is not", async () => {
    const world = await begun();
    for (let n = 0; n < 20; n++) await post(world, [{ key: `a-${n}`, service: `service-${n}` }]);
    const held = async (): Promise<readonly (number | undefined)[]> =>
      (await incidents(world)).slice(0, 10).map(({ pagingHeld }) => pagingHeld?.number);
    assert.equal((await incidents(world)).length, 11);
    assert.deepEqual(
      await held(),
      Array.from({ length: 10 }, () => 11),
    );
    await world.advance(MINUTE_MS);
    for (const [to, count] of perPerson(world)) assert.ok(count <= 4, `${to} was sent ${count}`);
    const before = world.sent.length;
    await world.advance(90 * MINUTE_MS);
    assert.deepEqual([...new Set(world.sent.slice(before).map(({ page }) => page.incident.number))], [11]);
    assert.deepEqual(await world.violations(), []);
    for (let n = 10; n < 20; n++) await post(world, [{ key: `a-${n}`, service: `service-${n}` }], "resolved");
    await world.advance(1_000);
    assert.deepEqual(
      await held(),
      Array.from({ length: 10 }, () => undefined),
    );
    assert.ok(world.sent.some(({ page }) => page.incident.number === 4 && page.occasion === "first"));
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("a Critical of another service in its midst has its own incident and is paged within 5 s, taken or not", async () => {
    const world = await begun();
    const by = { kind: "person", person: "seo" as never, via: "test" } as const;
    const many = (from: number, severity: string): readonly Alert[] =>
      Array.from({ length: 30 }, (_, n) => ({ key: `a-${from + n}`, service: `service-${from + n}`, severity }));
    await post(world, many(0, "error"));
    await world.act(1, { do: "acknowledge" }, by);
    const at = world.clock.now();
    await post(world, [{ key: "payment", service: "결제", severity: "critical" }]);
    await world.advance(5_000);
    assert.equal((await incidents(world)).at(-1)?.service, "결제");
    assert.ok(
      world.sent.some(
        ({ page, to, at: sent }) => page.incident.number === 2 && to === "+821000000007" && sent - at <= 5_000,
      ),
    );
    // Too many of them are a storm that pages, although somebody has taken the one of the warnings.
    await post(world, many(30, "critical"));
    await world.advance(5_000);
    const [, , critical] = await incidents(world);
    assert.deepEqual([critical?.storm?.services, critical?.grade, critical?.state], [30, "Critical", "triggered"]);
    assert.ok(world.sent.some(({ page, to }) => page.incident.number === 3 && to === "+821000000007"));
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });
});

describe("a cause and its consequences", () => {
  const muted = async (world: World): Promise<readonly string[]> =>
    (await world.store.suppressedAlerts("", 100)).map(({ key }) => key);

  test("in one request the cause counts although it stands last", async () => {
    const world = await begun();
    await post(world, [
      { key: "shop", service: "쇼핑몰" },
      { key: "stock", service: "재고" },
      { key: "batch", service: "배치", host: "sw-01" },
      { key: "switch", service: "sw-01" },
    ]);
    assert.deepEqual(
      (await incidents(world)).map(({ service }) => service),
      ["sw-01"],
    );
    assert.deepEqual(await muted(world), ["batch", "shop", "stock"]);
    await world.store.close();
  });

  test("what stands on one another in a circle does not mute itself away", async () => {
    const roster = ROSTER.replace(
      "서비스:",
      "서비스:\n  가: { 의존: [나] }\n  나: { 의존: [다] }\n  다: { 의존: [가] }",
    );
    const world = await begun({ roster });
    await post(
      world,
      ["가", "나", "다"].map((service) => ({ key: service, service })),
    );
    const [only, ...others] = await incidents(world);
    assert.equal(others.length, 0);
    assert.equal((await muted(world)).length, 2);
    await post(world, [{ key: only?.service ?? "", service: only?.service ?? "" }], "resolved");
    await world.advance(1_000);
    assert.equal((await incidents(world)).filter(({ state }) => state === "triggered").length, 1);
    assert.equal((await muted(world)).length, 1);
    await world.store.close();
  });

  test("a snoozed incident, and one whose source says it is better, mute nothing", async () => {
    const world = await begun();
    const by = { kind: "person", person: "oh" as never, via: "test" } as const;
    await post(world, [{ key: "switch", service: "sw-01", severity: "critical" }]);
    await post(world, [{ key: "stock", service: "재고", severity: "critical" }]);
    assert.deepEqual(await muted(world), ["stock"]);
    await world.act(1, { do: "snooze", until: world.clock.now() + 60 * MINUTE_MS }, by);
    await world.advance(1);
    assert.deepEqual(await muted(world), []);
    assert.deepEqual(
      (await incidents(world)).map(({ service, state }) => [service, state]),
      [
        ["sw-01", "acknowledged"],
        ["재고", "triggered"],
      ],
    );
    await world.store.close();
  });

  test("an alert that becomes more severe than the cause is muted no longer", async () => {
    const world = await begun();
    await post(world, [{ key: "switch", service: "sw-01", severity: "error" }]);
    await post(world, [{ key: "stock", service: "재고", severity: "warning" }]);
    assert.deepEqual(await muted(world), ["stock"]);
    await post(world, [{ key: "stock", service: "재고", severity: "critical" }]);
    assert.deepEqual(await muted(world), []);
    assert.equal((await incidents(world)).at(-1)?.grade, "Critical");
    await world.store.close();
  });

  test("one whose source fell silent behind the cause is given the time to speak, and pages then", async () => {
    const world = await begun();
    await post(world, [{ key: "switch", service: "sw-01", severity: "critical" }]);
    const expiresAt = new Date(world.clock.now() + 4 * MINUTE_MS).toISOString();
    await world.receive("signals", { key: "stock", title: "stock", service: "재고", severity: "critical", expiresAt });
    await world.advance(10 * MINUTE_MS);
    assert.equal((await world.store.suppressedAlerts("", 10))[0]?.status, "silent");
    await post(world, [{ key: "switch", service: "sw-01" }], "resolved");
    await world.advance(4 * MINUTE_MS);
    assert.equal((await incidents(world)).length, 1);
    await world.advance(MINUTE_MS);
    assert.equal((await incidents(world)).at(-1)?.service, "재고");
    await world.store.close();
  });

  test("a cause that pages less severely than its consequence has an incident of its own", async () => {
    const world = await begun();
    await post(world, [{ key: "stock", service: "재고", severity: "critical" }]);
    await post(world, [{ key: "switch", service: "sw-01", severity: "error" }]);
    assert.equal((await incidents(world)).length, 2);
    // The later of the dependents joins neither: what it stands on is broken as badly as it is.
    await post(world, [{ key: "shop", service: "쇼핑몰", severity: "error" }]);
    assert.deepEqual(await muted(world), ["shop"]);
    await world.store.close();
  });

  test("what was muted and ends takes nothing from an incident that it once was of", async () => {
    const world = await begun();
    await post(world, [{ key: "a", service: "재고" }]);
    await post(world, [{ key: "b", service: "재고" }]);
    await post(world, [{ key: "a", service: "재고" }], "resolved");
    await world.advance(16 * MINUTE_MS);
    await post(world, [{ key: "switch", service: "sw-01", severity: "critical" }]);
    await post(world, [{ key: "a", service: "재고" }]);
    assert.deepEqual(await muted(world), ["a"]);
    await post(world, [{ key: "a", service: "재고" }], "resolved");
    const [stock] = await incidents(world);
    assert.deepEqual([stock?.state, stock?.firing], ["triggered", 1]);
    await world.store.close();
  });
});
