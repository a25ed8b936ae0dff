import type { Id } from "../id/id.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../time/instant.ts";
import { type Interval, overlap } from "../time/interval.ts";
import { EXCEPTION_DAYS_MAX, type ScheduleRefusal } from "./edit-schedule.ts";
import { rotationsOf } from "./on-duty.ts";
import type { PersonId, Roster, Rotation } from "./roster.ts";
import { shiftsOf } from "./shifts.ts";

export type RotationPart = Interval & { readonly rotation: Id<"rotation"> };

/**
 * Somebody asks that another takes their shift ("대신 부탁"), or exchanges it for one of the other's.
 *
 * asked → accepted: overrides are made, `part` goes to who accepts, `give` to who asked.
 *       → declined: only by the one asked; what everybody was asked nobody can decline for the others.
 *       → withdrawn: by who asked, or by who may edit the roster.
 *       → expired: `part` begins, or `give` does, and nobody has answered.
 */
export type ShiftRequest = {
  readonly id: Id<"request">;
  readonly kind: "cover" | "swap";
  readonly state: "asked" | "accepted" | "declined" | "withdrawn" | "expired";
  readonly from: PersonId;
  /** Absent: whoever of the rotation's teams accepts first (cover only). */
  readonly to?: PersonId;
  readonly part: RotationPart;
  readonly give?: RotationPart;
  readonly note?: string;
  readonly askedAt: Instant;
  readonly answeredAt?: Instant;
  /** Who answered; absent where nobody did and it expired. */
  readonly answeredBy?: PersonId;
};

export type RequestRefusal =
  | ScheduleRefusal
  | "asks-oneself"
  | "not-your-shift"
  | "already-asked"
  | "nobody-to-ask"
  | "same-time"
  | "swap-needs-both";

export type AnswerRefusal =
  | "already-answered"
  | "not-asked"
  | "asked-of-all"
  | "not-yours-to-withdraw"
  | "already-over"
  | "changed-meanwhile"
  | "no-such-person"
  | "would-leave-gap"
  | "cannot-be-written";

/** The request as it is kept, or why it is not asked. `others` are those that wait for an answer. */
export function askedRequest(
  wish: Omit<ShiftRequest, "state" | "askedAt">,
  { roster, others, now }: { readonly roster: Roster; readonly others: readonly ShiftRequest[]; readonly now: Instant },
): { readonly request: ShiftRequest } | { readonly no: RequestRefusal } {
  const { from, to, kind } = wish;
  if (to === from) return { no: "asks-oneself" };
  if (to !== undefined && !roster.people.has(to)) return { no: "no-such-person" };
  if ((kind === "swap") !== (wish.give !== undefined) || (kind === "swap" && to === undefined))
    return { no: "swap-needs-both" };
  const part = futurePart(wish.part, roster, now);
  if (typeof part === "string") return { no: part };
  if (!holds(roster, from, part)) return { no: "not-your-shift" };
  const give = wish.give === undefined ? undefined : futurePart(wish.give, roster, now);
  if (typeof give === "string") return { no: give };
  if (give !== undefined && to !== undefined) {
    if (give.rotation === part.rotation && overlap(give, part)) return { no: "same-time" };
    if (!holds(roster, to, give)) return { no: "not-their-shift" };
  }
  if (to === undefined && candidates(roster, part.rotation, from).length === 0) return { no: "nobody-to-ask" };
  const again = others.some(
    (other) => other.state === "asked" && other.from === from && samePlace(other.part, part) && (other.to ?? to) === to,
  );
  if (again) return { no: "already-asked" };
  const { give: _, ...rest } = wish;
  return { request: { ...rest, part, ...(give === undefined ? {} : { give }), state: "asked", askedAt: now } };
}

/** Until when it can be accepted: it began, unless it had begun when it was asked (then until it is over). */
export function expiryOf({ part, give, askedAt }: ShiftRequest): Instant {
  const of = ({ start, end }: Interval): Instant => (start > askedAt ? start : end);
  return Math.min(of(part), give === undefined ? Number.POSITIVE_INFINITY : of(give));
}

/** The whole of it is over from then on: it is kept for a while, and shown no more. */
export function endOf({ part, give }: ShiftRequest): Instant {
  return Math.max(part.end, give?.end ?? part.end);
}

/** Why this person may not give this answer; undefined where they may. Whether it can be carried out is not asked here. */
export function whyNotAnswer(
  request: ShiftRequest,
  answer: "accept" | "decline" | "withdraw",
  facts: {
    readonly by: PersonId | undefined;
    readonly mayEdit: boolean;
    readonly roster: Roster;
    readonly now: Instant;
  },
): AnswerRefusal | undefined {
  const { by, mayEdit, roster, now } = facts;
  if (request.state !== "asked") return "already-answered";
  if (answer === "withdraw") return by === request.from || mayEdit ? undefined : "not-yours-to-withdraw";
  const isAsked =
    request.to === undefined
      ? by !== undefined && candidates(roster, request.part.rotation, request.from).includes(by)
      : by === request.to;
  if (!isAsked) return "not-asked";
  if (answer === "decline") return request.to === undefined ? "asked-of-all" : undefined;
  if (now >= expiryOf(request)) return "already-over";
  return by !== undefined && roster.people.has(by) ? undefined : "no-such-person";
}

/** Who may be asked for a rotation: the members of its teams and those who take turns in it, without who asks. */
export function candidates(roster: Roster, rotation: Id<"rotation">, from: PersonId): readonly PersonId[] {
  const teams = roster.teams.filter((team) => rotationsOf(roster, team).some(({ id }) => id === rotation));
  const people = [
    ...(roster.rotations.get(rotation)?.participants.flat() ?? []),
    ...teams.flatMap(({ members }) => members.map(({ person }) => person)),
  ];
  return [...new Set(people)].filter((person) => person !== from && roster.people.has(person));
}

/** Whether the person is on duty in the rotation whenever anybody is in that part. */
export function holds(roster: Roster, person: PersonId, part: RotationPart): boolean {
  const rotation = roster.rotations.get(part.rotation);
  const shifts = rotation === undefined ? [] : shiftsOf(rotation, roster, part);
  return shifts.length > 0 && shifts.every(({ people }) => people.includes(person));
}

/** What else the person has in that time: shifts, and leave. `given` is what they would be rid of. */
export function busyWith(
  roster: Roster,
  person: PersonId,
  part: RotationPart,
  given?: RotationPart,
): readonly (Interval & { readonly rotation?: Rotation })[] {
  const shifts = [...roster.rotations.values()].flatMap((rotation) => {
    if (rotation.shadow) return [];
    return shiftsOf(rotation, roster, part)
      .filter(({ people }) => people.includes(person))
      .filter((shift) => given?.rotation !== rotation.id || !isWithin(shift, given))
      .map(({ start, end }) => ({ start, end, rotation }));
  });
  const leaves = roster.leaves.filter((leave) => leave.person === person && overlap(leave, part));
  return [...shifts, ...leaves.map(({ start, end }) => ({ start, end }))];
}

function isWithin(one: Interval, whole: Interval): boolean {
  return whole.start <= one.start && one.end <= whole.end;
}

function samePlace(one: RotationPart, other: RotationPart): boolean {
  return one.rotation === other.rotation && overlap(one, other);
}

/** Whole minutes, and nothing that is over. */
function futurePart(part: RotationPart, roster: Roster, now: Instant): RotationPart | RequestRefusal {
  if (!roster.rotations.has(part.rotation)) return "no-such-rotation";
  if (part.end <= part.start) return "bad-interval";
  if (part.end - part.start > EXCEPTION_DAYS_MAX * DAY_MS) return "too-long";
  if (part.end <= now) return "already-over";
  const minute = (at: Instant): Instant => Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const start = minute(Math.max(part.start, now));
  const end = minute(part.end);
  return start < end ? { ...part, start, end } : "bad-interval";
}
