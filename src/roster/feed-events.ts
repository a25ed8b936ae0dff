import { DAY_MS, type Instant } from "../time/instant.ts";
import { type Interval, overlap } from "../time/interval.ts";
import type { CalendarFeed } from "./calendars.ts";
import type { TeamShift } from "./on-duty.ts";
import type { PersonId, Roster } from "./roster.ts";
import { sameName } from "./same-name.ts";

/** One entry of a feed. */
export type FeedEvent = Interval & {
  /**
   * Stays the same when the shift moves: the rotation, the number of the turn, the day of the turn. Where a day holds several
   * parts of one turn, the later ones are numbered.
   */
  readonly key: string;
  readonly is: "shift" | "gap" | "leave";
  readonly team?: string;
  readonly rotation?: string;
  readonly people: readonly PersonId[];
  readonly insteadOf: readonly PersonId[];
  readonly shadow: boolean;
};

/** What a feed shows of the shifts of all teams, in order of time; a person's leave beside their shifts. */
export function feedEvents(
  { of, name }: Pick<CalendarFeed, "of" | "name">,
  {
    roster,
    shifts,
    interval,
  }: {
    readonly roster: Roster;
    readonly shifts: ReadonlyMap<string, readonly TeamShift[]>;
    readonly interval: Interval;
  },
): readonly FeedEvent[] {
  const seen = new Set<string>();
  const events: Omit<FeedEvent, "key">[] = [];
  const bases: string[] = [];
  for (const [team, mine] of shifts) {
    if (of === "team" && !sameName(team, name)) continue;
    for (const shift of mine) {
      if (of === "rotation" && shift.rotation !== name) continue;
      if (of === "person" && !shift.people.some((person) => person === name)) continue;
      // Two teams may share a rotation: a person has that shift once.
      const place = `${shift.rotation} ${shift.start} ${shift.end}`;
      if (of !== "team" && seen.has(place)) continue;
      seen.add(place);
      bases.push(baseOf(shift));
      const { start, end, rotation, people, insteadOf, shadow } = shift;
      events.push({
        start,
        end,
        is: people.length === 0 ? "gap" : "shift",
        team,
        rotation: roster.rotations.get(rotation)?.name ?? rotation,
        people,
        insteadOf,
        shadow,
      });
    }
  }
  if (of === "person") {
    for (const leave of roster.leaves) {
      if (leave.person !== name || !overlap(leave, interval)) continue;
      bases.push(`leave ${leave.id}`);
      events.push({
        start: leave.start,
        end: leave.end,
        is: "leave",
        people: [leave.person],
        insteadOf: [],
        shadow: false,
      });
    }
  }
  const order = events.map((event, index) => ({ event, base: bases[index] ?? "" }));
  order.sort((one, other) => one.event.start - other.event.start || one.event.end - other.event.end);
  const times = new Map<string, number>();
  return order.map(({ event, base }) => {
    const nth = (times.get(base) ?? 0) + 1;
    times.set(base, nth);
    return { ...event, key: nth === 1 ? base : `${base} ${nth}` };
  });
}

function baseOf({ rotation, turn, overrides, start }: TeamShift): string {
  if (turn === undefined) return `${rotation} override ${overrides.join(" ")}`;
  return `${rotation} ${turn.nth} ${dayOf(turn.start, start)}`;
}

function dayOf(from: Instant, at: Instant): number {
  return Math.floor((at - from) / DAY_MS);
}
