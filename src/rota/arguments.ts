import { HOUR_MS } from "../time/instant.ts";
import { overlap } from "../time/interval.ts";
import type { RotaQuestion } from "./question.ts";
import { type Slot, slotsOf } from "./slots.ts";

/** Why no rota exists, so that it can be checked with a pencil. Each alone is enough; that none is there proves nothing. */
export type RotaArgument =
  /** A week's hours for each person, where they share it equally, are more than the limit. */
  | {
      readonly kind: "too-many-hours";
      readonly week: string;
      readonly hours: number;
      readonly perShift: number;
      readonly heads: number;
      readonly hoursEach: number;
      readonly limit: number;
    }
  /** Whole shifts: each person can take so many a week, together fewer than there are. */
  | {
      readonly kind: "too-many-shifts";
      readonly week: string;
      readonly shifts: number;
      readonly perShift: number;
      readonly heads: number;
      readonly shiftsEach: number;
      readonly shiftHours: number;
      readonly limit: number;
    }
  /** One shift alone is longer in a week than anybody may work in it. */
  | { readonly kind: "shift-too-long"; readonly at: number; readonly hours: number; readonly limit: number }
  /** Shifts so close that nobody can have two of them. */
  | {
      readonly kind: "too-close";
      readonly at: number;
      readonly shifts: number;
      readonly perShift: number;
      readonly heads: number;
      readonly rest: number;
    }
  /** In so many nights in a row everybody has to be free for one. */
  | {
      readonly kind: "too-many-nights";
      readonly perShift: number;
      readonly heads: number;
      readonly nights: number;
      readonly inRow: number;
    }
  /** Nobody, or too few, are there. */
  | { readonly kind: "too-few-there"; readonly at: number; readonly there: number; readonly perShift: number };

/** The arguments that hold against a question, the plainest first, one of each kind. */
export function argumentsAgainst(question: RotaQuestion): readonly RotaArgument[] {
  const slots = slotsOf(question);
  const weeks = wholeWeeks(question);
  return [
    tooFewThere(question, slots),
    tooManyHours(question, weeks),
    shiftTooLong(question, slots),
    tooManyShifts(question, weeks),
    tooClose(question, slots),
    tooManyNights(question, slots),
  ].filter((one) => one !== undefined);
}

type Weeks = ReadonlyMap<string, readonly (readonly [Slot, number])[]>;

/** The hours of the shifts in each week. A rota that repeats is looked at in its second round, which lacks nothing. */
function wholeWeeks(question: RotaQuestion): Weeks {
  const slots = slotsOf(question, question.repeats ? 3 : 1);
  const weeks = new Map<string, (readonly [Slot, number])[]>();
  for (const slot of slots)
    for (const [week, hours] of slot.weeks) weeks.set(week, [...(weeks.get(week) ?? []), [slot, hours]]);
  if (!question.repeats) return weeks;
  const at = (rounds: number): string =>
    Temporal.PlainDate.from(question.from)
      .add({ weeks: question.weeks * rounds })
      .toString();
  return new Map([...weeks].filter(([week]) => week >= at(1) && week < at(2)));
}

function tooFewThere({ people, perShift }: RotaQuestion, slots: readonly Slot[]): RotaArgument | undefined {
  for (const slot of slots) {
    const there = people.filter(({ away }) => !away.some((one) => overlap(one, slot))).length;
    if (there < perShift) return { kind: "too-few-there", at: slot.start, there, perShift };
  }
  return undefined;
}

/** The fullest week: the whole ones among several say the number that everybody knows, 168. */
function tooManyHours({ people, perShift, limits }: RotaQuestion, weeks: Weeks): RotaArgument | undefined {
  const { weekHoursMax: limit } = limits;
  const heads = people.length;
  if (limit === undefined || heads === 0) return undefined;
  const [fullest] = [...weeks]
    .map(([week, slots]) => ({ week, hours: slots.reduce((sum, [, hours]) => sum + hours, 0) }))
    .sort((one, other) => other.hours - one.hours);
  if (fullest === undefined) return undefined;
  const hoursEach = (fullest.hours * perShift) / heads;
  return hoursEach <= limit ? undefined : { kind: "too-many-hours", ...fullest, perShift, heads, hoursEach, limit };
}

function shiftTooLong({ limits }: RotaQuestion, slots: readonly Slot[]): RotaArgument | undefined {
  const { weekHoursMax: limit } = limits;
  if (limit === undefined) return undefined;
  for (const slot of slots) {
    const hours = Math.max(...slot.weeks.values());
    if (hours > limit) return { kind: "shift-too-long", at: slot.start, hours, limit };
  }
  return undefined;
}

/** Counts the shifts that lie in a week as a whole; the parts of others only make it worse. */
function tooManyShifts({ people, perShift, limits }: RotaQuestion, weeks: Weeks): RotaArgument | undefined {
  const { weekHoursMax: limit } = limits;
  const heads = people.length;
  if (limit === undefined || heads === 0) return undefined;
  let fullest: Extract<RotaArgument, { kind: "too-many-shifts" }> | undefined;
  for (const [week, slots] of weeks) {
    const whole = slots.filter(([slot, hours]) => slot.hours === hours);
    const shiftHours = Math.min(...whole.map(([, hours]) => hours));
    const shiftsEach = Math.floor(limit / shiftHours);
    if (whole.length * perShift <= heads * shiftsEach || whole.length <= (fullest?.shifts ?? 0)) continue;
    fullest = { kind: "too-many-shifts", week, shifts: whole.length, perShift, heads, shiftsEach, shiftHours, limit };
  }
  return fullest;
}

function tooClose({ people, perShift, limits }: RotaQuestion, slots: readonly Slot[]): RotaArgument | undefined {
  const rest = limits.restHoursMin ?? 0;
  const heads = people.length;
  for (const slot of slots) {
    const close = slots.filter(({ start, end }) => end >= slot.end && start < slot.end + rest * HOUR_MS);
    if (close.length * perShift > heads)
      return { kind: "too-close", at: slot.start, shifts: close.length, perShift, heads, rest };
  }
  return undefined;
}

function tooManyNights(question: RotaQuestion, slots: readonly Slot[]): RotaArgument | undefined {
  const { people, perShift, limits } = question;
  const { nightsInRowMax: inRow } = limits;
  const heads = people.length;
  if (inRow === undefined) return undefined;
  const dates = new Set(slots.flatMap((slot) => slot.nights));
  const nights = inRow + 1;
  // Each of these nights takes `perShift` people, and each person is free on one of them.
  if (nights * perShift <= heads * inRow) return undefined;
  const isRow = [...dates].some((date) =>
    Array.from({ length: nights }, (_, day) => Temporal.PlainDate.from(date).add({ days: day }).toString()).every(
      (one) => dates.has(one),
    ),
  );
  return isRow ? { kind: "too-many-nights", perShift, heads, nights, inRow } : undefined;
}
