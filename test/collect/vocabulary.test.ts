import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measured } from "../../src/collect/collector.ts";
import { hostCollector } from "../../src/collect/host/host.ts";
import { measureElsewhere as hostElsewhere } from "../../src/collect/host/other-systems.ts";
import { namePatterns } from "../../src/collect/name-patterns.ts";
import { readElsewhere as interfacesElsewhere } from "../../src/collect/network/other-systems.ts";
import { measureElsewhere as processesElsewhere } from "../../src/collect/process/other-systems.ts";
import { readWatched } from "../../src/collect/process/watched.ts";
import { collectors } from "../../src/collect/registry.ts";
import { METRICS } from "../../src/metric/metric.ts";
import { told } from "./told.ts";

const labelsOf = new Map(METRICS.map(({ name, labels }) => [name, labels.toSorted()]));
const { signal } = new AbortController();

/** Every value has a name and labels that monitors and pages know. */
function known(samples: readonly Measured[]): readonly string[] {
  for (const { metric, labels, value } of samples) {
    assert.deepEqual(Object.keys(labels).sort(), labelsOf.get(metric), metric);
    assert.ok(Number.isFinite(value), metric);
    if (metric.endsWith("_ratio") && metric !== "process_cpu_ratio")
      assert.ok(value >= 0 && value <= 1, `${metric} ${value}`);
  }
  return [...new Set(samples.map(({ metric }) => metric))];
}

test("what a host measures of itself without being told has names that are known, and a second collection has rates", async () => {
  const open = [...collectors.values()].filter(({ local }) => local).map((one) => one.open({}));
  const facts = { host: "h", target: "t", at: 0, signal };
  for (const one of open) known((await one.collect(facts)).samples);
  const names = known((await Promise.all(open.map((one) => one.collect(facts)))).flatMap(({ samples }) => samples));
  for (const one of open) await one.close();
  if (process.platform !== "linux") return;
  const expected =
    "host_load_per_core host_memory_used_ratio host_disk_used_ratio host_disk_read_only host_uptime_seconds " +
    "host_disk_read_bytes_per_second process_zombies";
  for (const name of expected.split(" ")) assert.ok(names.includes(name), name);
});

test("a first collection has the use of the CPU already", { skip: process.platform !== "linux" }, async () => {
  const { samples } = (await collectors.get("host")?.open({}).collect({ host: "h", target: "t", at: 0, signal })) ?? {
    samples: [],
  };
  assert.ok(known(samples).includes("host_cpu_used_ratio"));
});

test("where there is no /proc less is measured, by the same names", async () => {
  const all = namePatterns([]);
  const names = known(await hostElsewhere("h", { include: all, exclude: all }));
  for (const name of ["host_cpu_used_ratio", "host_memory_used_ratio", "host_disk_used_ratio", "host_uptime_seconds"]) {
    assert.ok(names.includes(name), name);
  }
  const watched = readWatched(["node", "no-such-program"], "settings.processes");
  const { samples } = await processesElsewhere("h", watched);
  assert.ok(known(samples).includes("process_zombies"));
  const count = (name: string) =>
    samples.find(({ metric, labels }) => metric === "process_count" && labels.process === name)?.value ?? Number.NaN;
  assert.ok(count("node") >= 1);
  assert.equal(count("no-such-program"), 0);
  assert.ok((await interfacesElsewhere()).size > 0);
});

/** Read a moment apart, on a machine that does not stand still. */
const APART: Readonly<Record<string, number>> = {
  host_cpu_used_ratio: 0.25,
  host_load_per_core: 1,
  host_memory_used_ratio: 0.05,
  host_disk_used_ratio: 0.02,
  host_uptime_seconds: 5,
};

test("what we read from /proc and what systeminformation tells of this machine agree", {
  skip: process.platform !== "linux",
}, async () => {
  const ours = hostCollector.open({});
  const all = namePatterns([]);
  const both = () =>
    Promise.all([
      ours.collect({ host: "h", target: "t", at: 0, signal }),
      hostElsewhere("h", { include: all, exclude: all }),
    ]);
  // The use of the processors is told from two readings: the same stretch of time for both.
  await both();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const [{ samples: read }, elsewhere] = await both();
  const compared = new Set<string>();
  for (const { metric, labels, value } of elsewhere) {
    const own = read.find((one) => one.metric === metric && one.labels.mount === labels.mount);
    const apart = APART[metric];
    // It also tells of file systems that hold no files of this machine.
    if (apart === undefined || own === undefined) continue;
    compared.add(metric);
    assert.ok(Math.abs(own.value - value) <= apart, `${metric} ${labels.mount ?? ""}: ${own.value} and ${value}`);
  }
  assert.deepEqual([...compared].sort(), Object.keys(APART).sort());
});

test("a mount point and an interface that are named have to be there", {
  skip: process.platform !== "linux",
}, async () => {
  const ask = async (kind: "host" | "network", settings: Record<string, unknown>) =>
    collectors.get(kind)?.open(settings).collect({ host: "h", target: "t", at: 0, signal });
  const host = await ask("host", { mounts: ["/no/such/mount", "/srv/*"] });
  assert.equal(told(host?.failed), "/no/such/mount: not mounted");
  const network = await ask("network", { interfaces: ["none7"] });
  assert.deepEqual(
    network?.samples.filter(({ metric }) => metric === "network_interface_up"),
    [{ metric: "network_interface_up", labels: { host: "h", interface: "none7" }, value: 0 }],
  );
});

test("units that are wanted where systemd does not run are a failure, and none where nobody asks", async () => {
  const ask = async (settings: Record<string, unknown>) =>
    collectors.get("process")?.open(settings).collect({ host: "h", target: "t", at: 0, signal });
  const missing = await ask({ units: ["nginx"], systemctl: "/no/such/systemctl" });
  assert.equal(told(missing?.failed), "/no/such/systemctl cannot be run (ENOENT)");
});
