import { Worker } from "node:worker_threads";
import type { Solved } from "../../rota/linear-model.ts";
import type { SolveJob, Solver } from "../solver.ts";

/** What a solve may take beyond its time before its thread is ended: reading a model is not in HiGHS's own limit. */
const GRACE_SECONDS = 10;

/** HiGHS in WebAssembly, in a thread of its own that starts with the first job. */
export function highsSolver(): Solver {
  let worker: Worker | undefined;
  const end = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  return {
    async solve(job) {
      worker ??= new Worker(WORKER);
      const solved = await answerOf(worker, job);
      // A thread that was late or broke answers nobody else.
      if (solved.is === "unknown") await end();
      return solved;
    },
    close: end,
  };
}

/** The file beside this one: `.ts` as it stands, `.js` where it was compiled. */
const WORKER = new URL(import.meta.url.replace(/highs-solver(\.[jt]s)$/u, "highs-worker$1"));

function answerOf(worker: Worker, job: SolveJob): Promise<Solved> {
  return new Promise((resolve) => {
    const settle = (solved: Solved): void => {
      clearTimeout(timer);
      worker.off("message", settle).off("error", broke).off("exit", gone);
      resolve(solved);
    };
    const broke = (error: unknown): void => settle({ is: "unknown", because: "solver", detail: String(error) });
    const gone = (): void => settle({ is: "unknown", because: "solver", detail: "the solver's thread ended" });
    const late = (): void => settle({ is: "unknown", because: "time", detail: `${job.timeSeconds} s` });
    const timer = setTimeout(late, (job.timeSeconds + GRACE_SECONDS) * 1_000);
    worker.on("message", settle).on("error", broke).on("exit", gone);
    worker.postMessage(job);
  });
}
