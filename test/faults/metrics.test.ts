import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { seededChance } from "../../src/id/chance.ts";
import { openStore } from "../../src/store/open-store.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { SimClock } from "../../src/time/sim-clock.ts";
import { MeasuredNode } from "../world/measured-world.ts";

const KILLS = process.env.BONGSU_TEST_LONG === "1" ? 100 : 8;

/** A real process over a real file, killed at any moment while samples pour in: none that was answered is lost or doubled. */
test(`no accepted sample is lost in ${KILLS} kills, and none counts twice`, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-samples-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "bongsu.db");
  const chance = seededChance(7);
  let next = 0;
  for (let kill = 0; kill < KILLS; kill++) next = (await killed(file, next, chance.fraction() * 300)) + 1;
  // The last batch of each process may be durable although nobody was told; the one after sends it again.
  const store = await openStore(file);
  t.after(() => store.close());
  const start = Date.UTC(2026, 2, 2);
  const clock = new SimClock(start + next * 5 * MINUTE_MS);
  const node = new MeasuredNode({ store, clock, chance, node: "node" });
  await node.begin();
  for (const wait of [0, 4 * MINUTE_MS, 3 * HOUR_MS]) {
    clock.jump(wait);
    await node.settle();
  }
  const { series } = await node.metrics.history(
    { metric: "m", matchers: [] },
    { from: start, to: clock.now(), pointsMax: 1_000_000, seriesMax: 100 },
  );
  assert.equal(series.length, 10);
  for (const { points } of series) {
    const counts = points.map(({ count }) => count);
    const all = counts.reduce((sum, count) => sum + count, 0);
    assert.ok(all === next || all === next + 1, `${all} samples of ${next} that were accepted`);
    assert.deepEqual(
      counts.slice(0, -1).filter((count) => count !== 1),
      [],
    );
  }
  t.diagnostic(`${next * 10} samples through ${KILLS} kills`);
  assert.ok(next > KILLS, "hardly anything was accepted");
});

/** The number of the last batch that a process said was accepted before it was killed, so long after the first. */
async function killed(file: string, first: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "accept-samples.ts"), file, String(first)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = "";
  await new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`ended by itself with ${code}`)));
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (text: string) => {
      if (told === "") setTimeout(resolve, afterMs);
      told += text;
    });
  });
  child.removeAllListeners("exit");
  const ended = new Promise((resolve) => child.stdout.on("end", resolve));
  child.kill("SIGKILL");
  await ended;
  const lines = told.slice(0, told.lastIndexOf("\n")).split("\n");
  return Number(lines.at(-1));
}
