import { type DayPart, dayParts, mondayOf, NIGHT_MS_MIN } from "../roster/day-parts.ts";
import type { HolidayCalendar } from "../roster/holidays.ts";
import type { TeamShift } from "../roster/on-duty.ts";
import type { PersonId } from "../roster/roster.ts";
import { HOUR_MS, type Instant, type Millis } from "../time/instant.ts";
import { common, cutAt, type Interval, joined, overlap } from "../time/interval.ts";
import type { WorkedSpan } from "./worked-spans.ts";

/** What duty cost people, from what is known: shifts as they were, pages that were sent, incidents that were held. */
export type LoadSources = {
  /** The final shifts of each team, for some days before and after the period too. */
  readonly teams: readonly LoadTeam[];
  /** Pages that demanded attention at once, to one person each, when they were sent. */
  readonly pages: readonly LoadPage[];
  readonly worked: readonly WorkedSpan[];
};
export type LoadTeam = {
  readonly name: string;
  readonly shifts: readonly TeamShift[];
  /** How many people the policy states; more than one means that being alone is told. */
  readonly heads: number;
};
export type LoadPage = { readonly person: PersonId; readonly at: Instant; readonly incident: string };

export type LoadPeriod = {
  readonly period: Interval;
  /** IANA name. */
  readonly zone: string;
  readonly holidays: HolidayCalendar;
};

/** One person's load in a period. Lengths are milliseconds. Facts, and no judgement of what counts as working time. */
export type PersonLoad = {
  readonly person: PersonId;
  readonly teams: readonly string[];
  readonly shifts: number;
  readonly standby: Millis;
  /** Between 22:00 and 06:00. */
  readonly night: Millis;
  readonly weekend: Millis;
  readonly holiday: Millis;
  /** Nights of which three hours or more were theirs. */
  readonly nights: number;
  /** Saturdays and Sundays with duty on them. */
  readonly weekendDays: number;
  readonly holidayDays: readonly { readonly date: string; readonly name: string }[];
  readonly pages: number;
  readonly nightPages: number;
  /** Incidents that paged them in a night; one that pages ten times wakes once. */
  readonly wakings: number;
  readonly worked: Millis;
  readonly workedAtNight: Millis;
  readonly longestStretch: Millis;
  /** Between two stretches of duty; null where there are not two. */
  readonly shortestRest: Millis | null;
  /** Whole weeks from Monday on, days outside the period included. */
  readonly weeks: readonly { readonly monday: string; readonly standby: Millis; readonly worked: Millis }[];
  readonly warnings: readonly LoadWarning[];
};

/** What somebody should look at. Standby is counted in full. */
export type LoadWarning =
  | { readonly kind: "week-over"; readonly monday: string; readonly standby: Millis }
  | { readonly kind: "rest-under"; readonly at: Instant; readonly rest: Millis }
  | { readonly kind: "alone"; readonly team: string; readonly length: Millis; readonly heads: number };

/** Labour Standards Act of Korea, art. 50 and 53: 40 hours and 12 of overtime. */
export const WEEK_MS_MAX = 52 * HOUR_MS;
/** The rest between two working days that the same act demands where the limit is lifted (art. 51-2, 52, 59). */
export const REST_MS_MIN = 11 * HOUR_MS;

/** The load of everybody who had duty, was paged or worked in the period, most hours first. */
export function loadOf(sources: LoadSources, facts: LoadPeriod): readonly PersonLoad[] {
  const { period } = facts;
  const people = new Set<PersonId>([
    ...sources.teams.flatMap(({ shifts }) =>
      shifts.filter((shift) => !shift.shadow && overlap(shift, period)).flatMap((shift) => shift.people),
    ),
    ...sources.pages.filter(({ at }) => isIn(at, period)).map(({ person }) => person),
    ...sources.worked.filter((span) => overlap(span, period)).map(({ person }) => person),
  ]);
  return [...people]
    .map((person) => personLoad(person, sources, facts))
    .sort(
      (one, other) => other.standby - one.standby || other.pages - one.pages || (one.person < other.person ? -1 : 1),
    );
}

function personLoad(person: PersonId, sources: LoadSources, facts: LoadPeriod): PersonLoad {
  const { period, zone, holidays } = facts;
  const mine = sources.teams.flatMap(({ name, shifts }) =>
    shifts.filter((shift) => !shift.shadow && shift.people.includes(person)).map((shift) => ({ ...shift, team: name })),
  );
  const inPeriod = mine.filter((shift) => overlap(shift, period));
  // In two teams at once is on duty once.
  const stretches = joined(mine.map(({ start, end }) => ({ start, end })));
  const worked = joined(sources.worked.filter((span) => span.person === person));
  const pages = sources.pages.filter((page) => page.person === person && isIn(page.at, period));
  const partsOf = (intervals: readonly Interval[]): readonly DayPart[] =>
    intervals.flatMap((one) => dayParts(one, zone, holidays));
  const all = partsOf(stretches);
  const parts = partsOf(clippedTo(stretches, period));
  const workedParts = partsOf(clippedTo(worked, period));
  const length = (some: readonly Interval[]): Millis => some.reduce((sum, { start, end }) => sum + end - start, 0);
  const nightOf = (at: Instant): string | undefined => dayParts({ start: at, end: at + 1 }, zone, holidays)[0]?.night;
  const paged = pages.map((page) => ({ ...page, night: nightOf(page.at) })).filter(({ night }) => night !== undefined);
  const near = stretches.filter((stretch) => overlap(stretch, period));
  const rests = restsOf(stretches, period);
  const weeks = weeksOf(all, partsOf(worked), { period, zone, holidays });
  return {
    person,
    teams: [...new Set(inPeriod.map(({ team }) => team))],
    shifts: inPeriod.length,
    standby: length(parts),
    night: length(parts.filter(({ night }) => night !== undefined)),
    weekend: length(parts.filter(({ isWeekend }) => isWeekend)),
    holiday: length(parts.filter(({ holiday }) => holiday !== undefined)),
    nights: nightsOf(parts),
    weekendDays: new Set(parts.filter(({ isWeekend }) => isWeekend).map(({ date }) => date)).size,
    holidayDays: [
      ...new Map(parts.flatMap(({ date, holiday }) => (holiday === undefined ? [] : [[date, holiday] as const]))),
    ].map(([date, name]) => ({ date, name })),
    pages: pages.length,
    nightPages: paged.length,
    wakings: new Set(paged.map(({ incident, night }) => `${night} ${incident}`)).size,
    worked: length(workedParts),
    workedAtNight: length(workedParts.filter(({ night }) => night !== undefined)),
    longestStretch: Math.max(0, ...near.map(({ start, end }) => end - start)),
    shortestRest: rests.length === 0 ? null : Math.min(...rests.map(({ rest }) => rest)),
    weeks,
    warnings: [
      ...weeks
        .filter(({ standby }) => standby > WEEK_MS_MAX)
        .map(({ monday, standby }): LoadWarning => ({ kind: "week-over", monday, standby })),
      ...rests
        .filter(({ rest }) => rest < REST_MS_MIN)
        .map(({ at, rest }): LoadWarning => ({ kind: "rest-under", at, rest })),
      ...aloneWarnings(person, sources.teams, period),
    ],
  };
}

/** The time between the end of a stretch and the next one's beginning, for those that begin in the period. */
function restsOf(
  stretches: readonly Interval[],
  period: Interval,
): readonly { readonly at: Instant; readonly rest: Millis }[] {
  return stretches.flatMap((stretch, nth) => {
    const before = stretches[nth - 1];
    return before === undefined || !isIn(stretch.start, period)
      ? []
      : [{ at: stretch.start, rest: stretch.start - before.end }];
  });
}

function weeksOf(
  duty: readonly DayPart[],
  worked: readonly DayPart[],
  { period, zone, holidays }: LoadPeriod,
): PersonLoad["weeks"] {
  const edges = [period.start, period.end - 1].flatMap((at) => dayParts({ start: at, end: at + 1 }, zone, holidays));
  const first = mondayOf(edges[0]?.date ?? "1970-01-01");
  const last = mondayOf(edges.at(-1)?.date ?? "1970-01-01");
  const weeks: { readonly monday: string; readonly standby: Millis; readonly worked: Millis }[] = [];
  const lengths = (parts: readonly DayPart[]): ReadonlyMap<string, Millis> => {
    const sums = new Map<string, Millis>();
    for (const { date, start, end } of parts) sums.set(mondayOf(date), (sums.get(mondayOf(date)) ?? 0) + end - start);
    return sums;
  };
  const [standby, atWork] = [lengths(duty), lengths(worked)];
  for (let monday = first; monday <= last; monday = Temporal.PlainDate.from(monday).add({ days: 7 }).toString())
    weeks.push({ monday, standby: standby.get(monday) ?? 0, worked: atWork.get(monday) ?? 0 });
  return weeks;
}

function nightsOf(parts: readonly DayPart[]): number {
  const nights = new Map<string, Millis>();
  for (const { night, start, end } of parts)
    if (night !== undefined) nights.set(night, (nights.get(night) ?? 0) + end - start);
  return [...nights.values()].filter((length) => length >= NIGHT_MS_MIN).length;
}

/** Where the policy states several people for a team, the time in which this one was its only one. */
function aloneWarnings(person: PersonId, teams: readonly LoadTeam[], period: Interval): readonly LoadWarning[] {
  return teams.flatMap(({ name, shifts, heads }): LoadWarning[] => {
    if (heads < 2) return [];
    const near = shifts.filter((shift) => !shift.shadow && shift.people.length > 0 && overlap(shift, period));
    const mine = near.filter(({ people }) => people.includes(person));
    const alone = clippedTo(joined(mine.map(({ start, end }) => ({ start, end }))), period)
      .flatMap((stretch) =>
        cutAt(
          stretch,
          near.flatMap(({ start, end }) => [start, end]),
        ),
      )
      .filter((part) => near.every((one) => !overlap(one, part) || one.people.every((other) => other === person)));
    const length = alone.reduce((sum, { start, end }) => sum + end - start, 0);
    return length === 0 ? [] : [{ kind: "alone", team: name, length, heads }];
  });
}

function clippedTo(intervals: readonly Interval[], period: Interval): readonly Interval[] {
  return intervals.flatMap((one) => common(one, period) ?? []);
}

function isIn(at: Instant, { start, end }: Interval): boolean {
  return start <= at && at < end;
}
