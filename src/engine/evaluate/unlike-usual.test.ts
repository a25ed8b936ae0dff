import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256, World } from "../../../test/world/world.ts";
import { createServer } from "../../http/server.ts";
import { newToken } from "../../http/tokens.ts";
import type { ShownMonitor, ShownUsual } from "../../http/wire/monitors.ts";
import { seededChance } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { beginOf, DAY_OF_HOURS, PointBlock } from "../../metric/point-block.ts";
import { encodeBlock } from "../../metric/point-codec.ts";
import { type SeriesId, seriesKey } from "../../metric/sample.ts";
import type { MonitorId } from "../../monitor/monitor.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, toIso } from "../../time/instant.ts";

/** A Monday, ten past ten in Seoul. */
const START: Instant = Temporal.Instant.from("2026-03-09T01:10:00Z").epochMilliseconds;
const POLICY = `\`\`\`yaml
grades:
  Critical: { criteria: [a], respond within: immediate, owner: L1 }
  Minor: { criteria: [c], respond within: 4 hours, owner: L1 }
teams:
  L1: { duties: [repair] }
notifications:
  Critical: { via: [Email], to: [L1] }
  Minor: { via: [Email], to: [L1] }
\`\`\`
`;
const ROSTER = `people:
  ann: { name: Ann, locale: en, contacts: { email: ann@example.com } }
teams:
  L1: { members: { operator: [ann] } }
channels: { email: {} }
monitors:
  throughput:
    metric: shop_orders_per_second
    value: 5 minutes average
    unusual: { grade: Minor, weeks: 4, times: 4, side: below, hold: 5 minutes }
`;
const SHOP = { metric: "shop_orders_per_second", labels: { target: "shop" } };
const ID: SeriesId = asId(sha256(seriesKey(SHOP.metric, SHOP.labels)).slice(0, 16));

/** Four weeks of hours as the store keeps them: 100 a second around ten on Mondays, else nothing worth a word. */
async function remember(world: World): Promise<void> {
  await world.store.insertSeries([{ id: ID, ...SHOP, lastAt: START }]);
  for (let week = 1; week <= 4; week++) {
    const hour = beginOf(START, HOUR_MS) - week * 7 * DAY_MS;
    const block = new PointBlock(beginOf(hour, DAY_MS), DAY_OF_HOURS);
    for (const around of [-1, 0, 1])
      for (let minute = 0; minute < 60; minute++)
        if (hour + around * HOUR_MS >= block.begin) block.addSample(hour + around * HOUR_MS + minute * MINUTE_MS, 100);
    await world.store.putBlocks("hour", [{ series: ID, at: block.begin, data: encodeBlock(block) }]);
  }
}

async function measure(world: World, length: number, value: number): Promise<void> {
  const end = world.clock.now() + length;
  while (world.clock.now() < end) {
    const at = world.clock.now();
    await world.engine.metrics.accept({ id: `b${at}`, samples: [{ ...SHOP, at, value }] });
    await world.advance(10_000);
  }
}

async function states(world: World): Promise<readonly string[]> {
  return (await world.store.incidents({})).map(({ state, title }) => `${state}: ${title}`);
}

test("what is unlike the same hour of the last weeks raises an incident, which a restart does not end and a usual value does", async () => {
  const world = await World.create({
    policy: POLICY,
    roster: ROSTER,
    start: START,
    settings: { measures: true, watchMs: 10_000 },
  });
  await remember(world);
  await measure(world, 10 * MINUTE_MS, 95);
  assert.deepEqual(await states(world), []);
  const [series] = world.engine.evaluation.seriesOf(asId("throughput"));
  assert.deepEqual(series?.usual, { low: 60, high: 140 });

  await measure(world, 12 * MINUTE_MS, 30);
  const fired = await states(world);
  assert.equal(fired.length, 1);
  assert.match(fired[0] ?? "", /^triggered: shop throughput 30\/s \(usual at this hour: 60\/s to 140\/s\)$/);

  world.crash();
  await world.begin();
  await measure(world, 2 * MINUTE_MS, 30);
  assert.deepEqual(await states(world), fired);
  await measure(world, 6 * MINUTE_MS, 95);
  assert.match((await states(world)).join(), /^resolved/);
});

test("an hour in which its service had an incident teaches nothing, and the range over time is told", async () => {
  const world = await World.create({
    policy: POLICY,
    // The shop is open on these: else they were Sundays to it, and taught Mondays nothing.
    roster: `${ROSTER}holidays: { 2026-03-02: { name: open, off: no }, 2026-02-16: { name: open, off: no } }\n`,
    start: START,
    settings: { measures: true, watchMs: 10_000 },
  });
  await remember(world);
  const week = beginOf(START, HOUR_MS) - 7 * DAY_MS;
  await world.store.insertIncident(
    {
      id: asId("past"),
      number: 1,
      title: "down",
      service: "shop",
      grade: "Minor",
      policy: asId("policy"),
      drill: false,
      openedAt: week + 10 * MINUTE_MS,
      state: "closed",
      cycle: 1,
      cycleAt: week,
      cycleBecause: "opened",
      taken: {},
      level: 0,
      pulls: 0,
      handOvers: 0,
      reached: new Set(),
      ticked: new Set(),
      firing: 0,
      alerts: 0,
      version: 0,
      head: "",
      lastWordAt: week,
      resolvedAt: week + 30 * MINUTE_MS,
    },
    null,
  );
  await measure(world, 2 * MINUTE_MS, 95);
  const id: MonitorId = asId("throughput");
  const [series] = world.engine.evaluation.seriesOf(id);
  assert.ok(series?.learned !== undefined && "mean" in series.learned);
  assert.deepEqual(
    series.learned.hours.map(({ because }) => because),
    ["incident", undefined, undefined, undefined],
  );
  assert.equal(series.learned.weeks, 3);

  const made = newToken(seededChance(1), { name: "test", scopes: ["read"], at: START });
  await world.store.putToken(made.token);
  const server = createServer(world.engine, "test", "/nonexistent");
  const headers = { authorization: `Bearer ${made.text}`, "accept-language": "ko" };
  const now = world.clock.now();
  const query = {
    series: world.engine.evaluation.alertKey(id, series.key),
    from: toIso(now - 2 * HOUR_MS),
    to: toIso(now),
  };
  const url = "/api/v1/monitors/throughput";
  const usual = await server.inject({ url: `${url}/usual`, query, headers });
  // Two hours before, nothing was remembered of any week.
  assert.deepEqual(
    usual.json<ShownUsual>().hours.map(({ low, high }) => [low, high]),
    [
      [null, null],
      [60, 140],
      [60, 140],
    ],
  );
  assert.equal(
    (await server.inject({ url: `${url}/usual`, query: { ...query, series: "no" }, headers })).statusCode,
    404,
  );
  assert.equal((await server.inject({ url: `${url}/usual`, query: { ...query, to: "x" }, headers })).statusCode, 400);
  const shown = (await server.inject({ url, headers })).json<ShownMonitor>();
  assert.equal(
    shown.series[0]?.usualWords,
    "평소 이 시간 초당 60~140 · 배운 시간: 2월 23일 10시, 2월 16일 10시, 2월 9일 10시 · 뺀 시간: 3월 2일 10시 (장애 중)",
  );
  await server.close();
});
