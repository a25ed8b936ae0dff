import type { Instant } from "../time/instant.ts";
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
  const series = new Map<string, { readonly day: number; readonly ends: LocalEnds; readonly members: Interval[] }>();
  for (const interval of intervals) {
    const ends = localEnds(interval, zone);
    const key = `${ends.day}/${ends.from}/${ends.toDay}/${ends.to}`;
    const known = series.get(key) ?? { day: ends.day, ends, members: [] };
    known.members.push(interval);
    series.set(key, known);
  }
  const once: Pattern[] = [];
  const weekly: (Extract<Pattern, { is: "weekly" }> & { readonly key: string })[] = [];
  for (const { day, ends, members } of series.values()) {
    const { from, to, toDay } = ends;
    if (members.length < PATTERN_MIN) {
      once.push(...members.map((one): Pattern => ({ is: "once", start: one.start, end: one.end })));
      continue;
    }
    const every = members.every(
      (one, index) => index === 0 || weeksBetween(members[index - 1] as Interval, one, zone) === 1,
    );
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

type LocalEnds = { readonly day: number; readonly from: string; readonly to: string; readonly toDay: number };

function localEnds({ start, end }: Interval, zone: string): LocalEnds {
  const [begin, over] = [zoned(start, zone), zoned(end, zone)];
  return {
    day: begin.dayOfWeek,
    from: clock(begin),
    to: clock(over),
    toDay: begin.toPlainDate().until(over.toPlainDate(), { largestUnit: "days" }).days,
  };
}

function weeksBetween(one: Interval, other: Interval, zone: string): number {
  const [first, second] = [zoned(one.start, zone).toPlainDate(), zoned(other.start, zone).toPlainDate()];
  return first.until(second, { largestUnit: "days" }).days / 7;
}

function beginOf(pattern: Pattern): Instant {
  return pattern.is === "once" ? pattern.start : pattern.first.start;
}

function zoned(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

function clock(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: "minute" });
}
