import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { naiveOnDuty, naiveOnTurn } from "../../test/fixtures/naive-schedule.ts";
import { alice, bob, charlie, dave, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { asId } from "../id/id.ts";
import { DAY_MS, MINUTE_MS } from "../time/instant.ts";
import { dutyIn, finalShifts, onDuty } from "./on-duty.ts";
import type { Roster, Rotation, TurnLength } from "./roster.ts";
import { shiftsOf } from "./shifts.ts";

const BASE = Date.parse("2026-10-20T00:00:00Z");
const SPAN_DAYS = 21;
const RUNS = 100;

const person = fc.constantFrom(alice, bob, charlie, dave);
const length: fc.Arbitrary<TurnLength> = fc.oneof(
  fc.record({ unit: fc.constant<"hours">("hours"), count: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ unit: fc.constant<"days">("days"), count: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ unit: fc.constantFrom<"weeks" | "months">("weeks", "months"), count: fc.constant(1) }),
);
const time = fc.constantFrom("00:00", "01:30", "02:15", "09:00", "18:00", "22:00");
const rotation = (id: string): fc.Arbitrary<Rotation> =>
  fc
    .record({
      zone: fc.constantFrom(
        "Asia/Seoul",
        "America/New_York",
        "Australia/Lord_Howe",
        "Europe/London",
        "America/Santiago",
      ),
      participants: fc.array(fc.array(person, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
      turns: fc.oneof(
        { weight: 5, arbitrary: fc.array(length, { minLength: 1, maxLength: 3 }) },
        fc.constant<TurnLength[]>([{ unit: "holidays", count: 1 }]),
      ),
      start: fc.constantFrom("2026-09-01T09:00", "2026-10-24T02:30", "2026-10-30T00:00"),
      end: fc.option(fc.constantFrom("2026-11-01T01:30", "2026-11-05T09:00"), { nil: undefined }),
      priority: fc.integer({ min: 0, max: 2 }),
      hours: fc.array(fc.record({ days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }), from: time, to: time }), {
        maxLength: 2,
      }),
      holidays: fc.constantFrom<Rotation["holidays"]>("as-usual", "as-usual", "off", "only"),
      shadow: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
    })
    .map(({ end, ...shape }) => rotationOf({ ...shape, id: asId(id), ...(end === undefined ? {} : { end }) }));

const stretch = fc
  .tuple(fc.integer({ min: -2_000, max: SPAN_DAYS * 1_440 }), fc.integer({ min: 1, max: 5_000 }))
  .map(([from, minutes]) => ({ start: BASE + from * MINUTE_MS, end: BASE + (from + minutes) * MINUTE_MS }));

const rosters: fc.Arbitrary<Roster> = fc
  .record({
    rotations: fc.tuple(rotation("one"), rotation("two"), rotation("three")),
    many: fc.integer({ min: 0, max: 3 }),
    overrides: fc.array(
      fc.record({ rotation: fc.constantFrom("one", "two", "three"), person, instead: fc.option(person), at: stretch }),
      { maxLength: 6 },
    ),
    leaves: fc.array(fc.record({ person, at: stretch }), { maxLength: 4 }),
    holidays: fc.constantFrom<Roster["holidays"]>([], [{ date: "2026-10-28", name: "행사", off: true }]),
  })
  .map(({ rotations, many, overrides, leaves, holidays }) =>
    rosterWith(rotations.slice(0, many), {
      overrides: overrides.map(({ rotation: id, person: who, instead, at }, index) => ({
        id: asId(`o${index}`),
        rotation: asId<"rotation">(id),
        person: who,
        ...at,
        ...(instead === null || instead === who ? {} : { instead }),
      })),
      leaves: leaves.map(({ person: who, at }, index) => ({ id: asId(`l${index}`), person: who, ...at })),
      holidays,
    }),
  );

const interval = { start: BASE, end: BASE + SPAN_DAYS * DAY_MS };

/** Where an answer may change, and the millisecond before it; a few in between. */
function instants(edges: Iterable<number>): readonly number[] {
  const all = new Set([interval.start, interval.end - 1]);
  for (const edge of edges) for (const at of [edge - 1, edge]) all.add(at);
  for (let at = interval.start; at < interval.end; at += 7 * 3_600_000 + 1) all.add(at);
  return [...all].filter((at) => interval.start <= at && at < interval.end);
}

test("who is on duty is what the naive twin says, at every edge and between them", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      const [team] = roster.teams;
      assert.ok(team);
      const duty = dutyIn(roster, "L1", interval);
      assert.equal(duty[0]?.start, interval.start);
      assert.equal(duty.at(-1)?.end, interval.end);
      for (const [index, one] of duty.entries()) if (index > 0) assert.equal(one.start, duty[index - 1]?.end);
      for (const at of instants(duty.map(({ start }) => start))) {
        const expected = [...naiveOnDuty(roster, team, at)].sort();
        const stretchAt = duty.find(({ start, end }) => start <= at && at < end);
        assert.deepEqual([...onDuty(roster, "L1", at)].sort(), expected, new Date(at).toISOString());
        assert.deepEqual([...(stretchAt?.people ?? [])].sort(), expected, new Date(at).toISOString());
      }
    }),
    { numRuns: RUNS },
  );
});

test("the final shifts of a rotation never overlap one another, and each says who the naive twin says", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      for (const one of roster.rotations.values()) {
        const shifts = shiftsOf(one, roster, interval);
        for (const [index, shift] of shifts.entries()) {
          assert.ok(shift.start < shift.end);
          if (index > 0) assert.ok((shifts[index - 1]?.end ?? 0) <= shift.start);
        }
        for (const at of instants(shifts.flatMap(({ start, end }) => [start, end]))) {
          const shift = shifts.find(({ start, end }) => start <= at && at < end);
          assert.deepEqual([...(shift?.people ?? [])].sort(), [...naiveOnTurn(one, roster, at)].sort());
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test("the calendar shows whom the page goes to: the shifts that count and who is on duty are the same", () => {
  fc.assert(
    fc.property(rosters, (roster) => {
      if ([...roster.rotations.values()].every(({ shadow }) => shadow)) return;
      const shifts = finalShifts(roster, "L1", interval).filter(({ shadow }) => !shadow);
      for (const at of instants(shifts.flatMap(({ start, end }) => [start, end]))) {
        const shown = shifts.filter(({ start, end }) => start <= at && at < end).flatMap(({ people }) => people);
        assert.deepEqual([...new Set(shown)].sort(), [...onDuty(roster, "L1", at)].sort());
      }
    }),
    { numRuns: RUNS },
  );
});
