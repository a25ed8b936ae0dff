import { lengthOf, mondayBefore, type RotationDraft } from "./rotation-draft.ts";

export const PRESETS = ["weekly", "daily", "halves", "thirds", "weekdays", "monthly", "holidays", "custom"] as const;
export type Preset = (typeof PRESETS)[number];

const LENGTHS = {
  weekly: [{ unit: "weeks", count: 1 }],
  daily: [{ unit: "days", count: 1 }],
  halves: [{ unit: "hours", count: 12 }],
  thirds: [{ unit: "hours", count: 8 }],
  weekdays: [
    { unit: "days", count: 5 },
    { unit: "days", count: 2 },
  ],
  monthly: [{ unit: "months", count: 1 }],
  holidays: [{ unit: "holidays", count: 1 }],
} as const;

/** Which of the usual ways to take turns it is; one of its own otherwise. */
export function presetOf({ lengths }: Pick<RotationDraft, "lengths">): Preset {
  const text = lengths.map(({ unit, count }) => `${Number(count)} ${unit}`).join();
  const found = Object.entries(LENGTHS).find(
    ([, all]) => all.map(({ unit, count }) => `${count} ${unit}`).join() === text,
  );
  return (found?.[0] ?? "custom") as Preset;
}

/** The draft with these lengths. Working days and weekends begin on a Monday; a month on its first. */
export function withPreset(draft: RotationDraft, preset: Preset): RotationDraft {
  if (preset === "custom") return draft;
  const lengths = LENGTHS[preset].map(lengthOf);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(draft.date);
  if (preset === "weekdays" && isDate) return { ...draft, lengths, date: mondayBefore(draft.date) };
  if (preset === "monthly" && isDate) return { ...draft, lengths, date: `${draft.date.slice(0, 8)}01` };
  if (preset === "holidays") return { ...draft, lengths, holidays: "only" };
  return { ...draft, lengths, holidays: presetOf(draft) === "holidays" ? "as-usual" : draft.holidays };
}

/**
 * Where the turns go round in step with the lengths, the same people have the same part each time: two who take halves of
 * a day, four who take working days and weekends.
 */
export function isInStep(preset: Preset, people: number): boolean {
  const round = { halves: 2, thirds: 3, weekdays: 2 }[preset as string];
  return round !== undefined && people > 1 && greatestCommonDivisor(people, round) > 1;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
