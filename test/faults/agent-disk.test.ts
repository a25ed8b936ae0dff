import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { AgentStatus } from "../../src/agent/run-agent.ts";
import type { ShownHosts, ShownMetrics } from "../../src/http/wire/monitors.ts";
import { POLICY } from "../e2e/policy.ts";
import { type Bongsu, startBongsu } from "../peers/bongsu.ts";
import { withoutNamespaces } from "../peers/namespaces.ts";
import { until } from "../peers/until.ts";

/** It takes as long as a host measures itself a few times; what the spool does of it is in `spool.test.ts`. */
const skip = process.env.BONGSU_TEST_LONG === undefined ? "only in test:long" : (withoutNamespaces() ?? false);

/** A real agent whose data lies on a file system of 4 MB, in a namespace of mounts that nobody else sees. */
describe("an agent whose disk is full", { skip }, () => {
  let bongsu: Bongsu;
  let folder: string;
  let agent: ChildProcess;
  let written = "";

  before(async () => {
    bongsu = await startBongsu({ policy: POLICY, roster: "사람: { a: { 이름: 가 } }\n" });
    folder = mkdtempSync(join(tmpdir(), "bongsu-agent-"));
    writeFileSync(join(folder, "token"), await bongsu.token("agent"));
    execFileSync("mkdir", [join(folder, "data")]);
    const words = ["agent", "--server", bongsu.url, "--token-file", join(folder, "token"), "--host", "web-1"];
    const command = [process.execPath, "src/main.ts", ...words, "--data", join(folder, "data"), "--every", "5s"];
    const script = `mount -t tmpfs -o size=4m tmpfs ${join(folder, "data")} && exec "$@"`;
    agent = spawn("unshare", ["-m", "sh", "-c", script, "sh", ...command], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [agent.stdout, agent.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (written += text));
  });
  after(async () => {
    agent?.kill("SIGKILL");
    await bongsu?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As the agent sees it. */
  const inside = (...path: string[]): string => join("/proc", String(agent.pid), "root", folder, "data", ...path);
  const status = (): AgentStatus => JSON.parse(readFileSync(inside("status.json"), "utf8")) as AgentStatus;
  const asked = async <T>(path: string): Promise<T> => {
    const headers = { authorization: `Bearer ${await bongsu.token("admin")}` };
    return (await (await fetch(`${bongsu.url}${path}`, { headers })).json()) as T;
  };
  const last = async (metric: string, match: string): Promise<number | undefined> => {
    const query = new URLSearchParams([
      ["metric", metric],
      ["match", match],
    ]);
    const { series } = await asked<ShownMetrics>(`/api/v1/metrics/query?${query.toString()}`);
    return series[0]?.max.findLast((value) => value !== null) ?? undefined;
  };

  test("goes on measuring and sending, tells the disk's own words, and loses nothing", async () => {
    await until("something was taken", () => status().sentAt !== null, 60_000);
    const fill = inside("filler");
    try {
      for (;;) writeFileSync(fill, Buffer.alloc(4_096, 1), { flag: "a" });
    } catch {
      // Full.
    }
    const host = async () => (await asked<ShownHosts>("/api/v1/hosts")).hosts.find((one) => one.host === "web-1");
    await until("the disk's trouble is told", async () => (await host())?.trouble?.includes("ENOSPC") === true, 60_000);
    await until(
      "its spool counts as what cannot be asked",
      async () => (await last("target_up", 'target="web-1/spool"')) === 0,
      90_000,
    );
    assert.equal((await host())?.state, "well");
    // The one thing that has to be heard of now.
    const mount = join(folder, "data");
    await until(
      "the full disk is seen",
      async () => ((await last("host_disk_used_ratio", `mount="${mount}"`)) ?? 0) > 0.99,
      60_000,
    );
    assert.match(written, /spool\.not-written/);
    rmSync(fill);
    await until("the disk takes it again", () => /spool\.written-again/.test(written), 60_000);
    await until("nothing waits", () => status().trouble === null && status().spool.records === 0, 60_000);
    assert.equal(status().lostSamples, 0);
    assert.ok(readdirSync(inside("spool")).length > 0);
  });
});
