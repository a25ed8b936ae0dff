import type { PersonId } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { DutyCalendar } from "./duty-calendar.ts";

/** A stretch of beginnings for which the answer is the same. */
export type Swept<Answer> = Interval & { readonly answer: Answer };

/** What an evaluation asks: who is on duty in a team at an instant. */
export type Ask = (team: string, at: Instant) => readonly PersonId[];

/** One question (a team, so long after the beginning) with what follows from each answer, or the end with the result. */
type Node<Answer> = {
  asked?: { readonly team: string; readonly offset: Millis };
  readonly next: Map<string, Node<Answer>>;
  answer?: { readonly value: Answer };
};

/** How many beginnings are looked at between two places to pause. */
const PAUSE_EVERY = 64;

/**
 * The values of `evaluate(begin, ask)` for every instant at which something may begin, as stretches, where the value
 * depends on `begin` only through the answers to what it asks: who is on duty in which team so long after `begin`.
 * What was asked and answered is kept as a tree of decisions, so that `evaluate` runs once for each situation and not
 * for each hand-over; and because an answer is known to hold until its stretch ends, so is the value: between two
 * looks nothing can change. Exact to the millisecond. Pauses now and then, so that others can have their turn.
 */
export function createSweep<Answer>(
  calendar: DutyCalendar,
  evaluate: (begin: Instant, ask: Ask) => Answer,
): { over(interval: Interval): Generator<void, readonly Swept<Answer>[]>; readonly evaluations: number } {
  const root: Node<Answer> = { next: new Map() };
  let evaluations = 0;

  /** Evaluates at an instant for which the tree has no answer, and writes the way there into the tree. */
  const learn = (begin: Instant): void => {
    const seen = new Set<string>();
    let node = root;
    const ask: Ask = (team, at) => {
      const stretch = calendar.at(team, at);
      const offset = at - begin;
      const question = `${offset}/${team}`;
      if (!seen.has(question)) {
        seen.add(question);
        node.asked ??= { team, offset };
        let next = node.next.get(stretch.key);
        if (next === undefined) {
          next = { next: new Map() };
          node.next.set(stretch.key, next);
        }
        node = next;
      }
      return stretch.people;
    };
    evaluations += 1;
    const value = evaluate(begin, ask);
    node.answer = { value };
  };

  /** The value at an instant and until when it holds; undefined where that situation was not met yet. */
  const known = (begin: Instant): Swept<Answer> | undefined => {
    let node: Node<Answer> | undefined = root;
    let end = Number.POSITIVE_INFINITY;
    while (node !== undefined) {
      if (node.answer !== undefined) return { start: begin, end, answer: node.answer.value };
      if (node.asked === undefined) return undefined;
      const { team, offset }: { team: string; offset: Millis } = node.asked;
      const stretch = calendar.at(team, begin + offset);
      end = Math.min(end, stretch.end - offset);
      node = node.next.get(stretch.key);
    }
    return undefined;
  };

  return {
    get evaluations() {
      return evaluations;
    },
    *over(interval) {
      const swept: Swept<Answer>[] = [];
      let looks = 0;
      for (let begin = interval.start; begin < interval.end; ) {
        looks += 1;
        if (looks % PAUSE_EVERY === 0) yield;
        let found = known(begin);
        if (found === undefined) {
          yield;
          learn(begin);
          found = known(begin) as Swept<Answer>;
        }
        const end = Math.min(found.end, interval.end);
        const last = swept.at(-1);
        if (last?.answer === found.answer && last.end === begin) swept[swept.length - 1] = { ...last, end };
        else swept.push({ start: begin, end, answer: found.answer });
        begin = end;
      }
      return swept;
    },
  };
}
