import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { needDebian } from "./runner/debian.ts";

/**
 * `npm test [-- words]`: every *.test.ts of src and test whose path contains one of the words. Closes with the plain
 * line `N passed, N failed[, N skipped]`; leaves count, suites do not.
 */
const FILE_TIMEOUT_MS = process.argv.includes("--long") ? 14_400_000 : 600_000;

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));
// Each file runs in a process of its own, which has the environment and not the arguments.
if (process.argv.includes("--long")) process.env.BONGSU_TEST_LONG = "1";
const files = globSync(["src/**/*.test.ts", "test/**/*.test.ts", "web/src/**/*.test.ts"])
  .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
  .sort();

if (words.length === 0) needDebian();

/** What node:test says of itself at the end of each file. */
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

let passed = 0;
let failed = 0;
let todo = 0;
let skipped = 0;
const stream = run({
  files,
  concurrency: Math.max(2, Math.min(4, availableParallelism())),
  timeout: FILE_TIMEOUT_MS,
});
for await (const { type, data } of stream) {
  if (type === "test:pass" && data.details.type !== "suite" && !isFile(data.name)) {
    if (data.skip !== undefined && data.skip !== false) {
      skipped++;
      console.log(`skipped: ${data.name} (${String(data.skip)})`);
    } else passed++;
  } else if (type === "test:fail" && data.todo !== undefined && data.todo !== false) {
    todo++;
    console.log(`to do: ${data.name} (${String(data.todo)})`);
  } else if (type === "test:fail" && data.details.type !== "suite") {
    failed++;
    const cause = data.details.error.cause ?? data.details.error;
    console.log(`\nFAILED ${data.file ?? ""}:${data.line ?? ""}\n  ${data.name}`);
    console.log(String(cause instanceof Error ? (cause.stack ?? cause.message) : cause));
  } else if (type === "test:diagnostic" && !SUMMARY.test(data.message)) console.log(`note: ${data.message}`);
  else if (type === "test:stderr" && process.env.BONGSU_TEST_VERBOSE) process.stderr.write(data.message);
}
if (passed + failed === 0) {
  console.log("no test was run");
  failed++;
}
console.log(
  `\n${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}${todo === 0 ? "" : `, ${todo} to do`}`,
);
process.exit(failed === 0 ? 0 : 1);

function isFile(name: string): boolean {
  return name.endsWith(".test.ts");
}
