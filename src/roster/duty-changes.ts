import { cutAt, type Interval, joined } from "../time/interval.ts";
import { edited, type RosterEdit } from "./edit-roster.ts";
import { type Duty, dutyIn } from "./on-duty.ts";
import type { PersonId, Roster } from "./roster.ts";
import { type RosterFact, rosterOf } from "./roster-of.ts";
import { touchedTeams } from "./touched-teams.ts";

/** A stretch in which others are on duty than before; `after` empty is a gap. */
export type DutyChange = Interval & {
  readonly team: string;
  readonly before: readonly PersonId[];
  readonly after: readonly PersonId[];
};

/** What an edit does to who is on duty in an interval, team by team, in order of time. */
export function changesOfEdit(
  items: readonly RosterFact[],
  edit: RosterEdit,
  interval: Interval,
): readonly DutyChange[] {
  const rosters = { before: rosterOf(items), after: rosterOf(edited(items, edit)) };
  return dutyChanges(rosters.before, rosters.after, { interval, teams: touchedTeams(items, edit, rosters) });
}

export function dutyChanges(
  before: Roster,
  after: Roster,
  { interval, teams }: { readonly interval: Interval; readonly teams: readonly string[] },
): readonly DutyChange[] {
  if (interval.start >= interval.end) return [];
  return teams.flatMap((team) => {
    const [was, will] = [dutyIn(before, team, interval), dutyIn(after, team, interval)];
    const changes: DutyChange[] = [];
    for (const part of cutAt(
      interval,
      [...was, ...will].flatMap(({ start, end }) => [start, end]),
    )) {
      const [one, other] = [peopleAt(was, part), peopleAt(will, part)];
      if (sameSet(one, other)) continue;
      const last = changes.at(-1);
      if (last?.end === part.start && sameSet(last.before, one) && sameSet(last.after, other))
        changes[changes.length - 1] = { ...last, end: part.end };
      else changes.push({ ...part, team, before: one, after: other });
    }
    return changes;
  });
}

/** Where somebody was on duty and nobody is any more. */
export function newGaps(changes: readonly DutyChange[]): readonly (Interval & { readonly team: string })[] {
  const gaps = changes.filter(({ after }) => after.length === 0);
  return [...new Set(gaps.map(({ team }) => team))].flatMap((team) =>
    joined(gaps.filter((gap) => gap.team === team)).map((gap) => ({ ...gap, team })),
  );
}

function peopleAt(duties: readonly Duty[], part: Interval): readonly PersonId[] {
  return duties.find(({ start, end }) => start <= part.start && part.start < end)?.people ?? [];
}

function sameSet(one: readonly PersonId[], other: readonly PersonId[]): boolean {
  return one.length === other.length && one.every((person) => other.includes(person));
}
