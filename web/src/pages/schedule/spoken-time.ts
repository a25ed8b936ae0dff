import { addDays, isDate, weekdayOf } from "./days.ts";

/** A part of a local day, in hours from its midnight; a night goes on into the next morning. */
export type SpokenTime = { readonly date: string; readonly from: number; readonly to: number };

const WEEKDAYS: readonly RegExp[] = [
  /월요일|\bmon(day)?\b/,
  /화요일|\btue(s|sday)?\b/,
  /수요일|\bwed(nesday)?\b/,
  /목요일|\bthu(rs|rsday)?\b/,
  /금요일|\bfri(day)?\b/,
  /토요일|\bsat(urday)?\b/,
  /일요일|\bsun(day)?\b/,
];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const PARTS: readonly (readonly [RegExp, number, number])[] = [
  [/새벽|before dawn/, 0, 6],
  [/아침|오전|morning/, 6, 12],
  [/오후|afternoon/, 12, 18],
  [/저녁|evening/, 18, 22],
  [/한밤|밤|야간|night/, 22, 30],
  [/낮|주간|daytime/, 9, 18],
];

/** When somebody means who writes `다음 주 화요일 밤 바꿔줘` on a day; undefined where no day is in it. */
export function spokenTime(text: string, today: string): SpokenTime | undefined {
  const said = text.normalize("NFC").toLowerCase();
  const date = dateIn(said, today);
  if (date === undefined) return undefined;
  const [, from = 0, to = 24] = PARTS.find(([word]) => word.test(said)) ?? [];
  return { date, from, to };
}

function dateIn(said: string, today: string): string | undefined {
  const iso = /\b20\d\d-\d\d-\d\d\b/.exec(said)?.[0];
  if (iso !== undefined) return isDate(iso) ? iso : undefined;
  const [, month, day] = /(\d{1,2})\s*(?:월|\/)\s*(\d{1,2})/.exec(said) ?? [];
  if (month !== undefined && day !== undefined) return coming(Number(month), Number(day), today);
  const named = /(\d{1,2})\s+([a-z]{3})[a-z]*|([a-z]{3})[a-z]*\s+(\d{1,2})\b/.exec(said);
  const nth = MONTHS.indexOf(named?.[2] ?? named?.[3] ?? "");
  if (nth >= 0) return coming(nth + 1, Number(named?.[1] ?? named?.[4]), today);
  const weekday = WEEKDAYS.findIndex((word) => word.test(said)) + 1;
  if (weekday > 0) return ofWeek(said, weekday, today);
  if (/모레|day after tomorrow/.test(said)) return addDays(today, 2);
  if (/내일|tomorrow/.test(said)) return addDays(today, 1);
  if (/오늘|today|tonight/.test(said)) return today;
  return undefined;
}

/** A week begins with Monday; a weekday by itself is the next that comes, today included. */
function ofWeek(said: string, weekday: number, today: string): string {
  const monday = addDays(today, 1 - weekdayOf(today));
  if (/다다음\s*주|week after next/.test(said)) return addDays(monday, 14 + weekday - 1);
  if (/다음\s*주|next/.test(said)) return addDays(monday, 7 + weekday - 1);
  if (/이번\s*주|this/.test(said)) return addDays(monday, weekday - 1);
  return addDays(today, (weekday - weekdayOf(today) + 7) % 7);
}

/** This year's, or where that has passed the next one's. */
function coming(month: number, day: number, today: string): string | undefined {
  for (const year of [Number(today.slice(0, 4)), Number(today.slice(0, 4)) + 1]) {
    const date = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
    if (isDate(date) && date >= today) return date;
  }
  return undefined;
}
