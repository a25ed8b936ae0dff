import { type NamePatterns, namePatterns } from "../name-patterns.ts";
import type { Mount } from "./read-mounts.ts";

/** Which file systems are measured. */
export type MountChoice = {
  /** Empty: all that hold files of this machine. */
  readonly include: NamePatterns;
  readonly exclude: NamePatterns;
  /** Also those that another machine holds (NFS, SMB, Ceph, FUSE). */
  readonly remote: boolean;
};

/** The kernel's own, and images that are full by nature. */
const PSEUDO = new Set(
  (
    "autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fusectl hugetlbfs mqueue nsfs " +
    "proc pstore ramfs rootfs rpc_pipefs securityfs selinuxfs sysfs tracefs iso9660 udf squashfs erofs cramfs"
  ).split(" "),
);
const REMOTE =
  /^(nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|9p|ceph|glusterfs|lustre|gpfs|beegfs|virtiofs|davfs|fuse\..+|fuse)$/u;
/** Disks under FUSE that are this machine's own. */
const LOCAL_FUSE = /^(fuseblk|fuse\.(ntfs|ntfs-3g|exfat|zfs|mergerfs))$/u;
const ELSEWHERE = namePatterns([
  "/dev",
  "/dev/*",
  "/proc/*",
  "/sys/*",
  "/run/credentials/*",
  "/run/user/*",
  "/run/netns*",
  "/run/docker/*",
  "/var/lib/docker/*",
  "/var/lib/containers/*",
  "/var/lib/containerd/*",
  "/run/containerd/*",
  "/var/lib/kubelet/*",
  "/snap/*",
  "/var/lib/snapd/*",
  // Single files that a container is given from its host.
  "/etc/hosts",
  "/etc/hostname",
  "/etc/resolv.conf",
]);

/**
 * One mount for each file system: the one that shows all of it, else the one with the shortest path. A container's
 * layers (`overlay`) are measured at `/` alone. Where several lie on one mount point the last hides the others. What another
 * machine holds comes last: it may hang.
 */
export function chooseMounts(mounts: readonly Mount[], choice: MountChoice): readonly Mount[] {
  const visible = new Map(mounts.map((mount) => [mount.mount, mount]));
  const chosen = new Map<string, Mount>();
  for (const mount of visible.values()) {
    if (!isWanted(mount, choice)) continue;
    // What is named stands for itself, also where it shares its file system.
    const key = choice.include.exact.includes(mount.mount) ? mount.mount : mount.device;
    const other = chosen.get(key);
    if (other === undefined || isBetter(mount, other)) chosen.set(key, mount);
  }
  return [...chosen.values()].sort((one, other) => Number(isElsewhere(one)) - Number(isElsewhere(other)));
}

function isWanted({ mount, type }: Mount, { include, exclude, remote }: MountChoice): boolean {
  if (exclude.fits(mount)) return false;
  // Looking at an automount point would mount it.
  if (include.fits(mount)) return type !== "autofs";
  if (!include.isEmpty) return false;
  if (PSEUDO.has(type) || ELSEWHERE.fits(mount)) return false;
  if (type === "overlay") return mount === "/";
  return remote || !isElsewhere({ type });
}

function isElsewhere({ type }: Pick<Mount, "type">): boolean {
  return REMOTE.test(type) && !LOCAL_FUSE.test(type);
}

function isBetter(one: Mount, other: Mount): boolean {
  if ((one.root === "/") !== (other.root === "/")) return one.root === "/";
  return one.mount.length < other.mount.length;
}
