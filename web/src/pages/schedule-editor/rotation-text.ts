import type { ShownHours, ShownTurnLength } from "../../../../src/http/wire/roster.ts";
import { useWords } from "../../words/locale.tsx";
import { words } from "./words.ts";

type Rhythm = { readonly turns: readonly ShownTurnLength[]; readonly start: string };

/** A rotation's rhythm in words: how often, and when it hands over. */
export function useRotationText(): {
  readonly lengths: (turns: readonly ShownTurnLength[]) => string;
  readonly rhythm: (rotation: Rhythm) => string;
  readonly short: (rotation: Rhythm) => string;
  readonly days: (days: readonly number[]) => string;
  readonly hours: (hours: readonly ShownHours[]) => string;
} {
  const w = useWords(words);
  const lengths = (turns: readonly ShownTurnLength[]): string =>
    turns.length > 1
      ? turns.map(({ unit, count }) => w.exact[unit](count)).join(w.and)
      : turns.map(({ unit, count }) => w.lengths[unit](count)).join("");
  const days = (all: readonly number[]): string => {
    const sorted = [...all].sort((one, two) => one - two);
    const text = sorted.join("");
    if (text === "1234567") return w.everyDay;
    if (text === "12345") return w.workdays;
    if (text === "67") return w.weekend;
    return sorted.map((day) => w.weekdays[day - 1]).join("·");
  };
  return {
    lengths,
    days,
    hours: (all) =>
      all.map((one) => `${days(one.days)} ${one.from}–${one.to === "00:00" ? "24:00" : one.to}`).join(", "),
    rhythm({ turns, start }) {
      const [first] = turns;
      const time = start.slice(11, 16);
      if (first === undefined) return "";
      const text = lengths(turns);
      if (turns.length > 1) return w.rhythm.mixed(text, time);
      if (first.unit === "hours") return w.rhythm.hours(text, time);
      if (first.unit === "days") return w.rhythm.days(text, time);
      if (first.unit === "weeks") return w.rhythm.weeks(text, w.weekdays[weekdayOf(start) - 1] ?? "", time);
      if (first.unit === "months") return w.rhythm.months(text, Number(start.slice(8, 10)), time);
      return w.rhythm.holidays(text, time);
    },
    short: ({ turns, start }) => `${w.short.every(lengths(turns))} · ${w.short.from(start.slice(11, 16))}`,
  };
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(local: string): number {
  return new Date(`${local.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7;
}
