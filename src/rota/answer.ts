import { assert } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import type { PersonId } from "../roster/roster.ts";
import { overlap } from "../time/interval.ts";
import { argumentsAgainst, type RotaArgument } from "./arguments.ts";
import { brokenRules, type RotaShift } from "./broken-rules.ts";
import { type FairMeasure, fairMeasures, spreadOf } from "./fairness.ts";
import type { LinearModel, Solved } from "./linear-model.ts";
import { ROTA_RULES, type RotaQuestion, type RotaRule, without } from "./question.ts";
import { type RotaModel, rotaModel } from "./rota-model.ts";
import { type Slot, slotsOf } from "./slots.ts";

/** What is found out about a question. */
export type RotaAnswer = RotaFound | RotaNone | RotaUnknown;

export type RotaFound = {
  readonly is: "rota";
  /** `optimal`: none is fairer. `feasible`: time ran out; by `gap` (a share) at most could one be fairer, where known. */
  readonly fairness: { readonly is: "optimal" } | { readonly is: "feasible"; readonly gap: number | null };
  /** How far people's shares are apart, and the least that it can be because shifts cannot be cut. */
  readonly spreads: readonly { readonly name: FairMeasure["name"]; readonly spread: number; readonly least: number }[];
  /** Shifts against a wish. */
  readonly wishesBroken: number;
  readonly shifts: readonly RotaShift[];
};

/** There is none: shown by the solver, by an argument, or by both. */
export type RotaNone = {
  readonly is: "none";
  readonly solver: "infeasible" | "unknown";
  readonly arguments: readonly RotaArgument[];
  readonly smallest: SmallestHeads;
  /** For each rule that the question has: whether it alone, let go, would leave a rota. */
  readonly loosened: readonly { readonly rule: RotaRule; readonly gives: "rota" | "none" | "unknown" }[];
  /** With everything else as it is, the week hours that it takes; absent where more hours would not help. */
  readonly weekHoursNeeded?: { readonly hours: number; readonly exact: boolean };
};
/** The head count that works, and that one fewer does not; where time ran out, what is known. */
export type SmallestHeads =
  | {
      readonly is: "found";
      readonly heads: number;
      /** How it is known that one fewer is too few. */
      readonly fewer: "solver" | "argument" | "both" | "unknown";
    }
  | { readonly is: "more-than"; readonly heads: number }
  | { readonly is: "unknown"; readonly atLeast: number };

export type RotaUnknown = { readonly is: "unknown"; readonly because: "time" | "solver"; readonly detail: string };

/** A model to be solved within a time. */
export type RotaAsk = {
  readonly model: LinearModel;
  readonly timeSeconds: number;
  readonly start?: readonly (readonly [column: number, value: number])[];
};
export type RotaReply = { readonly solved: Solved; readonly tookSeconds: number };

/** A team of more than this many is not looked for. */
const HEADS_MAX = 60;
/** Of the whole time this much at most goes into each of the large questions, and into each of the small ones. */
const LARGE_SHARE = 0.5;
const SMALL_SHARE = 0.2;
/** A rota that is even within a shift is soon as fair as it gets; the rest of the time would only prove it. */
const POLISH_SHARE = 0.3;
/** How many shifts people may be apart while an even rota is looked for, one try after the other. */
const EVEN_TRIES = [0, 1, 3];

/**
 * Works an answer out, asking for the models to be solved one after the other: whether there is a rota; if so the
 * fairest; if not the smallest head count that works, and which rule alone stands in the way. Pure: whoever drives it
 * has the solver.
 */
export function* answerRota(question: RotaQuestion, timeSeconds: number): Generator<RotaAsk, RotaAnswer, RotaReply> {
  const desk = new Desk(timeSeconds);
  const against = argumentsAgainst(question);
  const even = against.length > 0 ? undefined : yield* evenRota(question, desk, EVEN_TRIES.slice(0, 1), timeSeconds);
  const model = rotaModel(question, { is: "any" });
  const first = even === undefined ? yield* desk.ask(model, timeSeconds * LARGE_SHARE) : undefined;
  if (first?.is === "infeasible" || (first?.is === "unknown" && against.length > 0)) {
    return {
      is: "none",
      solver: first.is,
      arguments: against,
      smallest: yield* smallestHeads(question, desk, timeSeconds),
      loosened: yield* loosened(question, desk, timeSeconds),
      ...(yield* weekHoursNeeded(question, desk, timeSeconds)),
    };
  }
  if (first?.is === "unknown") return first;
  assert(against.length === 0, "what an argument rules out has no rota");
  const fair = even ?? (yield* evenRota(question, desk, EVEN_TRIES.slice(1), timeSeconds));
  return yield* polished(question, desk, fair ?? model.read(first?.values ?? []), timeSeconds * POLISH_SHARE);
}

type People = readonly (readonly number[])[];

/** A rota in which people's shares differ by no more than so many shifts beyond the least that they must. */
function* evenRota(
  question: RotaQuestion,
  desk: Desk,
  tries: readonly number[],
  timeSeconds: number,
): Generator<RotaAsk, People | undefined, RotaReply> {
  const measures = fairMeasures(question, slotsOf(question));
  for (const shifts of tries) {
    const caps = measures.map(({ name, spreadMin, ofOneShift }) => {
      // Weekends and holidays are few and of many lengths: less than one shift apart is even.
      const apart = name === "weekend" || name === "holidays" || spreadMin === 0 ? shifts + 1 : shifts;
      return spreadMin + apart * ofOneShift;
    });
    const model = rotaModel(question, { is: "even", caps });
    const solved = yield* desk.ask(model, timeSeconds * LARGE_SHARE);
    if (solved.is === "optimal" || solved.is === "feasible") return model.read(solved.values);
  }
  return undefined;
}

/** Makes a rota as fair as it gets in the time that is left; what is fair enough by arithmetic is not touched. */
function* polished(
  question: RotaQuestion,
  desk: Desk,
  known: People,
  timeSeconds: number,
): Generator<RotaAsk, RotaFound, RotaReply> {
  const slots = slotsOf(question);
  const measures = fairMeasures(question, slots);
  const tell = (people: People, fairness: RotaFound["fairness"]): RotaFound => {
    const shifts = shiftsOf(question, slots, people);
    assert(brokenRules(question, shifts).length === 0, "a rota keeps every rule of its question");
    return { is: "rota", fairness, ...standing(question, measures, slots, people), shifts };
  };
  const { spreads, wishesBroken } = standing(question, measures, slots, known);
  const isLeast = wishesBroken === 0 && spreads.every(({ spread, least }) => spread <= least);
  if (isLeast) return tell(known, { is: "optimal" });
  // Each difference at most what it is already: nothing is made less fair for the sake of something else.
  const caps = spreads.map(({ spread }) => spread + CAP_SLACK);
  const model = rotaModel(question, { is: "fairest", caps });
  const solved = yield* desk.ask(model, timeSeconds, model.write(known));
  if (solved.is === "optimal") return tell(model.read(solved.values), { is: "optimal" });
  if (solved.is === "feasible") return tell(model.read(solved.values), { is: "feasible", gap: solved.gap });
  return tell(known, { is: "feasible", gap: null });
}

/** Rounding of the shares that are due must not shut out the rota that is known. */
const CAP_SLACK = 0.01;

function standing(
  { people }: RotaQuestion,
  measures: readonly FairMeasure[],
  slots: readonly Slot[],
  rota: People,
): Pick<RotaFound, "spreads" | "wishesBroken"> {
  const isAgainst = (slot: Slot, person: number): boolean =>
    people[person]?.wishes.some((one) => overlap(one, slot)) === true;
  return {
    spreads: measures.map((measure) => ({
      name: measure.name,
      spread: spreadOf(measure, slots, rota),
      least: measure.spreadMin,
    })),
    wishesBroken: slots.reduce(
      (sum, slot) => sum + (rota[slot.index] ?? []).filter((person) => isAgainst(slot, person)).length,
      0,
    ),
  };
}

class Desk {
  /** Seconds. */
  left: number;

  constructor(timeSeconds: number) {
    this.left = timeSeconds;
  }

  *ask({ model }: RotaModel, timeSeconds: number, start?: RotaAsk["start"]): Generator<RotaAsk, Solved, RotaReply> {
    const time = Math.min(timeSeconds, this.left);
    if (time <= 0) return { is: "unknown", because: "time", detail: "0 s" };
    const { solved, tookSeconds } = yield { model, timeSeconds: time, ...(start === undefined ? {} : { start }) };
    this.left -= tookSeconds;
    return solved;
  }

  *feasible(question: RotaQuestion, timeSeconds: number): Generator<RotaAsk, "rota" | "none" | "unknown", RotaReply> {
    const { is } = yield* this.ask(rotaModel(question, { is: "any" }), timeSeconds);
    return is === "infeasible" ? "none" : is === "unknown" ? "unknown" : "rota";
  }
}

/**
 * More people with no leave are added until it works. More people never make it worse, for no rule demands that somebody
 * works; so what an argument rules out need not be tried, and the first that works is the smallest.
 */
function* smallestHeads(
  question: RotaQuestion,
  desk: Desk,
  timeSeconds: number,
): Generator<RotaAsk, SmallestHeads, RotaReply> {
  let heads = question.people.length + 1;
  while (heads <= HEADS_MAX && argumentsAgainst(withHeads(question, heads)).length > 0) heads++;
  // The one below is asked too, so that it is known from both sides.
  const below = heads - 1;
  const isRuledOut = argumentsAgainst(withHeads(question, below)).length > 0;
  let fewer: "solver" | "argument" | "both" | "unknown" = isRuledOut ? "argument" : "unknown";
  if (below <= HEADS_MAX && below > 0) {
    const then = yield* desk.feasible(withHeads(question, below), timeSeconds * SMALL_SHARE);
    if (then === "none") fewer = isRuledOut ? "both" : "solver";
  }
  for (; heads <= HEADS_MAX; heads++) {
    const then = yield* desk.feasible(withHeads(question, heads), timeSeconds * SMALL_SHARE);
    if (then === "rota") return { is: "found", heads, fewer };
    if (then === "unknown") return { is: "unknown", atLeast: heads };
    fewer = "solver";
  }
  return { is: "more-than", heads: HEADS_MAX };
}

/** The same team with so many people: the ones it has, and new ones who are always there. */
export function withHeads(question: RotaQuestion, heads: number): RotaQuestion {
  const more = Array.from({ length: Math.max(0, heads - question.people.length) }, (_, nth) => ({
    id: asId<"person">(`+${nth + 1}`),
    away: [],
    wishes: [],
  }));
  return { ...question, people: [...question.people, ...more].slice(0, heads) };
}

function* loosened(
  question: RotaQuestion,
  desk: Desk,
  timeSeconds: number,
): Generator<RotaAsk, RotaNone["loosened"], RotaReply> {
  const result: { readonly rule: RotaRule; readonly gives: "rota" | "none" | "unknown" }[] = [];
  for (const rule of ROTA_RULES) {
    const looser = without(question, rule);
    if (looser === undefined) continue;
    const isRuledOut = argumentsAgainst(looser).length > 0;
    const gives = isRuledOut ? "none" : yield* desk.feasible(looser, timeSeconds * SMALL_SHARE);
    result.push({ rule, gives });
  }
  return result;
}

function* weekHoursNeeded(
  question: RotaQuestion,
  desk: Desk,
  timeSeconds: number,
): Generator<RotaAsk, Pick<RotaNone, "weekHoursNeeded">, RotaReply> {
  if (without(question, "week-hours") === undefined) return {};
  const solved = yield* desk.ask(rotaModel(question, { is: "least-week-hours" }), timeSeconds * SMALL_SHARE);
  if (solved.is !== "optimal" && solved.is !== "feasible") return {};
  return { weekHoursNeeded: { hours: Math.round(solved.objective * 100) / 100, exact: solved.is === "optimal" } };
}

function shiftsOf({ people }: RotaQuestion, slots: readonly Slot[], rota: People): readonly RotaShift[] {
  const idOf = (place: number): readonly PersonId[] => people.slice(place, place + 1).map(({ id }) => id);
  return slots.map(({ start, end, shift, nth, index }) => ({
    start,
    end,
    shift,
    nth,
    people: (rota[index] ?? []).flatMap(idOf),
  }));
}
