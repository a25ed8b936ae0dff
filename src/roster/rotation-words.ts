import type { Locale } from "../locale/said.ts";
import type { ActiveHours, TurnLength } from "./roster.ts";

/** How roster files write a rotation's lengths and hours, in Korean and in English. */

const COUNT_MAX = 1_000;
const UNITS: readonly (readonly [TurnLength["unit"], RegExp])[] = [
  ["hours", /^(시간|hours?)$/iu],
  ["holidays", /^(휴일|holidays?)$/iu],
  ["days", /^(일|days?)$/iu],
  ["weeks", /^(주|weeks?)$/iu],
  ["months", /^(개월|달|months?)$/iu],
];
const KOREAN_UNITS: Readonly<Record<TurnLength["unit"], string>> = {
  hours: "시간",
  days: "일",
  weeks: "주",
  months: "개월",
  holidays: "휴일",
};

/** `1주`, `2 weeks`, `12시간`, `1개월`, `1휴일`. */
export function readTurnLength(text: string): TurnLength | undefined {
  const found = /^\s*(\d+)\s*(\p{L}+)\s*$/u.exec(text.normalize("NFC"));
  const count = Number(found?.[1]);
  const unit = UNITS.find(([, words]) => words.test(found?.[2] ?? ""))?.[0];
  if (found === null || unit === undefined || count < 1 || count > COUNT_MAX) return undefined;
  return { unit, count };
}

export function turnLengthText({ unit, count }: TurnLength): string {
  return `${count}${KOREAN_UNITS[unit]}`;
}

const DAY_WORDS: readonly (readonly string[])[] = [
  ["월", "월요일", "mon", "monday"],
  ["화", "화요일", "tue", "tuesday"],
  ["수", "수요일", "wed", "wednesday"],
  ["목", "목요일", "thu", "thursday"],
  ["금", "금요일", "fri", "friday"],
  ["토", "토요일", "sat", "saturday"],
  ["일", "일요일", "sun", "sunday"],
];
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const DAY_SETS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(매일|daily|every day)$/iu, EVERY_DAY],
  [/^(평일|weekdays?)$/iu, [1, 2, 3, 4, 5]],
  [/^(주말|weekends?)$/iu, [6, 7]],
];

/** `월-금 09:00-18:00`, `매일 22:00-06:00`, `sat,sun 00:00-24:00`, `09:00-18:00`. */
export function readHours(text: string): ActiveHours | undefined {
  const found = /^\s*(.*?)\s*(\d{1,2}:\d{2})\s*[-–~]\s*(\d{1,2}:\d{2})\s*$/u.exec(text.normalize("NFC"));
  const from = timeOf(found?.[2]);
  const to = timeOf(found?.[3]);
  const days = daysOf(found?.[1] ?? "");
  if (from === undefined || to === undefined || days === undefined) return undefined;
  return { days, from, to };
}

export function hoursText({ days, from, to }: ActiveHours, locale: Locale = "ko"): string {
  return `${daysText(days, locale)} ${from}-${to === "00:00" ? "24:00" : to}`;
}

function daysText(days: readonly number[], locale: Locale): string {
  if (days.length === EVERY_DAY.length) return locale === "ko" ? "매일" : "daily";
  const first = days[0] ?? 1;
  const last = days.at(-1) ?? first;
  const isRun = days.length > 2 && last - first === days.length - 1;
  const name = (day: number): string => DAY_WORDS[day - 1]?.[locale === "ko" ? 0 : 2] ?? "";
  return isRun ? `${name(first)}-${name(last)}` : days.map(name).join(",");
}

function timeOf(text: string | undefined): string | undefined {
  const [hour = "", minute = ""] = (text ?? "").split(":");
  if (text === undefined || Number(hour) > 24 || Number(minute) > 59) return undefined;
  if (Number(hour) === 24) return minute === "00" ? "00:00" : undefined;
  return `${hour.padStart(2, "0")}:${minute}`;
}

function daysOf(text: string): readonly number[] | undefined {
  if (text === "") return EVERY_DAY;
  const set = DAY_SETS.find(([words]) => words.test(text));
  if (set !== undefined) return set[1];
  const days = new Set<number>();
  for (const part of text.split(/\s*[,·/]\s*/u)) {
    const [first, last, ...more] = part.split(/\s*[-–~]\s*/u).map(dayOf);
    if (first === undefined || more.length > 0 || (part.search(/[-–~]/u) >= 0 && last === undefined)) return undefined;
    for (let day = first; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (last ?? first)) break;
    }
  }
  return [...days].sort((one, other) => one - other);
}

function dayOf(word: string): number | undefined {
  const index = DAY_WORDS.findIndex((words) => words.includes(word.toLowerCase()));
  return index < 0 ? undefined : index + 1;
}
