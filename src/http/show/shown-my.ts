import { dutyIn, finalShifts, rotationsOf, teamNamed } from "../../roster/on-duty.ts";
import type { PersonId, Roster } from "../../roster/roster.ts";
import { DAY_MS, type Instant, toIso } from "../../time/instant.ts";
import { joined } from "../../time/interval.ts";
import type { ShownMy, ShownOwnShift } from "../wire/reach.ts";

/** How far ahead one's own shifts are told. */
export const OWN_SHIFT_DAYS = 30;

/** A person's shifts from now on, in order of time, as they count in their teams. */
export function ownShifts(person: PersonId, roster: Roster, at: Instant): readonly ShownOwnShift[] {
  const interval = { start: at, end: at + OWN_SHIFT_DAYS * DAY_MS };
  const nameOf = (id: PersonId): string => roster.people.get(id)?.name ?? id;
  const shifts = roster.teams.flatMap(({ name: team }) =>
    finalShifts(roster, team, interval)
      .filter(({ people }) => people.includes(person))
      .map((shift) => ({ team, shift })),
  );
  return shifts
    .sort((one, other) => one.shift.start - other.shift.start)
    .map(({ team, shift }) => ({
      team,
      rotation: shift.rotation,
      rotationName: roster.rotations.get(shift.rotation)?.name ?? shift.rotation,
      start: toIso(shift.start),
      end: toIso(shift.end),
      others: shift.people.filter((id) => id !== person).map(nameOf),
      because: shift.because,
      insteadOf: shift.insteadOf.map(nameOf),
      shadow: shift.shadow,
    }));
}

/** In which teams a person is on duty now, and until when without a break. */
export function ownDutyNow(person: PersonId, teams: readonly string[], roster: Roster, at: Instant): ShownMy["now"] {
  const interval = { start: at, end: at + OWN_SHIFT_DAYS * DAY_MS };
  return teams.flatMap((team) => {
    const mine = dutyIn(roster, team, interval).filter(({ people }) => people.includes(person));
    const now = joined(mine).find(({ start }) => start <= at);
    if (now === undefined) return [];
    const takesTurns = rotationsOf(roster, teamNamed(roster, team)).some(({ shadow }) => !shadow);
    return [{ team, until: takesTurns && now.end < interval.end ? toIso(now.end) : null }];
  });
}
