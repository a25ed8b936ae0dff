import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { startBongsu } from "../peers/bongsu.ts";

/** Blocks marked `sh` are run, those marked `sh server` beside a running server; `sh read` is only to be read. */
for (const readme of ["README.md", "README.ko.md"]) {
  test(`the commands of ${readme} run as they stand`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "bongsu-readme-"));
    const bongsu = await startBongsu({
      policy: readFileSync("policies/example-policy.ko.md", "utf8"),
      roster: readFileSync("policies/example-roster.yaml", "utf8"),
    });
    t.after(async () => {
      await bongsu.stop();
      rmSync(folder, { recursive: true, force: true });
    });
    for (const name of ["bin", "policies"]) symlinkSync(resolve(name), join(folder, name));
    mkdirSync(join(folder, "data"));
    const env = { ...process.env, BONGSU_DATA: bongsu.data, BONGSU_PORT: String(bongsu.port) };
    const blocks = [...readFileSync(readme, "utf8").matchAll(/^```sh( server)?\n(.*?)^```$/gms)];
    assert.ok(blocks.length >= 4, "the readme has commands");
    for (const [, , text = ""] of blocks) {
      const { code, output } = await shell(text.replaceAll("http://127.0.0.1:7119", bongsu.url), folder, env);
      assert.equal(code, 0, `${text}\n${output}`);
    }
  });
}

function shell(text: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    execFile("sh", ["-e", "-c", text], { cwd, env, encoding: "utf8" }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code) || 1, output: stdout + stderr });
    });
  });
}
