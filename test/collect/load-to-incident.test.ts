import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Collected } from "../../src/collect/collector.ts";
import { asId } from "../../src/id/id.ts";
import type { Sample } from "../../src/metric/sample.ts";
import { DEFAULT_RULES } from "../../src/monitor/default-rules.ts";
import type { Monitor } from "../../src/monitor/monitor.ts";
import { defaultMonitor } from "../../src/monitor/monitors-of.ts";
import { readPolicy } from "../../src/policy/read-policy.ts";
import { MINUTE_MS } from "../../src/time/instant.ts";
import { burn, end, endAll, hog, isBusyOtherwise, run } from "../peers/load.ts";
import { CollectorInside, endAllInside, ip, withoutNamespaces } from "../peers/namespaces.ts";
import { type Collect, collectOf, EVERY_MS, only, POLICY, Watched } from "./watched.ts";

const PAYMENT = `bongsu-payment-${process.pid}`;
/** What a machine that others keep busy may take to come to rest. */
const RESTS_WITHIN_MS = 30_000;

const folder = mkdtempSync(join(tmpdir(), "bongsu-incident-"));
after(() => {
  endAll();
  endAllInside();
  rmSync(folder, { recursive: true, force: true });
});

/** As measured now in the world. */
function at({ world }: Watched, { samples }: Collected): readonly Sample[] {
  return samples.map((one) => ({ ...one, at: world.clock.now() }));
}

/** A default monitor with another measure or other lines. */
function monitor(id: string, change: (monitor: Monitor) => Monitor): Monitor {
  const rule = DEFAULT_RULES.find((one) => one.id === id);
  const { policy } = readPolicy({ file: "policy.md", text: POLICY, id: asId("policy") });
  if (rule === undefined || policy === undefined) throw new TypeError(`no such monitor: ${id}`);
  return { ...change(defaultMonitor(rule, policy)), from: "people" };
}

const linux = process.platform === "linux" ? false : "/proc is Linux's";

describe("real load raises the incident that it should, and the incident ends with it", () => {
  test("processors that work", { skip: linux }, async (t) => {
    // The default's lines, over one minute instead of five and fifteen.
    const quick = monitor("cpu-high", (one) => ({
      ...one,
      measure: { form: "avg", window: MINUTE_MS },
      thresholds: one.thresholds.map((line) => ({ ...line, hold: MINUTE_MS })),
    }));
    const watched = await Watched.begin(quick);
    const collect = collectOf("host", {}, ["host_cpu_used_ratio"]);
    const slowly: Collect = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return collect();
    };
    const burners = burn("bongsu-burner");
    await watched.until("not raised", slowly, ([one]) => one?.grade === "Major", RESTS_WITHIN_MS);
    for (const one of burners) await end(one);
    // What others do on this machine is part of its use.
    await watched.clears(slowly, RESTS_WITHIN_MS).catch((error: unknown) => {
      if (!isBusyOtherwise()) throw error;
      t.skip("raised, but others keep this machine busy, so that it does not end");
    });
  });

  test("memory that is taken", { skip: linux }, async () => {
    const collect = collectOf("host", {}, ["host_memory_used_ratio", "host_memory_available_bytes"]);
    const { samples } = await collect();
    const valueOf = (metric: string): number => samples.find((one) => one.metric === metric)?.value ?? Number.NaN;
    const [used, available] = [valueOf("host_memory_used_ratio"), valueOf("host_memory_available_bytes")];
    // A line that is reached on this machine however large it is, also while another test gives half as much back.
    const bound = used + (256 * 1_048_576 * (1 - used)) / available;
    const watched = await Watched.begin(
      monitor("memory-high", (one) => ({
        ...one,
        measure: { form: "avg", window: MINUTE_MS },
        thresholds: [{ grade: "Minor", when: "at-least", bound, hold: MINUTE_MS }],
      })),
    );
    const taker = await hog(1_024, "bongsu-hog");
    await watched.opens(collect, "Minor", /^web-1 .*memory use/u);
    await end(taker);
    await watched.clears(collect, RESTS_WITHIN_MS);
  });

  test("a process that is killed", { skip: linux }, async () => {
    const watched = await Watched.begin();
    const collect = collectOf("process", { processes: [PAYMENT] }, ["process_count"]);
    const start = () => run("sleep", ["600"], PAYMENT);
    await end(start());
    await watched.opens(collect, "Major", /^web-1 .*bongsu-payment.*number of processes 0/u);
    const again = start();
    await watched.clears(collect);
    await end(again);
  });

  test("a port that nobody listens on any more", async () => {
    const watched = await Watched.begin();
    const server = createServer((socket) => socket.end());
    const listen = (port: number): Promise<number> =>
      new Promise((resolve) =>
        server.listen(port, "127.0.0.1", () => resolve((server.address() as { port: number }).port)),
      );
    const port = await listen(0);
    const collect = collectOf("check", { tcp: `127.0.0.1:${port}` }, ["network_check_up"]);
    assert.equal((await collect()).samples[0]?.value, 1);
    await new Promise((resolve) => server.close(resolve));
    await watched.opens(collect, "Major", /^web-1 tcp network check: failed$/u);
    await listen(port);
    await watched.clears(collect);
    await new Promise((resolve) => server.close(resolve));
  });

  test("a GPU that is lost, and one with errors in its memory", async () => {
    const command = join(folder, "nvidia-smi");
    const says = (...rows: readonly string[]): void => {
      writeFileSync(command, `#!/bin/sh\ncat <<'END'\n${rows.join("\n")}\nEND\n`);
      chmodSync(command, 0o755);
    };
    const row = (index: number, errors: number): string =>
      `${index}, GPU-${index}, 00000000:0${index}:00.0, 50, 100, 200, 60, 100.0, ${errors}, 0, Not Active, Not Active, Not Active`;
    const lost = `1, GPU-1, 00000000:01:00.0, ${Array(10).fill("[GPU is lost]").join(", ")}`;
    const metrics = ["gpu_up", "gpu_ecc_uncorrected_errors_total"];
    const collect = collectOf("gpu", { command }, metrics);
    const watched = await Watched.begin();
    says(row(0, 0), row(1, 0));
    await collect();
    says(row(0, 0), lost);
    await watched.opens(collect, "Major", /^web-1 GPU 1 GPU present: down$/u);
    says(row(0, 0), row(1, 0));
    await watched.clears(collect);
    // In a world of its own: within ten minutes it would open the first incident again.
    const later = await Watched.begin();
    await later.world.engine.metrics.accept({ id: "before", samples: at(later, await collect()) });
    await later.world.advance(EVERY_MS);
    says(row(0, 2), row(1, 0));
    await later.opens(collect, "Major", /^web-1 GPU 0 uncorrected ECC errors of a GPU/u);
    // The driver goes on counting from there: it is new errors that there are none of for half an hour.
    const unchanged = await collect();
    await later.clears(() => Promise.resolve(unchanged), RESTS_WITHIN_MS);
  });
});

describe("in a namespace of its own", { skip: withoutNamespaces() ?? false }, () => {
  test("a file system that is filled, and one that turns read-only", async () => {
    const mount = mkdtempSync(join(folder, "full-"));
    const script = `mount --make-rprivate / && mount -t tmpfs -o size=16m tmpfs ${mount} && exec "$@"`;
    const inside = new CollectorInside(["unshare", "-m", "sh", "-c", script, "sh"], "host", { mounts: [mount] });
    const collect: Collect = async () => only(await inside.collect(), ["host_disk_used_ratio", "host_disk_read_only"]);
    const remount = (option: string): void => {
      execFileSync("nsenter", ["-t", String(inside.pid), "-m", "mount", "-o", `remount,${option}`, mount]);
    };
    const watched = await Watched.begin();
    assert.equal((await collect()).samples.length, 2);
    const filler = `/proc/${inside.pid}/root${mount}/filler`;
    writeFileSync(filler, Buffer.alloc(16 * 1_048_576 - 4_096));
    await watched.opens(collect, "Critical", /^inside .*disk use 100 %/u);
    rmSync(filler);
    await watched.clears(collect);
    const later = await Watched.begin();
    remount("ro");
    await later.opens(collect, "Major", /^inside .*read-only/u);
    remount("rw");
    await later.clears(collect);
    await inside.stop();
  });

  test("an interface whose other end goes down", async () => {
    const name = `bongsu-i${process.pid}`;
    ip("netns", "add", name);
    after(() => ip("netns", "del", name));
    const here = (...args: readonly string[]): void => ip("-n", name, ...args);
    here("link", "add", "wan0", "type", "veth", "peer", "name", "wan1");
    for (const link of ["wan0", "wan1"]) here("link", "set", link, "up");
    const inside = new CollectorInside(["ip", "netns", "exec", name], "network", { interfaces: ["wan0"] });
    const collect: Collect = async () => only(await inside.collect(), ["network_interface_up"]);
    const watched = await Watched.begin();
    here("link", "set", "wan1", "down");
    await watched.opens(collect, "Major", /^inside wan0 network interface: down$/u);
    here("link", "set", "wan1", "up");
    await watched.clears(collect);
    await inside.stop();
  });
});
