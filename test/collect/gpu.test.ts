import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Collected, Collecting } from "../../src/collect/collector.ts";
import { gpuCollector } from "../../src/collect/gpu/gpu.ts";
import { until } from "../peers/until.ts";
import { told } from "./told.ts";

const folder = mkdtempSync(join(tmpdir(), "bongsu-gpu-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers as the vendor's does; it is written anew for the next answer. */
function says(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const prints = (text: string, code = 0): string => `cat <<'END'\n${text}\nEND\nexit ${code}`;
const row = (index: number, uuid: string, bus: string, use = "50"): string =>
  `${index}, GPU-${uuid}, 00000000:${bus}, ${use}, 100, 200, 60, 100.0, 0, 0, Not Active, Not Active, Not Active`;

function collect(collecting: Collecting, signal = new AbortController().signal): Promise<Collected> {
  return collecting.collect({ host: "gpu-1", target: "gpu-1", at: 0, signal });
}

const states = ({ samples }: Collected): Record<string, number> =>
  Object.fromEntries(
    samples.filter(({ metric }) => metric === "gpu_up").map(({ labels, value }) => [labels.gpu ?? "", value]),
  );

test("a GPU that was there and is missing is down, and keeps its number though the others' move up", async () => {
  const command = says(
    "moves",
    prints(`${row(0, "a", "07:00.0")}\n${row(1, "b", "0B:00.0")}\n${row(2, "c", "0F:00.0")}`),
  );
  const collecting = gpuCollector.open({ command });
  assert.deepEqual(states(await collect(collecting)), { 0: 1, 1: 1, 2: 1 });
  says("moves", prints(`${row(0, "a", "07:00.0")}\n${row(1, "c", "0F:00.0", "99")}`));
  const later = await collect(collecting);
  assert.deepEqual(states(later), { 0: 1, 1: 0, 2: 1 });
  const use = later.samples.find(({ metric, labels }) => metric === "gpu_used_ratio" && labels.gpu === "2");
  assert.equal(use?.value, 0.99);
});

test("a GPU whose handle is gone is down by the number it had, and nothing is told of those that were not named", async () => {
  const command = says("handle", prints(`${row(0, "a", "07:00.0")}\n${row(1, "b", "0B:00.0")}`));
  const collecting = gpuCollector.open({ command });
  await collect(collecting);
  const said = "Unable to determine the device handle for GPU0000:0B:00.0: Unknown Error";
  says("handle", prints(said, 255));
  const later = await collect(collecting);
  assert.deepEqual(states(later), { 1: 0 });
  assert.equal(told(later.failed), `GPU 0b:00.0: the driver has lost it (${said})`);
});

test("a lost GPU that was never seen is down by its place", async () => {
  const said =
    "Unable to determine the device handle for GPU 0000:0B:00.0: GPU is lost. Reboot the system to recover this GPU";
  const collecting = gpuCollector.open({ command: says("never", prints(said, 255)) });
  assert.deepEqual(states(await collect(collecting)), { "0b:00.0": 0 });
});

test("with the driver gone every GPU that was there is down", async () => {
  const command = says("driver", prints(row(0, "a", "07:00.0")));
  const collecting = gpuCollector.open({ command });
  await collect(collecting);
  const said = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.";
  says("driver", prints(said, 9));
  const later = await collect(collecting);
  assert.deepEqual(states(later), { 0: 0 });
  assert.deepEqual(later.failed, [{ code: "program-refused", program: command, detail: said }]);
});

test("fewer GPUs than there have to be is a failure, also where the missing one was never seen", async () => {
  const collecting = gpuCollector.open({ command: says("count", prints(row(0, "a", "07:00.0"))), gpus: 2 });
  const answer = await collect(collecting);
  assert.deepEqual(states(answer), { 0: 1, 1: 0 });
  assert.equal(told(answer.failed), "1 of 2 GPUs are there");
});

test("a driver that does not know a field is asked by the field's old name, and once only", async () => {
  const asked = join(folder, "asked");
  const command = says(
    "old",
    `echo "$1" >> ${asked}
case "$1" in *clocks_event_reasons*) echo 'Field "clocks_event_reasons.hw_thermal_slowdown" is not a valid field to query.'; exit 2;; esac
${prints(row(0, "a", "07:00.0"))}`,
  );
  const collecting = gpuCollector.open({ command });
  for (let nth = 0; nth < 2; nth += 1) assert.deepEqual(states(await collect(collecting)), { 0: 1 });
  assert.equal(readFileSync(asked, "utf8").trim().split("\n").length, 3);
});

test("a program that hangs is left at the end of the time, is not started twice, and at last means that the GPUs are lost", async () => {
  const command = says("hangs", prints(row(0, "a", "07:00.0")));
  const collecting = gpuCollector.open({ command });
  await collect(collecting);
  const started = join(folder, "started");
  says("hangs", `echo x >> ${started}; trap '' TERM INT; sleep 600`);
  const over = new AbortController();
  const first = collect(collecting, over.signal);
  await until("the program runs", () => existsSync(started));
  over.abort();
  const late = await first;
  assert.deepEqual(states(late), {});
  assert.match(told(late.failed), /does not end/u);
  const again = await collect(collecting, AbortSignal.abort());
  assert.deepEqual(states(again), { 0: 0 });
});

const installed = ["/usr/bin/nvidia-smi", "/opt/rocm/bin/rocm-smi", "/usr/bin/rocm-smi"].find((file) =>
  existsSync(file),
);
const skip = installed === undefined ? false : `${installed} is installed here`;

test("a host with neither program has no GPUs, which is a failure only where there have to be some", {
  skip,
}, async () => {
  const path = process.env.PATH;
  process.env.PATH = folder;
  try {
    assert.deepEqual(await collect(gpuCollector.open({})), { samples: [] });
    const demanded = await collect(gpuCollector.open({ gpus: 8 }));
    assert.equal(told(demanded.failed), "nvidia-smi, amd-smi, rocm-smi is not installed on this host");
  } finally {
    process.env.PATH = path;
  }
  const missing = await collect(gpuCollector.open({ command: "/no/such/nvidia-smi" }));
  assert.equal(told(missing.failed), "/no/such/nvidia-smi is not installed on this host");
});

test("rocm-smi is found on the path", async () => {
  says(
    "rocm-smi",
    prints('{"card0": {"Unique ID": "0x1", "GPU use (%)": "68", "Temperature (Sensor edge) (C)": "72.0"}}'),
  );
  const path = process.env.PATH;
  process.env.PATH = `${folder}:${path ?? ""}`;
  try {
    const answer = await collect(gpuCollector.open({ tool: "rocm" }));
    assert.deepEqual(states(answer), { card0: 1 });
  } finally {
    process.env.PATH = path;
  }
});

test("settings that are not understood are told", () => {
  assert.throws(() => gpuCollector.open({ tool: "intel" }), /settings\.tool.*nvidia, rocm/u);
  assert.throws(() => gpuCollector.open({ gpu: 8 }), /settings\.gpu.*one of tool, command, gpus/u);
});
