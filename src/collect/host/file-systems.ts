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
 * Asks file systems how full they are, one after the other, and is not stopped by one that hangs (an NFS server that went
 * away): it is left behind, and not asked again before it has answered. Where two hang, only those are asked that are known
 * to answer; where one of these hangs too, none, because the last thread is the rest of the program's.
 */
export class FileSystems {
  readonly #hung = new Set<string>();
  readonly #answered = new Set<string>();
  #turn: Promise<unknown> = Promise.resolve();

  ask(mount: string, signal: AbortSignal): Promise<Fullness | "hangs" | "not-asked" | undefined> {
    const turn = this.#turn.then(() => this.#askNow(mount, signal));
    this.#turn = turn;
    return turn;
  }

  async #askNow(mount: string, signal: AbortSignal): Promise<Fullness | "hangs" | "not-asked" | undefined> {
    if (this.#hung.has(mount)) return "hangs";
    const hungMax = this.#answered.has(mount) ? HUNG_MAX : HUNG_MAX - 1;
    if (this.#hung.size > hungMax || signal.aborted) return "not-asked";
    const asking = statfs(mount).then(fullnessOf, () => undefined);
    const answer = await within(asking, ANSWER_MS_MAX, signal);
    if (answer === "late") {
      this.#answered.delete(mount);
      this.#hung.add(mount);
      void asking.finally(() => this.#hung.delete(mount));
      return "hangs";
    }
    this.#answered.add(mount);
    // Undefined where it was unmounted meanwhile, or is not ours to look at.
    return answer;
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
