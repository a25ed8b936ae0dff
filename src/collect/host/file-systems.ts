import { statfs } from "node:fs/promises";
import { within } from "../within.ts";

/** How full a file system is, as `df` tells it: what is kept for root counts as used up. */
export type Fullness = {
  readonly usedRatio: number;
  readonly freeBytes: number;
  /** Undefined where the file system makes inodes as it needs them. */
  readonly inodesUsedRatio: number | undefined;
};

type StatFs = { readonly [member in "bsize" | "blocks" | "bfree" | "bavail" | "files" | "ffree"]: number };

const ANSWER_MS_MAX = 2_000;
/** A question to a dead server holds one of the process's four threads for files until it comes back. */
const HUNG_MAX = 2;

/**
 * Asks file systems how full they are, and is not stopped by one that hangs (an NFS server that went away): it is not
 * asked again before it has answered, and where two hang no other is asked that is not known to answer.
 */
export class FileSystems {
  readonly #asked = new Map<string, Promise<Fullness | undefined>>();
  readonly #answered = new Set<string>();

  async ask(mount: string, signal: AbortSignal): Promise<Fullness | "hangs" | undefined> {
    if (this.#asked.has(mount)) return "hangs";
    if (this.#asked.size >= HUNG_MAX && !this.#answered.has(mount)) return "hangs";
    const asking = this.#ask(mount);
    this.#asked.set(mount, asking);
    const answer = await within(asking, ANSWER_MS_MAX, signal);
    return answer === "late" ? "hangs" : answer;
  }

  async #ask(mount: string): Promise<Fullness | undefined> {
    try {
      const found = fullnessOf(await statfs(mount));
      this.#answered.add(mount);
      return found;
    } catch {
      // Unmounted meanwhile, or not ours to look at.
      return undefined;
    } finally {
      this.#asked.delete(mount);
    }
  }
}

export function fullnessOf({ bsize, blocks, bfree, bavail, files, ffree }: StatFs): Fullness | undefined {
  if (blocks <= 0) return undefined;
  const used = blocks - bfree;
  // Below zero where only root's share is left.
  const free = Math.max(0, bavail);
  return {
    usedRatio: used + free <= 0 ? 1 : used / (used + free),
    freeBytes: free * bsize,
    inodesUsedRatio: files > 0 ? Math.min(1, Math.max(0, (files - ffree) / files)) : undefined,
  };
}
