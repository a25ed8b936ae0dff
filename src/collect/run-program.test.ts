import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { ProgramRunner } from "./run-program.ts";

const { signal } = new AbortController();

test("a program's output, errors and code are told, and that it is not there", async () => {
  const runner = new ProgramRunner();
  const ran = await runner.run("sh", ["-c", "echo out; echo problem >&2; exit 3"], signal);
  assert.deepEqual(ran, { is: "ended", code: 3, out: "out\n", errors: "problem\n" });
  assert.deepEqual(await runner.run("/no/such/program", [], signal), { is: "not-there", because: "ENOENT" });
  // One that failed does not stand in the way of the next.
  assert.equal((await runner.run("sh", ["-c", "true"], signal)).is, "ended");
});

test("what does not end in time is left, with what it started, and the next one may run", async () => {
  const runner = new ProgramRunner();
  const over = new AbortController();
  const running = runner.run("sh", ["-c", "sleep 600 & wait"], over.signal);
  over.abort();
  assert.deepEqual(await running, { is: "hangs" });
  for (let ran = await runner.run("true", [], signal); ran.is !== "ended"; ran = await runner.run("true", [], signal)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
});

const skip = process.platform === "win32" ? "no limits of that kind" : false;
test("a process that may open no more files is told so, and goes on", { skip }, () => {
  const script = `
    import { openSync } from "node:fs";
    import { ProgramRunner } from ${JSON.stringify(new URL("./run-program.ts", import.meta.url).href)};
    const runner = new ProgramRunner();
    const signal = new AbortController().signal;
    try { for (;;) openSync("/dev/null"); } catch {}
    const ran = [await runner.run("true", [], signal), await runner.run("true", [], signal)];
    console.log(JSON.stringify(ran));`;
  const limited = 'ulimit -n 64 && exec "$@"';
  const args = ["-c", limited, "sh", process.execPath, "--input-type=module", "-e", script];
  const { stdout, stderr } = spawnSync("sh", args, { encoding: "utf8" });
  const none = { is: "not-there", because: "EMFILE" };
  assert.equal(stdout.trim(), JSON.stringify([none, none]), stderr);
});
