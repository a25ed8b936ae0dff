import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection } from "mysql2/promise";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export const MARIADBD = "/usr/sbin/mariadbd";

/** Why MariaDB cannot be tried here; undefined: it can. */
export const withoutMariadb = existsSync(MARIADBD) ? undefined : "Debian's mariadb-server is not installed";

export type Mariadb = {
  readonly pid: number;
  readonly port: number;
  readonly socket: string;
  /** Its data, as its own process sees it. */
  readonly data: string;
  /** A new, empty database of it, as `bongsu --data` takes it. */
  database(): Promise<string>;
  /** A connection as root; whoever takes it ends it. */
  root(): Promise<Connection>;
  signal(signal: NodeJS.Signals): void;
  /** Killed, where it still runs, and started again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export type MariadbOptions = {
  /** An installed folder to begin with a copy of: installing takes longer than starting. */
  readonly from?: string;
  readonly args?: readonly string[];
  /** Its data is on a file system of this size, which nobody else sees. Only as root, where namespaces may be made. */
  readonly tmpfsMegabytes?: number;
  /** As the user of Debian's package, where we are root: rsync, by which nodes of a cluster begin, lets no root write. */
  readonly asMysql?: boolean;
};

const STARTS_WITHIN_MS = 60_000;

const AS = userInfo().uid === 0 ? ["--user=root"] : [];

/** A folder as mariadb-install-db leaves it. */
export function installMariadb(data: string): void {
  const install = spawnSync(
    "mariadb-install-db",
    [
      "--no-defaults",
      `--datadir=${data}`,
      "--auth-root-authentication-method=normal",
      "--skip-test-db",
      "--innodb-log-file-size=8M",
      ...AS,
    ],
    { encoding: "utf8" },
  );
  if (install.status !== 0) throw new Error(`mariadb-install-db: ${install.stderr}${install.stdout}`);
}

/** Why no file system of its own can be made here; undefined: one can. */
export function withoutNamespaces(): string | undefined {
  const tried = spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { encoding: "utf8" });
  return tried.status === 0
    ? undefined
    : `no mount namespace can be made here (${tried.stderr?.trim() ?? "no unshare"})`;
}

/** Debian's MariaDB with its own folder, port and socket; durable on each commit, as it comes. */
export async function startMariadb(options: MariadbOptions = {}): Promise<Mariadb> {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-mariadb-"));
  const data = join(folder, "data");
  const socket = join(folder, "socket");
  const port = await freePort();
  const { from, tmpfsMegabytes } = options;
  const isMysql = options.asMysql === true && AS.length > 0;
  if (tmpfsMegabytes !== undefined) mkdirSync(data);
  else if (from !== undefined) cpSync(from, data, { recursive: true });
  else installMariadb(data);
  if (isMysql) spawnSync("chown", ["-R", "mysql", folder]);
  const args = [
    "--no-defaults",
    `--datadir=${data}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--socket=${socket}`,
    "--skip-name-resolve",
    ...(isMysql ? ["--user=mysql"] : AS),
    ...(options.args ?? []),
  ];
  const [program, ...rest]: [string, ...string[]] =
    tmpfsMegabytes === undefined
      ? [MARIADBD, ...args]
      : ["unshare", "-m", "sh", "-c", MOUNTED, "sh", `${tmpfsMegabytes}m`, data, from ?? "", MARIADBD, ...args];
  const root = { host: "127.0.0.1", port, user: "root" };
  const start = async (): Promise<ChildProcess> => {
    const child = spawn(program, rest, { stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    const answers = async (): Promise<boolean> => {
      if (child.exitCode !== null) throw new Error(errors.slice(-2_000));
      const connection = await createConnection(root);
      await connection.query("create user if not exists bongsu@'127.0.0.1' identified by 'pass/word'");
      await connection.query("grant all on *.* to bongsu@'127.0.0.1'");
      await connection.end();
      return true;
    };
    await until("mariadbd answers", answers, STARTS_WITHIN_MS);
    return child;
  };
  const end = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  };
  let child = await start();
  let databases = 0;
  return {
    get pid() {
      return child.pid ?? 0;
    },
    port,
    socket,
    data,
    async database() {
      const name = `bongsu_${databases++}`;
      const connection = await createConnection(root);
      await connection.query(`create database ${name} character set utf8mb4`);
      await connection.end();
      return `mariadb://bongsu:${encodeURIComponent("pass/word")}@127.0.0.1:${port}/${name}`;
    },
    root: () => createConnection(root),
    signal: (signal) => child.kill(signal),
    async restart() {
      await end();
      child = await start();
    },
    async stop() {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The mount is the process's own and ends with it. */
const MOUNTED = `mount -t tmpfs -o size="$1" tmpfs "$2" && cp -a "$3/." "$2" && shift 3 && exec "$@"`;
