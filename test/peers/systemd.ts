import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withoutNamespaces } from "./namespaces.ts";
import { until } from "./until.ts";

const SYSTEMD = "/usr/lib/systemd/systemd";
const MANAGERS = "/run/systemd/private";

/** A systemd of its own, that knows these units and nothing of the machine's. */
export type Systemd = {
  /** A program that asks it as `systemctl` does. */
  readonly systemctl: string;
  /** Runs `systemctl` and fails where that fails. */
  control(...args: readonly string[]): void;
  stop(): Promise<void>;
};

/** Why none can be run here; undefined where one can. */
export function withoutSystemd(): string | undefined {
  const without = withoutNamespaces();
  if (without !== undefined) return without;
  if (!existsSync(SYSTEMD)) return `${SYSTEMD} is not installed (Debian package systemd)`;
  if (cgroups() === undefined) return "no cgroup v2 is mounted here";
  return undefined;
}

/**
 * Runs it as the first process of a namespace, with files of its own under `/run` and `/etc/systemd/system`, in a group
 * (cgroup v2) of its own, so that nothing of it outlives it.
 */
export async function startSystemd(folder: string, units: Readonly<Record<string, string>>): Promise<Systemd> {
  const group = join(cgroups() ?? "", `bongsu-systemd-${process.pid}`);
  mkdirSync(group);
  for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text);
  const script = `set -e
    mount --make-rprivate /
    mkdir -p /run/bongsu-units && cp ${folder}/*.* /run/bongsu-units/
    mount -t tmpfs tmpfs /mnt && cp /run/bongsu-units/* /mnt/ && rm -r /run/bongsu-units
    mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system /run/lock && cp /mnt/* /run/systemd/system/
    mount -t tmpfs tmpfs /etc/systemd/system
    umount -l /sys/fs/cgroup && mount -t cgroup2 cgroup2 /sys/fs/cgroup
    exec env -i container=bongsu PATH="$PATH" ${SYSTEMD} --system --unit=bongsu.target --log-target=null --show-status=no`;
  const joined = `echo $$ > ${group}/cgroup.procs && exec unshare --fork --kill-child --pid --mount-proc --mount --cgroup --uts --ipc --net sh -c "$0"`;
  const outer = spawn("sh", ["-c", joined, script], { stdio: ["ignore", "ignore", "inherit"] });
  const systemctl = join(folder, "systemctl");
  try {
    await until("systemd listens", () => existsSync(`/proc/${innerOf(outer)}/root${MANAGERS}`));
    writeFileSync(systemctl, `#!/bin/sh\nexec nsenter -a -t ${innerOf(outer)} -- systemctl "$@"\n`);
    chmodSync(systemctl, 0o755);
  } catch (error) {
    await end(outer, group);
    throw error;
  }
  return {
    systemctl,
    control: (...args) => void execFileSync(systemctl, args, { stdio: "pipe" }),
    stop: () => end(outer, group),
  };
}

/** The process of systemd itself, as this namespace numbers it. */
function innerOf({ pid }: ChildProcess): string {
  const [inner = "0"] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return inner === "" ? "0" : inner;
}

async function end(outer: ChildProcess, group: string): Promise<void> {
  const ended = new Promise((resolve) => outer.once("exit", resolve));
  outer.kill("SIGKILL");
  await ended;
  writeFileSync(join(group, "cgroup.kill"), "1");
  await until("its group is empty", () => /^populated 0$/mu.test(readFileSync(join(group, "cgroup.events"), "utf8")));
  execFileSync("find", [group, "-depth", "-type", "d", "-exec", "rmdir", "{}", ";"]);
}

/** Where cgroup v2 is mounted. */
function cgroups(): string | undefined {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .find((line) => / - cgroup2 /u.test(line))
    ?.split(" ")[4];
}
