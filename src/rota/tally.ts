import type { PersonId } from "../roster/roster.ts";
import type { RotaShift } from "./broken-rules.ts";
import type { RotaQuestion } from "./question.ts";
import { slotsOf } from "./slots.ts";

/** What a rota gives one person. */
export type RotaTally = {
  readonly person: PersonId;
  readonly shifts: number;
  readonly hours: number;
  readonly weekHoursMost: number;
  readonly nights: number;
  readonly weekendHours: number;
  readonly holidayHours: number;
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
};

/** The tallies of a rota, in the order of the question's people. */
export function talliesOf(question: RotaQuestion, shifts: readonly RotaShift[]): readonly RotaTally[] {
  const slots = new Map(slotsOf(question).map((slot) => [`${slot.start} ${slot.shift}`, slot]));
  return question.people.map(({ id }) => {
    const mine = shifts
      .filter(({ people }) => people.includes(id))
      .flatMap(({ start, shift }) => slots.get(`${start} ${shift}`) ?? []);
    const sum = (valueOf: (slot: (typeof mine)[number]) => number): number =>
      mine.reduce((total, slot) => total + valueOf(slot), 0);
    const weeks = new Map<string, number>();
    const holidays = new Map<string, string>();
    for (const slot of mine) {
      for (const [week, hours] of slot.weeks) weeks.set(week, (weeks.get(week) ?? 0) + hours);
      for (const [date, name] of slot.holidays) holidays.set(date, name);
    }
    return {
      person: id,
      shifts: mine.length,
      hours: sum(({ hours }) => hours),
      weekHoursMost: Math.max(0, ...weeks.values()),
      nights: sum(({ nights }) => nights.length),
      weekendHours: sum(({ weekendHours }) => weekendHours),
      holidayHours: sum(({ holidayHours }) => holidayHours),
      holidays: [...holidays].map(([date, name]) => ({ date, name })),
    };
  });
}
