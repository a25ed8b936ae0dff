import type { Id } from "../id/id.ts";
import { type Instant, MINUTE_MS } from "../time/instant.ts";
import { common, cutAt, type Interval, minus } from "../time/interval.ts";
import type { StoredItem } from "./change-plan.ts";
import { changesOfEdit, newGaps } from "./duty-changes.ts";
import { both, edited, type RosterEdit } from "./edit-roster.ts";
import type { Override, PersonId, Roster } from "./roster.ts";
import { type RosterFact, rosterOf } from "./roster-of.ts";
import { type AnswerRefusal, holds, type RotationPart, type ShiftRequest } from "./shift-request.ts";
import { shiftsOf } from "./shifts.ts";

type Facts = {
  readonly items: readonly StoredItem[];
  readonly now: Instant;
  readonly newId: () => Id<"override">;
};

/**
 * What accepting a request changes, or why it cannot be carried out any more: the rotation may have been edited, and
 * the shift overridden, since it was asked. What it promises is checked on the roster as it would be, not believed.
 */
export function acceptedEdit(
  request: ShiftRequest,
  by: PersonId,
  { items, now, newId }: Facts,
): { readonly edit: RosterEdit; readonly felt: readonly Interval[] } | { readonly no: AnswerRefusal } {
  const before = rosterOf(items);
  const { from, give } = request;
  const part = stillAhead(request.part, now);
  const back = give === undefined ? undefined : stillAhead(give, now);
  if (part.start >= part.end) return { no: "already-over" };
  if (!holds(before, from, part)) return { no: "changed-meanwhile" };
  if (back !== undefined && !holds(before, by, back)) return { no: "changed-meanwhile" };
  const note = request.note === undefined ? {} : { note: request.note };
  const there = handedOver({ part, from, to: by, ...note }, { items, newId });
  if (there === undefined) return { no: "cannot-be-written" };
  const again =
    back === undefined
      ? NOTHING
      : handedOver({ part: back, from: by, to: from, ...note }, { items: stored(items, there), newId });
  if (again === undefined) return { no: "cannot-be-written" };
  const edit = both(there, again);
  const felt = back === undefined ? [part] : [part, back];
  const isGap = felt.some((one) => newGaps(changesOfEdit(items, edit, one)).length > 0);
  return isGap ? { no: "would-leave-gap" } : { edit, felt };
}

const NOTHING: RosterEdit = { put: [], remove: [] };

type Passing = {
  readonly part: RotationPart;
  readonly from: PersonId;
  readonly to: PersonId;
  readonly note?: string;
};

/**
 * Puts `to` in the place of `from`. Where `from` has it by an override of theirs for somebody else, that override gives way
 * and the new one stands for that somebody, so that shifts that are passed on, back and on again never pile up into a
 * chain that leads in a circle. Where that does not say it, the new one stands on top. Undefined where neither does.
 */
function handedOver(passing: Passing, facts: Omit<Facts, "now">): RosterEdit | undefined {
  const before = rosterOf(facts.items);
  return [givingWay, onTop]
    .map((way) => way(passing, facts))
    .find((edit) => isHandedOver(before, rosterOf(edited(facts.items, edit)), passing));
}

function onTop({ part, from, to, note }: Passing, { newId }: Omit<Facts, "now">): RosterEdit {
  const said = note === undefined ? {} : { note };
  const override: Override = { id: newId(), ...part, person: to, instead: from, ...said };
  return { put: [{ kind: "override", id: override.id, data: override }], remove: [] };
}

function givingWay({ part, from, to, note }: Passing, { items, newId }: Omit<Facts, "now">): RosterEdit {
  const put: RosterFact[] = [];
  const remove: { kind: string; id: string }[] = [];
  const keep = (override: Override): void => void put.push({ kind: "override", id: override.id, data: override });
  const place = (stretch: Interval, instead: PersonId): void => {
    if (instead === to) return;
    const { start, end } = stretch;
    keep({
      id: newId(),
      rotation: part.rotation,
      person: to,
      instead,
      start,
      end,
      ...(note === undefined ? {} : { note }),
    });
  };
  const taken: Interval[] = [];
  for (const { kind, id, data, managedBy } of items) {
    if (kind !== "override" || managedBy !== undefined) continue;
    const override = data as Override;
    const shared = common(override, part);
    if (override.rotation !== part.rotation || override.person !== from || shared === undefined) continue;
    if (override.instead === undefined) continue;
    taken.push(shared);
    place(shared, override.instead);
    const left = minus(override, [part]);
    if (left.length === 0) remove.push({ kind, id });
    for (const [index, piece] of left.entries())
      keep({ ...override, ...piece, id: index === 0 ? override.id : newId() });
  }
  for (const free of minus(part, taken)) place(free, from);
  return { put, remove };
}

/** Whether in every moment of the part the same people are on duty, with the one in the place of the other. */
function isHandedOver(before: Roster, after: Roster, { part, from, to }: Passing): boolean {
  const [was, is] = [before, after].map((roster) => {
    const rotation = roster.rotations.get(part.rotation);
    return rotation === undefined ? [] : shiftsOf(rotation, roster, part);
  }) as [ReturnType<typeof shiftsOf>, ReturnType<typeof shiftsOf>];
  const people = (shifts: typeof was, { start }: Interval): ReadonlySet<PersonId> =>
    new Set(shifts.filter((one) => one.start <= start && start < one.end).flatMap((one) => one.people));
  return cutAt(
    part,
    [...was, ...is].flatMap(({ start, end }) => [start, end]),
  ).every((piece) => {
    const wanted = new Set([...people(was, piece)].map((person) => (person === from ? to : person)));
    const found = people(is, piece);
    return found.size === wanted.size && [...wanted].every((person) => found.has(person));
  });
}

function stillAhead(part: RotationPart, now: Instant): RotationPart {
  return { ...part, start: Math.max(part.start, Math.floor(now / MINUTE_MS) * MINUTE_MS) };
}

function stored(items: readonly StoredItem[], edit: RosterEdit): readonly StoredItem[] {
  const managers = new Map(items.map(({ kind, id, managedBy }) => [`${kind}/${id}`, managedBy]));
  return edited(items, edit).map((fact): StoredItem => {
    const managedBy = managers.get(`${fact.kind}/${fact.id}`);
    return managedBy === undefined ? { kind: fact.kind, id: fact.id, data: fact.data } : { ...fact, managedBy };
  });
}
