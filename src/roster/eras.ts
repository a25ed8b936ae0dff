import type { Instant } from "../time/instant.ts";
import { cutAt, type Interval } from "../time/interval.ts";
import { type Duty, dutyIn, finalShifts, type TeamShift } from "./on-duty.ts";
import type { Roster } from "./roster.ts";
import { type RosterFact, rosterOf } from "./roster-of.ts";
import { clipped } from "./shifts.ts";

/** A fact as it stands, since when; and as it was, from when until when. */
export type PresentFact = RosterFact & { readonly updatedAt: Instant };
export type PastFact = RosterFact & { readonly from: Instant; readonly until: Instant };

/** A stretch of time with the facts as they were then: what is changed today decides nothing about yesterday. */
export type FactsEra = Interval & { readonly facts: readonly RosterFact[] };
export type Era = Interval & { readonly roster: Roster };

const SCHEDULE_KINDS = new Set(["team", "rotation", "override", "leave", "holiday"]);

/**
 * The eras of an interval, in order and without a hole. From `now` on the facts as they stand hold; before it, those that
 * held then. People, groups, services and channels are those of today throughout.
 */
export function erasOf(
  present: readonly PresentFact[],
  past: readonly PastFact[],
  facts: { readonly interval: Interval; readonly now: Instant },
): readonly Era[] {
  return factsThrough(present, past, facts).map(({ start, end, facts }) => ({ start, end, roster: rosterOf(facts) }));
}

/** The same as facts, for whoever keeps them in a store. */
export function factsThrough(
  present: readonly PresentFact[],
  past: readonly PastFact[],
  { interval, now }: { readonly interval: Interval; readonly now: Instant },
): readonly FactsEra[] {
  const schedule = present.filter(({ kind }) => SCHEDULE_KINDS.has(kind));
  const others = present.filter(({ kind }) => !SCHEDULE_KINDS.has(kind));
  const changes = [
    ...schedule.map(({ updatedAt }) => updatedAt),
    ...past.flatMap(({ from, until }) => [from, until]),
  ].filter((at) => at <= now);
  // A clock that was set back since: what was written "later" than now is what pages go by now.
  const isAhead = schedule.some(({ updatedAt }) => updatedAt > now);
  return cutAt(interval, isAhead ? [...changes, now] : changes).map((stretch) => {
    const facts: RosterFact[] = [
      ...others,
      ...schedule.filter(({ updatedAt }) => updatedAt <= stretch.start || stretch.start >= now),
      ...past.filter(({ from, until }) => from <= stretch.start && stretch.start < Math.min(until, now)),
    ];
    return { ...stretch, facts };
  });
}

/** The final shifts of a team through its eras. A shift that an edit cut short ends at the edit. */
export function finalShiftsThrough(eras: readonly Era[], team: string): readonly TeamShift[] {
  const shifts: TeamShift[] = [];
  for (const era of eras) {
    const isFirst = era === eras[0];
    const isLast = era === eras.at(-1);
    // The ends of the interval cut nothing: a shift is shown with its true beginning and end.
    const room = {
      start: isFirst ? Number.NEGATIVE_INFINITY : era.start,
      end: isLast ? Number.POSITIVE_INFINITY : era.end,
    };
    for (const shift of clipped(finalShifts(era.roster, team, era), room) as readonly TeamShift[]) {
      const earlier = shifts.findIndex((one) => one.end === shift.start && continues(one, shift));
      const known = shifts[earlier];
      if (known === undefined) shifts.push(shift);
      else shifts[earlier] = { ...known, end: shift.end };
    }
  }
  return shifts;
}

/** Who was and will be on duty in a team through its eras, without a hole. */
export function dutyThrough(eras: readonly Era[], team: string): readonly Duty[] {
  return eras.flatMap((era) => dutyIn(era.roster, team, era));
}

function continues(one: TeamShift, other: TeamShift): boolean {
  return (
    one.rotation === other.rotation &&
    one.shadow === other.shadow &&
    one.because === other.because &&
    one.turn?.start === other.turn?.start &&
    one.turn?.end === other.turn?.end &&
    one.people.join("\n") === other.people.join("\n")
  );
}
