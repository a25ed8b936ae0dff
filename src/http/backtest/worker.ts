import { platform, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { Fault } from "../../fault/fault.ts";
import { type BacktestJob, doBacktest } from "./job.ts";
import type { WorkerWord } from "./run-in-worker.ts";

/** Does one back-test beside the server. It says how far it is, and at last the report as JSON, or what went wrong. */
const say = (word: WorkerWord): void => parentPort?.postMessage(word);

// On Linux the priority is the thread's own: where there is one processor, the pages have it first.
if (platform() === "linux") setPriority(10);

try {
  const report = await doBacktest(workerData as BacktestJob, (progress) => say({ progress }));
  say({ report: JSON.stringify(report) });
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  say({ fault: { code: error.code, facts: error.facts } });
}
