import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { PbfReader } from "pbf";
import { newToken } from "../../src/http/tokens.ts";
import type { ShownHosts } from "../../src/http/wire/monitors.ts";
import { seededChance } from "../../src/id/chance.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { otlpProtobuf, type Resource } from "../fixtures/otlp-writer.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const POLICY = `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`;

type Sent = {
  readonly body: Uint8Array | string;
  readonly type?: string;
  readonly gzip?: boolean;
  readonly token?: string;
};

describe("POST /v1/metrics", () => {
  let served: Served;
  let reader: Asker;
  let admin: Asker;
  const tokens = new Map<string, string>();
  before(async () => {
    served = await startServed({
      policy: POLICY,
      roster: ROSTER_TEXT,
      start: T0,
      settings: { measures: true, watchMs: 10_000 },
    });
    reader = await served.as("read");
    admin = await served.as("admin");
    for (const [seed, scope] of (["agent", "ingest", "read", "admin"] as const).entries()) {
      const at = served.world.clock.now();
      const { text, token } = newToken(seededChance(seed), { name: scope, scopes: [scope], at });
      await served.world.store.putToken(token);
      tokens.set(scope, text);
    }
    await served.world.advance(1_001);
  });
  after(() => served.stop());

  const now = (): number => served.world.clock.now();
  const send = (sent: Sent) =>
    served.server.inject({
      method: "POST",
      url: "/v1/metrics",
      headers: {
        authorization: `Bearer ${tokens.get(sent.token ?? "admin")}`,
        "content-type": sent.type ?? "application/x-protobuf",
        ...(sent.gzip === true ? { "content-encoding": "gzip" } : {}),
      },
      payload: Buffer.from(sent.gzip === true ? gzipSync(sent.body) : sent.body),
    });
  const gauge = (name: string, value: number, atMs: number): Resource["metrics"][number] => ({
    name,
    kind: "gauge",
    points: [{ atMs, value }],
  });
  const word = (host: string, sentAt: number, more: object = {}): Resource => ({
    attributes: { "bongsu.agent": JSON.stringify({ host, sentAt, every: 10_000, targets: [], ...more }) },
    metrics: [],
  });
  const spokenAs = (host: string): object => ({
    resourceMetrics: [
      {
        resource: {
          attributes: [
            {
              key: "bongsu.agent",
              value: { stringValue: JSON.stringify({ host, sentAt: now(), every: 10_000, targets: [] }) },
            },
          ],
        },
      },
    ],
  });
  const batch = (id: string, ...metrics: Resource["metrics"]): Resource => ({
    attributes: { "bongsu.batch": id, "host.name": "web-1" },
    metrics,
  });
  const points = (metric: string) =>
    served.world.engine.metrics.recent({ metric, matchers: [] }, 0).flatMap((series) => series.points);
  const hosts = async () => (await reader<ShownHosts>("GET", "/api/v1/hosts")).body.hosts;

  test("is for tokens that may send metrics, and answers others in their own encoding", async () => {
    for (const [token, status] of [
      ["agent", 200],
      ["ingest", 200],
      ["read", 403],
      ["nobody", 401],
    ] as const) {
      const answer = await send({ body: "", token });
      assert.equal(answer.statusCode, status, token);
      assert.equal(answer.headers["content-type"], "application/x-protobuf");
    }
    const refused = await send({ body: "{}", type: "application/json", token: "read" });
    assert.match(refused.json<{ message: string }>().message, /^not-allowed: /);
  });

  test("what is sent twice under one name is taken once, gzip or not", async () => {
    const body = otlpProtobuf([batch("twice", gauge("x_ratio", 0.5, now()))]);
    for (const gzip of [false, true, true]) {
      const answer = await send({ body, gzip });
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.rawPayload.length, 0);
    }
    assert.equal(points("x_ratio").length, 1);
  });

  test("an exporter that names nothing and tries the same bytes again is taken once too", async () => {
    const body = otlpProtobuf([{ attributes: { "service.name": "pay" }, metrics: [gauge("y", 1, now())] }]);
    await send({ body, token: "ingest" });
    await send({ body, token: "ingest" });
    assert.equal(points("y").length, 1);
    assert.deepEqual(
      (await hosts()).map(({ host, kind }) => [host, kind]),
      [["pay", "application"]],
    );
  });

  test("what is refused is counted and told, and the rest is taken", async () => {
    const metrics: Resource["metrics"] = [
      gauge("z", 1, now()),
      gauge("z", 1, now() - 40 * 86_400_000),
      { name: "d", kind: "sum", temporality: 1, points: [{ atMs: now(), value: 1 }] },
    ];
    const answer = await send({ body: otlpProtobuf([{ attributes: {}, metrics }]) });
    assert.equal(answer.statusCode, 200);
    const told = { rejected: 0, message: "" };
    new PbfReader(answer.rawPayload).readFields((field, _, reader_) => {
      if (field === 1)
        reader_.readMessage((inner, __, message) => {
          if (inner === 1) told.rejected = message.readVarint();
          if (inner === 2) told.message = message.readString();
        }, undefined);
    }, undefined);
    assert.equal(told.rejected, 2);
    assert.match(told.message, /delta temporality.*older than/);
    assert.equal(points("z").length, 1);
    const json = await send({
      type: "application/json",
      body: JSON.stringify({
        resourceMetrics: [
          {
            scopeMetrics: [
              { metrics: [{ name: "d2", sum: { aggregationTemporality: 1, dataPoints: [{ asInt: "1" }] } }] },
            ],
          },
        ],
      }),
    });
    assert.equal(
      json.json<{ partialSuccess: { rejectedDataPoints: string } }>().partialSuccess.rejectedDataPoints,
      "1",
    );
    assert.equal(json.headers["content-type"], "application/json");
  });

  test("what is no such request is refused for good: other bytes, other types, a bomb", async () => {
    for (const [sent, status] of [
      [{ body: new Uint8Array([0x0a, 0xff, 0x01]) }, 400],
      [{ body: "not json", type: "application/json" }, 400],
      [{ body: "[]", type: "application/json" }, 400],
      [{ body: "x", type: "text/plain" }, 400],
      [{ body: "{}", type: "application/json; charset=utf-8" }, 200],
      [{ body: new Uint8Array(30 * 1024 * 1024), gzip: true }, 413],
      [{ body: new Uint8Array(21 * 1024 * 1024) }, 413],
    ] as const) {
      const answer = await send(sent);
      assert.equal(answer.statusCode, status, answer.body.slice(0, 200));
    }
    const broken = await served.server.inject({
      method: "POST",
      url: "/v1/metrics",
      headers: {
        authorization: `Bearer ${tokens.get("agent")}`,
        "content-type": "application/json",
        "content-encoding": "gzip",
      },
      payload: "not gzip",
    });
    assert.equal(broken.statusCode, 400);
  });

  test("times by a clock that is wrong are corrected, and how wrong it is is told", async () => {
    const ahead = 90_000;
    const body = otlpProtobuf([
      word("web-1", now() + ahead, { version: "1.2.3", spoolBytes: 77, lostSamples: 3 }),
      batch("skewed", gauge("skewed_ratio", 1, now() + ahead - 5_000)),
    ]);
    assert.equal((await send({ body, gzip: true })).statusCode, 200);
    const at = points("skewed_ratio")[0]?.at ?? 0;
    assert.ok(Math.abs(at - (now() - 5_000)) < 1_000, String(at - now()));
    const host = (await hosts()).find((one) => one.host === "web-1");
    assert.deepEqual(
      [host?.host, host?.kind, host?.version, host?.state, host?.spoolBytes, host?.lostSamples],
      ["web-1", "agent", "1.2.3", "well", 77, 3],
    );
    assert.ok(Math.abs((host?.clockSkewMs ?? 0) - ahead) < 1_000);
    assert.ok(Math.abs((points("host_clock_skew_seconds").at(-1)?.last ?? 0) - 90) < 1);
    // A second is what a request may take.
    await send({ body: otlpProtobuf([word("web-1", now() - 1_000), batch("near", gauge("near", 1, now() - 1_000))]) });
    assert.equal(points("near")[0]?.at, now() - 1_000);
  });

  test("a host that falls silent is an incident of the second grade, until it speaks", async () => {
    const { world } = served;
    const speak = () => send({ body: otlpProtobuf([word("web-2", now())]) });
    const incident = async () =>
      (await world.store.incidents({ limit: 50 })).find(({ service }) => service === "web-2");
    // Right after a start nobody is judged.
    await world.advance(130_000);
    await speak();
    await world.advance(50_000);
    assert.equal(await incident(), undefined);
    assert.equal((await hosts()).find(({ host }) => host === "web-2")?.state, "late");
    await world.advance(30_000);
    const opened = await incident();
    assert.equal(opened?.grade, "Major");
    assert.match(opened?.title ?? "", /web-2: nothing measured arrives/);
    assert.equal((await hosts()).find(({ host }) => host === "web-2")?.state, "silent");
    await world.advance(600_000);
    assert.equal((await incident())?.state, opened?.state);
    await speak();
    await world.advance(20_000);
    assert.equal((await incident())?.state, "resolved");
  });

  test("a host that was removed on purpose is not waited for, and comes back when it speaks", async () => {
    const { world } = served;
    await send({ body: otlpProtobuf([word("web-3", now())]) });
    await world.advance(90_000);
    const incident = async () =>
      (await world.store.incidents({ limit: 50 })).find(({ service }) => service === "web-3");
    assert.notEqual(await incident(), undefined);
    assert.equal((await reader("DELETE", "/api/v1/hosts/web-3")).code, "not-allowed");
    assert.equal((await admin("DELETE", "/api/v1/hosts/web-3")).status, 200);
    assert.equal((await admin("DELETE", "/api/v1/hosts/web-3")).code, "not-found");
    await world.advance(10_000);
    assert.equal((await incident())?.state, "resolved");
    assert.equal(
      (await hosts()).some(({ host }) => host === "web-3"),
      false,
    );
    await world.advance(600_000);
    assert.equal((await incident())?.state, "resolved");
    await send({ body: otlpProtobuf([word("web-3", now())]) });
    assert.equal(
      (await hosts()).some(({ host }) => host === "web-3"),
      true,
    );
    const actions = (await world.store.audit(10)).map(({ action }) => action);
    assert.ok(actions.includes("agent.removed"));
  });

  test("what a collector's host metrics say is watched under our own names, and the host is waited for", async () => {
    const resource: Resource = {
      attributes: { "host.name": "otel-1" },
      metrics: [
        {
          name: "system.memory.utilization",
          unit: "1",
          kind: "gauge",
          points: [{ atMs: now(), value: 0.4, attributes: { state: "used" } }],
        },
      ],
    };
    await send({ body: otlpProtobuf([resource]), token: "ingest" });
    const [series] = served.world.engine.metrics.recent({ metric: "host_memory_used_ratio", matchers: [] }, 0);
    assert.deepEqual(series?.labels, { host: "otel-1" });
    const host = (await hosts()).find((one) => one.host === "otel-1");
    assert.deepEqual([host?.kind, host?.seriesCount], ["measured", 1]);
  });

  test("an agent's token is the first host's that uses it, and nobody else's from then on", async () => {
    const from = (host: string, sent: Partial<Sent> = {}, labels: Record<string, string> = {}) =>
      send({
        body: otlpProtobuf([
          word(host, now()),
          {
            attributes: { "bongsu.batch": `bound-${host}-${JSON.stringify(labels)}`, "host.name": host },
            metrics: [{ name: "bound", kind: "gauge", points: [{ atMs: now(), value: 1, attributes: labels }] }],
          },
        ]),
        token: "agent",
        ...sent,
      });
    assert.equal((await from("own-1")).statusCode, 200);
    for (const again of [0, 1_500]) {
      await served.world.advance(again);
      assert.equal((await from("own-1")).statusCode, 200);
      const refused = await from("own-2", { type: "application/json", body: JSON.stringify(spokenAs("own-2")) });
      assert.equal(refused.statusCode, 403);
      const { error } = refused.json<{ error: { code: string; message: string; facts: object } }>();
      assert.equal(error.code, "token-of-another-host");
      assert.deepEqual(error.facts, { host: "own-2", tokenHost: "own-1", token: "agent" });
      assert.match(error.message, /token create --scopes agent --host/);
    }
    assert.equal(
      (await served.world.store.agents()).find(({ host }) => host === "own-2"),
      undefined,
    );
    // Nor what another host needs to get into its targets.
    const targets = await served.server.inject({
      url: "/api/v1/agent/targets?host=own-2",
      headers: { authorization: `Bearer ${tokens.get("agent")}` },
    });
    assert.equal(targets.json<{ error: { code: string } }>().error.code, "token-of-another-host");
    // What it cannot have measured is left out.
    const foreign = await from("own-1", {}, { host: "own-2" });
    assert.match(foreign.body, /of a host or a target that is not the agent's on own-1/);
    assert.deepEqual(
      served.world.engine.metrics.recent({ metric: "bound", matchers: [] }, 0).map(({ labels }) => labels.host),
      [undefined],
    );
    const bound = (await served.world.store.audit(20)).filter(({ action }) => action === "token.bound");
    assert.deepEqual(
      bound.map(({ facts }) => (facts as { host: string }).host),
      ["own-1"],
    );
    // A collector sends for many hosts by a token of another scope, which does not speak as an agent.
    const collector = ["many-1", "many-2"].map((host) => ({
      attributes: { "host.name": host },
      metrics: [gauge("many", 1, now())],
    }));
    assert.equal((await send({ body: otlpProtobuf(collector), token: "agent" })).statusCode, 403);
    assert.equal((await send({ body: otlpProtobuf(collector), token: "ingest" })).statusCode, 200);
    assert.equal((await from("own-3", { token: "ingest" })).statusCode, 403);
  });
});
