import Papa from "papaparse";
import { loadSaid as said } from "../locale/load.ts";
import type { Locale } from "../locale/said.ts";
import { type DayPart, dayParts } from "../roster/day-parts.ts";
import type { PersonId } from "../roster/roster.ts";
import { MINUTE_MS } from "../time/instant.ts";
import { common, type Interval, joined, overlap } from "../time/interval.ts";
import type { LoadPeriod, LoadSources } from "./load.ts";

/** One line for the payroll: a person's day, or one of their shifts. Minutes. */
export type PayrollRow = {
  readonly date: string;
  readonly person: PersonId;
  readonly teams: readonly string[];
  /** Local, of a shift; absent of a day. */
  readonly from?: string;
  readonly to?: string;
  readonly standby: number;
  readonly night: number;
  readonly weekend: number;
  readonly holiday: number;
  readonly holidayName: string;
  readonly pages: number;
  readonly nightPages: number;
  readonly worked: number;
  readonly workedAtNight: number;
};

/** A row for each person and local day on which anything was. */
export function payrollDays(sources: LoadSources, facts: LoadPeriod): readonly PayrollRow[] {
  const { period, zone, holidays } = facts;
  const parts = (intervals: readonly Interval[]): readonly DayPart[] =>
    joined(intervals)
      .flatMap((one) => common(one, period) ?? [])
      .flatMap((one) => dayParts(one, zone, holidays));
  return peopleIn(sources).flatMap((person) => {
    const shifts = shiftsOf(sources, person).filter((shift) => overlap(shift, period));
    const duty = parts(shifts);
    const worked = parts(sources.worked.filter((span) => span.person === person));
    const pages = sources.pages
      .filter((page) => page.person === person)
      .flatMap(({ at }) => parts([{ start: at, end: at + 1 }]));
    const dates = [...new Set([...duty, ...worked, ...pages].map(({ date }) => date))].sort();
    return dates.map((date): PayrollRow => {
      const onDate = ofDate(date, { duty, worked, pages });
      const teams = shifts
        .filter((shift) => duty.some((part) => part.date === date && overlap(part, shift)))
        .map(({ team }) => team);
      return { date, person, teams: [...new Set(teams)], ...onDate };
    });
  });
}

/** A row for each person and shift; what they were paged and worked in it. Work outside of shifts is in the days alone. */
export function payrollShifts(sources: LoadSources, facts: LoadPeriod): readonly PayrollRow[] {
  const { period, zone, holidays } = facts;
  const local = (at: number): string =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" })
      .replace("T", " ");
  return peopleIn(sources).flatMap((person) =>
    shiftsOf(sources, person).flatMap((shift): PayrollRow[] => {
      const within = common(shift, period);
      if (within === undefined) return [];
      const parts = (intervals: readonly Interval[]): readonly DayPart[] =>
        joined(intervals)
          .flatMap((one) => common(one, within) ?? [])
          .flatMap((one) => dayParts(one, zone, holidays));
      const duty = parts([within]);
      const worked = parts(sources.worked.filter((span) => span.person === person));
      const pages = sources.pages
        .filter((page) => page.person === person)
        .flatMap(({ at }) => parts([{ start: at, end: at + 1 }]));
      const date = duty[0]?.date ?? "";
      const totals = ofDate(undefined, { duty, worked, pages });
      return [{ date, person, teams: [shift.team], from: local(within.start), to: local(within.end), ...totals }];
    }),
  );
}

/**
 * The rows as a table for spreadsheets: CRLF, cells that a spreadsheet would run as a formula disarmed, and with `bom` the
 * mark by which Excel reads UTF-8.
 */
export function payrollCsv(
  rows: readonly PayrollRow[],
  {
    locale,
    nameOf,
    byShift,
    bom,
  }: {
    readonly locale: Locale;
    readonly nameOf: (person: PersonId) => string;
    readonly byShift: boolean;
    readonly bom: boolean;
  },
): string {
  const columns = said.payrollColumns({ byShift })[locale].split("|");
  const cells = rows.map((row) => [
    row.date,
    row.person,
    nameOf(row.person),
    row.teams.join(", "),
    ...(byShift ? [row.from ?? "", row.to ?? ""] : []),
    row.standby,
    row.night,
    row.weekend,
    row.holiday,
    row.holidayName,
    row.pages,
    row.nightPages,
    row.worked,
    row.workedAtNight,
  ]);
  const text = Papa.unparse([columns, ...cells], { newline: "\r\n", escapeFormulae: true });
  return `${bom ? "\uFEFF" : ""}${text}\r\n`;
}

type Parts = {
  readonly duty: readonly DayPart[];
  readonly worked: readonly DayPart[];
  readonly pages: readonly DayPart[];
};

function ofDate(
  date: string | undefined,
  { duty, worked, pages }: Parts,
): Omit<PayrollRow, "date" | "person" | "teams" | "from" | "to"> {
  const on = (parts: readonly DayPart[]): readonly DayPart[] =>
    date === undefined ? parts : parts.filter((part) => part.date === date);
  const minutes = (parts: readonly DayPart[]): number =>
    Math.round(on(parts).reduce((sum, { start, end }) => sum + end - start, 0) / MINUTE_MS);
  const isNight = ({ night }: DayPart): boolean => night !== undefined;
  const names = on([...duty, ...worked]).flatMap(({ holiday }) => holiday ?? []);
  return {
    standby: minutes(duty),
    night: minutes(duty.filter(isNight)),
    weekend: minutes(duty.filter(({ isWeekend }) => isWeekend)),
    holiday: minutes(duty.filter(({ holiday }) => holiday !== undefined)),
    holidayName: [...new Set(names)].join(", "),
    pages: on(pages).length,
    nightPages: on(pages).filter(isNight).length,
    worked: minutes(worked),
    workedAtNight: minutes(worked.filter(isNight)),
  };
}

function peopleIn({ teams, pages, worked }: LoadSources): readonly PersonId[] {
  const people = new Set([
    ...teams.flatMap(({ shifts }) => shifts.filter(({ shadow }) => !shadow).flatMap((shift) => shift.people)),
    ...pages.map(({ person }) => person),
    ...worked.map(({ person }) => person),
  ]);
  return [...people].sort();
}

function shiftsOf({ teams }: LoadSources, person: PersonId) {
  return teams
    .flatMap(({ name, shifts }) => shifts.map((shift) => ({ ...shift, team: name })))
    .filter((shift) => !shift.shadow && shift.people.includes(person))
    .sort((one, other) => one.start - other.start);
}
