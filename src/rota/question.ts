import type { ActiveHours, Holiday, PersonId } from "../roster/roster.ts";
import type { Interval } from "../time/interval.ts";

/** The shifts to be filled: some each day, or long ones that follow each other. */
export type ShiftPattern =
  | { readonly kind: "daily"; readonly shifts: readonly ActiveHours[] }
  | { readonly kind: "long"; readonly length: LongShift; readonly at: string };
export type LongShift = { readonly unit: "days" | "weeks"; readonly count: number };

export type RotaPerson = {
  readonly id: PersonId;
  /** Leave and what else keeps them away: they take no shift that touches it. */
  readonly away: readonly Interval[];
  /** When they would rather not: heeded where it costs nobody a limit. */
  readonly wishes: readonly Interval[];
};

/** What no week and no night may go beyond; a limit that is absent is none. */
export type RotaLimits = {
  /** Hours on duty from Monday 00:00 to the next, as the zone's clocks show them. */
  readonly weekHoursMax?: number;
  /** Hours between the end of a shift and the beginning of the same person's next. */
  readonly restHoursMin?: number;
  readonly nightsInRowMax?: number;
  readonly daysInRowMax?: number;
};

/** Who can keep these shifts within these limits, and how fairly? */
export type RotaQuestion = {
  /** IANA name: in it days, weeks and nights begin. */
  readonly zone: string;
  /** The first day, local. */
  readonly from: string;
  readonly weeks: number;
  /** The same again and again: the limits hold over the seam as well. */
  readonly repeats: boolean;
  readonly pattern: ShiftPattern;
  readonly people: readonly RotaPerson[];
  /** How many people each shift takes: 2 where nobody may be alone. */
  readonly perShift: number;
  readonly limits: RotaLimits;
  /** Days off of the company, beside the public ones. */
  readonly holidays: readonly Holiday[];
};

/** What must hold, by name: what the proof speaks of and what is let go to see whether it is at fault. */
export type RotaRule = "week-hours" | "rest" | "nights-in-row" | "days-in-row" | "per-shift" | "leave";

/** Without one of its rules; undefined where it has none of that kind. */
export function without(question: RotaQuestion, rule: RotaRule): RotaQuestion | undefined {
  const { limits } = question;
  switch (rule) {
    case "week-hours":
      return withLimits(question, limits.weekHoursMax, { weekHoursMax: undefined });
    case "rest":
      return withLimits(question, limits.restHoursMin, { restHoursMin: undefined });
    case "nights-in-row":
      return withLimits(question, limits.nightsInRowMax, { nightsInRowMax: undefined });
    case "days-in-row":
      return withLimits(question, limits.daysInRowMax, { daysInRowMax: undefined });
    case "per-shift":
      return question.perShift > 1 ? { ...question, perShift: 1 } : undefined;
    case "leave":
      return question.people.some(({ away }) => away.length > 0)
        ? { ...question, people: question.people.map((person) => ({ ...person, away: [] })) }
        : undefined;
  }
}

export const ROTA_RULES: readonly RotaRule[] = [
  "week-hours",
  "rest",
  "nights-in-row",
  "days-in-row",
  "per-shift",
  "leave",
];

type Loose = { readonly [Key in keyof RotaLimits]?: RotaLimits[Key] | undefined };

function withLimits(question: RotaQuestion, has: number | undefined, change: Loose): RotaQuestion | undefined {
  if (has === undefined) return undefined;
  const limits = Object.fromEntries(
    Object.entries({ ...question.limits, ...change }).filter(([, value]) => value !== undefined),
  );
  return { ...question, limits };
}
