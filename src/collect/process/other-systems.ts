import type { Collected, Measured } from "../collector.ts";
import { describe } from "./process-table.ts";
import type { Watched } from "./watched.ts";

/** By `systeminformation`, which asks `ps`, where there is no `/proc`. */
export async function measureElsewhere(host: string, watched: readonly Watched[]): Promise<Collected> {
  const { processes } = await import("systeminformation");
  const { list } = await processes();
  const zombies = list.filter(({ state }) => state === "zombie");
  const samples: Measured[] = [{ metric: "process_zombies", labels: { host }, value: zombies.length }];
  for (const { name, fits } of watched) {
    const found = list.filter((one) => {
      const { names, command } = describe(one.name, `${one.command} ${one.params}`.trim().replaceAll(" ", "\0"));
      return one.state !== "zombie" && fits({ names, command });
    });
    const labels = { host, process: name };
    samples.push({ metric: "process_count", labels, value: found.length });
    if (found.length === 0) continue;
    const kilobytes = found.reduce((sum, { memRss }) => sum + memRss, 0);
    samples.push({ metric: "process_memory_bytes", labels, value: kilobytes * 1_024 });
    samples.push({ metric: "process_cpu_ratio", labels, value: found.reduce((sum, { cpu }) => sum + cpu, 0) / 100 });
  }
  return { samples: samples.filter(({ value }) => Number.isFinite(value)) };
}
