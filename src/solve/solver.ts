import type { LinearModel, Solved } from "../rota/linear-model.ts";

export type SolveJob = {
  readonly model: LinearModel;
  readonly timeSeconds: number;
  /** What is known to fit, to begin from. */
  readonly start?: readonly (readonly [column: number, value: number])[];
};

/** Something that solves linear models: an own thread or process, which ends with `close`. */
export type Solver = {
  /** Never fails and never takes much longer than it was given: what went wrong is `unknown`. */
  solve(job: SolveJob): Promise<Solved>;
  close(): Promise<void>;
};
