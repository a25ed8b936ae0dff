import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { readMemoryOf, TICKS_PER_SECOND } from "../src/collect/process/read-stat.ts";
import { freePort } from "../test/peers/free-port.ts";
import { until } from "../test/peers/until.ts";
import { writeSection } from "./sections.ts";

const EVERY_MS = 10_000;
const CORE_SHARE_MAX = 0.01;
const MEMORY_MEGABYTES_MAX = 100;
const NODE_EXPORTER = "/usr/bin/prometheus-node-exporter";

/** Runs what the first argument imports, every ten seconds, and says so after each time. */
const LOOP = `
const every = ${EVERY_MS};
const work = await make();
const turn = async () => { await work(); console.log("done"); };
await turn();
setInterval(turn, every);`;

/** The compiled collectors that watch a host without being told anything, in a process that does nothing else. */
const COLLECTORS = `
async function make() {
  const { collectors } = await import(process.argv[1]);
  const open = [...collectors.values()].filter(({ local }) => local).map((one) => one.open({}));
  return () => Promise.all(open.map((one) => one.collect({ host: "h", target: "h", at: 0, signal: AbortSignal.timeout(9_000) })));
}${LOOP}`;

/** The same facts by the library alone. */
const LIBRARY = `
async function make() {
  const { currentLoad, mem, fsSize, fsStats, networkStats, processes } = await import("systeminformation");
  return () => Promise.all([currentLoad(), mem(), fsSize(), fsStats(), networkStats("*"), processes()]);
}${LOOP}`;

type Cost = { readonly coreShare: number; readonly megabytes: number };
type Subject = { readonly name: string; readonly pid: number; readonly stop: () => void };

/** `npm run bench -- host-cost [--seconds 180] [--write]`: what it costs a host to be watched. */
export async function benchHostCost(seconds: number, write: boolean): Promise<boolean> {
  // As the installed package runs: compiled, without a compiler in memory.
  execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit" });
  const subjects = [
    await loop("Bongsu's collectors host, process, network and gpu", COLLECTORS, "../dist/collect/registry.js"),
    await loop("the same by systeminformation alone", LIBRARY, ""),
    ...(existsSync(NODE_EXPORTER) ? [await startExporter()] : []),
  ];
  const before = subjects.map(({ pid }) => cpuSeconds(pid));
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const wall = (performance.now() - began) / 1_000;
  const costs = subjects.map(({ pid }, nth): Cost => {
    return { coreShare: (cpuSeconds(pid) - (before[nth] ?? 0)) / wall, megabytes: megabytesOf(pid) };
  });
  for (const { stop } of subjects) stop();
  const text = section(
    subjects.map(({ name }, nth) => [name, costs[nth] ?? { coreShare: 0, megabytes: 0 }]),
    Math.round(wall),
  );
  console.log(text);
  if (write) writeSection(text);
  const [ours] = costs;
  return ours !== undefined && ours.coreShare <= CORE_SHARE_MAX && ours.megabytes <= MEMORY_MEGABYTES_MAX;
}

async function loop(name: string, script: string, imports: string): Promise<Subject> {
  const module = imports === "" ? "" : new URL(imports, import.meta.url).pathname;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, module], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.stdout.resume();
  return { name, pid: child.pid ?? 0, stop: () => child.kill("SIGKILL") };
}

/** Debian's, asked every ten seconds as Prometheus would. */
async function startExporter(): Promise<Subject> {
  const port = await freePort();
  const child: ChildProcess = spawn(NODE_EXPORTER, [`--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
  const scrape = async (): Promise<boolean> => {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    await response.text();
    return response.ok;
  };
  await until("the exporter answers", scrape);
  const timer = setInterval(() => void scrape(), EVERY_MS);
  const stop = (): void => {
    clearInterval(timer);
    child.kill("SIGKILL");
  };
  return { name: "prometheus-node-exporter, scraped", pid: child.pid ?? 0, stop };
}

/** Of the process and of what it started and waited for. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
}

function megabytesOf(pid: number): number {
  const memory = readMemoryOf(readFileSync(`/proc/${pid}/status`, "latin1"));
  return memory === undefined ? 0 : (memory.own + memory.shared) / 1_000_000;
}

function section(rows: readonly (readonly [name: string, cost: Cost])[], seconds: number): string {
  const date = new Date().toISOString().slice(0, 10);
  const [cpu, memory] = [`${CORE_SHARE_MAX * 100} %`, `${MEMORY_MEGABYTES_MAX} MB`];
  return [
    "## Watching a host",
    "",
    `Measured ${date} by \`npm run bench -- host-cost --seconds ${seconds} --write\` on ${availableParallelism()} cores (${cpus()[0]?.model ?? ""}), Node`,
    `${process.versions.node}, with ${processes()} processes on the host: every 10 s for ${seconds} s, all at the same time, from after the first collection on.`,
    "Processor time with that of the programs that were started; memory is what is resident at the end. The collectors",
    "run compiled, with their default settings, in a process that does nothing else: the agent's own share is not in it.",
    "A host without systemd and without GPUs, so that `systemctl` and `nvidia-smi` were not started.",
    "",
    `| | share of one core (budget ${cpu}) | memory (budget ${memory}) |`,
    "| --- | ---: | ---: |",
    ...rows.map(
      ([name, cost]) => `| ${name} | ${(cost.coreShare * 100).toFixed(2)} % | ${cost.megabytes.toFixed(0)} MB |`,
    ),
    "",
  ].join("\n");
}

function processes(): number {
  return execFileSync("ls", ["/proc"], { encoding: "utf8" })
    .split("\n")
    .filter((name) => /^\d+$/u.test(name)).length;
}
