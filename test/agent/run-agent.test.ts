import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { type AgentStatus, runAgent } from "../../src/agent/run-agent.ts";
import { serverLink } from "../../src/agent/server-link.ts";
import type { Collector } from "../../src/collect/collector.ts";
import { newToken } from "../../src/http/tokens.ts";
import { seededChance } from "../../src/id/chance.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";
import { Secret } from "../../src/secret/secret.ts";
import type { Clock } from "../../src/time/clock.ts";
import { HOUR_MS } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { freePort } from "../peers/free-port.ts";
import { type Served, startServed } from "../world/served.ts";

const SERIES = 50;

/** Counts what it has measured: what the server has to have in the end, or the agent has to have told as lost. */
function countingCollector(): { readonly collector: Collector; readonly measured: () => number } {
  let measured = 0;
  const collector: Collector = {
    kind: "host",
    local: true,
    open: () => ({
      collect: async ({ host }) => {
        measured += SERIES;
        // Numbers of no pattern, so that compressing them does not make the spool endless.
        const value = (n: number): number => Math.sin(measured + n) * 1e6;
        return {
          samples: Array.from({ length: SERIES }, (_, n) => ({
            metric: "counted",
            labels: { host, n: String(n) },
            value: value(n),
          })),
        };
      },
      close: async () => {},
    }),
  };
  return { collector, measured: () => measured };
}

describe("an agent whose server is away for longer than its spool reaches", () => {
  let served: Served;
  let folder: string;
  let token: string;
  let port: number;
  before(async () => {
    served = await startServed({
      policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
      roster: ROSTER_TEXT,
      start: T0,
      settings: { measures: true, watchMs: 10_000 },
    });
    folder = mkdtempSync(join(tmpdir(), "bongsu-agent-"));
    port = await freePort();
    const made = newToken(seededChance(3), { name: "agent", scopes: ["agent"], at: served.world.clock.now() });
    await served.world.store.putToken(made.token);
    token = made.text;
  });
  after(async () => {
    await served?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("loses the oldest, says how much, and sends everything else once; its silence was told meanwhile", async () => {
    const { world } = served;
    const { collector, measured } = countingCollector();
    const said: string[] = [];
    const told = { lost: 0 };
    const end = new AbortController();
    const running = runAgent(
      {
        host: "web-1",
        version: "1.0.0",
        data: folder,
        every: 10_000,
        spoolBytesMax: 60_000,
        collectors: new Map<CollectorKind, Collector>([["host", collector]]),
        boot: { id: "boot", at: () => world.clock.now() - world.clock.monotonic() },
        link: serverLink({ url: `http://127.0.0.1:${port}`, token: new Secret(token), version: "1.0.0" }),
        clock: world.clock,
        chance: seededChance(1),
        log: (_level, event, facts) => {
          said.push(event);
          if (event === "samples.lost") told.lost += Number(facts?.samples ?? 0);
        },
      },
      end.signal,
    );
    const status = (): AgentStatus => JSON.parse(readFileSync(join(folder, "status.json"), "utf8")) as AgentStatus;
    /** Time passes in small steps, each with a moment for what really goes over the network. */
    const pass = async (ms: number): Promise<void> => {
      for (let gone = 0; gone < ms; gone += 1_000) {
        await world.advance(1_000);
        for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const passUntil = async (what: string, holds: () => Promise<boolean> | boolean): Promise<void> => {
      for (let tries = 0; tries < 2_000; tries++) {
        if (await holds()) return;
        await pass(1_000);
      }
      throw new Error(`${what}: never`);
    };
    const incidentOf = async (service: string) =>
      (await world.store.incidents({ limit: 50 })).find((incident) => incident.service === service);

    // There, then away.
    await served.server.listen({ host: "127.0.0.1", port });
    const address = served.server.server;
    await passUntil("something arrives", async () => (await world.store.agents()).length === 1);
    await passUntil("nothing waits", () => status().spool.records === 0);
    await new Promise<void>((resolve) => {
      address.close(() => resolve());
      address.closeAllConnections();
    });
    await passUntil("the spool is full", () => told.lost > 0);
    await passUntil("its silence is told", async () => (await incidentOf("web-1"))?.state === "triggered");
    assert.match((await incidentOf("web-1"))?.title ?? "", /web-1: nothing measured arrives/);

    // There again: what waits arrives, the incident ends.
    await new Promise<void>((resolve) => address.listen(port, "127.0.0.1", resolve));
    await passUntil("the spool is empty", () => status().problem === null && status().spool.records === 0);
    await passUntil("it is heard of", async () => (await incidentOf("web-1"))?.state === "resolved");
    end.abort();
    await running;
    assert.equal(status().spool.records, 0);

    const now = world.clock.now();
    const range = { from: now - 12 * HOUR_MS, to: now + HOUR_MS, pointsMax: 2_000, seriesMax: 200 };
    const { series } = await world.engine.metrics.history({ metric: "counted", matchers: [] }, range);
    assert.equal(series.length, SERIES);
    const arrived = series.flatMap(({ points }) => points).reduce((sum, { count }) => sum + count, 0);
    // Beside each collection's own there are target_up, target_seconds and three of the agent itself.
    const lost = (told.lost / (SERIES + 5)) * SERIES;
    // One that was under way when the line was cut may have arrived without its sender's knowing, and be told as lost.
    const twice = arrived + lost - measured();
    assert.ok(twice === 0 || twice === SERIES, `${arrived} arrived, ${lost} lost, ${measured()} measured`);
    assert.equal(status().lostSamples, told.lost);
    assert.ok(said.includes("server.takes-nothing") && said.includes("server.takes-again"));
    const [host] = await world.store.agents();
    assert.equal(host?.facts.lostSamples, told.lost);
    const [counter] = world.engine.metrics.recent({ metric: "agent_lost_samples_total", matchers: [] }, 0);
    assert.equal(counter?.points.at(-1)?.last, told.lost);
  });
});

describe("an agent whose clock is wrong", () => {
  const RATE = 10_000;
  for (const [name, first, then] of [
    ["two hours ahead", 2 * HOUR_MS, 2 * HOUR_MS],
    ["two hours behind", -2 * HOUR_MS, -2 * HOUR_MS],
    ["set right while its server is away", 2 * HOUR_MS, 0],
    ["set wrong while its server is away", 0, -2 * HOUR_MS],
  ] as const)
    test(`${name}: its samples are where they were measured, and how wrong it is is told`, async (t) => {
      const served = await startServed({
        policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`,
        roster: ROSTER_TEXT,
        start: T0,
        settings: { measures: true, watchMs: 10_000 },
      });
      const { world } = served;
      const folder = mkdtempSync(join(tmpdir(), "bongsu-agent-"));
      t.after(async () => {
        await served.stop();
        rmSync(folder, { recursive: true, force: true });
      });
      const { text, token } = newToken(seededChance(3), { name: "agent", scopes: ["agent"], at: world.clock.now() });
      await world.store.putToken(token);
      let off: number = first;
      const port = await freePort();
      // Only the agent's: what lasts a while lasts as long for both.
      const clock: Clock = {
        now: () => world.clock.now() + off,
        monotonic: () => world.clock.monotonic(),
        after: (delay, wake) => world.clock.after(delay, wake),
      };
      const pass = async (ms: number): Promise<void> => {
        for (let gone = 0; gone < ms; gone += 1_000) {
          await world.advance(1_000);
          for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
        }
      };
      const { collector, measured } = countingCollector();
      const end = new AbortController();
      const running = runAgent(
        {
          host: "web-1",
          version: "1.0.0",
          data: folder,
          every: RATE,
          spoolBytesMax: 1_000_000,
          collectors: new Map<CollectorKind, Collector>([["host", collector]]),
          boot: { id: "boot", at: () => clock.now() - clock.monotonic() },
          link: serverLink({ url: `http://127.0.0.1:${port}`, token: new Secret(text), version: "1.0.0" }),
          clock,
          chance: seededChance(1),
          log: () => {},
        },
        end.signal,
      );
      const began = world.clock.now();
      await pass(3 * 60_000);
      off = then;
      await pass(60_000);
      await served.server.listen({ host: "127.0.0.1", port });
      const status = (): AgentStatus => JSON.parse(readFileSync(join(folder, "status.json"), "utf8")) as AgentStatus;
      for (let tries = 0; tries < 600 && (status().sentAt === null || status().spool.records > 0); tries++)
        await pass(1_000);
      end.abort();
      await pass(3_000);
      await running;
      const range = { from: began - 12 * HOUR_MS, to: began + 12 * HOUR_MS, pointsMax: 2_000, seriesMax: 200 };
      const { series } = await world.engine.metrics.history({ metric: "counted", matchers: [] }, range);
      const points = series.flatMap((one) => one.points);
      assert.equal(
        points.reduce((sum, { count }) => sum + count, 0),
        measured(),
      );
      assert.ok(points.every(({ at }) => at >= began - 60_000 && at <= world.clock.now()));
      const [host] = await world.store.agents();
      assert.ok(Math.abs((host?.facts.clockSkew ?? 0) - then) < 2_000, String(host?.facts.clockSkew));
      assert.equal(host?.facts.lostSamples, 0);
    });
});
