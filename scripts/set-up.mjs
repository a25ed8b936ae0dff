// Brings what a fresh clone lacks: the pinned Node 26 and the dependencies, both from npm. Says what it does; does
// nothing when nothing is missing. Runs on any Node ≥ 20, so it is plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".bongsu-set-up");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .digest("hex");

const present = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
if (present !== wanted) {
  console.error("bongsu: installing the runtime (Node 26) and the dependencies from npm …");
  // EBADENGINE warnings are about the Node that npm runs on, not the one that Bongsu runs on.
  const install = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (install.status !== 0) {
    console.error("bongsu: 'npm ci' failed. Check the network and the npm registry, then run the same command again.");
    process.exit(2);
  }
  writeFileSync(stamp, wanted);
  console.error("bongsu: ready.");
}
