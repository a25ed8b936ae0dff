export type DiskIo = { readonly readBytes: number; readonly writtenBytes: number };

const SECTOR_BYTES = 512;
/** What lies on other disks would be counted twice: mappers, RAID, loops; memory and drives without a disk are none. */
const NOT_A_DISK = /^(loop|ram|zram|dm-|md|sr|fd|drbd|nbd|zd|bcache)/u;

/**
 * `/proc/diskstats`: what was read from and written to all whole disks since the machine started. `devices` are the
 * names in `/sys/block`, where partitions are not.
 */
export function readDiskIo(diskstats: string, devices: readonly string[]): DiskIo {
  const disks = new Set(devices.filter((name) => !NOT_A_DISK.test(name)));
  let [read, written] = [0, 0];
  for (const line of diskstats.split("\n")) {
    const fields = line.trim().split(/\s+/u);
    if (!disks.has(fields[2] ?? "")) continue;
    read += Number(fields[5] ?? 0) * SECTOR_BYTES;
    written += Number(fields[9] ?? 0) * SECTOR_BYTES;
  }
  return { readBytes: read, writtenBytes: written };
}
