import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { AgentStatus } from "../../src/agent/run-agent.ts";
import { readConfig } from "../../src/cli/config.ts";
import { ROOT } from "../../src/cli/package.ts";
import { engineOver } from "../../src/cli/program.ts";
import type { ShownHosts } from "../../src/http/wire/monitors.ts";
import { openStore } from "../../src/store/open-store.ts";
import { HOUR_MS } from "../../src/time/instant.ts";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { type CutLine, startCutLine } from "../peers/cut-line.ts";
import { until } from "../peers/until.ts";

const LONG = process.env.BONGSU_TEST_LONG !== undefined;
const TARGETS = 20;
/** How often each thing happens to the agent, the server and the line between them. */
const ROUNDS = LONG ? 10 : 1;

/** Each question to it is one sample, if the agent lived to write it down. */
async function startPage(): Promise<{ readonly server: Server; readonly url: string; readonly hits: () => number }> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.end("here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, hits: () => hits };
}

describe("an agent, its server and the line between them", () => {
  let page: Awaited<ReturnType<typeof startPage>>;
  let bongsu: Bongsu;
  let line: CutLine;
  let folder: string;
  let agent: ChildProcess | undefined;
  let written = "";

  before(async () => {
    page = await startPage();
    folder = mkdtempSync(join(tmpdir(), "bongsu-agent-"));
    const targets = Array.from(
      { length: TARGETS },
      (_, n) => `  t${n}: { 수집기: http, 설정: { url: "${page.url}" }, 주기: 5초, 에이전트: web-1 }`,
    );
    bongsu = await startBongsu({ policy: POLICY, roster: `사람: { a: { 이름: 가 } }\n대상:\n${targets.join("\n")}\n` });
    line = await startCutLine(bongsu.port);
    writeFileSync(join(folder, "token"), await bongsu.token("agent"));
  });
  after(async () => {
    agent?.kill("SIGKILL");
    await line?.stop();
    await bongsu?.stop();
    page?.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function start(): void {
    const words = ["agent", "--server", line.url, "--token-file", join(folder, "token"), "--host", "web-1"];
    agent = spawn(process.execPath, ["src/main.ts", ...words, "--data", join(folder, "data"), "--every", "5s"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [agent.stdout, agent.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (written += text));
  }
  function end(signal: NodeJS.Signals): Promise<number | null> {
    const child = agent as ChildProcess;
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }
  const more = async (what: string, count = TARGETS / 2): Promise<void> => {
    const from = page.hits();
    await until(what, () => page.hits() >= from + count, 60_000);
  };
  const status = (): AgentStatus => JSON.parse(readFileSync(join(folder, "data/status.json"), "utf8")) as AgentStatus;

  test("killed, killed and cut off, every sample that the agent wrote down arrives, and arrives once", async () => {
    start();
    await more("the first round of samples");
    let kills = 0;
    for (let round = 0; round < ROUNDS; round++) {
      await end("SIGKILL");
      kills++;
      start();
      await more("samples after the agent was killed");
      await bongsu.kill();
      await more("samples while the server is away");
      await until("the agent says that nobody takes anything", () => written.includes("server.takes-nothing"), 60_000);
      await bongsu.start();
      await line.cut();
      await more("samples while the line is cut");
      await line.mend();
    }
    await until("the spool is empty", () => status().problem === null && status().spool.records === 0, 60_000);
    const admin = await bongsu.token("admin");
    const answer = await fetch(`${bongsu.url}/api/v1/hosts`, { headers: { authorization: `Bearer ${admin}` } });
    const host = ((await answer.json()) as ShownHosts).hosts.find((one) => one.host === "web-1");
    assert.deepEqual([host?.kind, host?.state, host?.targets.length], ["agent", "well", TARGETS + 4]);
    assert.equal(await end("SIGTERM"), 0, written);
    assert.deepEqual([status().spool.records, status().lostSamples], [0, 0]);

    const hits = page.hits();
    const [up, target, own] = await kept("http_up", "target_up", "host_cpu_used_ratio");
    assert.equal(up?.series, TARGETS);
    // What was asked when the agent was killed was not written down yet; of what was, nothing is missing or there twice.
    const samples = up?.samples ?? 0;
    assert.ok(samples <= hits, `${samples} samples of ${hits} questions`);
    assert.ok(samples >= hits - kills * TARGETS, `${samples} samples of ${hits} questions`);
    assert.ok((target?.samples ?? 0) >= samples && (own?.samples ?? 0) > 0);
  });

  /** What the store holds, read by an engine of our own after the server has ended. */
  async function kept(...metrics: string[]): Promise<{ readonly samples: number; readonly series: number }[]> {
    await bongsu.kill();
    const store = await openStore(join(bongsu.data, "bongsu.db"));
    const engine = engineOver(store, readConfig({ data: bongsu.data }, {}, ROOT), { node: "reader", log: () => {} });
    try {
      await engine.start();
      const now = engine.ports.clock.now();
      const found = [];
      for (const metric of metrics) {
        const range = { from: now - HOUR_MS, to: now + HOUR_MS, pointsMax: 2_000, seriesMax: 200 };
        const { series, resolution } = await engine.metrics.history({ metric, matchers: [] }, range);
        assert.equal(resolution, "minute");
        const samples = series.flatMap(({ points }) => points).reduce((sum, { count }) => sum + count, 0);
        found.push({ samples, series: series.length });
      }
      return found;
    } finally {
      await engine.stop(0);
      await store.close();
    }
  }
});
