import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export type Daemon = { readonly url: string; readonly port: number; readonly folder: string; stop(): Promise<void> };

/** A program of Debian's as a peer: its own folder, its own free port, ended by its own pid. */
async function startDaemon(
  program: string,
  files: Readonly<Record<string, string>>,
  args: (folder: string, port: number) => readonly string[],
  ready: (url: string) => Promise<boolean>,
  env: Readonly<Record<string, string>> = {},
): Promise<Daemon> {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-peer-"));
  const port = await freePort();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const child: ChildProcess = spawn(program, args(folder, port), {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const url = `http://127.0.0.1:${port}`;
  await until(`${program} answers`, async () => {
    if (child.exitCode !== null) throw new Error(errors.slice(-1_000));
    return ready(url);
  });
  return {
    url,
    port,
    folder,
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const PROMETHEUS = "/usr/bin/prometheus";
export const ALERTMANAGER = "/usr/bin/prometheus-alertmanager";

/** A Prometheus with this configuration and these rules. */
export function startPrometheus(config: string, rules: string, more: Record<string, string> = {}): Promise<Daemon> {
  return startDaemon(
    PROMETHEUS,
    { "prometheus.yml": config, "rules.yml": rules, ...more },
    (folder, port) => [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "tsdb")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--rules.alert.resend-delay=2s",
      "--log.level=error",
    ],
    async (url) => (await fetch(`${url}/-/ready`)).ok,
  );
}

export const VICTORIA_METRICS = "/usr/bin/victoria-metrics";

/** One node of it, which asks who is there where a password is given. */
export function startVictoriaMetrics(password?: string): Promise<Daemon> {
  const authorization = `Basic ${Buffer.from(`ops:${password}`).toString("base64")}`;
  return startDaemon(
    VICTORIA_METRICS,
    {},
    (folder, port) => [
      `-storageDataPath=${join(folder, "data")}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      // What was just written is to be found.
      "-search.latencyOffset=0s",
      "-loggerLevel=ERROR",
      ...(password === undefined ? [] : ["-httpAuth.username=ops", `-httpAuth.password=${password}`]),
    ],
    async (url) => (await fetch(`${url}/metrics`, password === undefined ? {} : { headers: { authorization } })).ok,
  );
}

export function startAlertmanager(config: string): Promise<Daemon> {
  return startDaemon(
    ALERTMANAGER,
    { "alertmanager.yml": config },
    (folder, port) => [
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
      "--log.level=error",
    ],
    async (url) => (await fetch(`${url}/-/ready`)).ok,
  );
}

export const NODE_EXPORTER = "/usr/bin/prometheus-node-exporter";
export const MYSQLD_EXPORTER = "/usr/bin/prometheus-mysqld-exporter";
export const BLACKBOX_EXPORTER = "/usr/bin/prometheus-blackbox-exporter";

async function tellsMetrics(url: string): Promise<boolean> {
  return (await fetch(`${url}/metrics`)).ok;
}

export function startNodeExporter(): Promise<Daemon> {
  return startDaemon(NODE_EXPORTER, {}, (_, port) => [`--web.listen-address=127.0.0.1:${port}`], tellsMetrics);
}

/** Of the MariaDB at this port, as root. */
export function startMysqldExporter(mariadb: number): Promise<Daemon> {
  return startDaemon(
    MYSQLD_EXPORTER,
    {},
    (_, port) => [`--web.listen-address=127.0.0.1:${port}`, "--exporter.lock_wait_timeout=2"],
    tellsMetrics,
    { DATA_SOURCE_NAME: `root@(127.0.0.1:${mariadb})/` },
  );
}

export function startBlackboxExporter(): Promise<Daemon> {
  const modules = `modules:
  http: { prober: http, timeout: 5s, http: { preferred_ip_protocol: ip4 } }
  tcp: { prober: tcp, timeout: 5s }
`;
  return startDaemon(
    BLACKBOX_EXPORTER,
    { "blackbox.yml": modules },
    (folder, port) => [`--config.file=${join(folder, "blackbox.yml")}`, `--web.listen-address=127.0.0.1:${port}`],
    tellsMetrics,
  );
}
