import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../../src/id/id.ts";
import { MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { World } from "../world/world.ts";

const START = Date.UTC(2026, 2, 2);

test("a poison request among others of one commit pages as such and holds up no other", async () => {
  const world = await World.create({ policy: POLICY, roster: ROSTER, start: START });
  const good = (key: string): string => JSON.stringify({ key, title: key, service: key, severity: "critical" });
  const bodies = [good("결제"), "{ this is no JSON \u0000 🔥", good("주문")];
  await Promise.all(
    bodies.map((body, n) =>
      world.store.acceptInbox({ id: asId(`r${n}`), source: "signals", integration: "test", receivedAt: START, body }),
    ),
  );
  world.engine.duties.nudge("triage");
  await world.advance(0);
  const services = async (): Promise<readonly string[]> =>
    (await world.store.incidents({ limit: 10 })).map(({ service }) => service).sort();
  assert.deepEqual(await services(), ["결제", "주문"]);
  for (let minute = 0; minute < 3; minute++) {
    world.engine.duties.nudge("triage");
    await world.advance(MINUTE_MS);
  }
  assert.deepEqual(await services(), ["signals", "결제", "주문"].sort());
  const page = world.sent.find(({ page }) => page.incident.service === "signals")?.page;
  assert.match(page?.incident.title ?? "", /unrenderable/);
  assert.match(page?.description ?? "", /this is no JSON/);
  assert.deepEqual(await world.violations(), []);
  assert.equal((await world.store.inboxBacklog()).count, 0);
  await world.store.close();
});
