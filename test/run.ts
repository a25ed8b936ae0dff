import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { needDebian } from "./runner/debian.ts";
import { runFiles, type Tally } from "./runner/run-files.ts";

/**
 * `npm test [-- words]`: every *.test.ts of src and test whose path contains one of the words. Closes with the plain
 * line `N passed, N failed[, N skipped]`; leaves count, suites do not.
 */
const isLong = process.argv.includes("--long");
const FILE_TIMEOUT_MS = isLong ? 14_400_000 : 600_000;
/** It gives way to everything else, for as long as there is anything else. */
const SIMULATION_TIMEOUT_MS = isLong ? 14_400_000 : 2_400_000;

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
// Each file runs in a process of its own, which has the environment and not the arguments.
if (isLong) process.env.BONGSU_TEST_LONG = "1";
// Hundreds of processes load the same modules: the first strips and compiles each, as with `bin/bongsu`.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules", ".cache", "compile");
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts", "web/src/**/*.test.ts"])
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();
const inBrowser = files.filter((file) => file.startsWith("test/e2e/"));

if (words.length === 0) needDebian();

const concurrency = Math.max(2, Math.min(4, availableParallelism()));
const options = { concurrency, timeoutMs: FILE_TIMEOUT_MS };
/** It computes for minutes, at the lowest priority: in whatever time the files beside it only wait. */
const simulated = files.filter((file) => file.startsWith("test/simulation/"));
/** Real load on this machine, which is to be seen to end: nothing else works meanwhile. */
const loading = files.filter((file) => /^test\/collect\/(load-to-incident|real-load)\./u.test(file));
const apart = [...inBrowser, ...simulated, ...loading];
const others = files.filter((file) => !apart.includes(file));
const alone = await runFiles(loading, { ...options, concurrency: 1 });
/** Browsers compute in processes of their own: two at once are enough, and when the others are done. */
const inTurn = async (): Promise<readonly Tally[]> => [
  await runFiles(others, { ...options, concurrency: concurrency + 1 }),
  await runFiles(inBrowser, options),
];
const [simulation, turns] = await Promise.all([
  runFiles(simulated, { ...options, timeoutMs: SIMULATION_TIMEOUT_MS }),
  inTurn(),
]);

/**
 * Browsers, daemons and sockets have clocks of their own. A file of `test/` that failed is tried once more, alone: what
 * fails again has failed, what passes then is told as unsteady, with what it said, and is to be mended. What is pure, and
 * the simulation, which a seed determines, has no second try.
 */
const tallies = [alone, simulation, ...turns];
const failedFiles = tallies.flatMap((tally) => tally.failedFiles);
const retried = failedFiles.filter((file) => file.startsWith("test/") && !file.startsWith("test/simulation/"));
const again =
  retried.length === 0
    ? undefined
    : await runFiles(retried, { ...options, concurrency: 1, heading: "once more, alone" });
const unsteady = retried.filter((file) => again?.failedFiles.includes(file) === false);
for (const file of unsteady) console.log(`unsteady: ${file} failed once and passed alone`);

/** What to look at when the whole takes too long. */
const SLOWEST_SHOWN = 12;
if (words.length === 0) {
  const slowest = tallies
    .flatMap(({ tookMs }) => [...tookMs])
    .sort(([, one], [, other]) => other - one)
    .slice(0, SLOWEST_SHOWN);
  console.log(`slowest: ${slowest.map(([file, ms]) => `${file} ${(ms / 1_000).toFixed(0)} s`).join(", ")}`);
}

const total = (key: "passed" | "failed" | "skipped" | "todo"): number =>
  tallies.reduce((sum, tally) => sum + tally[key], 0);
const mended = tallies.reduce(
  (sum, tally) => sum + unsteady.reduce((all, file) => all + (tally.failuresOf.get(file) ?? 0), 0),
  0,
);
const failed = total("failed") - mended + (total("passed") + total("failed") === 0 ? 1 : 0);
const passed = total("passed") + mended;
if (passed + total("failed") === 0) console.log("no test was run");
const more = [
  total("skipped") === 0 ? "" : `, ${total("skipped")} skipped`,
  total("todo") === 0 ? "" : `, ${total("todo")} to do`,
  unsteady.length === 0 ? "" : `, ${unsteady.length} unsteady`,
];
console.log(`\n${passed} passed, ${failed} failed${more.join("")}`);
process.exit(failed === 0 ? 0 : 1);
