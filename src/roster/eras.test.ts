import assert from "node:assert/strict";
import { test } from "node:test";
import { alice, bob, charlie, dave, local, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { HOUR_MS } from "../time/instant.ts";
import { dutyThrough, erasOf, finalShiftsThrough, type PastFact, type PresentFact } from "./eras.ts";
import { finalShifts } from "./on-duty.ts";
import type { Roster } from "./roster.ts";

const made = local("2026-01-01T00:00");
const edited = local("2026-01-07T15:00");
const now = local("2026-01-08T10:00");
const interval = { start: local("2026-01-05T00:00"), end: local("2026-01-12T00:00") };

const before = rotationOf({ turns: [{ unit: "days", count: 1 }] });
const after = rotationOf({ turns: [{ unit: "days", count: 1 }], participants: [[dave]], start: "2025-01-01T09:00" });

function factsOf(roster: Roster, updatedAt: number): readonly PresentFact[] {
  return [
    ...[...roster.people.values()].map((data) => ({ kind: "person", id: data.id, data, updatedAt })),
    ...roster.teams.map((data) => ({ kind: "team", id: data.name, data, updatedAt })),
  ];
}
const present: readonly PresentFact[] = [
  ...factsOf(rosterWith([after]), made),
  { kind: "rotation", id: after.id, data: after, updatedAt: edited },
];
const past: readonly PastFact[] = [{ kind: "rotation", id: before.id, data: before, from: made, until: edited }];

/** `Wed 09:00-15:00 charlie`. */
function told(): readonly string[] {
  return finalShiftsThrough(erasOf(present, past, { interval, now }), "L1").map(({ start, end, people }) => {
    const at = (instant: number): Temporal.ZonedDateTime =>
      Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO("Asia/Seoul");
    const clock = (instant: number): string => at(instant).toPlainTime().toString().slice(0, 5);
    return `${at(start).toLocaleString("en", { weekday: "short" })} ${clock(start)}-${clock(end)} ${people.join("+")}`;
  });
}

test("an edit of a rotation decides from its moment on, and rewrites nothing of the past", () => {
  assert.deepEqual(told().slice(0, 4), [
    "Mon 09:00-09:00 alice",
    "Tue 09:00-09:00 bob",
    "Wed 09:00-15:00 charlie",
    "Wed 15:00-09:00 dave",
  ]);
  assert.ok(
    told()
      .slice(4)
      .every((shift) => shift.endsWith("dave")),
  );
});

test("the future is what the facts as they stand say, whenever they were written", () => {
  const eras = erasOf(present, past, { interval, now });
  const last = eras.at(-1);
  assert.ok(last);
  assert.deepEqual(finalShiftsThrough([last], "L1"), finalShifts(last.roster, "L1", last));
});

test("a fact that was removed holds until it was, and what was never changed holds throughout", () => {
  const gone = present.filter(({ kind }) => kind !== "rotation");
  const removed = [...past, { kind: "rotation", id: after.id, data: after, from: edited, until: now }];
  const duty = dutyThrough(erasOf(gone, removed, { interval, now }), "L1");
  const at = (text: string): readonly string[] =>
    duty.find(({ start, end }) => start <= local(text) && local(text) < end)?.people ?? [];
  assert.deepEqual(at("2026-01-06T12:00"), [bob]);
  assert.deepEqual(at("2026-01-08T09:30"), [dave]);
  // Without rotations all members are on duty.
  assert.equal(at("2026-01-08T10:00").length, 4);
});

test("before anything was written nobody was on duty", () => {
  const early = { start: made - 1_000, end: made + 1_000 };
  const duty = dutyThrough(erasOf(present, past, { interval: early, now }), "L1");
  assert.deepEqual(duty, [
    { start: made - 1_000, end: made, people: [] },
    { start: made, end: made + 1_000, people: duty[1]?.people ?? [] },
  ]);
  assert.equal(duty[1]?.people.length, 0, "the rotation began on the 5th");
  assert.ok(!duty[1]?.people.includes(alice));
});

test("after a clock was set back the facts as they stand hold from now on, as they do for pages", () => {
  const early = edited - 2 * HOUR_MS;
  const eras = erasOf(present, past, { interval, now: early });
  const at = (instant: number): readonly string[] =>
    dutyThrough(eras, "L1").find(({ start, end }) => start <= instant && instant < end)?.people ?? [];
  assert.deepEqual(at(early), [dave]);
  assert.deepEqual(at(early - 1), [charlie]);
});
