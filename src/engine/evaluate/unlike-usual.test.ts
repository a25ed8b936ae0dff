import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256, World } from "../../../test/world/world.ts";
import { asId } from "../../id/id.ts";
import { beginOf, DAY_OF_HOURS, PointBlock } from "../../metric/point-block.ts";
import { encodeBlock } from "../../metric/point-codec.ts";
import { type SeriesId, seriesKey } from "../../metric/sample.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";

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
