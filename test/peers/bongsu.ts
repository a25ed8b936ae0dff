import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export type Ran = { readonly code: number; readonly stdout: string; readonly stderr: string };

export type Bongsu = {
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly process: () => ChildProcess;
  /** All that the server wrote, both ways. */
  readonly output: () => string;
  cli(...args: string[]): Promise<Ran>;
  token(scopes: string): Promise<string>;
  /** With this crash point, or none. */
  start(environment?: Record<string, string>): Promise<void>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
  /** SIGTERM, waits, removes the data. */
  stop(): Promise<void>;
};

const NODE = process.execPath;
const MAIN = "src/main.ts";

/** A real server in a process of its own, with its own data, policy and roster. */
export async function startBongsu(setup: {
  readonly policy: string;
  readonly roster: string;
  readonly store?: string;
  readonly environment?: Record<string, string>;
}): Promise<Bongsu> {
  const data = mkdtempSync(join(tmpdir(), "bongsu-test-"));
  const port = await freePort();
  const policy = join(data, "policy.md");
  const roster = join(data, "roster.yaml");
  writeFileSync(policy, setup.policy);
  writeFileSync(roster, setup.roster);
  const environment = {
    ...process.env,
    BONGSU_DATA: data,
    BONGSU_PORT: String(port),
    BONGSU_POLICY: policy,
    BONGSU_ROSTER: roster,
    BONGSU_LOCALE: "ko",
    // How busy the machine of the tests is concerns nobody.
    BONGSU_SELF_MONITORING: "off",
    ...(setup.store === undefined ? {} : { BONGSU_STORE: setup.store }),
    ...setup.environment,
  };
  let child: ChildProcess | undefined;
  let written = "";
  const url = `http://127.0.0.1:${port}`;
  const ended = (one: ChildProcess): Promise<void> =>
    one.exitCode !== null || one.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => one.once("exit", () => resolve()));

  const bongsu: Bongsu = {
    url,
    port,
    data,
    process: () => child as ChildProcess,
    output: () => written,
    cli: (...args) =>
      new Promise((resolve) => {
        execFile(NODE, [MAIN, ...args], { env: environment, encoding: "utf8" }, (error, stdout, stderr) => {
          resolve({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
        });
      }),
    async token(scopes) {
      const { stdout, stderr } = await bongsu.cli("token", "create", "--scopes", scopes);
      if (stdout.trim() === "") throw new Error(stderr);
      return stdout.trim();
    },
    async start(more = {}) {
      const one = spawn(NODE, [MAIN, "start"], { env: { ...environment, ...more }, stdio: ["ignore", "pipe", "pipe"] });
      child = one;
      one.stdout.setEncoding("utf8").on("data", (text: string) => (written += text));
      one.stderr.setEncoding("utf8").on("data", (text: string) => (written += text));
      await until("the server answers", async () => {
        if (one.exitCode !== null) throw new Error(`the server ended: ${written.slice(-2_000)}`);
        if (one.signalCode !== null) return true;
        return (await fetch(`${url}/readyz`)).ok;
      });
    },
    async kill() {
      if (child === undefined) return;
      child.kill("SIGKILL");
      await ended(child);
    },
    async stop() {
      if (child !== undefined) {
        child.kill("SIGTERM");
        await ended(child);
      }
      rmSync(data, { recursive: true, force: true });
    },
  };
  await bongsu.start();
  return bongsu;
}
