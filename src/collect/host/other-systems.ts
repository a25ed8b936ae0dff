import { cpus, loadavg, uptime } from "node:os";
import type { Measured } from "../collector.ts";
import type { NamePatterns } from "../name-patterns.ts";

/** What `systeminformation` tells where there is no `/proc` (macOS, the BSDs): less, and by programs that it starts. */
export async function measureElsewhere(
  host: string,
  choice: { readonly include: NamePatterns; readonly exclude: NamePatterns },
): Promise<readonly Measured[]> {
  const { currentLoad, fsSize, fsStats, mem } = await import("systeminformation");
  const [load, memory, disks, io] = await Promise.all([currentLoad(), mem(), fsSize(), fsStats()]);
  const labels = { host };
  const samples: Measured[] = [
    { metric: "host_cpu_used_ratio", labels, value: load.currentLoad / 100 },
    { metric: "host_load_per_core", labels, value: (loadavg()[0] ?? 0) / Math.max(1, cpus().length) },
    { metric: "host_memory_used_ratio", labels, value: 1 - memory.available / memory.total },
    { metric: "host_memory_available_bytes", labels, value: memory.available },
    { metric: "host_swap_used_ratio", labels, value: memory.swapused / memory.swaptotal },
    // Null at the first call, and the whole answer where the system does not tell.
    { metric: "host_disk_read_bytes_per_second", labels, value: io?.rx_sec ?? Number.NaN },
    { metric: "host_disk_write_bytes_per_second", labels, value: io?.wx_sec ?? Number.NaN },
    { metric: "host_uptime_seconds", labels, value: uptime() },
  ];
  for (const { mount, available, size, used } of disks) {
    if (choice.exclude.fits(mount) || (!choice.include.isEmpty && !choice.include.fits(mount))) continue;
    if (!(size > 0)) continue;
    const of = { host, mount };
    samples.push({ metric: "host_disk_used_ratio", labels: of, value: used / (used + available) });
    samples.push({ metric: "host_disk_free_bytes", labels: of, value: available });
  }
  return samples.filter(({ value }) => Number.isFinite(value));
}
