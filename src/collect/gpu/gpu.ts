import type { CollectReason } from "../../monitor/collect-reason.ts";
import {
  type Collected,
  type CollectFacts,
  type Collecting,
  type Collector,
  collected,
  type Measured,
} from "../collector.ts";
import { readSettings } from "../settings.ts";
import type { GpuReading } from "./reading.ts";
import { GpuTool, TOOL_KINDS } from "./tools.ts";

/**
 * GPUs, by their vendor's program: `nvidia-smi`, `amd-smi`, or `rocm-smi` where that is not installed. A GPU that was there and is not
 * any more is `gpu_up` 0 until the collector starts anew.
 *
 * Settings: `tool` (nvidia, rocm), `command` (the program's path), `gpus` (how many there have to be). Without any, a
 * host that has neither program has no GPUs, and that is no failure.
 */
export const gpuCollector: Collector = {
  kind: "gpu",
  local: true,
  open(raw) {
    const settings = readSettings(raw, ["tool", "command", "gpus"]);
    const command = settings.textOr("command", undefined);
    const kind = settings.wordOr("tool", TOOL_KINDS, command === undefined ? undefined : "nvidia");
    const count = settings.number("gpus", 0, { min: 0, max: 1_024 });
    const tools = (kind === undefined ? TOOL_KINDS : [kind]).map((one) => new GpuTool(one, command));
    return new GpuCollecting(tools, { count, demanded: kind !== undefined || count > 0 });
  },
};

type Known = { readonly name: string; readonly bus: string | undefined };

class GpuCollecting implements Collecting {
  readonly #tools: readonly GpuTool[];
  readonly #count: number;
  readonly #demanded: boolean;
  /** By tool, then by identity: those that answered at some time since the start, by the name they had. */
  readonly #known = new Map<GpuTool, Map<string, Known>>();

  constructor(tools: readonly GpuTool[], wanted: { readonly count: number; readonly demanded: boolean }) {
    this.#tools = tools;
    this.#count = wanted.count;
    this.#demanded = wanted.demanded;
  }

  async collect({ host, signal }: CollectFacts): Promise<Collected> {
    const states = new Map<string, boolean>();
    const samples: Measured[] = [];
    const failures: CollectReason[] = [];
    let asked = 0;
    let isComplete = true;
    for (const tool of this.#tools) {
      const answer = await tool.ask(signal);
      if (answer === undefined) continue;
      asked += 1;
      isComplete &&= answer.isComplete;
      failures.push(...answer.failed);
      const known = this.#known.get(tool) ?? new Map<string, Known>();
      this.#known.set(tool, known);
      for (const gpu of answer.gpus) {
        // A GPU that does not answer may not tell who it is either.
        const identity = gpu.isUp ? gpu.identity : (identityAt(known, gpu.bus) ?? gpu.identity);
        const { name } = known.get(identity) ?? gpu;
        known.set(identity, { name, bus: gpu.bus });
        states.set(name, gpu.isUp);
        if (gpu.isUp) samples.push(...samplesOf(host, name, gpu));
      }
      for (const bus of answer.lostBuses) states.set(known.get(identityAt(known, bus) ?? "")?.name ?? bus, false);
      for (const name of answer.lostNames) states.set(name, false);
      if (answer.isComplete) {
        for (const { name } of known.values()) if (!states.has(name)) states.set(name, false);
      }
    }
    if (asked === 0 && this.#demanded) {
      failures.push({ code: "program-missing", program: this.#tools.flatMap(({ programs }) => programs).join(", ") });
    }
    if (asked > 0 && isComplete) this.#expectCount(states, failures);
    for (const [gpu, isUp] of states) samples.push({ metric: "gpu_up", labels: { host, gpu }, value: isUp ? 1 : 0 });
    return collected(samples, failures);
  }

  async close(): Promise<void> {
    // A program that hangs ends by itself or never.
  }

  /** Numbers begin at 0 and leave none out, so that of eight of which one is gone the eighth is missing. */
  #expectCount(states: Map<string, boolean>, failures: CollectReason[]): void {
    const found = states.size;
    if (found >= this.#count) return;
    for (let nth = 0; states.size < this.#count; nth += 1) if (!states.has(String(nth))) states.set(String(nth), false);
    failures.push({ code: "gpus-missing", found, expected: this.#count });
  }
}

function identityAt(known: ReadonlyMap<string, Known>, bus: string | undefined): string | undefined {
  if (bus === undefined) return undefined;
  return [...known].find(([, one]) => one.bus === bus)?.[0];
}

function samplesOf(host: string, name: string, gpu: GpuReading): readonly Measured[] {
  const values: Readonly<Record<string, number | undefined>> = {
    gpu_used_ratio: gpu.usedRatio,
    gpu_memory_used_ratio: gpu.memoryUsedRatio,
    gpu_temperature_celsius: gpu.celsius,
    gpu_power_watts: gpu.watts,
    gpu_ecc_uncorrected_errors_total: gpu.uncorrectedErrors,
    gpu_ecc_corrected_errors_total: gpu.correctedErrors,
    gpu_throttled: gpu.isThrottled === undefined ? undefined : Number(gpu.isThrottled),
  };
  return Object.entries(values).flatMap(([metric, value]) =>
    value === undefined ? [] : [{ metric, labels: { host, gpu: name }, value }],
  );
}
