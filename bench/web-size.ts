import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const DIST = join("web", "dist");
/** The page that most people see first. */
const FIRST = "src/pages/now/now.tsx";

type Chunk = {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
};

function manifest(): Readonly<Record<string, Chunk>> {
  return JSON.parse(readFileSync(join(DIST, ".vite", "manifest.json"), "utf8")) as Readonly<Record<string, Chunk>>;
}

/** A chunk and whatever it needs before it runs. */
function needs(chunks: Readonly<Record<string, Chunk>>, name: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of chunks[name]?.imports ?? []) needs(chunks, imported, seen);
  return seen;
}

function bytes(chunks: Readonly<Record<string, Chunk>>, names: Iterable<string>): number {
  let sum = 0;
  for (const name of names) {
    const file = chunks[name]?.file ?? "";
    if (file.endsWith(".js")) sum += statSync(join(DIST, `${file}.gz`)).size;
  }
  return sum;
}

/** Gzipped bytes of script until the first page is there. */
export function startBytes(): number {
  const chunks = manifest();
  return bytes(chunks, startOf(chunks));
}

/** The page or dialog that needs the most beyond that. */
export function otherBytesMax(): { readonly name: string; readonly bytes: number } {
  const chunks = manifest();
  const start = startOf(chunks);
  return Object.keys(chunks)
    .filter((name) => chunks[name]?.isDynamicEntry === true)
    .map((name) => ({ name, bytes: bytes(chunks, needs(chunks, name).difference(start)) }))
    .reduce((most, one) => (one.bytes > most.bytes ? one : most));
}

function startOf(chunks: Readonly<Record<string, Chunk>>): ReadonlySet<string> {
  const entry = Object.keys(chunks).find((name) => chunks[name]?.isEntry === true) ?? "";
  return needs(chunks, entry).union(needs(chunks, FIRST));
}
