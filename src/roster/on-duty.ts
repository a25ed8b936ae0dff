import type { Id } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";
import { HOUR_MS } from "../time/instant.ts";
import type { Override, PersonId, Roster, Rotation } from "./roster.ts";
import { sameName } from "./same-name.ts";

/** One turn of a rotation: who, and the half-open interval [start, end) in which they are on duty. */
export type Shift = { readonly people: readonly PersonId[]; readonly start: Instant; readonly end: Instant };

/** Who is on duty in a team at an instant: all its members where it takes no turns, else the union of its rotations. */
export function onDuty(roster: Roster, team: string, at: Instant): readonly PersonId[] {
  const found = roster.teams.find((candidate) => sameName(candidate.name, team));
  if (found === undefined) return [];
  if (found.rotations.length === 0) return found.members.map(({ person }) => person);
  const people = found.rotations.flatMap((id) => {
    const rotation = roster.rotations.get(id);
    return rotation === undefined ? [] : onTurn(rotation, roster.overrides, at);
  });
  return [...new Set(people)];
}

/** When the first of a team's present turns ends; undefined where it takes none. An override ends a turn too. */
export function onDutyUntil(roster: Roster, team: string, at: Instant): Instant | undefined {
  const found = roster.teams.find((candidate) => sameName(candidate.name, team));
  const ends = (found?.rotations ?? []).flatMap((id) => {
    const rotation = roster.rotations.get(id);
    const shift = rotation === undefined ? undefined : shiftAt(rotation, at);
    const overrides = roster.overrides.filter((one) => one.rotation === id && one.end > at);
    return [
      ...(shift === undefined ? [] : [shift.end]),
      ...overrides.map((one) => (one.start > at ? one.start : one.end)),
    ];
  });
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** Who has the turn in a rotation, an override taking the place of whoever's turn it is. */
export function onTurn(rotation: Rotation, overrides: readonly Override[], at: Instant): readonly PersonId[] {
  const instead = overrides.filter((one) => one.rotation === rotation.id && one.start <= at && at < one.end);
  if (instead.length > 0) return [...new Set(instead.map(({ person }) => person))];
  return shiftAt(rotation, at)?.people ?? [];
}

/**
 * The turn at an instant; undefined before the rotation begins or without participants. Days and weeks are calendar
 * steps in the rotation's zone, so a hand-off at 09:00 stays at 09:00 across a change of offset; hours are exact.
 */
export function shiftAt(rotation: Rotation, at: Instant): Shift | undefined {
  const { participants } = rotation;
  if (participants.length === 0) return undefined;
  const bounds = boundsOf(rotation);
  if (at < bounds(0)) return undefined;
  let index = Math.max(0, Math.floor((at - bounds(0)) / lengthOf(rotation)) - 1);
  while (bounds(index + 1) <= at) index++;
  while (index > 0 && bounds(index) > at) index--;
  return { people: participants[index % participants.length] ?? [], start: bounds(index), end: bounds(index + 1) };
}

/** The instant at which the nth turn begins. */
function boundsOf(rotation: Rotation): (nth: number) => Instant {
  const start = startOf(rotation);
  const { unit, count } = rotation.turn;
  if (unit === "hours") {
    const first = start.epochMilliseconds;
    return (nth) => first + nth * count * HOUR_MS;
  }
  return (nth) => start.add({ [unit]: nth * count }).epochMilliseconds;
}

/** A turn's usual length; the real one may differ by a change of offset. */
function lengthOf({ turn }: Rotation): number {
  return turn.count * { hours: HOUR_MS, days: 24 * HOUR_MS, weeks: 168 * HOUR_MS }[turn.unit];
}

const starts = new Map<Id<"rotation">, { readonly text: string; readonly at: Temporal.ZonedDateTime }>();

/** Reading a zoned time costs more than all else here, and the same few are asked for again and again. */
function startOf(rotation: Rotation): Temporal.ZonedDateTime {
  const text = `${rotation.start}[${rotation.zone}]`;
  const known = starts.get(rotation.id);
  if (known?.text === text) return known.at;
  const at = Temporal.PlainDateTime.from(rotation.start).toZonedDateTime(rotation.zone);
  starts.set(rotation.id, { text, at });
  return at;
}
