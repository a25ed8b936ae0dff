import { parentPort } from "node:worker_threads";
import highsPackage, { type Highs } from "highs";
import { lpText, type Solved } from "../../rota/linear-model.ts";
import type { SolveJob } from "../solver.ts";

/** The package is an ES module whose types are written for CommonJS: what it exports is the loader itself. */
const loadHighs = highsPackage as unknown as typeof highsPackage.default;

/**
 * The thread that HiGHS runs in: it answers one job after the other. A solve blocks its thread to the end, and no page
 * may wait for one.
 */
const highs = loadHighs();
parentPort?.on("message", (job: SolveJob) => {
  void highs.then(
    (solver) => parentPort?.postMessage(answer(solver, job)),
    (error: unknown) => parentPort?.postMessage(failed(error)),
  );
});

function answer(highs: Highs, job: SolveJob): Solved {
  try {
    return solve(highs, job);
  } catch (error) {
    return failed(error);
  }
}

function solve(highs: Highs, { model, timeSeconds, start }: SolveJob): Solved {
  return highs.withModel({ format: "lp", data: lpText(model) }, (solver): Solved => {
    const place = model.columns.map(({ name }) => solver.getColByName(name));
    solver.options.set({ output_flag: false, time_limit: timeSeconds, mip_rel_gap: GAP_OPTIMAL });
    if (start !== undefined && start.length > 0) {
      const values = start.map(([, value]) => value);
      solver.setSolution({ indices: start.map(([column]) => place[column] ?? 0), values });
    }
    solver.run();
    const status = solver.getModelStatus();
    const { optimal, infeasible, timeLimit } = highs.constants.modelStatus;
    if (status === infeasible) return { is: "infeasible" };
    if (status !== optimal && status !== timeLimit)
      return { is: "unknown", because: "solver", detail: `model status ${status}` };
    if (Number(solver.info.get("primal_solution_status")) !== FEASIBLE_POINT)
      return { is: "unknown", because: "time", detail: `${timeSeconds} s` };
    const { colValue } = solver.getSolution();
    const found = { values: place.map((at) => colValue[at] ?? 0), objective: solver.getObjectiveValue() };
    if (status === optimal) return { is: "optimal", ...found };
    return { is: "feasible", ...found, gap: Number(solver.info.get("mip_gap")) };
  });
}

/** A share of the objective below which nobody would see the difference. */
const GAP_OPTIMAL = 1e-6;
/** `kSolutionStatusFeasible` of HiGHS. */
const FEASIBLE_POINT = 2;

function failed(error: unknown): Solved {
  return { is: "unknown", because: "solver", detail: error instanceof Error ? error.message : String(error) };
}
