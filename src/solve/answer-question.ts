import { answerRota, type RotaAnswer } from "../rota/answer.ts";
import type { RotaQuestion } from "../rota/question.ts";
import type { Solver } from "./solver.ts";

/** Drives an answer to its end with a solver. `now` in milliseconds, of any clock that runs evenly. */
export async function answerQuestion(
  question: RotaQuestion,
  { solver, timeSeconds, now }: { readonly solver: Solver; readonly timeSeconds: number; readonly now: () => number },
): Promise<RotaAnswer> {
  const work = answerRota(question, timeSeconds);
  for (let step = work.next(); ; ) {
    if (step.done === true) return step.value;
    const before = now();
    const solved = await solver.solve(step.value);
    step = work.next({ solved, tookSeconds: (now() - before) / 1_000 });
  }
}
