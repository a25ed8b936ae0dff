import { DAY_MS, type Instant, MINUTE_MS, type Millis } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

/**
 * Intervals as people speak of them: those that begin and end at the same local times of the same days of the week are
 * one pattern. `every`: week after week without one missing.
 */
export type Pattern =
  | ({ readonly is: "once" } & Interval)
  | {
      readonly is: "weekly";
      /** 1 is Monday: the days on which they begin. */
      readonly days: readonly number[];
      /** `HH:MM`, local. */
      readonly from: string;
      readonly to: string;
      /** So many days after the day on which it began. */
      readonly toDay: number;
      readonly every: boolean;
      readonly count: number;
      readonly first: Interval;
      readonly last: Interval;
    };

/** Two of a kind are two; from three on they are a pattern. */
const PATTERN_MIN = 3;

export function patternsOf(intervals: readonly Interval[], zone: string): readonly Pattern[] {
  const series = new Map<string, Series>();
  for (const interval of intervals) {
    const ends = localEnds(interval, zone);
    const key = `${ends.day}/${ends.from}/${ends.toDay}/${ends.to}`;
    const known = series.get(key) ?? { ends, members: [], dates: [] };
    known.members.push(interval);
    known.dates.push(ends.date);
    series.set(key, known);
  }
  const once: Pattern[] = [];
  const weekly: (Extract<Pattern, { is: "weekly" }> & { readonly key: string })[] = [];
  for (const { ends, members, dates } of series.values()) {
    const { day, from, to, toDay } = ends;
    if (members.length < PATTERN_MIN) {
      once.push(...members.map((one): Pattern => ({ is: "once", start: one.start, end: one.end })));
      continue;
    }
    const every = dates.every((date, index) => index === 0 || date - (dates[index - 1] ?? 0) === 7);
    const bounds = { first: members[0] as Interval, last: members.at(-1) as Interval };
    // Longer ones are told apart by the day on which they begin; shorter ones of several days are said in one breath.
    const key = `${from}/${toDay}/${to}/${every}/${toDay > 1 ? day : ""}`;
    weekly.push({ is: "weekly", key, days: [day], from, to, toDay, every, count: members.length, ...bounds });
  }
  return [...once, ...together(weekly)].sort((one, other) => beginOf(one) - beginOf(other));
}

function together(
  weekly: readonly (Extract<Pattern, { is: "weekly" }> & { readonly key: string })[],
): readonly Pattern[] {
  const byTimes = new Map<string, Extract<Pattern, { is: "weekly" }>>();
  for (const { key, ...pattern } of weekly) {
    const known = byTimes.get(key);
    byTimes.set(
      key,
      known === undefined
        ? pattern
        : {
            ...known,
            days: [...known.days, ...pattern.days].sort((one, other) => one - other),
            count: known.count + pattern.count,
            first: known.first.start < pattern.first.start ? known.first : pattern.first,
            last: known.last.start > pattern.last.start ? known.last : pattern.last,
          },
    );
  }
  return [...byTimes.values()];
}

/** `date` counts local days; 0 is 1 January 1970, a Thursday. */
type LocalEnds = {
  readonly date: number;
  readonly day: number;
  readonly from: string;
  readonly to: string;
  readonly toDay: number;
};
type Series = { readonly ends: LocalEnds; readonly members: Interval[]; readonly dates: number[] };

function localEnds({ start, end }: Interval, zone: string): LocalEnds {
  const [begin, over] = [localMillis(start, zone), localMillis(end, zone)];
  const [date, toDate] = [Math.floor(begin / DAY_MS), Math.floor(over / DAY_MS)];
  return { date, day: ((date + 3) % 7) + 1, from: clock(begin), to: clock(over), toDay: toDate - date };
}

function beginOf(pattern: Pattern): Instant {
  return pattern.is === "once" ? pattern.start : pattern.first.start;
}

/** The local time as if it were UTC: a calendar's date and clock by division, for there are thousands of them. */
function localMillis(at: Instant, zone: string): Millis {
  return at + Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000;
}

function clock(local: Millis): string {
  const minutes = Math.floor((local % DAY_MS) / MINUTE_MS);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
