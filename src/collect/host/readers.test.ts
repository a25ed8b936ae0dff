import assert from "node:assert/strict";
import { test } from "node:test";
import { namePatterns } from "../name-patterns.ts";
import { chooseMounts } from "./choose-mounts.ts";
import { FileSystems, fullnessOf } from "./file-systems.ts";
import { cpuUsedRatio, readCpuTimes } from "./read-cpu.ts";
import { readDiskIo } from "./read-disk-io.ts";
import { readMemory } from "./read-memory.ts";
import { isReadOnly, isStopped, readMounts, readWritableByTable } from "./read-mounts.ts";
import { readPressure } from "./read-pressure.ts";

const none = namePatterns([]);
const everything = { include: none, exclude: none, remote: false };

test("waiting for a disk is idle time, stolen time is not", () => {
  const before = readCpuTimes(
    "cpu  100 0 100 700 100 0 0 0 0 0\ncpu0 50 0 50 350 50 0 0 0 0 0\ncpu1 1 1 1 1 1 1 1 1 1 1\n",
  );
  const now = readCpuTimes("cpu  110 0 110 740 120 5 5 10 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1\ncpu1 1 1 1 1 1 1 1 1 1 1\n");
  assert.equal(now?.cores, 2);
  assert.ok(before !== undefined && now !== undefined);
  assert.equal(cpuUsedRatio(before, now), 0.4);
  assert.equal(cpuUsedRatio(now, now), undefined);
});

test("idle time that went back by a tick is no use above 1", () => {
  assert.equal(cpuUsedRatio({ idle: 10, total: 100, cores: 1 }, { idle: 9, total: 101, cores: 1 }), 1);
});

test("caches that can be dropped are available memory", () => {
  const meminfo = "MemTotal:        1000 kB\nMemFree:          100 kB\nMemAvailable:     800 kB\nCached:  750 kB\n";
  assert.deepEqual(readMemory(meminfo), {
    totalBytes: 1_024_000,
    availableBytes: 819_200,
    swapTotalBytes: 0,
    swapFreeBytes: 0,
  });
});

test("ZFS's cache is available down to its least size", () => {
  const meminfo = "MemTotal:        1000 kB\nMemAvailable:     100 kB\nSwapTotal:  10 kB\nSwapFree:  5 kB\n";
  const arcstats =
    "name                            type data\nc_min                           4    102400\nsize                            4    512000\n";
  assert.equal(readMemory(meminfo, arcstats)?.availableBytes, 102_400 + 409_600);
  assert.equal(readMemory(meminfo)?.swapFreeBytes, 5_120);
});

test("what is no meminfo is no memory", () => {
  assert.equal(readMemory(""), undefined);
});

test("pressure is the share of the last minute", () => {
  const text = "some avg10=1.00 avg60=12.34 avg300=0.00 total=5\nfull avg10=0.00 avg60=9.00 avg300=0.00 total=0\n";
  assert.equal(readPressure(text)?.toFixed(4), "0.1234");
  assert.equal(readPressure(""), undefined);
});

test("whole disks are counted once: no partition, no mapper, no RAID over them", () => {
  const diskstats = `
   8       0 sda 10 0 100 0 20 0 200 0 0 0 0
   8       1 sda1 10 0 100 0 20 0 200 0 0 0 0
 259       0 nvme0n1 1 0 1 0 1 0 2 0 0 0 0
 253       0 dm-0 10 0 100 0 20 0 200 0 0 0 0
   9       0 md0 10 0 100 0 20 0 200 0 0 0 0
   7       0 loop0 10 0 100 0 20 0 200 0 0 0 0
`;
  assert.deepEqual(readDiskIo(diskstats, ["sda", "nvme0n1", "dm-0", "md0", "loop0"]), {
    readBytes: 101 * 512,
    writtenBytes: 202 * 512,
  });
});

const MOUNTINFO = `22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
23 22 0:21 / /proc rw - proc proc rw
24 22 0:22 / /sys rw - sysfs sysfs rw
25 22 0:6 / /dev rw - devtmpfs devtmpfs rw
26 25 0:23 / /dev/shm rw - tmpfs tmpfs rw
27 22 0:25 / /run rw - tmpfs tmpfs rw,size=100k
28 22 8:3 / /srv/my\\040data rw - xfs /dev/sda3 rw
29 22 8:3 /sub /home rw - xfs /dev/sda3 rw
30 22 0:50 / /mnt/nas rw - nfs4 nas:/export rw
31 22 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro
32 22 0:60 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw
33 22 0:61 / /mnt/auto rw - autofs systemd-1 rw
34 22 0:62 / /mnt/stick rw - fuseblk /dev/sdb1 rw
`;

test("one mount for each file system of this machine that holds files", () => {
  const names = chooseMounts(readMounts(MOUNTINFO), everything).map(({ mount }) => mount);
  assert.deepEqual(names, ["/", "/run", "/srv/my data", "/mnt/stick"]);
});

test("remote file systems are measured where that is asked for", () => {
  const names = chooseMounts(readMounts(MOUNTINFO), { ...everything, remote: true }).map(({ mount }) => mount);
  assert.ok(names.includes("/mnt/nas"));
});

test("what is named is measured whatever it is, and nothing else; an automount point never", () => {
  const include = namePatterns(["/dev/shm", "/home", "/srv/*", "/mnt/*"]);
  const exclude = namePatterns(["/mnt/stick"]);
  const names = chooseMounts(readMounts(MOUNTINFO), { include, exclude, remote: false }).map(({ mount }) => mount);
  assert.deepEqual(names, ["/dev/shm", "/srv/my data", "/home", "/mnt/nas"]);
});

test("the last of several mounts on one point hides the others", () => {
  const twice = `${MOUNTINFO}40 22 8:9 / /run rw - ext4 /dev/sdc rw\n`;
  const run = chooseMounts(readMounts(twice), everything).find(({ mount }) => mount === "/run");
  assert.equal(run?.type, "ext4");
});

test("a container's layers are measured at its root", () => {
  const text = "1 0 0:40 / / rw - overlay overlay rw,lowerdir=/x\n2 1 8:1 /c/hosts /etc/hosts rw - ext4 /dev/sda1 rw\n";
  assert.deepEqual(
    chooseMounts(readMounts(text), everything).map(({ mount }) => mount),
    ["/"],
  );
});

test("a kernel that stopped writing after an error leaves the mount at rw and turns the file system to ro", () => {
  const [stopped, meant, emergency] = readMounts(
    "1 0 8:1 / /a rw,relatime - ext4 /dev/sda1 ro,errors=remount-ro\n" +
      "2 0 8:2 / /b ro - ext4 /dev/sda2 ro\n" +
      "3 0 8:3 / /c rw - ext4 /dev/sda3 rw,emergency_ro\n",
  );
  assert.ok(stopped !== undefined && meant !== undefined && emergency !== undefined);
  assert.deepEqual([isReadOnly(stopped), isStopped(stopped)], [true, true]);
  assert.deepEqual([isReadOnly(meant), isStopped(meant)], [true, false]);
  assert.deepEqual([isReadOnly(emergency), isStopped(emergency)], [true, true]);
});

test("the table of file systems tells which are meant to be written", () => {
  const table =
    "# comment\nUUID=1 / ext4 errors=remount-ro 0 1\n/dev/sr0 /media udf ro,noauto 0 0\nUUID=2 /my\\040data xfs\n";
  assert.deepEqual([...readWritableByTable(table)], ["/", "/my data"]);
});

test("fullness is told as df tells it: what is kept for root counts as used up", () => {
  const full = fullnessOf({ bsize: 4096, blocks: 100, bfree: 10, bavail: 0, files: 10, ffree: 4 });
  assert.deepEqual(full, { usedRatio: 1, freeBytes: 0, inodesUsedRatio: 0.6 });
  const half = fullnessOf({ bsize: 4096, blocks: 100, bfree: 60, bavail: 40, files: 0, ffree: 0 });
  assert.deepEqual(half, { usedRatio: 0.5, freeBytes: 163_840, inodesUsedRatio: undefined });
  assert.equal(fullnessOf({ bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 }), undefined);
});

test("file systems are asked one after the other, however many there are", async () => {
  const fileSystems = new FileSystems();
  const { signal } = new AbortController();
  const all = await Promise.all(["/", "/proc", "/sys", "/dev", "/tmp"].map((mount) => fileSystems.ask(mount, signal)));
  assert.ok(all.every((answer) => answer !== "hangs" && answer !== "not-asked"));
  assert.equal(await fileSystems.ask("/no/such/place", signal), undefined);
});

test("names are exact, or have * for anything", () => {
  const patterns = namePatterns(["eth0", "veth*", "/srv/*/x.y"]);
  assert.deepEqual(patterns.exact, ["eth0"]);
  for (const name of ["eth0", "veth1", "/srv/a/b/x.y"]) assert.ok(patterns.fits(name), name);
  for (const name of ["eth01", "aveth", "/srv/a/xzy"]) assert.ok(!patterns.fits(name), name);
});
