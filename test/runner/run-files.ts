import { relative } from "node:path";
import { run } from "node:test";

export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly todo: number;
  readonly failedFiles: readonly string[];
  readonly failuresOf: ReadonlyMap<string, number>;
  readonly tookMs: ReadonlyMap<string, number>;
};

/** What node:test says of itself at the end of each file. */
const SUMMARY = /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

/** Runs test files, each in a process of its own, and tells what failed as it fails. */
export async function runFiles(
  files: readonly string[],
  options: { readonly concurrency: number; readonly timeoutMs: number; readonly heading?: string },
): Promise<Tally> {
  const tally = { passed: 0, failed: 0, skipped: 0, todo: 0 };
  const failuresOf = new Map<string, number>();
  const tookMs = new Map<string, number>();
  if (files.length === 0) return { ...tally, failedFiles: [], failuresOf, tookMs };
  if (options.heading !== undefined) console.log(`\n${options.heading}: ${files.join(", ")}`);
  const stream = run({ files: [...files], concurrency: options.concurrency, timeout: options.timeoutMs });
  for await (const { type, data } of stream) {
    if ((type === "test:pass" || type === "test:fail") && data.nesting === 0) {
      const file = relative(process.cwd(), data.file ?? data.name);
      tookMs.set(file, (tookMs.get(file) ?? 0) + data.details.duration_ms);
    }
    if (type === "test:pass" && data.details.type !== "suite" && !isFile(data.name)) {
      if (data.skip !== undefined && data.skip !== false) {
        tally.skipped++;
        console.log(`skipped: ${data.name} (${String(data.skip)})`);
      } else tally.passed++;
    } else if (type === "test:fail" && data.todo !== undefined && data.todo !== false) {
      tally.todo++;
      console.log(`to do: ${data.name} (${String(data.todo)})`);
    } else if (type === "test:fail" && data.details.type !== "suite") {
      tally.failed++;
      const file = relative(process.cwd(), data.file ?? data.name);
      failuresOf.set(file, (failuresOf.get(file) ?? 0) + 1);
      const cause = data.details.error.cause ?? data.details.error;
      console.log(`\nFAILED ${data.file ?? ""}:${data.line ?? ""}\n  ${data.name}`);
      console.log(String(cause instanceof Error ? (cause.stack ?? cause.message) : cause));
    } else if (type === "test:diagnostic" && !SUMMARY.test(data.message)) console.log(`note: ${data.message}`);
    else if (type === "test:stderr" && process.env.BONGSU_TEST_VERBOSE) process.stderr.write(data.message);
  }
  return { ...tally, failedFiles: [...failuresOf.keys()].filter((file) => files.includes(file)), failuresOf, tookMs };
}

function isFile(name: string): boolean {
  return name.endsWith(".test.ts");
}
