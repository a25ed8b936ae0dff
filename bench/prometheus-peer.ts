import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PbfWriter } from "pbf";
import type { Sample } from "../src/metric/sample.ts";
import { freePort } from "../test/peers/free-port.ts";
import { until } from "../test/peers/until.ts";
import { residentMegabytes } from "./subjects.ts";

const PROMETHEUS = "/usr/bin/prometheus";
/** `utime` and `stime` count in hundredths of a second. */
const TICKS_PER_SECOND = 100;

export type PrometheusPeer = {
  write(samples: readonly Sample[]): Promise<void>;
  /** How long the query took, in milliseconds, and how many series it gave. */
  query(text: string, range: { from: number; to: number; step: number }): Promise<{ ms: number; series: number }>;
  cpuMs(): number;
  residentMegabytes(): number;
  stop(): Promise<void>;
};

/** Debian's Prometheus with an empty store, written to as another Prometheus would (remote write). */
export async function startPrometheus(): Promise<PrometheusPeer | undefined> {
  if (!existsSync(PROMETHEUS)) return undefined;
  const data = mkdtempSync(join(tmpdir(), "bongsu-bench-"));
  const config = join(data, "prometheus.yml");
  writeFileSync(config, "global: {}\n");
  const port = await freePort();
  const child = spawn(
    PROMETHEUS,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(data, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
      "--log.level=error",
    ],
    { env: { ...process.env, GOMAXPROCS: "1" }, stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  await until("Prometheus answers", async () => (await fetch(`${url}/-/ready`)).ok);
  const pid = child.pid ?? 0;
  return {
    async write(samples) {
      const answer = await fetch(`${url}/api/v1/write`, {
        method: "POST",
        headers: {
          "content-type": "application/x-protobuf",
          "content-encoding": "snappy",
          "x-prometheus-remote-write-version": "0.1.0",
        },
        body: unpressed(writeRequest(samples)),
      });
      if (answer.status !== 204) throw new Error(`Prometheus answers ${answer.status}: ${await answer.text()}`);
    },
    async query(text, { from, to, step }) {
      const query = new URLSearchParams({
        query: text,
        start: String(from / 1_000),
        end: String(to / 1_000),
        step: String(step / 1_000),
      });
      const began = performance.now();
      const answer = await (await fetch(`${url}/api/v1/query_range?${query.toString()}`)).text();
      const ms = performance.now() - began;
      return { ms, series: (JSON.parse(answer) as { data: { result: unknown[] } }).data.result.length };
    },
    cpuMs() {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
    },
    residentMegabytes: () => residentMegabytes(pid),
    async stop() {
      const exit = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await exit;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** `prometheus.WriteRequest`: time series of labels and samples. */
function writeRequest(samples: readonly Sample[]): Uint8Array {
  const pbf = new PbfWriter();
  for (const { metric, labels, at, value } of samples) {
    pbf.writeMessage(
      1,
      (_, series) => {
        const named = Object.entries({ ...labels, __name__: metric }).sort(([a], [b]) => (a < b ? -1 : 1));
        for (const label of named) {
          series.writeMessage(
            1,
            ([name, text], one) => {
              one.writeStringField(1, name);
              one.writeStringField(2, text);
            },
            label,
          );
        }
        series.writeMessage(
          2,
          (_sample, one) => {
            one.writeDoubleField(1, value);
            one.writeVarintField(2, at);
          },
          undefined,
        );
      },
      undefined,
    );
  }
  return pbf.finish();
}

/** In Snappy's form, with nothing pressed: literals of at most 64 KiB. */
function unpressed(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  const length: number[] = [];
  for (let rest = bytes.length; ; rest >>>= 7) {
    length.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) break;
  }
  parts.push(Uint8Array.from(length));
  for (let from = 0; from < bytes.length; from += 65_536) {
    const part = bytes.subarray(from, from + 65_536);
    parts.push(Uint8Array.of(61 << 2, (part.length - 1) & 255, (part.length - 1) >> 8), part);
  }
  return Buffer.concat(parts);
}
