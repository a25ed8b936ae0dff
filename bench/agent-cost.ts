import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { TICKS_PER_SECOND } from "../src/collect/process/read-stat.ts";
import { freePort } from "../test/peers/free-port.ts";
import { until } from "../test/peers/until.ts";
import { writeSection } from "./sections.ts";

const CORE_SHARE_MAX = 0.01;
const MEBIBYTES_MAX = 100;

/**
 * `npm run bench -- agent-cost [--seconds 150] [--write]`: what `bongsu agent` costs its host, with a server that takes
 * everything, and then as long while the server is away and its spool fills.
 */
export async function benchAgentCost(seconds: number, write: boolean): Promise<boolean> {
  execFileSync("node_modules/.bin/tsc", ["-p", "tsconfig.build.json"], { stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "bongsu-bench-"));
  const port = await freePort();
  const env = { ...process.env, BONGSU_PORT: String(port), BONGSU_SELF_MONITORING: "off", BONGSU_LOCALE: "en" };
  const data = join(folder, "server");
  const server = spawn(process.execPath, ["dist/main.js", "start", "--data", data], { env, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}`;
  await until("the server answers", async () => (await fetch(`${url}/readyz`)).ok, 60_000);
  const create = ["dist/main.js", "token", "create", "--scopes", "agent", "--data", data];
  const token = join(folder, "token");
  writeFileSync(token, execFileSync(process.execPath, create, { env }));
  const words = ["--server", url, "--token-file", token, "--host", "bench", "--data", join(folder, "agent")];
  const agent = spawn(process.execPath, ["dist/main.js", "agent", ...words], { stdio: "ignore" });
  const status = join(folder, "agent/status.json");
  const sentAt = (): unknown => (JSON.parse(readFileSync(status, "utf8")) as { sentAt: unknown }).sentAt;
  await until("something was taken", () => sentAt() !== null, 60_000);
  const load = loadavg()[0] ?? 0;
  const shareOf = async (): Promise<number> => {
    const [before, began] = [cpuSeconds(agent.pid ?? 0), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    return (cpuSeconds(agent.pid ?? 0) - before) / ((performance.now() - began) / 1_000);
  };
  const share = await shareOf();
  server.kill("SIGKILL");
  const shareAway = await shareOf();
  const memory = peakMebibytes(agent.pid ?? 0);
  agent.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
  const text = [
    "## The agent",
    "",
    `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench -- agent-cost --seconds ${seconds} --write\` on ${availableParallelism()} cores (${cpus()[0]?.model ?? ""}),`,
    `Node ${process.versions.node}, compiled: \`bongsu agent\` at its usual 10 s, everything that a host measures of itself, spooled and sent to`,
    `a server on the same machine, with a load of ${load.toFixed(1)} when it began. Processor time with that of the programs that were started; memory is the most that was`,
    "resident.",
    "",
    "| | measured | budget |",
    "| --- | ---: | ---: |",
    `| share of one core | ${(share * 100).toFixed(2)} % | ${CORE_SHARE_MAX * 100} % |`,
    `| the same while the server is away | ${(shareAway * 100).toFixed(2)} % | ${CORE_SHARE_MAX * 100} % |`,
    `| memory | ${Math.round(memory)} MiB | ${MEBIBYTES_MAX} MiB |`,
    "",
  ].join("\n");
  console.log(text);
  if (write) writeSection(text);
  return Math.max(share, shareAway) <= CORE_SHARE_MAX && memory <= MEBIBYTES_MAX;
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

function peakMebibytes(pid: number): number {
  const [, kib = "0"] = /^VmHWM:\s+(\d+)/mu.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1_024;
}
