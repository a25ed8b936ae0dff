import type { ShownInterval, ShownShift, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";

/** A stretch of time in ms. */
export type Span = { readonly start: number; readonly end: number };

/** A shift as it is drawn: with its instants as numbers and a name of its own. */
export type Entry = Span & {
  readonly key: string;
  readonly team: string;
  readonly shift: ShownShift;
};

export function spanOf({ start, end }: ShownInterval): Span {
  return { start: Date.parse(start), end: Date.parse(end) };
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** The shifts of a team with somebody in them. Those without are the team's gaps, or hidden by another rotation. */
export function entriesOf({ name, shifts }: Pick<ShownTeamSchedule, "name" | "shifts">): readonly Entry[] {
  return shifts
    .filter(({ people }) => people.length > 0)
    .map((shift) => ({
      ...spanOf(shift),
      key: [name, shift.rotation, shift.start, ...shift.people].join("|"),
      team: name,
      shift,
    }));
}

/**
 * Shifts in as few lanes as have room for them. A rotation keeps to its lane while that is free; otherwise a shift goes
 * where one has just ended, so that day and night of one team are one line. Lanes stand in the order of the rotations.
 */
export function lanesOf(entries: readonly Entry[], order: readonly string[] = []): readonly (readonly Entry[])[] {
  const lanes: Entry[][] = [];
  for (const entry of entries.toSorted((one, other) => one.start - other.start || other.end - one.end)) {
    const free = lanes.filter((lane) => (lane.at(-1)?.end ?? 0) <= entry.start);
    const own = free.find((lane) => lane.at(-1)?.shift.rotation === entry.shift.rotation);
    const latest = free.toSorted((one, other) => (other.at(-1)?.end ?? 0) - (one.at(-1)?.end ?? 0))[0];
    const lane = own ?? latest;
    if (lane === undefined) lanes.push([entry]);
    else lane.push(entry);
  }
  const rank = (lane: readonly Entry[]): number => Math.min(...lane.map(({ shift }) => order.indexOf(shift.rotation)));
  return lanes.toSorted((one, other) => rank(one) - rank(other));
}

/** Where somebody is on duty twice at once: in each of the shifts, and in order for each of the people. */
export type Doubles = {
  readonly parts: ReadonlyMap<string, readonly Span[]>;
  readonly people: ReadonlyMap<string, readonly Span[]>;
};

/** Who only learns is not on duty. */
export function doubleBooked(entries: readonly Entry[]): Doubles {
  const parts = new Map<string, readonly Span[]>();
  const people = new Map<string, readonly Span[]>();
  const byPerson = new Map<string, Entry[]>();
  for (const entry of entries.filter(({ shift }) => !shift.shadow))
    for (const person of entry.shift.people) byPerson.set(person, [...(byPerson.get(person) ?? []), entry]);
  for (const [person, own] of byPerson) {
    const sorted = own.toSorted((one, other) => one.start - other.start);
    for (const [nth, entry] of sorted.entries())
      for (const other of sorted.slice(nth + 1)) {
        if (other.start >= entry.end) break;
        const part = { start: other.start, end: Math.min(entry.end, other.end) };
        for (const { key } of [entry, other]) parts.set(key, [...(parts.get(key) ?? []), part]);
        people.set(person, [...(people.get(person) ?? []), part]);
      }
  }
  return { parts, people };
}

/** A stretch of a team in which other people are on duty after a change than before it. */
export type Change = Span & { readonly before: readonly string[]; readonly after: readonly string[] };

/** What a change of the schedule changes, stretch by stretch, within a span. */
export function changesBetween(before: readonly Entry[], after: readonly Entry[], span: Span): readonly Change[] {
  const all = [...before, ...after].filter((entry) => overlaps(entry, span));
  const edges = [...new Set([span.start, span.end, ...all.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= span.start && edge <= span.end)
    .sort((one, other) => one - other);
  const changes: Change[] = [];
  for (const [nth, start] of edges.slice(0, -1).entries()) {
    const part = { start, end: edges[nth + 1] ?? start };
    const change = { ...part, before: peopleIn(before, part), after: peopleIn(after, part) };
    if (sameText(change.before, change.after)) continue;
    const last = changes.at(-1);
    if (last?.end === start && sameText(last.before, change.before) && sameText(last.after, change.after))
      changes[changes.length - 1] = { ...last, end: change.end };
    else changes.push(change);
  }
  return changes;
}

function peopleIn(entries: readonly Entry[], part: Span): readonly string[] {
  const people = entries
    .filter((entry) => !entry.shift.shadow && overlaps(entry, part))
    .flatMap(({ shift }) => shift.people);
  return [...new Set(people)].sort();
}

function sameText(one: readonly string[], other: readonly string[]): boolean {
  return one.join("|") === other.join("|");
}

/** What of a shift is still to come. */
export function rest({ start, end }: Span, now: number): Span {
  return { start: Math.max(start, now), end };
}

/** The shifts of others in the same team that somebody may exchange theirs for, the nearest first. */
export function exchangeable(
  entries: readonly Entry[],
  mine: Entry,
  { me, now, most }: { readonly me: string; readonly now: number; readonly most: number },
): readonly Entry[] {
  return entries
    .filter(
      (entry) =>
        entry.team === mine.team &&
        !entry.shift.shadow &&
        entry.start > now &&
        entry.shift.people.length === 1 &&
        !entry.shift.people.includes(me) &&
        !overlaps(entry, mine),
    )
    .toSorted((one, other) => Math.abs(one.start - mine.start) - Math.abs(other.start - mine.start))
    .slice(0, most)
    .toSorted((one, other) => one.start - other.start);
}

export type DutyStretch = Span & { readonly people: readonly string[] };

/** Who is on duty from an instant on, stretch by stretch, as far as the shifts go; a stretch without anybody is a gap. */
export function dutyFrom(entries: readonly Entry[], from: number, most: number): readonly DutyStretch[] {
  const all = entries.filter(({ shift, end }) => !shift.shadow && end > from);
  const edges = [...new Set([from, ...all.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= from)
    .sort((one, other) => one - other);
  const stretches: { start: number; end: number; people: readonly string[] }[] = [];
  for (const [nth, start] of edges.slice(0, -1).entries()) {
    const part = { start, end: edges[nth + 1] ?? start };
    const people = peopleIn(all, part);
    const last = stretches.at(-1);
    if (last !== undefined && sameText(last.people, people)) last.end = part.end;
    else stretches.push({ ...part, people });
  }
  return stretches.slice(0, most);
}
