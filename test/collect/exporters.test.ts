import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Collected, Collecting } from "../../src/collect/collector.ts";
import { collectors } from "../../src/collect/registry.ts";
import { formatOf, parseExposition } from "../../src/collect/scrape/parse-exposition.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";
import {
  BLACKBOX_EXPORTER,
  type Daemon,
  MYSQLD_EXPORTER,
  NODE_EXPORTER,
  PROMETHEUS,
  startBlackboxExporter,
  startMysqldExporter,
  startNodeExporter,
  startPrometheus,
} from "../peers/daemon.ts";
import { freePort } from "../peers/free-port.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { installMariadb, MARIADBD, type Mariadb, startMariadb } from "../peers/mariadb.ts";
import { until } from "../peers/until.ts";
import { missingPeer } from "../runner/debian.ts";
import { told } from "./told.ts";

const missing = missingPeer(NODE_EXPORTER, MYSQLD_EXPORTER, BLACKBOX_EXPORTER, PROMETHEUS, MARIADBD);

function open(kind: CollectorKind, settings: Readonly<Record<string, unknown>>): Collecting {
  const collector = collectors.get(kind);
  assert.ok(collector !== undefined);
  return collector.open(settings);
}

async function collect(collecting: Collecting): Promise<Collected> {
  const signal = AbortSignal.timeout(15_000);
  const collected = await collecting.collect({ host: hostname(), target: "t", at: Date.now(), signal });
  assert.equal(collected.failed, undefined);
  return collected;
}

function value({ samples }: Collected, metric: string, labels: Record<string, string> = {}): number {
  const found = samples.find(
    (one) => one.metric === metric && Object.entries(labels).every(([name, wanted]) => one.labels[name] === wanted),
  );
  return found?.value ?? Number.NaN;
}

/** Two readings of a world that moves on: not further apart than this share, or this much. */
function near(one: number, other: number, what: string, { share = 0.1, much = 0 } = {}): void {
  const apart = Math.abs(one - other);
  assert.ok(apart <= Math.max(share * Math.max(Math.abs(one), Math.abs(other)), much), `${what}: ${one} and ${other}`);
}

describe("Debian's exporters and Prometheus, scraped and queried for real", { skip: missing ?? false }, () => {
  let folder: string;
  let mariadb: Mariadb;
  let node: Daemon;
  let mysqld: Daemon;
  let blackbox: Daemon;
  let prometheus: Daemon;
  let web: HttpPeer;
  const running: { stop(): Promise<void> }[] = [];
  const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const peer = await starting;
    running.push(peer);
    return peer;
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "bongsu-exporters-"));
    installMariadb(join(folder, "data"));
    const args = ["--innodb-log-file-size=8M", "--innodb-buffer-pool-size=16M", "--performance-schema=on"];
    [mariadb, node, blackbox, web] = await Promise.all([
      keep(startMariadb({ from: join(folder, "data"), args })),
      keep(startNodeExporter()),
      keep(startBlackboxExporter()),
      keep(startHttpPeer((_request, response) => response.end("ok"))),
    ]);
    mysqld = await keep(startMysqldExporter(mariadb.port));
    prometheus = await keep(
      startPrometheus(
        `global: { scrape_interval: 1s }
scrape_configs:
  - job_name: node
    static_configs: [{ targets: ["127.0.0.1:${node.port}"] }]
  - job_name: mysqld
    static_configs: [{ targets: ["127.0.0.1:${mysqld.port}"] }]
`,
        "groups: []\n",
      ),
    );
  });
  after(async () => {
    for (const peer of running) await peer.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("node_exporter's host is the host that we measure ourselves", async () => {
    const scraped = open("scrape", { url: `${node.url}/metrics` });
    const ours = open("host", {});
    await Promise.all([collect(scraped), collect(ours)]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const [theirs, own] = await Promise.all([collect(scraped), collect(ours)]);
    assert.ok(theirs.samples.every(({ labels }) => labels.host === hostname()));
    near(value(theirs, "host_cpu_used_ratio"), value(own, "host_cpu_used_ratio"), "cpu", { share: 0, much: 0.35 });
    near(value(theirs, "host_load_per_core"), value(own, "host_load_per_core"), "load", { share: 0.2, much: 0.3 });
    near(value(theirs, "host_memory_used_ratio"), value(own, "host_memory_used_ratio"), "memory", { much: 0.05 });
    near(value(theirs, "host_uptime_seconds"), value(own, "host_uptime_seconds"), "uptime", { share: 0, much: 5 });
    const root = { mount: "/" };
    for (const metric of ["host_disk_used_ratio", "host_disk_free_bytes", "host_inodes_used_ratio"]) {
      near(value(theirs, metric, root), value(own, metric, root), metric, { share: 0.02 });
    }
  });

  test("mysqld_exporter's server is the server that we ask ourselves", async () => {
    const scraped = open("scrape", { url: `${mysqld.url}/metrics`, exporter: "mysqld" });
    const ours = open("mariadb", { port: mariadb.port, user: "root" });
    await Promise.all([collect(scraped), collect(ours)]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [theirs, own] = await Promise.all([collect(scraped), collect(ours)]);
    assert.equal(value(theirs, "database_up"), 1);
    near(value(theirs, "database_uptime_seconds"), value(own, "database_uptime_seconds"), "uptime", { much: 3 });
    near(value(theirs, "database_connections"), value(own, "database_connections"), "connections", { much: 3 });
    near(value(theirs, "database_connections_used_ratio"), value(own, "database_connections_used_ratio"), "used", {
      much: 0.03,
    });
    for (const metric of ["database_read_only", "database_slow_queries_per_second", "database_deadlocks_per_second"]) {
      assert.equal(value(theirs, metric), value(own, metric), metric);
    }
    assert.ok(value(theirs, "database_queries_per_second") > 0);
    await ours.close();
  });

  test("blackbox_exporter's probe is our own check", async () => {
    const probe = (module: string, target: string): Collecting =>
      open("scrape", { url: `${blackbox.url}/probe?module=${module}&target=${encodeURIComponent(target)}` });
    const well = await collect(probe("http", `${web.url}/`));
    assert.equal(value(well, "http_up"), 1);
    assert.equal(value(well, "http_status_code"), 200);
    assert.ok(value(well, "http_response_seconds") < 5);
    assert.ok(value(well, "http_phase_seconds", { phase: "first-byte" }) > 0);
    const closed = await freePort();
    const dead = await collect(probe("http", `http://127.0.0.1:${closed}/`));
    assert.equal(value(dead, "http_up"), 0);
    assert.ok(Number.isNaN(value(dead, "http_status_code")));
    assert.equal(value(await collect(probe("tcp", `127.0.0.1:${web.port}`)), "network_check_up", { check: "tcp" }), 1);
    assert.equal(value(await collect(probe("tcp", `127.0.0.1:${closed}`)), "network_check_up", { check: "tcp" }), 0);
  });

  test("we read of an exporter what a Prometheus reads of it", async () => {
    const ask = async (query: string): Promise<number> => {
      const answer = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`);
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      return Number(data.result[0]?.value[1]);
    };
    for (const [job, daemon] of [
      ["node", node],
      ["mysqld", mysqld],
    ] as const) {
      const theirs = await until(`Prometheus has read ${job}`, async () => {
        const count = await ask(`scrape_samples_scraped{job="${job}"}`);
        return count > 100 ? count : false;
      });
      for (const accept of ["text/plain", "application/openmetrics-text;version=1.0.0"]) {
        const answer = await fetch(`${daemon.url}/metrics`, { headers: { accept } });
        const parsed = parseExposition(await answer.text(), formatOf(answer.headers.get("content-type") ?? ""));
        assert.ok("samples" in parsed, JSON.stringify(parsed).slice(0, 200));
        // A series more or less, as devices and states come and go; what an exporter counts of itself differs by format.
        near(parsed.samples.length, theirs, `${job} as ${accept}`, { share: 0.02, much: 10 });
      }
    }
    const total = await fetch(`${node.url}/metrics`).then((answer) => answer.text());
    const parsed = parseExposition(total, "prometheus");
    assert.ok("samples" in parsed);
    const memory = parsed.samples.find(({ name }) => name === "node_memory_MemTotal_bytes")?.value;
    assert.equal(memory, await ask("node_memory_MemTotal_bytes"));
  });

  test("one query server tells of a whole fleet by presets, at its own time", async () => {
    const asking = open("promql", {
      url: `${prometheus.url}/`,
      preset: ["node", "mysqld"],
      queries: [{ metric: "exporters_up", query: "sum(up)", labels: { site: "seoul" } }],
    });
    const collected = await until("enough to tell rates of", async () => {
      const one = await collect(asking);
      return value(one, "host_cpu_used_ratio") >= 0 && value(one, "database_queries_per_second") > 0 ? one : false;
    });
    const host = { host: "127.0.0.1" };
    const ours = await collect(open("host", {}));
    near(value(collected, "host_memory_used_ratio", host), value(ours, "host_memory_used_ratio"), "memory", {
      much: 0.05,
    });
    near(
      value(collected, "host_disk_used_ratio", { ...host, mount: "/" }),
      value(ours, "host_disk_used_ratio", { mount: "/" }),
      "disk",
      { share: 0.02 },
    );
    assert.equal(value(collected, "database_up", { target: `127.0.0.1:${mysqld.port}` }), 1);
    assert.equal(value(collected, "exporters_up", { target: "t", site: "seoul" }), 2);
    assert.ok(collected.samples.every(({ at }) => at !== undefined && Math.abs(at - Date.now()) < 60_000));
  });

  test("a query that is wrong costs its own metric, and is told in the server's words", async () => {
    const asking = open("promql", {
      url: prometheus.url,
      queries: [
        { metric: "wrong", query: "sum(" },
        { metric: "right", query: "1 + 1" },
      ],
    });
    const signal = AbortSignal.timeout(15_000);
    const collected = await asking.collect({ host: "here", target: "t", at: Date.now(), signal });
    assert.match(told(collected.failed), /^wrong: the query is refused \(bad_data: .*parse error/u);
    assert.equal(value(collected, "right"), 2);
  });

  test("a dead server behind its exporter is down, although the exporter answers", async () => {
    const scraped = open("scrape", { url: `${mysqld.url}/metrics` });
    assert.equal(value(await collect(scraped), "database_up"), 1);
    mariadb.signal("SIGKILL");
    await until("it is down", async () => value(await collect(scraped), "database_up") === 0);
  });
});
