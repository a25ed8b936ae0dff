import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { naiveBoundary, naiveOnTurn } from "../../test/fixtures/naive-schedule.ts";
import { alice, bob, charlie, local, rosterWith, rotationOf } from "../../test/fixtures/rosters.ts";
import { asId } from "../id/id.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import { onTurn } from "./on-duty.ts";
import type { Rotation } from "./roster.ts";
import { shiftsOf } from "./shifts.ts";
import { turnsIn } from "./turns.ts";

/** Days on which the clocks change: forward and back, by an hour and by half of one, at midnight and at 2. */
const CHANGES: readonly (readonly [zone: string, around: string])[] = [
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["Europe/London", "2026-03-29T01:00:00Z"],
  ["Europe/London", "2026-10-25T01:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["Australia/Lord_Howe", "2026-10-03T15:30:00Z"],
  ["America/Santiago", "2026-04-05T03:00:00Z"],
  ["America/Santiago", "2026-09-06T04:00:00Z"],
  ["Asia/Seoul", "2026-03-29T01:00:00Z"],
];

type Kind = readonly [name: string, shape: Partial<Rotation>];
const KINDS: readonly Kind[] = [
  ["hourly", { turns: [{ unit: "hours", count: 1 }] }],
  ["8-hourly", { turns: [{ unit: "hours", count: 8 }] }],
  ["daily", { turns: [{ unit: "days", count: 1 }] }],
  ["weekly", { turns: [{ unit: "weeks", count: 1 }] }],
  ["monthly", { turns: [{ unit: "months", count: 1 }] }],
  [
    "five days and two",
    {
      turns: [
        { unit: "days", count: 5 },
        { unit: "days", count: 2 },
      ],
    },
  ],
  [
    "a day and twelve hours",
    {
      turns: [
        { unit: "days", count: 1 },
        { unit: "hours", count: 12 },
      ],
    },
  ],
  ["daily in office hours", { turns: [{ unit: "days", count: 1 }], hours: [hours([1, 2, 3, 4, 5], "09:00", "18:00")] }],
  ["weekly at night", { turns: [{ unit: "weeks", count: 1 }], hours: [hours(ALL(), "22:00", "06:00")] }],
  [
    "daily around the change itself",
    { turns: [{ unit: "days", count: 1 }], hours: [hours(ALL(), "01:15", "02:15"), hours(ALL(), "02:30", "03:10")] },
  ],
  ["weekly, not on holidays", { turns: [{ unit: "weeks", count: 1 }], holidays: "off" }],
  ["until an end", { turns: [{ unit: "days", count: 1 }], end: "END" }],
];

function ALL(): readonly number[] {
  return [1, 2, 3, 4, 5, 6, 7];
}
function hours(days: readonly number[], from: string, to: string): Rotation["hours"][number] {
  return { days, from, to };
}

const STEP_MS = 30_000;

for (const [zone, around] of CHANGES) {
  describe(`over the change of the clocks in ${zone} at ${around}`, () => {
    for (const [name, shape] of KINDS) {
      test(`a rotation ${name} hands over exactly where the naive twin does, every 30 s of five days`, () => {
        const middle = Temporal.Instant.from(around).epochMilliseconds;
        const zoned = Temporal.Instant.from(around).toZonedDateTimeISO(zone);
        const start = zoned.subtract({ days: 30 }).with({ hour: 2, minute: 30 }).toPlainDateTime().toString();
        const end = zoned.add({ days: 1 }).with({ hour: 2, minute: 30 }).toPlainDateTime().toString();
        const rotation = rotationOf({ zone, start, ...shape, ...(shape.end === undefined ? {} : { end }) });
        const roster = rosterWith([rotation]);
        const interval = { start: middle - 2 * DAY_MS, end: middle + 3 * DAY_MS };
        const shifts = shiftsOf(rotation, roster, interval);
        const edges = new Set(shifts.flatMap((shift) => [shift.start, shift.end]));
        let index = 0;
        let before: string | undefined;
        for (let at = interval.start; at < interval.end; at += STEP_MS) {
          while ((shifts[index]?.end ?? Number.POSITIVE_INFINITY) <= at) index++;
          const shift = shifts[index];
          const people = shift !== undefined && shift.start <= at ? shift.people : [];
          // Asking about hours of a day is dear: there the twin is asked around every change and each half hour.
          const now = people.join();
          const isTold =
            (rotation.hours.length === 0 && rotation.holidays === "as-usual") ||
            now !== before ||
            edges.has(at) ||
            edges.has(at + STEP_MS) ||
            (at - interval.start) % (30 * MINUTE_MS) === 0;
          before = now;
          if (!isTold) continue;
          assert.deepEqual([...people], [...naiveOnTurn(rotation, roster, at)], new Date(at).toISOString());
          assert.deepEqual([...onTurn(rotation, roster, at)], [...people]);
        }
        for (const edge of edges) {
          for (const at of [edge - 1, edge]) {
            if (at < interval.start || at >= interval.end) continue;
            assert.deepEqual(onTurn(rotation, roster, at), [...naiveOnTurn(rotation, roster, at)]);
          }
        }
      });
    }
  });
}

test("turns far from the beginning begin where stepping there would", () => {
  for (const turns of [
    [{ unit: "months", count: 1 }],
    [{ unit: "hours", count: 7 }],
    [
      { unit: "months", count: 1 },
      { unit: "days", count: 10 },
      { unit: "hours", count: 5 },
    ],
  ] as const) {
    const rotation = rotationOf({ turns, start: "2019-01-31T09:00", zone: "America/Santiago" });
    const at = Date.parse("2026-11-26T00:00:00Z");
    const found = turnsIn(rotation, [], { start: at, end: at + 1 });
    assert.equal(found.length, 1);
    const [turn] = found;
    assert.deepEqual(
      [turn?.start, turn?.end],
      [0, 1].map((more) => naiveBoundary(rotation, (turn?.nth ?? 0) + more)),
    );
    assert.ok((turn?.start ?? 0) <= at && at < (turn?.end ?? 0));
  }
});

test("a month is the month of the calendar: a turn from the 31st begins on the last day of a shorter one", () => {
  const rotation = rotationOf({ turns: [{ unit: "months", count: 1 }], start: "2026-01-31T09:00" });
  const starts = turnsIn(rotation, [], { start: local("2026-01-31T09:00"), end: local("2026-05-01T09:00") }).map(
    ({ start }) =>
      Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("Asia/Seoul").toPlainDate().toString(),
  );
  assert.deepEqual(starts, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
});

test("before a rotation begins, and from its end on, nobody has the turn", () => {
  const rotation = rotationOf({ turns: [{ unit: "days", count: 1 }], end: "2026-01-07T12:00" });
  const roster = rosterWith([rotation]);
  const begins = local("2026-01-05T09:00");
  const ends = local("2026-01-07T12:00");
  assert.deepEqual(onTurn(rotation, roster, begins - 1), []);
  assert.deepEqual(onTurn(rotation, roster, begins), [alice]);
  assert.deepEqual(onTurn(rotation, roster, ends - 1), [charlie]);
  assert.deepEqual(onTurn(rotation, roster, ends), []);
});

test("holidays by turns: one each in their order, the long ones day by day, whatever lies between", () => {
  const rotation = rotationOf({
    turns: [{ unit: "holidays", count: 1 }],
    holidays: "only",
    start: "2026-09-01T09:00",
  });
  const roster = rosterWith([rotation]);
  const shifts = shiftsOf(rotation, roster, { start: local("2026-09-01T00:00"), end: local("2026-10-12T00:00") });
  const shown = shifts.map(({ start, end, people }) => [
    Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO("Asia/Seoul").toPlainDateTime().toString(),
    (end - start) / HOUR_MS,
    ...people,
  ]);
  assert.deepEqual(shown, [
    ["2026-09-24T09:00:00", 24, alice], // 추석 전날
    ["2026-09-25T09:00:00", 24, bob], // 추석
    ["2026-09-26T09:00:00", 24, charlie], // 추석 다음 날
    ["2026-10-03T09:00:00", 24, alice], // 개천절
    ["2026-10-05T09:00:00", 24, bob], // 그 대체공휴일
    ["2026-10-09T09:00:00", 24, charlie], // 한글날
  ]);
});

test("a company's day off is a holiday, and a public holiday on which it works is none", () => {
  const rotation = rotationOf({ holidays: "off", turns: [{ unit: "days", count: 1 }] });
  const holidays = [
    { date: "2026-12-24", name: "창립기념일", off: true },
    { date: "2026-12-25", name: "근무", off: false },
  ];
  const noon = (date: string): number => local(`${date}T12:00`);
  const plain = rosterWith([rotation]);
  const company = rosterWith([rotation], { holidays });
  assert.equal(onTurn(rotation, plain, noon("2026-12-24")).length, 1);
  assert.equal(onTurn(rotation, plain, noon("2026-12-25")).length, 0);
  assert.equal(onTurn(rotation, company, noon("2026-12-24")).length, 0);
  assert.equal(onTurn(rotation, company, noon("2026-12-25")).length, 1);
});

test("several people in one turn are on duty together, and two rotations know nothing of each other", () => {
  const pairs = rotationOf({ id: asId("pairs"), participants: [[alice, bob], [charlie]] });
  const roster = rosterWith([pairs]);
  assert.deepEqual(onTurn(pairs, roster, local("2026-01-06T00:00")), [alice, bob]);
  assert.deepEqual(onTurn(pairs, roster, local("2026-01-13T00:00")), [charlie]);
});
