import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { Collected } from "../../src/collect/collector.ts";
import { promqlCollector } from "../../src/collect/promql/promql.ts";
import { type Daemon, startVictoriaMetrics, VICTORIA_METRICS } from "../peers/daemon.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { until } from "../peers/until.ts";
import { missingPeer } from "../runner/debian.ts";
import { told } from "./told.ts";

const PASSWORD = "s3cret";
const SERIES = 10_000;

function collect(settings: Record<string, unknown>): Promise<Collected> {
  const asking = promqlCollector.open(settings);
  return asking.collect({ host: "here", target: "t", at: Date.now(), signal: AbortSignal.timeout(20_000) });
}

describe("Debian's VictoriaMetrics is asked as a Prometheus is", {
  skip: missingPeer(VICTORIA_METRICS) ?? false,
}, () => {
  let server: Daemon;
  const basic = { user: "ops", password: PASSWORD };
  const queries = [{ metric: "fleet_up", query: "fleet_up" }];
  before(async () => {
    server = await startVictoriaMetrics(PASSWORD);
    const many = Array.from({ length: SERIES }, (_, nth) => `fleet_up{instance="host-${nth}:9100",zone="서울"} 1\n`);
    const node = `node_memory_MemAvailable_bytes{instance="host-1:9100"} 25
node_memory_MemTotal_bytes{instance="host-1:9100"} 100
mysql_up{instance="db-1:9104"} 0
`;
    const authorization = `Basic ${Buffer.from(`ops:${PASSWORD}`).toString("base64")}`;
    const answer = await fetch(`${server.url}/api/v1/import/prometheus`, {
      method: "POST",
      headers: { authorization },
      body: `${many.join("")}${node}`,
    });
    assert.equal(answer.status, 204, await answer.text());
    // Else it is found some seconds later.
    await fetch(`${server.url}/internal/force_flush`, { headers: { authorization } });
    await until("what was written is found", async () => {
      const { samples } = await collect({ url: server.url, basic, queries, max_series: SERIES });
      return samples.length === SERIES;
    });
  });
  after(() => server?.stop());

  test("its paths are addresses, and presets give our metrics", async () => {
    for (const path of ["", "/", "/prometheus", "/prometheus/api/v1/query"]) {
      const collected = await collect({ url: `${server.url}${path}`, basic, preset: ["node", "mysqld"] });
      assert.equal(told(collected.failed), "", path);
      const memory = collected.samples.find(({ metric }) => metric === "host_memory_used_ratio");
      assert.deepEqual([memory?.labels, memory?.value], [{ host: "host-1" }, 0.75]);
      const up = collected.samples.find(({ metric }) => metric === "database_up");
      assert.deepEqual([up?.labels, up?.value], [{ target: "db-1:9104" }, 0]);
    }
  });

  test("ten thousand series are taken whole where they are allowed, and else none", async () => {
    const { samples, failed } = await collect({ url: server.url, basic, queries, max_series: SERIES });
    assert.equal(told(failed), "");
    assert.equal(new Set(samples.map(({ labels }) => labels.instance)).size, SERIES);
    const more = await collect({ url: server.url, basic, queries });
    assert.deepEqual(more.samples, []);
    assert.match(told(more.failed), /^10000 series, more than max_series \(5000\)/u);
  });

  test("a wrong password is told as that, once, and never what it was", async () => {
    const wrong = { user: "ops", password: "wr0ng" };
    const { samples, failed } = await collect({ url: server.url, basic: wrong, preset: ["node", "mysqld"] });
    assert.deepEqual(samples, []);
    assert.equal(told(failed), "not allowed in (status 401): look at bearer or basic");
  });

  test("another path than that of queries is told once", async () => {
    const { samples, failed } = await collect({ url: `${server.url}/select/0/prometheus`, basic, preset: "node" });
    assert.deepEqual(samples, []);
    assert.equal(told(failed), "what came is not the answer of a query (status 400)");
  });

  test("a query that is wrong is told in the server's words", async () => {
    const { failed } = await collect({ url: server.url, basic, queries: [{ metric: "wrong", query: "sum(" }] });
    assert.match(told(failed), /^wrong: the query is refused \(422: /u);
  });
});

describe("a query server of another kind, or in another state", () => {
  let peer: HttpPeer;
  before(async () => {
    peer = await startHttpPeer(({ path, headers }, response) => {
      if (path.startsWith("/deaf")) return;
      if (headers.authorization !== "Bearer s3cret") return response.writeHead(403).end();
      const at = Date.now() / 1_000 - (path.startsWith("/late") ? 900 : 0);
      const data = {
        resultType: "vector",
        result: [{ metric: { tenant: headers["x-scope-orgid"] }, value: [at, "1"] }],
      };
      const isPartial = path.startsWith("/partial");
      const warnings = path.startsWith("/warns") ? ["store-1: no answer"] : undefined;
      response.end(JSON.stringify({ status: "success", isPartial, warnings, data }));
    });
  });
  after(() => peer?.stop());
  const ask = (path: string, more: object = {}): Promise<Collected> =>
    collect({
      url: `${peer.url}${path}`,
      bearer: "s3cret",
      tenant: "ops",
      queries: [
        { metric: "one", query: "1" },
        { metric: "other", query: "2" },
      ],
      ...more,
    });

  test("a token and a tenant go with each query, and how long we wait", async () => {
    const { samples, failed, notes } = await ask("");
    assert.deepEqual([told(failed), told(notes)], ["", ""]);
    assert.deepEqual(
      samples.map(({ metric, labels }) => [metric, labels]),
      [
        ["one", { target: "t", tenant: "ops" }],
        ["other", { target: "t", tenant: "ops" }],
      ],
    );
    assert.match(peer.received.at(-1)?.path ?? "", /^\/api\/v1\/query\?query=2&timeout=10000ms$/u);
  });

  test("the tenant may be a part of the path, as a cluster of VictoriaMetrics has it", async () => {
    await ask("/select/0/prometheus/");
    assert.match(peer.received.at(-1)?.path ?? "", /^\/select\/0\/prometheus\/api\/v1\/query\?query=/u);
  });

  test("an answer that is not whole, a warning and a clock that is wrong are said once, beside what came", async () => {
    const said = async (path: string): Promise<string> => {
      const { samples, notes } = await ask(path);
      assert.equal(samples.length, 2);
      return told(notes);
    };
    assert.equal(await said("/partial"), "the answer is partial: series may be missing in it");
    assert.equal(await said("/warns"), "the server warns (store-1: no answer)");
    assert.match(await said("/late"), /^the server's clock is (899|900|901) s apart from ours$/u);
  });

  test("one that says nothing is waited for once, and not once a query", async () => {
    const { samples, failed } = await ask("/deaf", { timeout: 0.2, preset: "node" });
    assert.deepEqual(samples, []);
    assert.equal(told(failed), "first-byte: no answer within 0.2 s");
    assert.ok(peer.received.filter(({ path }) => path.startsWith("/deaf")).length <= 4);
  });
});
