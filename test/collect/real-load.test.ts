import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { Collected, Collecting } from "../../src/collect/collector.ts";
import { collectors } from "../../src/collect/registry.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";
import { burn, end, endAll, hog, isBusyOtherwise, run } from "../peers/load.ts";
import { CollectorInside, endAllInside, ip, withoutNamespaces } from "../peers/namespaces.ts";
import { until } from "../peers/until.ts";

const MEGABYTE = 1_048_576;
/** Another test may keep the machine busy for a while. */
const WITHIN_MS = 60_000;
const RESTS_WITHIN_MS = 20_000;
/** Other tests look for processes of theirs at the same time. */
const [BURNER, HOG, VICTIM] = ["burner", "hog", "victim"].map((name) => `bongsu-${name}-${process.pid}`) as [
  string,
  string,
  string,
];
after(() => {
  endAll();
  endAllInside();
});

function open(kind: CollectorKind, settings: Readonly<Record<string, unknown>> = {}): Collecting {
  const collector = collectors.get(kind);
  if (collector === undefined) throw new TypeError(`no such collector: ${kind}`);
  return collector.open(settings);
}

/** What one collection says of a metric; undefined where it says nothing. */
async function ask(
  collecting: { collect: Collecting["collect"] },
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  const { signal } = new AbortController();
  return valueOf(await collecting.collect({ host: "h", target: "t", at: 0, signal }), metric, labels);
}

function valueOf(
  { samples }: Collected,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  return samples.find(
    (sample) =>
      sample.metric === metric && Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
  )?.value;
}

describe("real load on this host", { skip: process.platform === "linux" ? false : "/proc is Linux's" }, () => {
  test("processors that work raise the use of the CPU, and it falls after", async (t) => {
    const host = open("host");
    const burners = burn(BURNER);
    const processes = open("process", { processes: [BURNER] });
    await until("the CPU is busy", async () => ((await ask(host, "host_cpu_used_ratio")) ?? 0) >= 0.9, WITHIN_MS);
    const burning = { process: BURNER };
    assert.equal(await ask(processes, "process_count", burning), burners.length);
    // A tenth of a core is more than an idle process takes, and less than the busiest machine leaves to these.
    await until(
      "they use it",
      async () => ((await ask(processes, "process_cpu_ratio", burning)) ?? 0) > 0.1,
      WITHIN_MS,
    );
    for (const burner of burners) await end(burner);
    assert.equal(await ask(processes, "process_count", burning), 0);
    const rests = async (): Promise<boolean> => ((await ask(host, "host_cpu_used_ratio")) ?? 1) < 0.9;
    await until("the CPU rests", rests, RESTS_WITHIN_MS).catch((error: unknown) => {
      if (!isBusyOtherwise()) throw error;
      t.skip("it rose, but others keep this machine busy, so that it does not fall");
    });
  });

  test("memory that is touched is used, by the host and by the process, and is free again after", async () => {
    const host = open("host");
    const available = async (): Promise<number> => (await ask(host, "host_memory_available_bytes")) ?? Number.NaN;
    const used = async (): Promise<number> => (await ask(host, "host_memory_used_ratio")) ?? Number.NaN;
    const [before, ratio] = [await available(), await used()];
    const taker = await hog(512, HOG);
    await until("the host's memory is taken", async () => (await available()) < before - 300 * MEGABYTE, WITHIN_MS);
    assert.ok((await used()) > ratio);
    const processes = open("process", { processes: [{ name: "hog", program: HOG }] });
    const own = (await ask(processes, "process_memory_bytes", { process: "hog" })) ?? 0;
    assert.ok(own >= 512 * MEGABYTE && own < 1_024 * MEGABYTE, `${own} bytes`);
    const during = await available();
    await end(taker);
    await until("it is free again", async () => (await available()) > during + 300 * MEGABYTE, WITHIN_MS);
  });

  test("a process that was killed is none, also while its parent has not looked", async () => {
    const processes = open("process", {
      processes: [VICTIM, { name: "by command", command: `^${VICTIM} 60\\d` }],
    });
    const victim = run("sleep", ["600"], VICTIM);
    const count = (process: string): Promise<number | undefined> => ask(processes, "process_count", { process });
    await until("it runs", async () => (await count(VICTIM)) === 1);
    assert.equal(await count("by command"), 1);
    await end(victim);
    assert.equal(await count(VICTIM), 0);
    assert.equal(await count("by command"), 0);
    // The shell becomes a program that never asks what became of its child.
    const parent = run("sh", ["-c", "true & exec sleep 600"]);
    await until("there is a zombie", async () => ((await ask(processes, "process_zombies")) ?? 0) >= 1);
    await end(parent);
  });
});

describe("in a namespace of its own", { skip: withoutNamespaces() ?? false }, () => {
  test("a file system that is filled is full, is free again when it is emptied, and is told when it turns read-only", async () => {
    const mount = mkdtempSync(join(tmpdir(), "bongsu-full-"));
    after(() => rmSync(mount, { recursive: true, force: true }));
    const script = `mount --make-rprivate / && mount -t tmpfs -o size=16m tmpfs ${mount} && exec "$@"`;
    const host = new CollectorInside(["unshare", "-m", "sh", "-c", script, "sh"], "host");
    const inside = (name: string): string => `/proc/${host.pid}/root${mount}/${name}`;
    const used = async (): Promise<number> =>
      valueOf(await host.collect(), "host_disk_used_ratio", { mount }) ?? Number.NaN;
    assert.equal(await used(), 0);
    writeFileSync(inside("filler"), Buffer.alloc(15 * MEGABYTE));
    assert.ok((await used()) > 0.9);
    assert.throws(() => writeFileSync(inside("more"), Buffer.alloc(5 * MEGABYTE)), /ENOSPC/u);
    const full = await host.collect();
    assert.equal(valueOf(full, "host_disk_used_ratio", { mount }), 1);
    assert.equal(valueOf(full, "host_disk_free_bytes", { mount }), 0);
    assert.equal(valueOf(full, "host_disk_read_only", { mount }), 0);
    rmSync(inside("filler"));
    rmSync(inside("more"), { force: true });
    assert.equal(await used(), 0);
    execFileSync("nsenter", ["-t", String(host.pid), "-m", "mount", "-o", "remount,ro", mount]);
    assert.equal(valueOf(await host.collect(), "host_disk_read_only", { mount }), 1);
    execFileSync("nsenter", ["-t", String(host.pid), "-m", "mount", "-o", "remount,rw", mount]);
    assert.equal(valueOf(await host.collect(), "host_disk_read_only", { mount }), 0);
    await host.stop();
  });

  test("an interface whose other end goes down is down, comes up again, and is down when it is gone", async () => {
    const name = `bongsu-${process.pid}`;
    ip("netns", "add", name);
    after(() => ip("netns", "del", name));
    const here = (...args: readonly string[]): void => ip("-n", name, ...args);
    here("link", "add", "wan0", "type", "veth", "peer", "name", "wan1");
    here("link", "add", "spare0", "type", "veth", "peer", "name", "spare1");
    for (const link of ["lo", "wan0", "wan1"]) here("link", "set", link, "up");
    const network = new CollectorInside(["ip", "netns", "exec", name], "network");
    const up = async (of: string): Promise<number | undefined> =>
      valueOf(await network.collect(), "network_interface_up", { interface: of });
    await until("the interface is up", async () => (await up("wan0")) === 1);
    assert.equal(await up("spare0"), undefined, "what was never up is no news");
    assert.equal(await up("lo"), undefined);
    here("link", "set", "wan1", "down");
    await until("its other end is down", async () => (await up("wan0")) === 0);
    here("link", "set", "wan1", "up");
    await until("it is up again", async () => (await up("wan0")) === 1);
    const { samples } = await network.collect();
    assert.ok((valueOf({ samples }, "network_transmit_bytes_per_second", { interface: "wan0" }) ?? -1) >= 0);
    here("link", "del", "wan0");
    assert.equal(await up("wan0"), 0);
    await network.stop();
  });
});
