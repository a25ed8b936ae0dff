import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { createConnection } from "mysql2/promise";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export const MARIADBD = "/usr/sbin/mariadbd";

/** Why MariaDB cannot be tried here; undefined: it can. */
export const withoutMariadb = existsSync(MARIADBD) ? undefined : "Debian's mariadb-server is not installed";

export type Mariadb = {
  readonly pid: number;
  /** A new, empty database of it, as `bongsu --data` takes it. */
  database(): Promise<string>;
  stop(): Promise<void>;
};

/** Debian's MariaDB with its own folder, port and socket; durable on each commit, as it comes. */
export async function startMariadb(): Promise<Mariadb> {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-mariadb-"));
  const data = join(folder, "data");
  const port = await freePort();
  const as = userInfo().uid === 0 ? ["--user=root"] : [];
  const install = spawnSync(
    "mariadb-install-db",
    ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db", ...as],
    { encoding: "utf8" },
  );
  if (install.status !== 0) throw new Error(`mariadb-install-db: ${install.stderr}${install.stdout}`);
  const child = spawn(
    MARIADBD,
    [
      "--no-defaults",
      `--datadir=${data}`,
      `--port=${port}`,
      "--bind-address=127.0.0.1",
      `--socket=${join(folder, "socket")}`,
      "--skip-name-resolve",
      ...as,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const root = { host: "127.0.0.1", port, user: "root" };
  await until("mariadbd answers", async () => {
    if (child.exitCode !== null) throw new Error(errors.slice(-2_000));
    const connection = await createConnection(root);
    await connection.query("create user if not exists bongsu@'127.0.0.1' identified by 'pass/word'");
    await connection.query("grant all on *.* to bongsu@'127.0.0.1'");
    await connection.end();
    return true;
  });
  let databases = 0;
  return {
    pid: child.pid ?? 0,
    async database() {
      const name = `bongsu_${databases++}`;
      const connection = await createConnection(root);
      await connection.query(`create database ${name} character set utf8mb4`);
      await connection.end();
      return `mariadb://bongsu:${encodeURIComponent("pass/word")}@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
