// Brings what a fresh clone lacks: the pinned Node 26 and the dependencies, both from npm, and the built web UI. Says what
// it does; does nothing when nothing is missing. Runs on any Node ≥ 20, so it is plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".bongsu-set-up");
const lock = join(root, ".set-up.lock");
/** Longer than an installation takes: a lock as old as this was left by one that was killed. */
const LOCK_LIFE_MS = 600_000;
const LOOK_AGAIN_MS = 200;

const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");
const isReady = () => existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;

if (!isReady()) {
  // Two commands started at once in a fresh clone: one installs, the other waits, for npm empties the folder first.
  while (!tryLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
  const free = () => rmSync(lock, { force: true });
  process.on("exit", free);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));
  if (!isReady()) install();
  free();
}
while (!tryLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS);
try {
  const { buildWeb } = await import("./build-web.mjs");
  buildWeb();
} finally {
  rmSync(lock, { force: true });
}

function install() {
  console.error("bongsu: installing the runtime (Node 26) and the dependencies from npm …");
  // EBADENGINE warnings are about the Node that npm runs on, not the one that Bongsu runs on.
  const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("bongsu: 'npm ci' failed. Check the network and the npm registry, then run the same command again.");
    process.exit(2);
  }
  writeFileSync(stamp, wanted);
  console.error("bongsu: ready.");
}

function tryLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    if (Date.now() - statSync(lock).mtimeMs > LOCK_LIFE_MS || (pid > 0 && !isAlive(pid))) rmSync(lock, { force: true });
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
