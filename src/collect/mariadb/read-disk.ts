import type { Row } from "./connection.ts";
import { textOf } from "./read-status.ts";

export type Disk = { readonly usedRatio: number; readonly freeBytes: number };

/** information_schema.DISKS (KiB): the disk of the longest path that the data lies in. */
export function readDisks(rows: readonly Row[], dataDirectory: string): Disk | undefined {
  const inside = rows
    .map((row) => ({
      path: textOf(row.Path),
      used: Number(row.Used),
      available: Number(row.Available),
    }))
    .filter(({ path, used, available }) => isInside(dataDirectory, path) && used + available > 0);
  // Of mounts over each other at one path the last is the one that is seen.
  const deepest = inside.reduce<(typeof inside)[number] | undefined>(
    (best, one) => (best === undefined || one.path.length >= best.path.length ? one : best),
    undefined,
  );
  if (deepest === undefined) return undefined;
  return {
    usedRatio: deepest.used / (deepest.used + deepest.available),
    freeBytes: deepest.available * 1_024,
  };
}

/** As `df` counts: what is kept for root is neither used nor free. */
export function readFileSystem(stat: {
  readonly bsize: number;
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
}): Disk | undefined {
  const used = stat.blocks - stat.bfree;
  if (used + stat.bavail <= 0) return undefined;
  return { usedRatio: used / (used + stat.bavail), freeBytes: stat.bavail * stat.bsize };
}

function isInside(directory: string, path: string): boolean {
  const base = path.endsWith("/") ? path : `${path}/`;
  return `${directory}/`.startsWith(base);
}
