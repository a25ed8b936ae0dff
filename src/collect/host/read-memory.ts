export type Memory = {
  readonly totalBytes: number;
  /** What programs could get without swapping: caches that can be dropped are counted as available. */
  readonly availableBytes: number;
  readonly swapTotalBytes: number;
  readonly swapFreeBytes: number;
};

/** `/proc/meminfo`, whose `kB` are 1,024 bytes. `arcstats` is ZFS's own cache, which the kernel takes for used memory. */
export function readMemory(meminfo: string, arcstats?: string): Memory | undefined {
  const bytes = (name: string): number | undefined => {
    const found = new RegExp(`^${name}: +(\\d+) kB$`, "mu").exec(meminfo)?.[1];
    return found === undefined ? undefined : Number(found) * 1_024;
  };
  const total = bytes("MemTotal");
  if (total === undefined || total === 0) return undefined;
  // Kernels before 3.14 do not tell what is available.
  const available = bytes("MemAvailable") ?? (bytes("MemFree") ?? 0) + (bytes("Buffers") ?? 0) + (bytes("Cached") ?? 0);
  return {
    totalBytes: total,
    availableBytes: Math.min(total, available + droppableArcBytes(arcstats)),
    swapTotalBytes: bytes("SwapTotal") ?? 0,
    swapFreeBytes: bytes("SwapFree") ?? 0,
  };
}

function droppableArcBytes(arcstats: string | undefined): number {
  const of = (name: string): number => Number(new RegExp(`^${name} +4 +(\\d+)$`, "mu").exec(arcstats ?? "")?.[1] ?? 0);
  return Math.max(0, of("size") - of("c_min"));
}
