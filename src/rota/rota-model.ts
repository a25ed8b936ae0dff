import { DAY_MS, HOUR_MS } from "../time/instant.ts";
import { overlap } from "../time/interval.ts";
import { type FairMeasure, fairMeasures } from "./fairness.ts";
import type { Column, LinearModel, Row, Term } from "./linear-model.ts";
import type { RotaQuestion } from "./question.ts";
import { longDays, type Slot, slotsOf } from "./slots.ts";

/**
 * What is asked of the model: any rota; one in which nobody's share differs by more than `caps` (a cap for each fair
 * measure); the fairest of those; or the one whose longest week is shortest. Why `even` beside `fairest`: to find a rota
 * within caps takes a solver seconds where to make a difference as small as can be takes it minutes.
 */
export type RotaAim =
  | { readonly is: "any" | "least-week-hours" }
  | { readonly is: "even" | "fairest"; readonly caps: readonly number[] };

/** The question as a linear model: a column for each person and shift, 1 where they have it. */
export type RotaModel = {
  readonly model: LinearModel;
  readonly slots: readonly Slot[];
  /** Who has which shift, of the values that a solver found: for each slot the places of its people. */
  readonly read: (values: readonly number[]) => readonly (readonly number[])[];
  /** The columns' values that say the same: what a solver may begin from. */
  readonly write: (people: readonly (readonly number[])[]) => readonly (readonly [column: number, value: number])[];
};

/** Every rule is a row. What it says in words is in docs/rota.md; that it holds is checked on the result by `broken-rules.ts`. */
export function rotaModel(question: RotaQuestion, aim: RotaAim): RotaModel {
  const slots = slotsOf(question);
  const builder = new Builder(question, slots);
  builder.cover();
  builder.rest();
  if (aim.is === "least-week-hours") builder.leastWeekHours();
  else builder.weekHours();
  builder.inRow("nights", question.limits.nightsInRowMax);
  builder.inRow("days", question.limits.daysInRowMax);
  if (aim.is === "even" || aim.is === "fairest") builder.fairness(aim);
  const { columns, rows, minimise } = builder;
  const size = slots.length;
  return {
    model: { columns, rows, minimise },
    slots,
    read: (values) =>
      slots.map((_, slot) =>
        question.people.flatMap((__, person) => ((values[person * size + slot] ?? 0) > 0.5 ? [person] : [])),
      ),
    write: (people) =>
      question.people.flatMap((_, person) =>
        slots.map((__, slot) => [person * size + slot, people[slot]?.includes(person) === true ? 1 : 0] as const),
      ),
  };
}

class Builder {
  readonly columns: Column[] = [];
  readonly rows: Row[] = [];
  readonly minimise: Term[] = [];
  readonly #question: RotaQuestion;
  readonly #slots: readonly Slot[];
  /** The slots and, where the rota repeats, those of the next rounds, whose columns are the first ones' again. */
  readonly #unrolled: readonly Slot[];

  constructor(question: RotaQuestion, slots: readonly Slot[]) {
    this.#question = question;
    this.#slots = slots;
    this.#unrolled = question.repeats ? slotsOf(question, roundsOf(question)) : slots;
    for (const [person, { away }] of question.people.entries()) {
      for (const slot of slots) {
        const isAway = away.some((one) => overlap(one, slot));
        this.columns.push({ name: `p${person}_s${slot.index}`, kind: "binary", min: 0, max: isAway ? 0 : 1 });
      }
    }
  }

  /** Exactly so many people on each shift: more would break no fewer limits. */
  cover(): void {
    const { perShift, people } = this.#question;
    for (const slot of this.#slots) {
      const terms = people.map((_, person): Term => [this.#column(person, slot), 1]);
      this.rows.push({ name: `cover_s${slot.index}`, terms, min: perShift, max: perShift });
    }
  }

  /**
   * Of the shifts that end no earlier than one and begin before that one's end plus the rest, a person has at most one:
   * any two of them are too close, and any two that are too close are among those of the one that ends first.
   */
  rest(): void {
    const rest = (this.#question.limits.restHoursMin ?? 0) * HOUR_MS;
    for (const slot of this.#firstRound()) {
      const close = this.#unrolled.filter(({ start, end }) => end >= slot.end && start < slot.end + rest);
      if (close.length < 2) continue;
      this.#each("rest", slot.index, (person) => close.map((one): Term => [this.#column(person, one), 1]), 1);
    }
  }

  weekHours(): void {
    const { weekHoursMax } = this.#question.limits;
    if (weekHoursMax === undefined) return;
    for (const [nth, terms] of this.#weeks().entries())
      this.#each(
        "week",
        nth,
        (person) => terms.map(([slot, hours]): Term => [this.#column(person, slot), hours]),
        weekHoursMax,
      );
  }

  leastWeekHours(): void {
    const most = this.#continuous("most", 0);
    this.minimise.push([most, 1]);
    for (const [nth, terms] of this.#weeks().entries()) {
      this.#each(
        "week",
        nth,
        (person) => [...terms.map(([slot, hours]): Term => [this.#column(person, slot), hours]), [most, -1]],
        0,
      );
    }
  }

  /** In any `max` + 1 dates that follow each other a person works on at most `max`. */
  inRow(what: "nights" | "days", max: number | undefined): void {
    if (max === undefined) return;
    const byDate = new Map<string, Slot[]>();
    for (const slot of this.#unrolled) {
      for (const date of slot[what]) byDate.set(date, [...(byDate.get(date) ?? []), slot]);
    }
    const dates = [...byDate.keys()].sort();
    const starts = this.#question.repeats ? dates.filter((date) => date < this.#endOfRound()) : dates;
    for (const [person] of this.#question.people.entries()) {
      const known = new Map<string, number>();
      const worked = (date: string): number | undefined => {
        const slots = byDate.get(date);
        if (slots === undefined) return undefined;
        const seen = known.get(date);
        if (seen !== undefined) return seen;
        const column = this.#anyOf(person, slots, `${what}${date.replaceAll("-", "")}`);
        known.set(date, column);
        return column;
      };
      for (const [nth, date] of starts.entries()) {
        const first = Temporal.PlainDate.from(date);
        const window = Array.from({ length: max + 1 }, (_, day) => worked(first.add({ days: day }).toString()));
        // A date without a shift ends every row.
        if (window.includes(undefined)) continue;
        const terms = window.map((column): Term => [column as number, 1]);
        this.rows.push({ name: `${what}_p${person}_${nth}`, terms, max });
      }
    }
  }

  /** Each person's share of hours, nights, weekends and holidays near to what is due to them, and wishes heeded. */
  fairness({ is, caps }: Extract<RotaAim, { readonly caps: unknown }>): void {
    for (const [nth, measure] of fairMeasures(this.#question, this.#slots).entries()) {
      const spread = this.#spread(measure, nth, caps[nth]);
      if (is === "fairest") this.minimise.push([spread, measure.weight]);
    }
    for (const [person, { wishes }] of this.#question.people.entries()) {
      for (const slot of this.#slots) {
        if (wishes.some((one) => overlap(one, slot))) this.minimise.push([this.#column(person, slot), WISH_WEIGHT]);
      }
    }
  }

  #spread({ valueOf, dueTo, spreadMin }: FairMeasure, nth: number, cap: number | undefined): number {
    const low = this.#continuous(`low${nth}`, Number.NEGATIVE_INFINITY);
    const spread = this.#continuous(`spread${nth}`, spreadMin, cap);
    for (const [person] of this.#question.people.entries()) {
      const due = dueTo[person];
      // Who is away throughout has no share, and is nobody to compare with.
      if (due === undefined) continue;
      const terms = this.#slots.map((slot): Term => [this.#column(person, slot), valueOf(slot)]);
      this.rows.push({ name: `fair${nth}_p${person}_low`, terms: [...terms, [low, -1]], min: due });
      this.rows.push({ name: `fair${nth}_p${person}_high`, terms: [...terms, [low, -1], [spread, -1]], max: due });
    }
    return spread;
  }

  /** The hours of each shift in each week to be looked at. */
  #weeks(): readonly (readonly (readonly [Slot, number])[])[] {
    const weeks = new Map<string, (readonly [Slot, number])[]>();
    for (const slot of this.#unrolled) {
      for (const [week, hours] of slot.weeks) weeks.set(week, [...(weeks.get(week) ?? []), [slot, hours]]);
    }
    if (!this.#question.repeats) return [...weeks.values()];
    // Where it repeats the first week may lack what the round before it left over; those of the second round do not.
    return [...weeks]
      .filter(([week]) => week >= this.#endOfRound() && week < this.#endOfRound(2))
      .map(([, terms]) => terms);
  }

  #firstRound(): readonly Slot[] {
    return this.#unrolled.slice(0, this.#slots.length);
  }

  #endOfRound(rounds = 1): string {
    return Temporal.PlainDate.from(this.#question.from)
      .add({ weeks: this.#question.weeks * rounds })
      .toString();
  }

  #column(person: number, slot: Slot): number {
    return person * this.#slots.length + (slot.index % this.#slots.length);
  }

  #each(name: string, nth: number, termsOf: (person: number) => readonly Term[], max: number): void {
    for (const [person] of this.#question.people.entries())
      this.rows.push({ name: `${name}${nth}_p${person}`, terms: termsOf(person), max });
  }

  /** A column that is 1 where the person has any of the shifts; of one shift its own. */
  #anyOf(person: number, slots: readonly Slot[], name: string): number {
    const columns = [...new Set(slots.map((slot) => this.#column(person, slot)))];
    const [only] = columns;
    if (columns.length === 1 && only !== undefined) return only;
    const any = this.#continuous(`${name}_p${person}`, 0, 1);
    for (const [nth, column] of columns.entries())
      this.rows.push({
        name: `${name}_p${person}_${nth}`,
        terms: [
          [column, 1],
          [any, -1],
        ],
        max: 0,
      });
    return any;
  }

  #continuous(name: string, min: number, max = Number.POSITIVE_INFINITY): number {
    this.columns.push({ name, kind: "continuous", min, max });
    return this.columns.length - 1;
  }
}

/** A shift against a wish weighs like a few hours of unfairness. */
const WISH_WEIGHT = 4;

/** So many rounds that everything which begins in the first, and every week that begins in the second, ends in them. */
function roundsOf({ weeks, limits, pattern }: RotaQuestion): number {
  const longest = pattern.kind === "long" ? longDays(pattern.length) : 2;
  const reach = Math.max(
    longest + Math.ceil(((limits.restHoursMin ?? 0) * HOUR_MS) / DAY_MS),
    (limits.nightsInRowMax ?? 0) + longest + 1,
    (limits.daysInRowMax ?? 0) + longest + 1,
    7,
  );
  return 2 + Math.ceil(reach / (weeks * 7));
}
