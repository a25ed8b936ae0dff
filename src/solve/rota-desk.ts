import { Fault } from "../fault/fault.ts";
import type { RotaAnswer } from "../rota/answer.ts";
import type { RotaQuestion } from "../rota/question.ts";
import type { Clock } from "../time/clock.ts";
import { answerQuestion } from "./answer-question.ts";
import type { Solver } from "./solver.ts";

/** More than this many people who wait for an answer at once are told to come again. */
const WAITING_MAX = 3;

/**
 * Answers one question at a time: a solver takes a whole processor, and the others belong to pages. Between questions
 * there is no thread.
 */
export type RotaDesk = {
  /** Fault `overloaded` where too many wait already. */
  ask(
    question: RotaQuestion,
    timeSeconds: number,
  ): Promise<{ readonly answer: RotaAnswer; readonly tookSeconds: number }>;
  close(): Promise<void>;
};

export function rotaDesk(clock: Clock, makeSolver: () => Solver): RotaDesk {
  let line: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let solver: Solver | undefined;
  const answered = async (question: RotaQuestion, timeSeconds: number) => {
    const begun = clock.now();
    solver = makeSolver();
    try {
      const answer = await answerQuestion(question, { solver, timeSeconds, now: () => clock.now() });
      return { answer, tookSeconds: (clock.now() - begun) / 1_000 };
    } finally {
      await solver.close();
    }
  };
  return {
    async ask(question, timeSeconds) {
      if (waiting >= WAITING_MAX) throw new Fault("overloaded", { waiting });
      waiting++;
      const mine = line.then(() => answered(question, timeSeconds));
      line = mine.catch(() => {});
      try {
        return await mine;
      } finally {
        waiting--;
      }
    },
    close: async () => solver?.close(),
  };
}
