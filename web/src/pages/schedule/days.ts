import { fromLocal, toLocal } from "../../kit/local-time.ts";

/** A local day as a stretch of real time: 23 or 25 hours long where the clocks change. */
export type Day = { readonly date: string; readonly start: number; readonly end: number };

export const VIEWS = ["month", "weeks", "day"] as const;
export type View = (typeof VIEWS)[number];

const HOUR_MS = 3_600_000;
const STEP_MS = HOUR_MS / 2;

/** Calendar arithmetic is done on the text of the date: it knows no clocks. */
export function addDays(date: string, count: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + count * 24 * HOUR_MS).toISOString().slice(0, 10);
}

export function addMonths(date: string, count: number): string {
  const at = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + count);
  return at.toISOString().slice(0, 10);
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** A day that there is; of 31 February a Date makes one of March. */
export function isDate(text: string | null): text is string {
  if (text === null || !/^20\d\d-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(`${text}T00:00:00Z`))) return false;
  return addDays(text, 0) === text;
}

/** The local date that an instant falls on. */
export function dateOf(at: number, zone: string): string {
  return toLocal(at, zone).slice(0, 10);
}

/** When a local day begins: where midnight is skipped, when the clocks have skipped it. */
export function startOf(date: string, zone: string): number {
  return fromLocal(`${date}T00:00`, zone) ?? Number.NaN;
}

export function daysFrom(date: string, count: number, zone: string): readonly Day[] {
  const starts = Array.from({ length: count + 1 }, (_, nth) => startOf(addDays(date, nth), zone));
  return starts.slice(0, -1).map((start, nth) => ({
    date: addDays(date, nth),
    start,
    end: starts[nth + 1] ?? start,
  }));
}

function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/** The days that a view shows: whole weeks from Monday on, or, in a list, the days alone that were asked for. */
export function daysOf(view: View, on: string, zone: string, shape: "grid" | "list"): readonly Day[] {
  if (view === "day") return daysFrom(on, 1, zone);
  if (view === "weeks") return daysFrom(shape === "grid" ? mondayOf(on) : on, 14, zone);
  const first = `${on.slice(0, 7)}-01`;
  const next = addMonths(on, 1);
  const from = shape === "grid" ? mondayOf(first) : first;
  const to = shape === "grid" && weekdayOf(next) !== 1 ? addDays(mondayOf(next), 7) : next;
  return daysFrom(from, Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR_MS)), zone);
}

/** The date to show when somebody leafs on or back. */
export function leaf(view: View, on: string, by: 1 | -1): string {
  if (view === "month") return addMonths(on, by);
  return addDays(on, by * (view === "weeks" ? 14 : 1));
}

/** Weeks of a range of days: each is one band of the calendar. */
export function bandsOf(days: readonly Day[]): readonly (readonly Day[])[] {
  const bands: Day[][] = [];
  for (const [nth, day] of days.entries()) {
    if (nth % 7 === 0) bands.push([]);
    bands.at(-1)?.push(day);
  }
  return bands;
}

/** The full hours of a day that its axis names, as they are on local clocks: an hour that comes twice is there twice. */
export function hoursOf(day: Day, zone: string, every = 3): readonly { readonly at: number; readonly hour: string }[] {
  const hours: { readonly at: number; readonly hour: string }[] = [];
  for (let at = day.start; at < day.end; at += STEP_MS) {
    const clock = toLocal(at, zone).slice(11);
    if (clock.endsWith(":00") && Number(clock.slice(0, 2)) % every === 0) hours.push({ at, hour: clock });
  }
  return hours;
}

/** Where a stretch lies within another, as parts of a hundred; undefined where it does not. */
export function placeIn(
  whole: { readonly start: number; readonly end: number },
  part: { readonly start: number; readonly end: number },
): { readonly left: number; readonly width: number } | undefined {
  const start = Math.max(part.start, whole.start);
  const end = Math.min(part.end, whole.end);
  if (end <= start) return undefined;
  const length = whole.end - whole.start;
  return { left: ((start - whole.start) / length) * 100, width: ((end - start) / length) * 100 };
}

/** The instant under a pointer, at the nearest of the steps that a day is divided into. */
export function snapped(days: readonly Day[], fraction: number, stepMs: number): number {
  const [start, end] = [days[0]?.start ?? 0, days.at(-1)?.end ?? 0];
  const at = start + Math.min(1, Math.max(0, fraction)) * (end - start);
  const day = days.find((one) => at < one.end) ?? days.at(-1);
  if (day === undefined) return at;
  return Math.min(day.end, day.start + Math.round((at - day.start) / stepMs) * stepMs);
}
