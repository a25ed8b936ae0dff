import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { test } from "node:test";
import { Worker } from "node:worker_threads";
import { POLICY, ROSTER } from "../scenarios/scenario.ts";
import { type Simulated, simulate } from "./simulate.ts";

/**
 * `BONGSU_SEEDS=50000 npm test -- simulation` runs more of them, `BONGSU_SEED=4711` that one alone, with what happened.
 * Timings are told, not judged.
 */
const DAYS = 7;
const SEEDS = Number(process.env.BONGSU_SEEDS ?? (process.env.BONGSU_TEST_LONG === "1" ? 50_000 : 1_000));
const ONE = process.env.BONGSU_SEED;

test(`every promise holds in ${SEEDS} simulated weeks under faults`, {
  skip: ONE !== undefined && "one seed is replayed",
}, async (t) => {
  const began = performance.now();
  const runs = await everySeed(Array.from({ length: SEEDS }, (_, index) => index + 1));
  const seconds = (performance.now() - began) / 1_000;
  const sum = (key: keyof Simulated["counts"]): number => runs.reduce((total, { counts }) => total + counts[key], 0);
  t.diagnostic(
    `${SEEDS} weeks in ${seconds.toFixed(0)} s (${((SEEDS * DAYS * 86_400) / seconds).toFixed(0)} × real time): ` +
      `${sum("incidents")} incidents, ${sum("pages")} pages, ${sum("acts")} acts, ${sum("crashes")} crashes`,
  );
  const broken = runs.filter(({ violations }) => violations.length > 0);
  assert.deepEqual(
    broken.slice(0, 5).map(({ seed, violations }) => `BONGSU_SEED=${seed}: ${violations[0]}`),
    [],
    `${broken.length} of ${SEEDS} seeds broke a promise`,
  );
  assert.ok(sum("crashes") > SEEDS && sum("pages") > 10 * SEEDS, "the weeks were too quiet to prove anything");
});

test("the same seed lives the same week twice", async () => {
  const hashes = async (): Promise<readonly string[]> => (await everySeed([1, 2, 3])).map(({ hash }) => hash);
  const once = await hashes();
  assert.deepEqual(await hashes(), once);
});

if (ONE !== undefined) {
  test(`the week of seed ${ONE}`, async (t) => {
    const run = await simulate({ policy: POLICY, roster: ROSTER, seed: Number(ONE), days: DAYS });
    for (const line of run.log) t.diagnostic(line);
    assert.deepEqual(run.violations, []);
  });
}

async function everySeed(seeds: readonly number[]): Promise<readonly Simulated[]> {
  const count = Math.min(availableParallelism(), seeds.length);
  const runs: Simulated[] = [];
  await Promise.all(
    Array.from(
      { length: count },
      (_, nth) =>
        new Promise<void>((resolve, reject) => {
          const share = seeds.filter((seed) => seed % count === nth);
          const worker = new Worker(new URL("worker.ts", import.meta.url), {
            workerData: { seeds: share, days: DAYS },
          });
          worker.on("message", (run: Simulated) => runs.push(run));
          worker.on("error", reject);
          worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with ${code}`))));
        }),
    ),
  );
  assert.equal(runs.length, seeds.length);
  return runs.sort((one, other) => one.seed - other.seed);
}
