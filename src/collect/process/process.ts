import { platform } from "node:os";
import {
  type Collected,
  type CollectFacts,
  type Collecting,
  type Collector,
  collected,
  type Measured,
} from "../collector.ts";
import { readSmallFile } from "../read-small-file.ts";
import { readSettings } from "../settings.ts";
import { measureElsewhere } from "./other-systems.ts";
import { CommandLines, type Process, readProcesses } from "./process-table.ts";
import { readMemoryOf, TICKS_PER_SECOND } from "./read-stat.ts";
import { Units } from "./units.ts";
import { readWatched, type Watched } from "./watched.ts";

/**
 * Processes by name, and systemd's units.
 *
 * Settings: `processes` (a list of names, `{ name, program }` or `{ name, command }`), `units` (names; without an ending
 * `.service` is meant), `systemctl` (another program in its place). Without any: zombies and failed units.
 */
export const processCollector: Collector = {
  kind: "process",
  local: true,
  open(raw) {
    const settings = readSettings(raw, ["processes", "units", "systemctl"]);
    const watched = readWatched(settings.raw("processes"), "settings.processes");
    return new ProcessCollecting(watched, new Units(settings.texts("units"), settings.textOr("systemctl", undefined)));
  },
};

class ProcessCollecting implements Collecting {
  readonly #watched: readonly Watched[];
  readonly #units: Units;
  readonly #commandLines = new CommandLines();
  #before: { readonly atMs: number; readonly ticks: ReadonlyMap<string, number> } | undefined;

  constructor(watched: readonly Watched[], units: Units) {
    this.#watched = watched;
    this.#units = units;
  }

  async collect({ host, signal }: CollectFacts): Promise<Collected> {
    const [processes, units] = await Promise.all([
      platform() === "linux" ? this.#measure(host, signal) : measureElsewhere(host, this.#watched),
      this.#units.measure(host, signal),
    ]);
    return {
      ...units,
      ...collected([...processes.samples, ...units.samples], [...(processes.failed ?? []), ...(units.failed ?? [])]),
    };
  }

  async close(): Promise<void> {
    // Nothing is held.
  }

  async #measure(host: string, signal: AbortSignal): Promise<Collected> {
    const processes = await readProcesses();
    if (processes === "hidden") return { samples: [], failed: [{ code: "processes-hidden" }] };
    const zombies = processes.filter(({ state }) => state === "Z").length;
    const samples: Measured[] = [{ metric: "process_zombies", labels: { host }, value: zombies }];
    if (this.#watched.length === 0) return { samples };
    const alive = processes.filter(({ state }) => state !== "Z" && state !== "X");
    const { described, unread } = await this.#commandLines.describe(alive, signal);
    const now = { atMs: performance.now(), ticks: new Map(alive.map((one) => [keyOf(one), one.cpuTicks])) };
    const unknown: string[] = [];
    for (const { name, fits } of this.#watched) {
      const found = alive.filter(({ pid }) => {
        const one = described.get(pid);
        return one !== undefined && fits(one);
      });
      // One that was not found may be among those that could not be read: that it is not there would be a guess.
      if (found.length === 0 && unread) unknown.push(name);
      else samples.push(...this.#samplesOf(host, name, found, now.atMs));
    }
    this.#before = now;
    return collected(samples, unknown.length === 0 ? [] : [{ code: "process-hangs", processes: unknown.join(", ") }]);
  }

  #samplesOf(host: string, name: string, found: readonly Process[], atMs: number): readonly Measured[] {
    const labels = { host, process: name };
    const count = { metric: "process_count", labels, value: found.length };
    if (found.length === 0) return [count];
    const memories = found.flatMap(({ pid }) => readMemoryOf(readSmallFile(`/proc/${pid}/status`) ?? "") ?? []);
    // What several share (a database's buffers, a program's code) is counted once.
    const shared = Math.max(0, ...memories.map((one) => one.shared));
    const memory = memories.reduce((sum, { own }) => sum + own, shared);
    const samples = [count, { metric: "process_memory_bytes", labels, value: memory }];
    const before = this.#before;
    if (before === undefined || atMs <= before.atMs) return samples;
    // One that began since then has spent all its time since then.
    const ticks = found.reduce((sum, one) => sum + one.cpuTicks - (before.ticks.get(keyOf(one)) ?? 0), 0);
    const used = ticks / TICKS_PER_SECOND / ((atMs - before.atMs) / 1_000);
    return [...samples, { metric: "process_cpu_ratio", labels, value: Math.max(0, used) }];
  }
}

function keyOf({ pid, startTicks }: Process): string {
  return `${pid} ${startTicks}`;
}
