import type { Id } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";
import { cutAt, type Interval, minus, overlap } from "../time/interval.ts";
import type { PersonId, Roster, RosterTeam, Rotation } from "./roster.ts";
import { sameName } from "./same-name.ts";
import { type Shift, shiftsOf } from "./shifts.ts";

/** A stretch of time in which the same people of a team are on duty; nobody is a gap. */
export type Duty = Interval & { readonly people: readonly PersonId[] };

/** A shift as it counts in its team: without the parts in which a rotation of a higher priority has somebody. */
export type TeamShift = Shift & { readonly shadow: boolean };

/**
 * Who is on duty in a team at an instant: all its members who are not away where it takes no turns, else of its
 * rotations those of the highest priority that have somebody.
 */
export function onDuty(roster: Roster, team: string, at: Instant): readonly PersonId[] {
  if (roster.duty !== undefined) return roster.duty(team, at);
  const found = teamNamed(roster, team);
  if (found === undefined) return [];
  const rotations = dutyRotations(roster, found);
  if (rotations.length === 0) return membersPresent(roster, found, { start: at, end: at + 1 });
  let highest = Number.NEGATIVE_INFINITY;
  let people: PersonId[] = [];
  for (const rotation of rotations) {
    if (rotation.priority < highest) continue;
    const mine = onTurn(rotation, roster, at);
    if (mine.length === 0) continue;
    if (rotation.priority > highest) people = [];
    highest = rotation.priority;
    people.push(...mine);
  }
  return [...new Set(people)];
}

/** Who learns beside those on duty. */
export function shadowing(roster: Roster, team: string, at: Instant): readonly PersonId[] {
  const people = rotationsOf(roster, teamNamed(roster, team)).flatMap((rotation) =>
    rotation.shadow ? onTurn(rotation, roster, at) : [],
  );
  return [...new Set(people)];
}

/** Who has the turn in a rotation, overrides and leave considered. */
export function onTurn(rotation: Rotation, roster: Roster, at: Instant): readonly PersonId[] {
  return [...new Set(shiftsOf(rotation, roster, { start: at, end: at + 1 }).flatMap(({ people }) => people))];
}

/** How far ahead a change of duty is looked for. */
const UNTIL_MS_MAX = 100 * 86_400_000;

/** When the people on duty in a team change next, or the turn of one of them ends; undefined where it takes no turns. */
export function onDutyUntil(roster: Roster, team: string, at: Instant): Instant | undefined {
  const found = teamNamed(roster, team);
  if (dutyRotations(roster, found).length === 0) return undefined;
  const now = { start: at, end: at + 1 };
  const ends = finalShifts(roster, team, now)
    .filter(({ shadow, people }) => !shadow && people.length > 0)
    .map(({ end }) => end);
  if (ends.length > 0) return Math.min(...ends);
  // Nobody is on duty now: until somebody is.
  const begins = finalShifts(roster, team, { start: at, end: at + UNTIL_MS_MAX })
    .filter(({ shadow, people }) => !shadow && people.length > 0)
    .map(({ start }) => start);
  return begins.length === 0 ? undefined : Math.min(...begins);
}

/** Every shift of a team that overlaps an interval, as it counts; shadow shifts beside them. In order of time. */
export function finalShifts(roster: Roster, team: string, interval: Interval): readonly TeamShift[] {
  const found = teamNamed(roster, team);
  const rotations = rotationsOf(roster, found);
  const shifts = new Map(rotations.map((rotation) => [rotation, shiftsOf(rotation, roster, interval)]));
  const final = rotations.flatMap((rotation) => {
    const mine = shifts.get(rotation) ?? [];
    if (rotation.shadow) return mine.map((shift): TeamShift => ({ ...shift, shadow: true }));
    const above = rotations
      .filter(({ shadow, priority }) => !shadow && priority > rotation.priority)
      .flatMap((other) => {
        // A shift may begin before the interval, and what hides that beginning must not be missed.
        const span = mine.reduce(
          (all, one) => ({ start: Math.min(all.start, one.start), end: Math.max(all.end, one.end) }),
          interval,
        );
        return shiftsOf(other, roster, span).filter(({ people }) => people.length > 0);
      });
    return mine.flatMap((shift) =>
      minus(shift, above)
        .filter((part) => overlap(part, interval))
        .map((part): TeamShift => ({ ...shift, ...part, shadow: false })),
    );
  });
  return final.sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Who is on duty in a team through an interval, without a hole: stretches with nobody are in it. Clipped to the interval. */
export function dutyIn(roster: Roster, team: string, interval: Interval): readonly Duty[] {
  const found = teamNamed(roster, team);
  if (found === undefined || dutyRotations(roster, found).length === 0) {
    const edges = roster.leaves.filter((leave) => overlap(leave, interval)).flatMap(({ start, end }) => [start, end]);
    return joinedDuty(
      cutAt(interval, edges).map((part) => ({ ...part, people: found ? membersPresent(roster, found, part) : [] })),
    );
  }
  const shifts = finalShifts(roster, team, interval).filter(({ shadow, people }) => !shadow && people.length > 0);
  const edges = shifts.flatMap(({ start, end }) => [start, end]);
  const duty: Duty[] = [];
  let first = 0;
  for (const part of cutAt(interval, edges)) {
    while ((shifts[first]?.end ?? Number.POSITIVE_INFINITY) <= part.start) first++;
    const people: PersonId[] = [];
    for (let index = first; index < shifts.length; index++) {
      const shift = shifts[index] as TeamShift;
      if (shift.start >= part.end) break;
      if (overlap(shift, part)) people.push(...shift.people);
    }
    duty.push({ ...part, people: [...new Set(people)] });
  }
  return joinedDuty(duty);
}

function joinedDuty(duty: readonly Duty[]): readonly Duty[] {
  const result: Duty[] = [];
  for (const one of duty) {
    const last = result.at(-1);
    const same =
      last?.people.length === one.people.length && last.people.every((person) => one.people.includes(person));
    if (last !== undefined && same) result[result.length - 1] = { ...last, end: one.end };
    else result.push(one);
  }
  return result;
}

export function teamNamed(roster: Roster, team: string): RosterTeam | undefined {
  return roster.teams.find((candidate) => sameName(candidate.name, team));
}

export function rotationsOf(roster: Roster, team: RosterTeam | undefined): readonly Rotation[] {
  return (team?.rotations ?? []).flatMap((id: Id<"rotation">) => roster.rotations.get(id) ?? []);
}

function dutyRotations(roster: Roster, team: RosterTeam | undefined): readonly Rotation[] {
  return rotationsOf(roster, team).filter(({ shadow }) => !shadow);
}

function membersPresent(roster: Roster, team: RosterTeam, part: Interval): readonly PersonId[] {
  const away = new Set(roster.leaves.filter((leave) => overlap(leave, part)).map(({ person }) => person));
  return [...new Set(team.members.map(({ person }) => person))].filter((person) => !away.has(person));
}
