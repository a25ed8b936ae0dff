import { execFileSync } from "node:child_process";
import { availableParallelism, cpus, totalmem } from "node:os";
import { benchAgentCost } from "./agent-cost.ts";
import { benchBacktest } from "./backtest.ts";
import { benchHostCost } from "./host-cost.ts";
import { ingestRate, type Rate, withoutWrk } from "./ingest-rate.ts";
import { memoryOf } from "./memory.ts";
import { benchMetrics } from "./metrics.ts";
import { pageLatency } from "./page-latency.ts";
import { benchPingFlood } from "./ping-flood.ts";
import { benchProof } from "./proof.ts";
import { benchRota } from "./rota.ts";
import { writeFirstSection } from "./sections.ts";
import { type Subject, startAlertmanager, startBongsu } from "./subjects.ts";
import { benchWeb } from "./web.ts";

/**
 * `npm run bench [-- --seconds 10] [-- --write]`: Bongsu beside Debian's prometheus-alertmanager, one after the other on
 * the same machine in the same run, the server on one core and the load on another. `--write` puts the table into
 * docs/benchmarks.md. `npm run bench -- web` measures the web UI instead, `npm run bench -- backtest` how fast a
 * history is replayed, `npm run bench -- rota` how long a rota takes to find, `npm run bench -- proof` the proof of
 * reach, `npm run bench -- host-cost` what it costs a host to be watched, `npm run bench -- agent-cost` what the agent costs,
 * `npm run bench -- ping-flood` what a heartbeat that is pinged without end costs the others.
 */
const seconds = Number(process.argv[process.argv.indexOf("--seconds") + 1] || 0) || 8;
const BATCHES = [1, 10, 100];
const KINDS = [
  { name: "repeats of 1,000 series", known: 1_000, rules: 1 },
  { name: "all new, of one rule", known: 0, rules: 1 },
  { name: "all new, each of its own rule", known: 0, rules: 0 },
] as const;

type Results = {
  readonly rates: ReadonlyMap<string, Rate>;
  readonly latency: { readonly p50: number; readonly p99: number };
  readonly memory: { readonly idle: number; readonly loaded: number };
};

if (process.argv.includes("proof")) process.exit(benchProof(process.argv.includes("--write")) ? 0 : 1);
if (process.argv.includes("metrics")) process.exit((await benchMetrics(process.argv.includes("--write"))) ? 0 : 1);
if (process.argv.includes("web")) process.exit((await benchWeb(process.argv.includes("--write"))) ? 0 : 1);
if (process.argv.includes("backtest")) {
  await benchBacktest();
  process.exit(0);
}

if (process.argv.includes("rota")) {
  await benchRota();
  process.exit(0);
}

if (process.argv.includes("agent-cost")) {
  const given = Number(process.argv[process.argv.indexOf("--seconds") + 1] || 0);
  process.exit((await benchAgentCost(given || 150, process.argv.includes("--write"))) ? 0 : 1);
}
if (process.argv.includes("ping-flood"))
  process.exit((await benchPingFlood(seconds, process.argv.includes("--write"))) ? 0 : 1);
if (process.argv.includes("host-cost")) {
  const given = Number(process.argv[process.argv.indexOf("--seconds") + 1] || 0);
  process.exit((await benchHostCost(given || 180, process.argv.includes("--write"))) ? 0 : 1);
}

// As the installed package runs: compiled, without a compiler in memory.
execFileSync("npm", ["run", "--silent", "build"], { stdio: "inherit" });
if (withoutWrk !== undefined) {
  console.log(withoutWrk);
  process.exit(1);
}
const bongsu = await measured("Bongsu", startBongsu);
const alertmanager = await measured("Alertmanager", startAlertmanager);
const text = report(bongsu, alertmanager);
console.log(`\n${text}`);
if (process.argv.includes("--write")) writeFirstSection(text);
process.exit(0);

async function measured(name: string, start: () => Promise<Subject | undefined>): Promise<Results | undefined> {
  const rates = new Map<string, Rate>();
  for (const kind of KINDS) {
    for (const batch of BATCHES) {
      // A new process and an empty store for each point: none inherits what the one before piled up.
      const subject = await start();
      if (subject === undefined) {
        console.log(`${name}: not installed, skipped`);
        return undefined;
      }
      const rate = await ingestRate(subject, { ...kind, batch, seconds });
      rates.set(`${kind.name}/${batch}`, rate);
      console.log(
        `${name}: ${kind.name}, batch ${batch}: ${rate.alerts.toFixed(0)} alerts/s, p50 ${rate.p50} ms, p99 ${rate.p99} ms, ${rate.errors} errors` +
          (rate.drained === undefined ? "" : `, worked off ${rate.drained.toFixed(1)} s after the last`),
      );
      await subject.stop();
    }
  }
  const latency = await pageLatency(start);
  console.log(`${name}: from POST to page p50 ${latency.p50.toFixed(1)} ms, p99 ${latency.p99.toFixed(1)} ms`);
  const memory = await memoryOf(start);
  console.log(`${name}: ${memory.idle} MB idle, ${memory.loaded} MB with 100,000 active alerts`);
  return { rates, latency, memory };
}

type Line = readonly [what: string, ours: number | undefined, theirs: number | undefined, better: "higher" | "lower"];

function report(ours: Results | undefined, theirs: Results | undefined): string {
  const rows: readonly Line[] = KINDS.flatMap(({ name }) =>
    BATCHES.map((batch) => {
      const one = ours?.rates.get(`${name}/${batch}`);
      const other = theirs?.rates.get(`${name}/${batch}`);
      return [`${name}, ${batch} a request (alerts/s)`, one?.alerts, other?.alerts, "higher"] as const;
    }),
  );
  const backlogs: readonly Line[] = KINDS.filter(({ known }) => known === 0).flatMap(({ name }) =>
    BATCHES.map((batch) => {
      const drained = ours?.rates.get(`${name}/${batch}`)?.drained;
      return [`${name}, ${batch} a request: worked off after the last (s)`, drained, undefined, "lower"] as const;
    }),
  );
  const more: readonly Line[] = [
    ["POST to page, p50 (ms)", ours?.latency.p50, theirs?.latency.p50, "lower"],
    ["POST to page, p99 (ms)", ours?.latency.p99, theirs?.latency.p99, "lower"],
    ["resident memory, idle (MB)", ours?.memory.idle, theirs?.memory.idle, "lower"],
    ["resident memory, 100,000 active alerts (MB)", ours?.memory.loaded, theirs?.memory.loaded, "lower"],
  ];
  const line = ([what, one, other, better]: Line): string => {
    const digits = (one ?? 0) < 100 ? 1 : 0;
    const ratio = one === undefined || other === undefined ? "" : better === "higher" ? one / other : other / one;
    return `| ${what} | ${one?.toFixed(digits) ?? ""} | ${other?.toFixed(digits) ?? ""} | ${ratio === "" ? "" : `${ratio.toFixed(1)} ×`} |`;
  };
  const date = new Date().toISOString().slice(0, 10);
  const cpu = cpus()[0]?.model ?? "";
  return [
    "# Benchmarks",
    "",
    `Measured ${date} by \`npm run bench -- --seconds ${seconds} --write\` on ${availableParallelism()} cores (${cpu}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.`,
    "The peer is Debian's prometheus-alertmanager with the configuration that Debian ships, on the same machine in the",
    "same run. Each server has one core to itself, `wrk` (64 connections) the other. Bongsu is durable when it answers",
    "(SQLite, `synchronous=full`); Alertmanager keeps alerts in memory. The last column is how many times better Bongsu is.",
    "It runs compiled, as the installed package does; from a clone it takes some 30 MB more.",
    "",
    "| | Bongsu | Alertmanager | ratio |",
    "| --- | ---: | ---: | ---: |",
    ...[...rows, ...backlogs, ...more].map(line),
    "",
    "Accepted means durable; making alerts and incidents of what was accepted goes on meanwhile, a fifth of the time, and",
    "ends so many seconds after the last request. Repeats carry a new `endsAt` every second, as Prometheus sends them.",
    "The pages of the latency rows go to a webhook, each durable three times over on its way (received, opened with its pages,",
    "claimed);",
    "Alertmanager waits 0 s to group them.",
    "",
  ].join("\n");
}
