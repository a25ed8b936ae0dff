import { canonical } from "../incident/chain.ts";
import { dutyIn, rotationsOf, teamNamed } from "../roster/on-duty.ts";
import type { PersonId, Roster, RosterTeam } from "../roster/roster.ts";
import { nameKey } from "../roster/same-name.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

/** A stretch in which the same people of a team are on duty; `key` is the same where the people are. */
export type DutyStretch = Interval & { readonly people: readonly PersonId[]; readonly key: string };

/** Who is on duty in each team at any instant and until when that is known not to change. */
export type DutyCalendar = { at(team: string, instant: Instant): DutyStretch };

/** Worked out a block at a time: what an instant asks for is never a year. */
const BLOCK_MS = 28 * DAY_MS;

type Blocks = Map<number, readonly DutyStretch[]>;

/**
 * What was worked out, by everything that it follows from: when one rotation of a large roster is edited, the duty of
 * the other teams is not worked out again.
 */
const remembered = new Map<string, Blocks>();
const TEAMS_REMEMBERED = 400;

/** The duty of a roster as a calendar: exact stretches, by `dutyIn`. */
export function dutyCalendar(roster: Roster): DutyCalendar {
  const byName = new Map<string, { readonly name: string; readonly blocks: Blocks }>();
  const known = (name: string): { readonly name: string; readonly blocks: Blocks } => {
    const found = byName.get(name);
    if (found !== undefined) return found;
    const team = teamNamed(roster, name);
    const one = { name, blocks: blocksOf(team === undefined ? nameKey(name) : factsOf(team, roster)) };
    byName.set(name, one);
    return one;
  };
  return {
    at(name, instant) {
      const { blocks } = known(name);
      const nth = Math.floor(instant / BLOCK_MS);
      let block = blocks.get(nth);
      if (block === undefined) {
        block = stretchesOf(roster, name, { start: nth * BLOCK_MS, end: (nth + 1) * BLOCK_MS });
        blocks.set(nth, block);
      }
      return stretchAt(block, instant);
    },
  };
}

function blocksOf(facts: string): Blocks {
  const known = remembered.get(facts) ?? new Map<number, readonly DutyStretch[]>();
  // The one asked for last is the last to be forgotten.
  remembered.delete(facts);
  remembered.set(facts, known);
  if (remembered.size > TEAMS_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
  return known;
}

/** Everything that the duty of a team follows from. */
function factsOf(team: RosterTeam, roster: Roster): string {
  const rotations = rotationsOf(roster, team);
  const ids = new Set(rotations.map(({ id }) => id));
  const people = new Set([
    ...team.members.map(({ person }) => person),
    ...rotations.flatMap(({ participants }) => participants.flat()),
  ]);
  return canonical({
    members: rotations.some(({ shadow }) => !shadow) ? [] : team.members.map(({ person }) => person),
    rotations,
    overrides: roster.overrides.filter(({ rotation }) => ids.has(rotation)),
    leaves: roster.leaves.filter(({ person }) => people.has(person)),
    holidays: rotations.length === 0 ? [] : roster.holidays,
  });
}

function stretchesOf(roster: Roster, team: string, block: Interval): readonly DutyStretch[] {
  return dutyIn(roster, team, block).map((duty) => {
    const people = [...duty.people].sort();
    return { start: duty.start, end: duty.end, people, key: people.join("\n") };
  });
}

function stretchAt(stretches: readonly DutyStretch[], instant: Instant): DutyStretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((stretches[middle] as DutyStretch).start <= instant) low = middle;
    else high = middle - 1;
  }
  return stretches[low] as DutyStretch;
}
