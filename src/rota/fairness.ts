import { overlap } from "../time/interval.ts";
import type { RotaQuestion } from "./question.ts";
import type { Slot } from "./slots.ts";

/** One thing that is to be shared fairly. */
export type FairMeasure = {
  readonly name: "hours" | "nights" | "weekend" | "holidays";
  /** What a unit of difference between two people costs. */
  readonly weight: number;
  readonly valueOf: (slot: Slot) => number;
  /** What each person's share is; undefined for who is there for none of it. */
  readonly dueTo: readonly (number | undefined)[];
  /** What the shares must differ by at least, because shifts cannot be cut. */
  readonly spreadMin: number;
  /** The most that one shift counts: shares that differ by less than one shift are even. */
  readonly ofOneShift: number;
};

const MEASURES: readonly Pick<FairMeasure, "name" | "weight" | "valueOf">[] = [
  { name: "hours", weight: 1, valueOf: ({ hours }) => hours },
  { name: "nights", weight: 6, valueOf: ({ nights }) => nights.length },
  { name: "weekend", weight: 0.5, valueOf: ({ weekendHours }) => weekendHours },
  { name: "holidays", weight: 1, valueOf: ({ holidayHours }) => holidayHours },
];

/** What there is to be shared: the share due to each is in proportion to the shifts for which they are there. */
export function fairMeasures(question: RotaQuestion, slots: readonly Slot[]): readonly FairMeasure[] {
  const { people, perShift } = question;
  return MEASURES.flatMap(({ name, weight, valueOf }) => {
    const total = slots.reduce((sum, slot) => sum + valueOf(slot), 0) * perShift;
    if (total === 0) return [];
    const there = people.map(({ away }) =>
      slots.filter((slot) => !away.some((one) => overlap(one, slot))).reduce((sum, slot) => sum + valueOf(slot), 0),
    );
    const all = there.reduce((sum, one) => sum + one, 0);
    const dueTo = there.map((one) => (one === 0 ? undefined : (total * one) / all));
    const values = slots.map(valueOf);
    const ofOneShift = Math.max(...values);
    return [{ name, weight, valueOf, dueTo, spreadMin: leastSpread(values, total, dueTo), ofOneShift }];
  });
}

/** Equal shares of a total that is no whole number of the smallest step leave one step between two people. */
function leastSpread(values: readonly number[], total: number, dueTo: readonly (number | undefined)[]): number {
  const [first] = dueTo;
  const step = values.reduce(greatestCommon, 0);
  if (first === undefined || dueTo.some((due) => due !== first) || !Number.isInteger(step) || step === 0) return 0;
  return Math.round(total / step) % dueTo.length === 0 ? 0 : step;
}

function greatestCommon(one: number, other: number): number {
  return other === 0 ? one : greatestCommon(other, one % other);
}

/** How far the shares of a rota are apart, measured against what is due to each; `people` for each shift by their places. */
export function spreadOf(
  { valueOf, dueTo }: FairMeasure,
  slots: readonly Slot[],
  people: readonly (readonly number[])[],
): number {
  const shares = dueTo.flatMap((due, person) => {
    if (due === undefined) return [];
    const has = slots.reduce((sum, slot) => sum + (people[slot.index]?.includes(person) ? valueOf(slot) : 0), 0);
    return [has - due];
  });
  return shares.length === 0 ? 0 : Math.round((Math.max(...shares) - Math.min(...shares)) * 1_000) / 1_000;
}
