import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { loadavg, platform, uptime } from "node:os";
import {
  type Collected,
  type CollectFacts,
  type Collecting,
  type Collector,
  collected,
  type Measured,
} from "../collector.ts";
import { type NamePatterns, namePatterns } from "../name-patterns.ts";
import { readSmallFile } from "../read-small-file.ts";
import { readSettings } from "../settings.ts";
import { within } from "../within.ts";
import { chooseMounts } from "./choose-mounts.ts";
import { FileSystems } from "./file-systems.ts";
import { measureElsewhere } from "./other-systems.ts";
import { type CpuTimes, cpuUsedRatio, readCpuTimes } from "./read-cpu.ts";
import { type DiskIo, readDiskIo } from "./read-disk-io.ts";
import { readMemory } from "./read-memory.ts";
import { isReadOnly, isStopped, type Mount, readMounts, readWritableByTable } from "./read-mounts.ts";
import { PRESSURE_RESOURCES, readPressure } from "./read-pressure.ts";

/**
 * The machine: processors, memory, file systems, disks. On Linux from `/proc` itself, for a tenth of what
 * `systeminformation` takes for the same (docs/adr/0013); elsewhere by that.
 *
 * Settings: `mounts` and `exclude_mounts` (mount points, `*` for anything; a mount point named without `*` has to be
 * there), `remote` (false; true measures NFS, SMB and the like too).
 */
export const hostCollector: Collector = {
  kind: "host",
  local: true,
  open(raw) {
    const settings = readSettings(raw, ["mounts", "exclude_mounts", "remote"]);
    return new HostCollecting({
      include: namePatterns(settings.texts("mounts")),
      exclude: namePatterns(settings.texts("exclude_mounts")),
      remote: settings.flag("remote", false),
    });
  },
};

type Choice = { readonly include: NamePatterns; readonly exclude: NamePatterns; readonly remote: boolean };

/** Long enough for a first value of some worth, short enough that nobody waits for it. */
const FIRST_CPU_MS = 250;
const MOUNTS_MS_MAX = 2_000;

class HostCollecting implements Collecting {
  readonly #choice: Choice;
  readonly #fileSystems = new FileSystems();
  /** Mount points that could be written at some time since the start. */
  readonly #seenWritable = new Set<string>();
  #cpu: CpuTimes | undefined;
  #io: (DiskIo & { readonly atMs: number }) | undefined;

  constructor(choice: Choice) {
    this.#choice = choice;
  }

  async collect({ host, signal }: CollectFacts): Promise<Collected> {
    if (platform() !== "linux") return { samples: await measureElsewhere(host, this.#choice) };
    const [cpu, disks] = await Promise.all([this.#measureCpu(host, signal), this.#measureDisks(host, signal)]);
    return {
      ...disks,
      samples: [...cpu, ...measureMemory(host), ...measureKernel(host), ...this.#measureIo(host), ...disks.samples],
    };
  }

  async close(): Promise<void> {
    // Nothing is held: a question that hangs ends by itself or never.
  }

  async #measureCpu(host: string, signal: AbortSignal): Promise<readonly Measured[]> {
    const labels = { host };
    if (this.#cpu === undefined) {
      this.#cpu = readCpuTimes(readSmallFile("/proc/stat") ?? "");
      await within(new Promise<never>(() => {}), FIRST_CPU_MS, signal);
    }
    const now = readCpuTimes(readSmallFile("/proc/stat") ?? "");
    if (now === undefined) return [];
    const used = this.#cpu === undefined ? undefined : cpuUsedRatio(this.#cpu, now);
    this.#cpu = now;
    return [
      ...(used === undefined ? [] : [{ metric: "host_cpu_used_ratio", labels, value: used }]),
      { metric: "host_load_per_core", labels, value: (loadavg()[0] ?? 0) / now.cores },
    ];
  }

  #measureIo(host: string): readonly Measured[] {
    const diskstats = readSmallFile("/proc/diskstats");
    if (diskstats === undefined) return [];
    const now = { ...readDiskIo(diskstats, blockDevices()), atMs: performance.now() };
    const before = this.#io;
    this.#io = now;
    if (before === undefined || now.atMs <= before.atMs) return [];
    const seconds = (now.atMs - before.atMs) / 1_000;
    const read = (now.readBytes - before.readBytes) / seconds;
    const written = (now.writtenBytes - before.writtenBytes) / seconds;
    // Less than before: a disk was taken out. There is no rate then.
    return [
      { metric: "host_disk_read_bytes_per_second", labels: { host }, value: read },
      { metric: "host_disk_write_bytes_per_second", labels: { host }, value: written },
    ].filter(({ value }) => value >= 0);
  }

  async #measureDisks(host: string, signal: AbortSignal): Promise<Collected> {
    const mountinfo = await within(readFile("/proc/self/mountinfo", "latin1"), MOUNTS_MS_MAX, signal);
    if (mountinfo === "late") return { samples: [], failed: [{ code: "mounts-hang" }] };
    const mounts = readMounts(mountinfo);
    const meant = readWritableByTable(readSmallFile("/etc/fstab") ?? "");
    const measured = await Promise.all(
      chooseMounts(mounts, this.#choice).map((mount) => this.#measureDisk(host, mount, meant, signal)),
    );
    const absent = this.#choice.include.exact.filter((name) => !mounts.some(({ mount }) => mount === name));
    return collected(
      measured.flatMap(({ samples }) => samples),
      [
        ...measured.flatMap(({ failed }) => failed ?? []),
        ...absent.map((of) => ({ code: "mount-missing" as const, of })),
      ],
    );
  }

  async #measureDisk(
    host: string,
    mount: Mount,
    meantWritable: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Collected> {
    const labels = { host, mount: mount.mount };
    const readOnly = isReadOnly(mount);
    if (!readOnly) this.#seenWritable.add(mount.mount);
    const turned =
      readOnly && (isStopped(mount) || this.#seenWritable.has(mount.mount) || meantWritable.has(mount.mount));
    // What is meant to be read alone cannot be filled, and is full by nature.
    if (readOnly && !turned) return { samples: [] };
    const samples: Measured[] = [{ metric: "host_disk_read_only", labels, value: turned ? 1 : 0 }];
    const fullness = await this.#fileSystems.ask(mount.mount, signal);
    if (fullness === "hangs") return { samples, failed: [{ code: "mount-hangs", of: mount.mount }] };
    if (fullness === "not-asked") return { samples, failed: [{ code: "mount-not-asked", of: mount.mount }] };
    if (fullness === undefined) return { samples };
    const { usedRatio, freeBytes, inodesUsedRatio } = fullness;
    samples.push({ metric: "host_disk_used_ratio", labels, value: usedRatio });
    samples.push({ metric: "host_disk_free_bytes", labels, value: freeBytes });
    if (inodesUsedRatio !== undefined)
      samples.push({ metric: "host_inodes_used_ratio", labels, value: inodesUsedRatio });
    return { samples };
  }
}

function measureMemory(host: string): readonly Measured[] {
  const memory = readMemory(readSmallFile("/proc/meminfo") ?? "", readSmallFile("/proc/spl/kstat/zfs/arcstats"));
  if (memory === undefined) return [];
  const { totalBytes, availableBytes, swapTotalBytes, swapFreeBytes } = memory;
  const labels = { host };
  const swap = { metric: "host_swap_used_ratio", labels, value: 1 - swapFreeBytes / swapTotalBytes };
  return [
    { metric: "host_memory_used_ratio", labels, value: 1 - availableBytes / totalBytes },
    { metric: "host_memory_available_bytes", labels, value: availableBytes },
    ...(swapTotalBytes > 0 ? [swap] : []),
  ];
}

function measureKernel(host: string): readonly Measured[] {
  const pressures = PRESSURE_RESOURCES.flatMap((resource) => {
    const value = readPressure(readSmallFile(`/proc/pressure/${resource}`) ?? "");
    return value === undefined ? [] : [{ metric: "host_pressure_ratio", labels: { host, resource }, value }];
  });
  const kills = /^oom_kill (\d+)$/mu.exec(readSmallFile("/proc/vmstat") ?? "")?.[1];
  const [open, , most] = (readSmallFile("/proc/sys/fs/file-nr") ?? "").trim().split(/\s+/u).map(Number);
  const labels = { host };
  return [
    { metric: "host_uptime_seconds", labels, value: uptime() },
    ...pressures,
    ...(kills === undefined ? [] : [{ metric: "host_oom_kills_total", labels, value: Number(kills) }]),
    ...(open === undefined || most === undefined || !(most > 0)
      ? []
      : [{ metric: "host_open_files_used_ratio", labels, value: open / most }]),
  ];
}

function blockDevices(): readonly string[] {
  try {
    return readdirSync("/sys/block");
  } catch {
    return [];
  }
}
