import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import type { Subject } from "./subjects.ts";

export type Rate = {
  /** Accepted a second. */
  readonly alerts: number;
  /** Of the answer, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  /** Seconds from the last request until everything accepted had become alerts and incidents. */
  readonly drained: number | undefined;
};

const WRK = "/usr/bin/wrk";
export const withoutWrk = existsSync(WRK)
  ? undefined
  : "wrk is not installed (Debian package 'wrk'); nothing was measured";

export async function ingestRate(
  { url, token, backlog }: Subject,
  load: { readonly known: number; readonly rules: number; readonly batch: number; readonly seconds: number },
): Promise<Rate> {
  const env = {
    ...process.env,
    TOKEN: token,
    BATCH: String(load.batch),
    KNOWN: String(load.known),
    RULES: String(load.rules),
  };
  // Known series are made known first, and what was compiled lazily is compiled.
  await wrk(url, 2, env);
  const output = await wrk(url, load.seconds, env);
  const ended = performance.now();
  const [, requests = "", micros = "", errors = "", p50 = "", p99 = ""] =
    /RESULT (\S+) (\S+) (\S+) (\S+) (\S+)/.exec(output) ?? [];
  if (requests === "") throw new Error(`wrk: ${output}`);
  let drained: number | undefined;
  if ((await backlog()) !== undefined) {
    while ((await backlog()) !== 0) await new Promise((resolve) => setTimeout(resolve, 200));
    drained = (performance.now() - ended) / 1_000;
  }
  return {
    alerts: (Number(requests) * load.batch) / (Number(micros) / 1e6),
    p50: Number(p50),
    p99: Number(p99),
    errors: Number(errors),
    drained,
  };
}

function wrk(url: string, seconds: number, env: NodeJS.ProcessEnv): Promise<string> {
  const args = [
    "-c",
    "1",
    WRK,
    "-t1",
    "-c64",
    `-d${seconds}s`,
    "--timeout",
    "20s",
    "-s",
    "bench/alerts.lua",
    `${url}/api/v2/alerts`,
  ];
  const run = String(Math.trunc(performance.timeOrigin + performance.now()));
  return new Promise((resolve, reject) => {
    execFile("taskset", args, { env: { ...env, RUN: run }, encoding: "utf8" }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(stdout + stderr));
    });
  });
}
