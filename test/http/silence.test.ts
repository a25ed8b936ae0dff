import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownHosts } from "../../src/http/wire/monitors.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { otlpProtobuf, type Resource } from "../fixtures/otlp-writer.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const MINUTE = 60_000;

/** Whatever the source, that nothing comes from it any more is an incident of its own, and no recovery. */
describe("a source that falls silent", () => {
  let served: Served;
  let admin: Asker;
  let token: string;
  before(async () => {
    served = await startServed({
      policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
      roster: `${ROSTER_TEXT}targets: { asked: { collector: http, every: 30s }, never: { collector: http, agent: nowhere } }\n`,
      start: T0,
      settings: { measures: true, watchMs: 10_000 },
    });
    admin = await served.as("admin");
    token = (await admin<{ text: string }>("POST", "/api/v1/tokens", { name: "otel", scopes: ["ingest"] })).body.text;
    await served.world.advance(125_000);
  });
  after(() => served.stop());

  const now = (): number => served.world.clock.now();
  const incident = async (service: string) =>
    (await served.world.store.incidents({ limit: 50 })).find((one) => one.service === service);
  const states = async (service: string) => (await incident(service))?.state;
  const push = async (...resources: Resource[]): Promise<void> => {
    const answer = await served.server.inject({
      method: "POST",
      url: "/v1/metrics",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/x-protobuf" },
      payload: Buffer.from(otlpProtobuf(resources)),
    });
    assert.equal(answer.statusCode, 200);
  };
  const gauge = (name: string, attributes: Record<string, string>): Resource => ({
    attributes,
    metrics: [{ name, kind: "gauge", points: [{ atMs: now(), value: 1 }] }],
  });
  /** As a scrape of its node_exporter brings it. */
  const scraped = (host: string) =>
    served.world.engine.metrics.accept({
      id: `${host} ${now()}`,
      samples: [{ metric: "host_cpu_used_ratio", labels: { host }, at: now(), value: 0.2 }],
    });
  const each = async (minutes: number, work: () => Promise<unknown>): Promise<void> => {
    for (let minute = 0; minute < minutes; minute++) {
      await work();
      await served.world.advance(MINUTE);
    }
  };

  test("a host that only a scrape knows", async () => {
    await each(3, () => scraped("db-1"));
    assert.equal(await states("db-1"), undefined);
    await served.world.advance(5 * MINUTE);
    assert.equal(await states("db-1"), "triggered");
    // Long after its last series is forgotten it is still told, and still on the page.
    await served.world.advance(65 * MINUTE);
    assert.notEqual(await states("db-1"), "resolved");
    const { hosts } = (await admin<ShownHosts>("GET", "/api/v1/hosts")).body;
    assert.deepEqual(
      hosts.filter(({ host }) => host === "db-1").map(({ kind, state }) => [kind, state]),
      [["measured", "silent"]],
    );
    await each(2, () => scraped("db-1"));
    assert.equal(await states("db-1"), "resolved");
    assert.equal((await admin("DELETE", "/api/v1/hosts/db-1")).status, 200);
    await served.world.advance(20 * MINUTE);
    assert.equal(await states("db-1"), "resolved");
  });

  test("an application that pushes OTLP, but not a job that was heard of only while it ran", async () => {
    await each(3, () => push(gauge("x", { "service.name": "job" })));
    await each(12, () => push(gauge("x", { "service.name": "pay" })));
    assert.equal(await states("pay"), undefined);
    await served.world.advance(4 * MINUTE);
    assert.equal(await states("pay"), "triggered");
    assert.equal(await states("job"), undefined);
    await push(gauge("x", { "service.name": "pay" }));
    await served.world.advance(20_000);
    assert.equal(await states("pay"), "resolved");
  });

  test("a host whose own metrics a collector pushes", async () => {
    const memory = (): Resource => ({
      attributes: { "host.name": "otel-1" },
      metrics: [
        {
          name: "system.memory.utilization",
          unit: "1",
          kind: "gauge",
          points: [{ atMs: now(), value: 0.4, attributes: { state: "used" } }],
        },
      ],
    });
    await each(2, () => push(memory()));
    assert.equal(await states("otel-1"), undefined);
    await served.world.advance(3 * MINUTE);
    assert.equal(await states("otel-1"), "triggered");
    await push(memory());
    await served.world.advance(20_000);
    assert.equal(await states("otel-1"), "resolved");
  });

  test("a target that its agent never took up, and one that nobody asks any more", async () => {
    assert.match((await incident("never"))?.title ?? "", /never: nobody measures it/);
    const say = () =>
      served.world.engine.hosts.heard("node", {
        kind: "server",
        every: 10_000,
        targets: [{ id: "asked" as never, collector: "http", up: true, lastAt: now(), took: 1, series: 1 }],
      });
    for (let turn = 0; turn < 20; turn++) {
      await say();
      await served.world.advance(10_000);
    }
    assert.equal(await states("asked"), "resolved");
    // Its node goes on, and does not ask it.
    for (let turn = 0; turn < 20; turn++) {
      await served.world.engine.hosts.heard("node", { kind: "server", every: 10_000, targets: [] });
      await served.world.advance(10_000);
    }
    assert.notEqual(await states("asked"), "resolved");
  });

  test("a series for which there is no room: who runs Bongsu hears of it, not the sender alone", {
    skip: process.env.BONGSU_TEST_LONG === undefined ? "only in test:long" : false,
  }, async () => {
    const samples = Array.from({ length: 100_001 }, (_, n) => ({
      metric: "bomb",
      labels: { request: `${n}` },
      at: now(),
      value: 1,
    }));
    const answer = await served.world.engine.metrics.accept({ id: "bomb", samples });
    assert.match(answer.because ?? "", /no room for another series/);
    await served.world.advance(20_000);
    assert.match((await incident("bongsu"))?.title ?? "", /more than 100,000 series/);
    await served.world.advance(11 * MINUTE);
    assert.equal(await states("bongsu"), "resolved");
  });
});
