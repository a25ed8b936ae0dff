import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";
import { until } from "./until.ts";

export type Demo = {
  readonly url: string;
  readonly login: string;
  readonly password: string;
  /** The token that the server leaves to the command line of its own account: may everything. */
  readonly token: string;
  /** Its data folder. */
  readonly data: string;
  readonly output: () => string;
  stop(): Promise<void>;
};

/** Three weeks are played in about ten seconds; on a machine that does much else, in minutes. */
const STARTS_WITHIN_MS = 300_000;

/** `npm start -- --demo` in a process of its own, from its three weeks of history to its sign-in. */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-demo-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const words = ["src/main.ts", "start", "--demo", "--port", String(port), "--data", folder, "--locale", "en"];
  const server = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  let written = "";
  for (const stream of [server.stdout, server.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (written += text));
  const told = await until(
    "the demo tells its password",
    () => {
      if (server.exitCode !== null) throw new Error(`the demo ended: ${written}`);
      return /sign in as: (?<login>\S+)\s+password: +(?<password>\S+)/.exec(written)?.groups;
    },
    STARTS_WITHIN_MS,
  ).catch((error: unknown) => {
    server.kill("SIGKILL");
    throw error;
  });
  const data = join(folder, "demo");
  const { token } = JSON.parse(readFileSync(join(data, "cli-token"), "utf8")) as { token: string };
  return {
    url,
    login: told.login ?? "",
    password: told.password ?? "",
    token,
    data,
    output: () => written,
    async stop() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
