import assert from "node:assert/strict";
import { after, test } from "node:test";
import { measureHere } from "../../src/agent/measure-here.ts";
import type { Collector } from "../../src/collect/collector.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { World } from "../world/world.ts";

test("nodes of one store share the roster's targets, each measures itself, and another takes over", async () => {
  const world = await World.create({
    policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
    roster: `${ROSTER_TEXT}targets: { api: { collector: http, every: 10s }, theirs: { collector: http, agent: web-1 } }\n`,
    start: T0,
  });
  after(() => world.store.close());
  const asked: string[] = [];
  const collector = (kind: CollectorKind, local: boolean): [CollectorKind, Collector] => [
    kind,
    {
      kind,
      local,
      open: () => ({
        collect: async ({ host, target }) => {
          asked.push(`${host} ${target}`);
          return { samples: [] };
        },
        close: async () => {},
      }),
    },
  ];
  const collectors = new Map([collector("http", false), collector("host", true)]);
  const node = (name: string) => {
    const engine = { ...world.engine, ports: { ...world.engine.ports, node: name } };
    return measureHere(engine, { host: name, version: "0", collectors, itself: true });
  };
  const [a, b] = [node("a"), node("b")];
  a.start();
  b.start();
  await world.advance(60_000);
  const of = (what: string): number => asked.filter((one) => one === what).length;
  assert.deepEqual([of("a a/host") >= 5, of("b b/host") >= 5], [true, true]);
  const [first, other] = of("a api") > 0 ? ["a", "b"] : ["b", "a"];
  assert.ok(of(`${first} api`) >= 5);
  assert.equal(of(`${other} api`), 0);
  assert.ok(asked.every((one) => !one.endsWith(" theirs")));
  assert.deepEqual(
    (await world.store.agents()).map(({ host, facts }) => [host, facts.kind]),
    [
      ["a", "server"],
      ["b", "server"],
    ],
  );
  const stopped = (first === "a" ? a : b).stop();
  await world.advance(3_000);
  await stopped;
  await world.advance(30_000);
  assert.ok(of(`${other} api`) >= 2);
  const ended = (first === "a" ? b : a).stop();
  await world.advance(3_000);
  await ended;
});
