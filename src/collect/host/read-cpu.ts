/** Time of all processors together since the machine started, in ticks. */
export type CpuTimes = { readonly idle: number; readonly total: number; readonly cores: number };

/**
 * `/proc/stat`. Waiting for a disk is idle time, as it is everywhere; what the hypervisor gave to others (`steal`) is
 * not: nobody here could use it. `guest` is part of `user` already.
 */
export function readCpuTimes(stat: string): CpuTimes | undefined {
  const line = /^cpu +(.+)$/mu.exec(stat)?.[1];
  if (line === undefined) return undefined;
  const ticks = line.trim().split(/\s+/u).slice(0, 8).map(Number);
  if (ticks.length < 4 || ticks.some((value) => !Number.isFinite(value))) return undefined;
  const total = ticks.reduce((sum, value) => sum + value, 0);
  const cores = stat.match(/^cpu\d+ /gmu)?.length ?? 1;
  return { idle: (ticks[3] ?? 0) + (ticks[4] ?? 0), total, cores };
}

/** Share of the time between two readings in which a processor worked; undefined where no time has passed. */
export function cpuUsedRatio(before: CpuTimes, now: CpuTimes): number | undefined {
  const total = now.total - before.total;
  if (total <= 0) return undefined;
  // Idle time may go back by a tick or two (kernel documentation, proc(5)).
  return Math.min(1, Math.max(0, 1 - (now.idle - before.idle) / total));
}
