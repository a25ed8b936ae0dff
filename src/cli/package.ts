import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the program: of the clone, or of the installed package. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string }).version;
}
