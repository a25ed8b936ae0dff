import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../test/peers/free-port.ts";
import { until } from "../test/peers/until.ts";

/** A server under measurement, pinned to the first core. */
export type Subject = {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  /** How many received requests are not worked off yet; undefined where the server has no such thing. */
  readonly backlog: () => Promise<number | undefined>;
  readonly stop: () => Promise<void>;
};

const SERVER_CORE = "0";
const ALERTMANAGER = "/usr/bin/prometheus-alertmanager";

/** With a webhook to `pager`, where one is given, and the example policy and roster otherwise. */
export async function startBongsu(pager?: string): Promise<Subject> {
  const data = mkdtempSync(join(tmpdir(), "bongsu-bench-"));
  const port = await freePort();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    BONGSU_DATA: data,
    BONGSU_PORT: String(port),
    BONGSU_SELF_MONITORING: "off",
  };
  if (pager !== undefined) {
    env.BONGSU_ROSTER = join(data, "roster.yaml");
    writeFileSync(env.BONGSU_ROSTER, rosterWith(pager));
  }
  const child = pinned(process.execPath, ["dist/main.js", "start"], env);
  const url = `http://127.0.0.1:${port}`;
  await until("Bongsu answers", async () => (await fetch(`${url}/readyz`)).ok);
  const create = ["dist/main.js", "token", "create", "--scopes", "ingest,read"];
  const token = execFileSync(process.execPath, create, { env, encoding: "utf8" }).trim();
  return {
    url,
    token,
    pid: child.pid ?? 0,
    async backlog() {
      const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
      return Number(/^bongsu_inbox_backlog (\d+)/m.exec(metrics)?.[1] ?? 0);
    },
    stop: () => ended(child, data),
  };
}

/** Undefined where it is not installed. */
export async function startAlertmanager(pager?: string): Promise<Subject | undefined> {
  if (!existsSync(ALERTMANAGER)) return undefined;
  const data = mkdtempSync(join(tmpdir(), "bongsu-bench-"));
  const port = await freePort();
  const config = join(data, "alertmanager.yml");
  writeFileSync(config, pager === undefined ? shipped() : pagingTo(pager));
  const child = pinned(ALERTMANAGER, [
    `--config.file=${config}`,
    `--storage.path=${join(data, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--cluster.listen-address=",
    "--log.level=error",
  ]);
  const url = `http://127.0.0.1:${port}`;
  await until("Alertmanager answers", async () => (await fetch(`${url}/-/ready`)).ok);
  return { url, token: "", pid: child.pid ?? 0, backlog: async () => undefined, stop: () => ended(child, data) };
}

export function residentMegabytes(pid: number): number {
  const [, kib = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kib) / 1_024);
}

function pinned(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn("taskset", ["-c", SERVER_CORE, file, ...args], { env: { ...env, GOMAXPROCS: "1" }, stdio: "ignore" });
}

async function ended(child: ChildProcess, data: string): Promise<void> {
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await exit;
  rmSync(data, { recursive: true, force: true });
}

function shipped(): string {
  const file = "/etc/prometheus/alertmanager.yml";
  return existsSync(file) ? readFileSync(file, "utf8") : "route: { receiver: none }\nreceivers: [{ name: none }]\n";
}

function pagingTo(pager: string): string {
  return `route: { receiver: pager, group_by: [alertname, service], group_wait: 0s, group_interval: 1m }
receivers: [{ name: pager, webhook_configs: [{ url: "${pager}" }] }]
`;
}

function rosterWith(pager: string): string {
  return `people:
  kim: { name: Kim, titles: [운영팀장, 개발팀장], admin: true, contacts: { webhook: "${pager}" } }
groups: { 운영팀: [kim], 개발팀: [kim] }
teams:
  L1 지원팀: { members: { 운영자: [kim] } }
  L2 지원팀: { members: { 엔지니어: [kim] } }
  L3 지원팀: { members: { 아키텍트: [kim] } }
channels:
  webhook: { allow: ["127.0.0.0/8"] }
`;
}
