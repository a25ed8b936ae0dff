import type { CollectReason } from "../../monitor/collect-reason.ts";

/** What a tool told of one GPU; what it did not tell is undefined. */
export type GpuReading = {
  /** As the tool numbers it: the label `gpu`. */
  readonly name: string;
  /** The same after a restart and in another slot, where the tool tells it. */
  readonly identity: string;
  /** On the PCI bus, as `0b:00.0`: domains are written too differently to compare. */
  readonly bus: string | undefined;
  /** The driver answers for it. */
  readonly isUp: boolean;
  readonly usedRatio: number | undefined;
  readonly memoryUsedRatio: number | undefined;
  readonly celsius: number | undefined;
  readonly watts: number | undefined;
  readonly uncorrectedErrors: number | undefined;
  readonly correctedErrors: number | undefined;
  readonly isThrottled: boolean | undefined;
};

export type GpuAnswer = {
  readonly gpus: readonly GpuReading[];
  /** Buses of GPUs that the driver no longer answers for; they are in no reading. */
  readonly lostBuses: readonly string[];
  /** The same of those whose place is gone too, by their numbers. */
  readonly lostNames: readonly string[];
  /** True: those that were there before and are in no reading are lost. False: nothing is known of them. */
  readonly isComplete: boolean;
  readonly failed: readonly CollectReason[];
};

/** `00000000:0B:00.0`, `0000:0b:00.0` and `0B:00.0` are one place. */
export function busOf(text: string): string | undefined {
  return /([0-9a-f]{1,2}:[0-9a-f]{2}\.[0-9a-f])$/iu.exec(text.trim())?.[1]?.toLowerCase();
}

/** A number as the tools write it; `[N/A]`, `[Not Supported]`, `ERR!` and the like are none. */
export function numberOf(text: unknown): number | undefined {
  if (typeof text === "number") return Number.isFinite(text) ? text : undefined;
  if (typeof text !== "string" || !/^\s*-?\d/u.test(text)) return undefined;
  const value = Number(text.trim());
  return Number.isFinite(value) ? value : undefined;
}

export function shareOf(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || !(whole > 0) ? undefined : part / whole;
}

/** What a program said instead of an answer. */
export function refusal(program: string, said: string | undefined): CollectReason {
  return said === undefined ? { code: "program-silent", program } : { code: "program-refused", program, detail: said };
}
