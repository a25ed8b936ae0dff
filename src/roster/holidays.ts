import * as korea from "@hyunbinseo/holidays-kr/all";
import type { Holiday } from "./roster.ts";

/** Local dates that are holidays, with their names in the language of the country. */
export type HolidayCalendar = ReadonlyMap<string, string>;

/** Public holidays by the zone in whose country they hold: substitutes and election days included, as enacted so far. */
const PUBLIC: Readonly<Record<string, HolidayCalendar>> = {
  "Asia/Seoul": new Map(
    Object.values(korea).flatMap((year) =>
      Object.entries(year).map(([date, names]: [string, readonly string[]]) => [date, names.join(", ")] as const),
    ),
  ),
};

/** The last local date up to which the public holidays of a zone are known; undefined where none are. */
export function holidaysKnownUntil(zone: string): string | undefined {
  const last = [...(PUBLIC[zone]?.keys() ?? [])].sort().at(-1);
  return last === undefined ? undefined : `${last.slice(0, 4)}-12-31`;
}

const calendars = new WeakMap<readonly Holiday[], Map<string, HolidayCalendar>>();

/** Public holidays of the zone's country together with the company's own, which may also take one away. */
export function holidayCalendar(zone: string, company: readonly Holiday[]): HolidayCalendar {
  const byZone = calendars.get(company) ?? new Map<string, HolidayCalendar>();
  calendars.set(company, byZone);
  const known = byZone.get(zone);
  if (known !== undefined) return known;
  const calendar = new Map(PUBLIC[zone] ?? []);
  for (const { date, name, off } of company) {
    if (off) calendar.set(date, name);
    else calendar.delete(date);
  }
  const sorted = new Map([...calendar].sort(([one], [other]) => (one < other ? -1 : 1)));
  byZone.set(zone, sorted);
  return sorted;
}
