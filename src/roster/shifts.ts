import type { Id } from "../id/id.ts";
import { common, cutAt, type Interval, minus, overlap } from "../time/interval.ts";
import type { Leave, Override, PersonId, Roster, Rotation } from "./roster.ts";
import { participantsOf, type Turn, turnsIn } from "./turns.ts";

/** A stretch of a rotation in which the same people are on duty for the same reason. */
export type Shift = Interval & {
  readonly rotation: Id<"rotation">;
  readonly people: readonly PersonId[];
  /** Why they: it is their turn, an override says so, or they stand in for somebody who is away. */
  readonly because: "turn" | "override" | "leave";
  /** Those whose turn it is and who have it not. */
  readonly insteadOf: readonly PersonId[];
  /** The turn it is part of; an override of the whole rotation is a shift of its own and part of none. */
  readonly turn?: Interval & { readonly nth: number };
  readonly overrides: readonly Id<"override">[];
};

type Facts = Pick<Roster, "overrides" | "leaves" | "holidays">;

/**
 * The final shifts of one rotation that overlap an interval, each with its own true beginning and end, in order of time.
 * Where nobody is left the shift is there with nobody in it. The rules, first to last: overrides of the whole rotation
 * (several at once are on duty together) hide the turns below them; an override of one person takes that person's
 * place; who is away falls out; where nobody is left of a turn, the next participants in order stand in, whose place can be taken too.
 */
export function shiftsOf(rotation: Rotation, facts: Facts, interval: Interval): readonly Shift[] {
  const mine = facts.overrides.filter((one) => one.rotation === rotation.id);
  const near = mine.filter((one) => one.instead === undefined && overlap(one, interval));
  const range = near.reduce(
    (all, { start, end }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }),
    interval,
  );
  const turns = turnsIn(rotation, facts.holidays, range);
  const reach = turns.reduce(
    (all, { start, end }) => ({ start: Math.min(all.start, start), end: Math.max(all.end, end) }),
    range,
  );
  const overrides = mine.filter((one) => overlap(one, reach));
  const whole = overrides.filter(({ instead }) => instead === undefined);
  const single = overrides.filter(({ instead }) => instead !== undefined);
  const leaves = facts.leaves.filter((one) => overlap(one, reach));

  const shifts: Shift[] = [];
  for (const part of segments(whole, single)) {
    const { people, used } = replaced(personsOf(whole, part), single, part);
    const turnPeople = turns
      .filter(({ parts }) => parts.some((one) => overlap(one, part)))
      .flatMap((turn) => turn.people);
    const insteadOf = [...new Set(turnPeople)].filter((person) => !people.includes(person));
    const ids = whole.filter((one) => overlap(one, part)).map(({ id }) => id);
    shifts.push({
      ...part,
      rotation: rotation.id,
      people,
      because: "override",
      insteadOf,
      overrides: [...ids, ...used],
    });
  }
  for (const turn of turns) {
    for (const active of turn.parts) {
      for (const free of minus(active, whole)) {
        const changes = [...single, ...leaves].filter((one) => overlap(one, free));
        for (const part of cutAt(
          free,
          changes.flatMap(({ start, end }) => [start, end]),
        ))
          shifts.push(shiftOfTurn(rotation, turn, part, { single, leaves }));
      }
    }
  }
  const wanted = shifts.sort((one, other) => one.start - other.start || one.end - other.end);
  return mergedShifts(wanted).filter((shift) => overlap(shift, interval));
}

/** The stretches that overrides of the whole rotation cover, cut wherever one of them, or one of a person, begins or ends. */
function segments(whole: readonly Override[], single: readonly Override[]): readonly Interval[] {
  if (whole.length === 0) return [];
  const edges = [...whole, ...single].flatMap(({ start, end }) => [start, end]);
  const span = { start: Math.min(...whole.map(({ start }) => start)), end: Math.max(...whole.map(({ end }) => end)) };
  return cutAt(span, edges).filter((part) => whole.some((one) => overlap(one, part)));
}

function shiftOfTurn(
  rotation: Rotation,
  turn: Turn,
  part: Interval,
  { single, leaves }: { readonly single: readonly Override[]; readonly leaves: readonly Leave[] },
): Shift {
  const asked = replaced(turn.people, single, part);
  const isAway = (person: PersonId): boolean => leaves.some((one) => one.person === person && overlap(one, part));
  // Who is there by an override was meant by somebody who knew of the leave.
  const present = asked.people.filter((person) => !turn.people.includes(person) || !isAway(person));
  const isLeft = present.length > 0 || asked.people.length === 0;
  // Who stands in can be stood in for as well.
  const stoodIn = isLeft ? undefined : replaced(standIns(rotation, turn.nth, isAway), single, part);
  const people = stoodIn?.people ?? present;
  const used = [...new Set([...asked.used, ...(stoodIn?.used ?? [])])];
  const insteadOf = turn.people.filter((person) => !people.includes(person));
  const because = used.length > 0 ? "override" : insteadOf.length > 0 ? "leave" : "turn";
  const { nth, start, end } = turn;
  return { ...part, rotation: rotation.id, people, because, insteadOf, turn: { nth, start, end }, overrides: used };
}

/** The next participants in order of whom somebody is there. */
function standIns(rotation: Rotation, nth: number, isAway: (person: PersonId) => boolean): readonly PersonId[] {
  for (let step = 1; step < rotation.participants.length; step++) {
    const there = participantsOf(rotation, nth + step).filter((person) => !isAway(person));
    if (there.length > 0) return there;
  }
  return [];
}

/** Puts into each person's place whoever an override says, and in theirs again; each override counts once. */
function replaced(
  people: readonly PersonId[],
  single: readonly Override[],
  part: Interval,
): { readonly people: readonly PersonId[]; readonly used: readonly Id<"override">[] } {
  const free = new Set(single.filter((one) => overlap(one, part)));
  if (free.size === 0) return { people, used: [] };
  const used: Id<"override">[] = [];
  const substitute = (person: PersonId): readonly PersonId[] => {
    const found = [...free].filter(({ instead }) => instead === person);
    if (found.length === 0) return [person];
    for (const one of found) {
      free.delete(one);
      used.push(one.id);
    }
    return found.flatMap((one) => substitute(one.person));
  };
  return { people: [...new Set(people.flatMap(substitute))], used };
}

function personsOf(overrides: readonly Override[], part: Interval): readonly PersonId[] {
  return [...new Set(overrides.filter((one) => overlap(one, part)).map(({ person }) => person))];
}

/** Neighbours of the same turn with the same people are one shift; two turns never are. */
function mergedShifts(shifts: readonly Shift[]): readonly Shift[] {
  const merged: Shift[] = [];
  for (const shift of shifts) {
    const last = merged.at(-1);
    if (last !== undefined && last.end === shift.start && sameDuty(last, shift))
      merged[merged.length - 1] = { ...last, end: shift.end };
    else merged.push(shift);
  }
  return merged;
}

function sameDuty(one: Shift, other: Shift): boolean {
  return (
    one.turn?.nth === other.turn?.nth &&
    one.because === other.because &&
    sameList(one.people, other.people) &&
    sameList(one.insteadOf, other.insteadOf) &&
    sameList(one.overrides, other.overrides)
  );
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry, index) => entry === other[index]);
}

/** What lies in an interval of each shift, cut to it. */
export function clipped(shifts: readonly Shift[], interval: Interval): readonly Shift[] {
  return shifts.flatMap((shift) => {
    const part = common(shift, interval);
    return part === undefined ? [] : [{ ...shift, ...part }];
  });
}
