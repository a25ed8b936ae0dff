import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../peers/free-port.ts";
import { until } from "../peers/until.ts";

test("what npm pack makes runs where it is installed", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "bongsu-package-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await done("npm", ["pack", "--silent", "--pack-destination", folder]);
  const [tarball = ""] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  const files = await done("tar", ["-tzf", join(folder, tarball)]);
  assert.match(files, /package\/dist\/main\.js/);
  assert.doesNotMatch(files, /\.test\.js|package\/(src|test)\//);
  await done("npm", [
    "install",
    "--prefix",
    folder,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    join(folder, tarball),
  ]);

  const bongsu = join(folder, "node_modules/.bin/bongsu");
  assert.match(await done(bongsu, ["--version"]), /^\d+\.\d+\.\d+\s*$/);
  const port = await freePort();
  const env = {
    ...process.env,
    BONGSU_DATA: join(folder, "data"),
    BONGSU_PORT: String(port),
    BONGSU_SELF_MONITORING: "off",
  };
  const server = spawn(bongsu, ["start"], { env, cwd: folder, stdio: "ignore" });
  t.after(async () => {
    const ended = new Promise((resolve) => server.once("exit", resolve));
    server.kill("SIGTERM");
    await ended;
  });
  await until("the installed server answers", async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  const page = await done(bongsu, ["page", "the installed one pages", "--json"], env);
  assert.equal((JSON.parse(page) as { state: string }).state, "triggered");
});

function done(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, encoding: "utf8", maxBuffer: 16_000_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${file} ${args.join(" ")}\n${stdout}${stderr}`));
    });
  });
}
