import type { RotationPut, ShownRotation, ShownTurnLength } from "../../../../src/http/wire/roster.ts";
import { fromLocal } from "../../kit/local-time.ts";

export type Unit = ShownTurnLength["unit"];
export const UNITS: readonly Unit[] = ["hours", "days", "weeks", "months", "holidays"];
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;

export type LengthDraft = { readonly key: number; readonly count: string; readonly unit: Unit };
export type SeatDraft = { readonly key: number; readonly person: string };
/** One turn: who is on duty together. A seat without a person is one that is still being chosen. */
export type TurnDraft = { readonly key: number; readonly seats: readonly SeatDraft[] };
export type HoursDraft = {
  readonly key: number;
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
};

/** A rotation while it is written: texts as they stand in the fields. */
export type RotationDraft = {
  readonly name: string;
  readonly teams: readonly string[];
  readonly zone: string;
  /** The day of the first turn, and the time of every hand-off. */
  readonly date: string;
  readonly time: string;
  readonly lengths: readonly LengthDraft[];
  readonly turns: readonly TurnDraft[];
  /** None: around the clock. */
  readonly hours: readonly HoursDraft[];
  readonly holidays: "as-usual" | "off" | "only";
  readonly priority: number;
  /** Local date and time, or nothing. */
  readonly end: string;
  readonly shadow: boolean;
};

export type DraftField = "name" | "zone" | "start" | "lengths" | "turns" | "hours" | "end";
export type DraftProblem = { readonly field: DraftField; readonly is: string; readonly key?: number };

let keys = 0;
/** What React tells rows apart by, while they move. */
export function freshKey(): number {
  keys += 1;
  return keys;
}

export function lengthOf({ unit, count }: ShownTurnLength): LengthDraft {
  return { key: freshKey(), unit, count: String(count) };
}

export function turnOf(people: readonly string[]): TurnDraft {
  return { key: freshKey(), seats: people.map((person) => ({ key: freshKey(), person })) };
}

export function draftOf(rotation: ShownRotation, teams: readonly string[]): RotationDraft {
  const { name, zone, start, end, participants, turns, hours, holidays, priority, shadow } = rotation;
  return {
    name,
    teams,
    zone,
    date: start.slice(0, 10),
    time: start.slice(11, 16),
    lengths: turns.map(lengthOf),
    turns: participants.map(turnOf),
    hours: hours.map((one) => ({ key: freshKey(), ...one })),
    holidays,
    priority,
    end: end ?? "",
    shadow,
  };
}

/** A week each from the Monday that was, so that it holds at once and hands over on a working day. */
export function newDraft(today: string, zone: string, teams: readonly string[]): RotationDraft {
  return {
    name: "",
    teams,
    zone,
    date: mondayBefore(today),
    time: "09:00",
    lengths: [lengthOf({ unit: "weeks", count: 1 })],
    turns: [turnOf([""])],
    hours: [],
    holidays: "as-usual",
    priority: 0,
    end: "",
    shadow: false,
  };
}

/** That day where it is a Monday, else the last one before it. */
export function mondayBefore(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7));
  return at.toISOString().slice(0, 10);
}

/** What is sent of it; what is not said yet is left out for the server to name. */
export function dataOf(draft: RotationDraft): RotationPut {
  const { name, teams, zone, date, time, lengths, turns, hours, holidays, priority, end, shadow } = draft;
  return {
    name: name.trim(),
    teams,
    zone: zone.trim(),
    participants: turns.map(peopleOf).filter((people) => people.length > 0),
    turns: lengths.map(({ unit, count }) => ({ unit, count: Number(count) })),
    start: `${date}T${time}`,
    ...(end === "" ? {} : { end }),
    priority,
    hours: hours.map(({ days, from, to }) => ({ days: [...days].sort((one, two) => one - two), from, to })),
    holidays: lengths[0]?.unit === "holidays" ? "only" : holidays,
    shadow,
  };
}

export function peopleOf({ seats }: TurnDraft): readonly string[] {
  return [...new Set(seats.map(({ person }) => person).filter((person) => person !== ""))];
}

/** What keeps it from being shown or saved; the words for it are the form's. */
export function problemsOf(draft: RotationDraft): readonly DraftProblem[] {
  const { name, zone, date, time, lengths, turns, hours, end } = draft;
  const problems: DraftProblem[] = [];
  if (name.trim() === "") problems.push({ field: "name", is: "missing" });
  else if (name.includes("/")) problems.push({ field: "name", is: "slash" });
  if (!isZone(zone)) problems.push({ field: "zone", is: "unknown" });
  const start = `${date}T${time}`;
  if (!isTime(start)) problems.push({ field: "start", is: "missing" });
  for (const { key, count } of lengths)
    if (!/^\d{1,4}$/.test(count.trim()) || Number(count) < 1 || Number(count) > 1_000)
      problems.push({ field: "lengths", is: "count", key });
  if (lengths.length > 1 && lengths.some(({ unit }) => unit === "holidays"))
    problems.push({ field: "lengths", is: "holidays-alone" });
  if (turns.every((turn) => peopleOf(turn).length === 0)) problems.push({ field: "turns", is: "missing" });
  for (const { key, days, from, to } of hours) {
    if (days.length === 0) problems.push({ field: "hours", is: "days", key });
    if (from === "" || to === "") problems.push({ field: "hours", is: "times", key });
  }
  if (end !== "" && (!isTime(end) || (isTime(start) && end <= start))) problems.push({ field: "end", is: "early" });
  return problems;
}

/** Whether two say the same, whatever their rows are called. */
export function isSameDraft(one: RotationDraft, other: RotationDraft): boolean {
  return JSON.stringify(plainOf(one)) === JSON.stringify(plainOf(other));
}

function plainOf(draft: RotationDraft): object {
  return { ...dataOf(draft), teams: [...draft.teams].sort(), name: draft.name.trim() };
}

/** Moves a row up (-1) or down; where there is no room it stays. */
export function moved<T>(rows: readonly T[], from: number, to: number): readonly T[] {
  const row = rows[from];
  if (row === undefined || to < 0 || to >= rows.length) return rows;
  const rest = rows.filter((_, nth) => nth !== from);
  return [...rest.slice(0, to), row, ...rest.slice(to)];
}

function isTime(text: string): boolean {
  return fromLocal(text, "UTC") !== undefined && text >= "1970" && text < "2201";
}

export function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone.trim() });
    return true;
  } catch {
    return false;
  }
}
