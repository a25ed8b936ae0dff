import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { readSmallFile } from "../read-small-file.ts";
import { within } from "../within.ts";
import { type ProcessStat, readStat } from "./read-stat.ts";
import type { Described } from "./watched.ts";

export type Process = ProcessStat & { readonly pid: number };

/** `of` changes where another process has the number, or another program the process. */
type Known = { readonly of: string; readonly described: Described };

/** So many are read before others have their turn: some four milliseconds. */
const TURN_PROCESSES = 200;
const COMMAND_MS_MAX = 1_000;

/** The processes of `/proc`, or `hidden` where other users' are not shown to us: none is then known not to be there. */
export async function readProcesses(): Promise<readonly Process[] | "hidden"> {
  if (readSmallFile("/proc/1/stat") === undefined) return "hidden";
  const processes: Process[] = [];
  let read = 0;
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    read += 1;
    if (read % TURN_PROCESSES === 0) await setImmediate();
    const stat = readStat(readSmallFile(`/proc/${pid}/stat`) ?? "");
    if (stat !== undefined) processes.push({ ...stat, pid });
  }
  return processes;
}

/**
 * What processes were started by, read once in the life of each. A command line lies in the process's own memory, and
 * reading it waits for ever where the kernel holds that memory: after one that hangs no other is read until it answers.
 */
export class CommandLines {
  #known = new Map<number, Known>();
  #hangs = false;

  /** `unread` where not all could be read: then a process that was not found may be there all the same. */
  async describe(
    processes: readonly Process[],
    signal: AbortSignal,
  ): Promise<{ readonly described: ReadonlyMap<number, Described>; readonly unread: boolean }> {
    const known = new Map<number, Known>();
    let unread = false;
    for (const process of processes) {
      const of = `${process.startTicks} ${process.comm}`;
      const before = this.#known.get(process.pid);
      const described = before?.of === of ? before.described : await this.#read(process, signal);
      if (described === undefined) unread = true;
      else known.set(process.pid, { of, described });
    }
    this.#known = known;
    return { described: new Map([...known].map(([pid, one]) => [pid, one.described])), unread };
  }

  async #read({ pid, comm, isKernelThread }: Process, signal: AbortSignal): Promise<Described | undefined> {
    if (isKernelThread) return { names: [comm], command: "" };
    if (this.#hangs) return undefined;
    const reading = readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const text = await within(reading, COMMAND_MS_MAX, signal);
    if (text === "late") {
      this.#hangs = true;
      void reading.then(() => {
        this.#hangs = false;
      });
      return undefined;
    }
    return describe(comm, text);
  }
}

export function describe(comm: string, cmdline: string): Described {
  const words = cmdline.split("\0").filter((word) => word !== "");
  // A login shell's name begins with a hyphen.
  const file = (words[0] ?? "").replace(/^.*\//su, "").replace(/^-/u, "");
  return { names: file === "" ? [comm] : [comm, file], command: words.join(" ") };
}
