import { Worker } from "node:worker_threads";
import type { FaultCode } from "../../fault/codes.ts";
import { Fault } from "../../fault/fault.ts";
import type { BacktestJob } from "./job.ts";

/** What the thread says. */
export type WorkerWord =
  | { readonly progress: number }
  | { readonly report: string }
  | { readonly fault: { readonly code: FaultCode; readonly facts: Fault["facts"] } };

/** A history of the largest size needs a tenth of it. */
const HEAP_MB_MAX = 512;

/** Beside this file, as source and as the package has it. */
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

/**
 * Does a back-test in a thread of its own, so that paging never waits for it. Resolves to the report as JSON; `signal`
 * ends it at once, and then it never resolves.
 */
export function runInWorker(
  job: BacktestJob,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<string> {
  const worker = new Worker(WORKER, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX } });
  const stop = (): void => void worker.terminate();
  signal.addEventListener("abort", stop, { once: true });
  return new Promise<string>((resolve, reject) => {
    worker.on("message", (word: WorkerWord) => {
      if ("progress" in word) onProgress(word.progress);
      else if ("report" in word) resolve(word.report);
      else reject(new Fault(word.fault.code, word.fault.facts));
    });
    worker.on("error", (error: NodeJS.ErrnoException) =>
      reject(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? new Fault("backtest-too-long", { memoryMbMax: HEAP_MB_MAX }, error)
          : new Fault("backtest-failed", { error: String(error) }, error),
      ),
    );
    worker.on("exit", () => reject(new Fault("backtest-failed", { because: "stopped" })));
  }).finally(() => {
    signal.removeEventListener("abort", stop);
    stop();
  });
}
