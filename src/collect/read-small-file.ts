import { readFileSync } from "node:fs";

/**
 * A small file that the kernel makes up (`/proc`, `/sys`), undefined where there is none. Read at once,
 * which takes less than the way through the thread pool. Not for what may hang (command lines, mounts, disks).
 */
export function readSmallFile(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
