import { asId } from "../id/id.ts";
import type { PersonId, Rotation } from "../roster/roster.ts";
import type { RotaShift } from "./broken-rules.ts";
import type { RotaQuestion } from "./question.ts";

/**
 * A rota as rotations of the roster: one for each shift of the day, with one turn for each day, or one whose turns are the
 * long shifts. What repeats goes round for ever; what does not ends with its last day.
 */
export function rotationsOfRota(
  question: RotaQuestion,
  shifts: readonly RotaShift[],
  { name, priority }: { readonly name: (shift: number) => string; readonly priority: number },
): readonly Rotation[] {
  const { zone, pattern, weeks, repeats, from } = question;
  const common = { zone, priority, holidays: "as-usual", shadow: false } as const;
  const last = Temporal.PlainDate.from(from).add({ weeks }).toString();
  if (pattern.kind === "long") {
    const participants = shifts.map(({ people }) => people);
    const days = pattern.length.count * (pattern.length.unit === "weeks" ? 7 : 1) * shifts.length;
    const end = `${Temporal.PlainDate.from(from).add({ days }).toString()}T${pattern.at}`;
    const start = `${from}T${pattern.at}`;
    const ends = repeats ? {} : { end };
    return [
      { id: asId(name(0)), name: name(0), ...common, participants, turns: [pattern.length], start, ...ends, hours: [] },
    ];
  }
  return pattern.shifts.map((hours, shift): Rotation => {
    const mine = new Map(shifts.filter((one) => one.shift === shift).map(({ nth, people }) => [nth, people]));
    const turns: (readonly PersonId[])[] = [];
    // A day without this shift has nobody on duty whoever's turn it is.
    const [first = []] = mine.values();
    for (let day = 0; day < weeks * 7; day++) turns.push(mine.get(day) ?? turns.at(-1) ?? first);
    return {
      id: asId(name(shift)),
      name: name(shift),
      ...common,
      participants: turns,
      turns: [{ unit: "days", count: 1 }],
      start: `${from}T${hours.from}`,
      ...(repeats ? {} : { end: `${last}T${hours.from}` }),
      hours: [hours],
    };
  });
}
