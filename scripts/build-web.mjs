// Builds the web UI into web/dist, with each file compressed once and for all. Does nothing when what it is built of has
// not changed. Runs on any Node ≥ 20, so it is plain JavaScript.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const web = join(root, "web");
const dist = join(web, "dist");
const stamp = join(dist, ".built");

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

function wanted() {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  const sources = ["src", "public"].map((folder) => join(web, folder)).filter(existsSync);
  for (const file of [...sources.flatMap(filesIn), join(web, "index.html"), join(web, "vite.config.ts")])
    hash.update(file.slice(root.length)).update(readFileSync(file));
  return hash.digest("hex");
}

export function buildWeb() {
  const now = wanted();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === now) return;
  console.error("bongsu: building the web UI …");
  // Beside the old one, which a running server may be serving; then in its place.
  const fresh = join(web, `dist-${process.pid}`);
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const ran = spawnSync(process.execPath, [vite, "build", web, "--outDir", fresh, "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (ran.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    console.error("bongsu: the web UI could not be built; the messages above say why. The server starts without it.");
    process.exitCode = 2;
    return;
  }
  for (const file of filesIn(join(fresh, "assets"))) {
    if (!/\.(js|css|svg)$/.test(file)) continue;
    const body = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(body, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(body));
  }
  writeFileSync(join(fresh, ".built"), now);
  mkdirSync(dist, { recursive: true });
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildWeb();
