import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname } from "node:path";
import { test } from "node:test";

/** Format, import floors and purity, types, unused code: what `npm run check` mends or shows one by one. */
const CHECKS: readonly (readonly [what: string, file: string, ...args: string[]])[] = [
  ["every file is formatted and linted", "node_modules/.bin/biome", "check", "."],
  ["no floor imports one above it, no promise floats", "node_modules/.bin/oxlint", "--type-aware"],
  ["the types hold", "node_modules/.bin/tsc", "--noEmit"],
  ["the types of the web UI hold", "node_modules/.bin/tsc", "--noEmit", "-p", "web"],
  ["nothing is unused", "node_modules/.bin/knip", "--no-progress", "--no-config-hints"],
];

for (const [what, file, ...args] of CHECKS) {
  test(what, async () => {
    const { code, output } = await run(file, args);
    assert.equal(code, 0, output.slice(-4_000));
  });
}

test("the lock file names no registry", () => {
  assert.doesNotMatch(
    readFileSync("package-lock.json", "utf8"),
    /"resolved"|https?:\/\/(?!github|opencollective|feross|www\.patreon|tidelift|paulmillr|eemeli|ko-fi)[^"]*registry/,
  );
});

const EVERYBODYS: ReadonlySet<string> = new Set(["/", "/tmp", "/home", "/opt", "/srv", tmpdir()]);

test("no file speaks of the machine it was written on", async () => {
  for (const place of [dirname(process.cwd()), homedir()]) {
    // A place that is everybody's says nothing.
    if (EVERYBODYS.has(place)) continue;
    const { output } = await run("git", ["grep", "-nIF", `${place}/`, "--", "."]);
    assert.equal(output, "");
  }
});

function run(file: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(file, args, { encoding: "utf8", maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code) || 1, output: stdout + stderr });
    });
  });
}
