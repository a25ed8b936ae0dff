/** One line of `/proc/self/mountinfo`. */
export type Mount = {
  /** `major:minor`: the same for every place where one file system is mounted. */
  readonly device: string;
  /** What of the file system is mounted here; `/` but for bind mounts and subvolumes. */
  readonly root: string;
  readonly mount: string;
  readonly type: string;
  /** Of this mount. */
  readonly options: ReadonlySet<string>;
  /** Of the file system: an error turns this one to `ro` and leaves the mount's at `rw`. */
  readonly superOptions: ReadonlySet<string>;
};

export function readMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ", 2);
    const [, , device, root, mount, options] = before.split(" ");
    const [type, , superOptions = ""] = after.split(" ");
    if (device === undefined || root === undefined || mount === undefined || options === undefined || !type) return [];
    return [
      {
        device,
        root: unescaped(root),
        mount: unescaped(mount),
        type,
        options: new Set(options.split(",")),
        superOptions: new Set(superOptions.split(",")),
      },
    ];
  });
}

/** The mount points that `/etc/fstab` means to be written. */
export function readWritableByTable(fstab: string): ReadonlySet<string> {
  const mounts = fstab.split("\n").flatMap((line) => {
    const [source = "#", mount, , options = "defaults"] = line.trim().split(/\s+/u);
    return source.startsWith("#") || mount === undefined || options.split(",").includes("ro") ? [] : [unescaped(mount)];
  });
  return new Set(mounts);
}

export function isReadOnly(mount: Mount): boolean {
  return mount.options.has("ro") || isStopped(mount);
}

/** Mounted to be written, and the file system under it is not: the kernel stopped writing after an error. */
export function isStopped({ options, superOptions }: Mount): boolean {
  return superOptions.has("emergency_ro") || (superOptions.has("ro") && options.has("rw"));
}

/** Blanks and the like stand as `\040`. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
