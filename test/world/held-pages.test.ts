import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { seededChance } from "../../src/id/chance.ts";
import { asId } from "../../src/id/id.ts";
import type { Actor } from "../../src/incident/event.ts";
import type { Incident } from "../../src/incident/incident.ts";
import type { Outcome } from "../../src/notify/channel.ts";
import { fromIso, MINUTE_MS } from "../../src/time/instant.ts";
import type { Alert } from "../../src/triage/alert.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "./world.ts";

const START = fromIso("2026-03-02T03:00:00+09:00") ?? 0;
const OH: Actor = { kind: "person", person: asId("oh"), via: "test" };
/** 검색 and 쇼핑몰 stand on 재고, that on the switch; 정산 stands on nothing. */
const SHOPS = ROSTER.replace("  쇼핑몰:", "  검색: { 의존: [재고] }\n  쇼핑몰:");

async function begun(roster = SHOPS): Promise<World> {
  return World.create({ policy: POLICY, roster, start: START });
}

type Told = { readonly service: string; readonly severity?: string; readonly host?: string; readonly key?: string };

async function tell(world: World, status: "firing" | "resolved", ...told: readonly Told[]): Promise<void> {
  for (const { service, severity = "critical", host, key = service } of told) {
    const labels = host === undefined ? {} : { labels: { host } };
    await world.receive("signals", { key, title: key, service, severity, status, ...labels });
  }
}

async function incident(world: World, number: number): Promise<Incident> {
  const found = await world.store.incidentByNumber(number);
  assert.ok(found, `INC-${number}`);
  return found;
}

const heldBy = async (world: World, number: number): Promise<number | undefined> =>
  (await incident(world, number)).pagingHeld?.number;

/** What was sent about which incidents, to wake somebody, since so many messages. */
function wokeFor(world: World, since = 0): readonly number[] {
  const pages = world.sent.slice(since).filter(({ page }) => page.urgency === "wake");
  return [...new Set(pages.map(({ page }) => page.incident.number))].sort((one, other) => one - other);
}

/** Two consequences page before the switch, whose check is slower, is known. */
async function switchKnownLate(): Promise<World> {
  const world = await begun();
  await tell(world, "firing", { service: "쇼핑몰" });
  await world.advance(20_000);
  await tell(world, "firing", { service: "검색" });
  await world.advance(4 * MINUTE_MS);
  await tell(world, "firing", { service: "sw-01" });
  return world;
}

describe("a cause that is known after its consequences have paged", () => {
  test("pages alone from then on, and the consequences say why they do not", async () => {
    const world = await switchKnownLate();
    assert.deepEqual([await heldBy(world, 1), await heldBy(world, 2)], [undefined, 1]);
    const before = world.sent.length;
    await world.advance(60 * MINUTE_MS);
    assert.deepEqual(wokeFor(world, before), [1]);
    const lines = (await world.timeline(await incident(world, 2))).map(({ what }) => what.ko);
    assert.ok(lines.includes("원인인 INC-1이 호출되고 있어 이 장애의 호출을 보류합니다"), lines.join("\n"));
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("pages alone where it has an incident of its own as well", async () => {
    const world = await begun();
    await tell(world, "firing", { service: "sw-01", severity: "warning" });
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "쇼핑몰", severity: "error" });
    assert.equal(await heldBy(world, 2), undefined);
    await tell(world, "firing", { service: "sw-01", severity: "critical", key: "sw-01-b" });
    assert.equal(await heldBy(world, 2), 1);
    await world.store.close();
  });

  test("that is over gives the pages back to what is not, from the first page on", async () => {
    const world = await switchKnownLate();
    await world.advance(30 * MINUTE_MS);
    const before = world.sent.length;
    await tell(world, "resolved", { service: "sw-01" }, { service: "쇼핑몰" });
    await world.advance(1_000);
    const { state, pagingHeld, cycleBecause } = await incident(world, 2);
    assert.deepEqual([state, pagingHeld, cycleBecause], ["triggered", undefined, "paging-resumed"]);
    assert.deepEqual(wokeFor(world, before), [2]);
    const lines = (await world.timeline(await incident(world, 2))).map(({ what }) => what.ko);
    assert.ok(lines.includes("INC-1에 있던 원인이 해소된 뒤에도 이어집니다. 호출을 새로 시작합니다"), lines.join("\n"));
    await world.store.close();
  });

  test("whose alert alone is over in the incident that it joined gives them back within the minute", async () => {
    const world = await switchKnownLate();
    await tell(world, "resolved", { service: "sw-01" });
    await world.advance(MINUTE_MS);
    assert.equal(await heldBy(world, 2), undefined);
    await world.store.close();
  });

  test("that somebody has taken holds them on; snoozed, closed or graded down it does not", async () => {
    const minutes = (world: World, count: number): number => world.clock.now() + count * MINUTE_MS;
    const world = await switchKnownLate();
    await world.act(1, { do: "acknowledge" }, OH);
    await world.advance(10 * MINUTE_MS);
    assert.equal(await heldBy(world, 2), 1);
    await world.act(1, { do: "snooze", until: minutes(world, 60) }, OH);
    await world.advance(1);
    assert.equal(await heldBy(world, 2), undefined);
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
    for (const action of [{ do: "resolve" }, { do: "grade", to: "Minor" }] as const) {
      const other = await switchKnownLate();
      await other.act(1, action, OH);
      await other.advance(1);
      assert.equal(await heldBy(other, 2), undefined, action.do);
      assert.deepEqual(await other.violations(), []);
      await other.store.close();
    }
  });

  test("that reaches nobody gives them back", async () => {
    let isBroken = false;
    const provider = (): Outcome => (isBroken ? { is: "refused", because: "down" } : { is: "accepted", receipt: "ok" });
    const world = await World.create({ policy: POLICY, roster: SHOPS, start: START, provider });
    await tell(world, "firing", { service: "쇼핑몰" }, { service: "검색" });
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "sw-01" });
    assert.equal(await heldBy(world, 2), 1);
    isBroken = true;
    await world.advance(6 * MINUTE_MS);
    isBroken = false;
    const lines = (await world.timeline(await incident(world, 2))).map(({ what }) => what.ko);
    assert.ok(lines.includes("INC-1의 호출이 멈춰 있습니다. 호출을 새로 시작합니다"), lines.join("\n"));
    await world.store.close();
  });

  test("is none for an incident that also has alerts of its own, that somebody took, or that opened long before", async () => {
    const world = await begun();
    await tell(world, "firing", { service: "쇼핑몰" });
    await world.advance(16 * MINUTE_MS);
    await tell(world, "firing", { service: "검색" }, { service: "정산", host: "sw-01" });
    await tell(world, "firing", { service: "정산", key: "정산-2" });
    await world.act(2, { do: "acknowledge" }, OH);
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "sw-01" });
    const held = await Promise.all([1, 2, 3].map((number) => heldBy(world, number)));
    assert.deepEqual(held, [undefined, undefined, undefined]);
    await world.store.close();
  });

  test("is none any more for an incident that gets a worse alert, or one that does not stand on it", async () => {
    const world = await begun();
    await tell(
      world,
      "firing",
      { service: "쇼핑몰", severity: "error" },
      { service: "배치", severity: "error", host: "sw-01" },
    );
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "검색", severity: "error" }, { service: "sw-01", severity: "error" });
    assert.deepEqual([await heldBy(world, 2), await heldBy(world, 3)], [1, 1]);
    await tell(world, "firing", { service: "배치", severity: "error", key: "배치-2" });
    await tell(world, "firing", { service: "검색", severity: "critical", key: "검색-2" });
    await world.advance(1_000);
    assert.deepEqual([await heldBy(world, 2), await heldBy(world, 3)], [undefined, undefined]);
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });

  test("a person who takes or escalates a held one ends that", async () => {
    for (const action of [{ do: "acknowledge" }, { do: "escalate" }] as const) {
      const world = await switchKnownLate();
      await world.act(2, action, OH);
      assert.equal(await heldBy(world, 2), undefined);
      await world.advance(30 * MINUTE_MS);
      assert.equal(await heldBy(world, 2), undefined);
      assert.deepEqual(await world.violations(), []);
      await world.store.close();
    }
  });

  test("beneath a cause is the cause of both: a switch beneath a stock beneath a shop, each known a minute later", async () => {
    const world = await begun(SHOPS.replace("재고: {", "창고: { 의존: [sw-01] }\n  재고: {"));
    await tell(world, "firing", { service: "쇼핑몰", severity: "error" }, { service: "창고", severity: "error" });
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "재고", severity: "error" });
    await world.advance(MINUTE_MS);
    await tell(world, "firing", { service: "sw-01", severity: "error" });
    await tell(world, "firing", { service: "검색", severity: "error" });
    const before = world.sent.length;
    await world.advance(5 * 60 * MINUTE_MS);
    assert.deepEqual(wokeFor(world, before), [1]);
    assert.deepEqual(
      (await world.store.suppressedAlerts("", 10)).map(({ key }) => key),
      ["검색"],
    );
    await world.store.close();
  });

  test("is remembered over a restart, and judged anew while nobody told anything", async () => {
    const world = await switchKnownLate();
    world.crash();
    await world.begin();
    const before = world.sent.length;
    await world.advance(20 * MINUTE_MS);
    assert.equal(await heldBy(world, 2), 1);
    assert.deepEqual(wokeFor(world, before), [1]);
    assert.deepEqual(await world.violations(), []);
    await world.store.close();
  });
});

const SEEDS = Number(process.env.BONGSU_SEEDS ?? (process.env.BONGSU_TEST_LONG === "1" ? 500 : 3));
const SERVICES = ["쇼핑몰", "검색", "재고", "정산", "sw-01", "가", "나", "다"];
const CIRCLED = `${SHOPS.replace("  쇼핑몰:", "  가: { 의존: [나] }\n  나: { 의존: [다] }\n  다: { 의존: [가, sw-01] }\n  쇼핑몰:")}`;

/**
 * For each alert that fires and asks for somebody: whoever is called for it. Not its own incident where a person has
 * decided about that one (resolved, snoozed), for that is no work of ours.
 */
async function reachedByNobody(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const alert of await world.store.openAlerts("", 1_000)) {
    if (alert.source === "canary") continue;
    const why = await whyNobody(world, alert);
    if (why !== undefined) found.push(`${alert.key}: ${why}`);
  }
  return found;
}

async function whyNobody(world: World, { suppressed, incident: own }: Alert): Promise<string | undefined> {
  const id = suppressed === undefined ? own : asId<"incident">(suppressed.by);
  const first = id === undefined ? undefined : await world.store.incident(id);
  if (first === undefined) return "of no incident";
  const isOurs = suppressed !== undefined;
  const { pagingHeld } = first;
  const holder = pagingHeld === undefined ? first : await world.store.incident(pagingHeld.by);
  if (holder === undefined) return "held by nothing";
  const name = `INC-${holder.number}`;
  if (holder.pagingHeld !== undefined) return `${name} is held itself`;
  if (holder === first && !isOurs) {
    if (holder.state === "resolved" || holder.state === "closed" || holder.snoozedUntil !== undefined) return undefined;
  } else if (holder.snoozedUntil !== undefined) return `${name} is snoozed`;
  if (holder.state === "acknowledged") return undefined;
  if (holder.state !== "triggered") return `${name} is ${holder.state}`;
  const since = holder.cycleAt;
  const hasPaged = world.sent.some(
    ({ page, at }) => page.incident.number === holder.number && page.urgency === "wake" && at >= since,
  );
  return hasPaged ? undefined : `${name} has paged nobody since ${world.clock.now() - since} ms`;
}

describe("whatever happens, in any order, dependencies never leave a fault to nobody", () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    test(`seed ${seed}`, async () => {
      const chance = seededChance(seed);
      const between = (from: number, to: number): number => from + Math.floor(chance.fraction() * (to - from));
      const one = <T>(choices: readonly T[]): T => choices[between(0, choices.length)] as T;
      const world = await World.create({ policy: POLICY, roster: CIRCLED, start: START, seed });
      const numbers = async (): Promise<readonly number[]> =>
        (await world.store.incidents({ states: ["triggered", "acknowledged"], limit: 100 })).map(
          ({ number }) => number,
        );
      const act = async (): Promise<void> => {
        const open = await numbers();
        if (open.length === 0) return;
        const action = one([
          { do: "acknowledge" },
          { do: "resolve" },
          { do: "unacknowledge" },
          { do: "snooze", until: world.clock.now() + between(1, 40) * MINUTE_MS },
          { do: "grade", to: one(["Critical", "Major", "Minor"]) },
          { do: "escalate" },
        ] as const);
        await world.act(one(open), action, OH);
      };
      for (let step = 0; step < 60; step++) {
        const service = one(SERVICES);
        const told = { service, key: `${service}-${between(0, 2)}`, severity: one(["critical", "error", "warning"]) };
        const more = chance.fraction() < 0.2 ? { host: "sw-01" } : {};
        const lot = chance.fraction();
        if (lot < 0.5) await tell(world, "firing", { ...told, ...more });
        else if (lot < 0.7) await tell(world, "resolved", told);
        else if (lot < 0.95) await act();
        else {
          world.crash();
          await world.begin();
        }
        await world.advance(one([1_000, 30_000, 3 * MINUTE_MS, 12 * MINUTE_MS]));
        assert.deepEqual(await reachedByNobody(world), [], `step ${step}`);
      }
      assert.deepEqual(await world.violations(), []);
      await world.store.close();
    });
  }
});
