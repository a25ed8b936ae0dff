import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { holidayCalendar } from "../roster/holidays.ts";
import type { TeamShift } from "../roster/on-duty.ts";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { type LoadPeriod, type LoadSources, loadOf, type PersonLoad } from "./load.ts";
import { payrollCsv, payrollDays, payrollShifts } from "./payroll.ts";

const ALICE = asId<"person">("alice");
const BOB = asId<"person">("bob");
const ZONE = "Asia/Seoul";

const at = (local: string, zone = ZONE): number =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
const from = (start: string, end: string, zone = ZONE): Interval => ({ start: at(start, zone), end: at(end, zone) });

function shift(interval: Interval, people: readonly (typeof ALICE)[], shadow = false): TeamShift {
  const rotation = asId<"rotation">("turns");
  return { ...interval, rotation, people, because: "turn", insteadOf: [], overrides: [], shadow };
}

function facts(period: Interval, zone = ZONE): LoadPeriod {
  return { period, zone, holidays: holidayCalendar(zone, []) };
}

function sources(shifts: readonly TeamShift[], more: Partial<LoadSources> = {}): LoadSources {
  return { teams: [{ name: "L1", shifts, heads: 1 }], pages: [], worked: [], ...more };
}

function only(loads: readonly PersonLoad[], person = ALICE): PersonLoad {
  const found = loads.find((load) => load.person === person);
  assert.ok(found);
  return found;
}

const FEBRUARY = from("2027-02-01T00:00", "2027-03-01T00:00");

describe("what duty costs", () => {
  test("a night before 설날 is a night, and its holiday hours are named", () => {
    const load = only(loadOf(sources([shift(from("2027-02-06T20:00", "2027-02-07T08:00"), [ALICE])]), facts(FEBRUARY)));
    assert.equal(load.standby, 12 * HOUR_MS);
    assert.equal(load.night, 8 * HOUR_MS);
    assert.equal(load.nights, 1);
    assert.equal(load.weekend, 12 * HOUR_MS);
    assert.equal(load.weekendDays, 2);
    assert.deepEqual(
      load.holidayDays.map(({ name }) => name),
      ["설날 전날", "설날"],
    );
    assert.equal(load.holiday, 12 * HOUR_MS);
  });

  test("on duty in two teams at once is on duty once; who only learns is not on duty", () => {
    const hours = from("2027-02-02T08:00", "2027-02-02T20:00");
    const two: LoadSources = {
      ...sources([]),
      teams: [
        { name: "L1", shifts: [shift(hours, [ALICE]), shift(hours, [BOB], true)], heads: 1 },
        { name: "L2", shifts: [shift(from("2027-02-02T12:00", "2027-02-02T22:00"), [ALICE])], heads: 1 },
      ],
    };
    const loads = loadOf(two, facts(FEBRUARY));
    assert.equal(loads.length, 1);
    assert.equal(only(loads).standby, 14 * HOUR_MS);
    assert.deepEqual(only(loads).teams, ["L1", "L2"]);
    assert.equal(only(loads).longestStretch, 14 * HOUR_MS);
  });

  test("a week is whole although the period begins in it, and more than 52 hours are told", () => {
    const days = ["01", "02", "03", "04", "05"].map((day) =>
      shift(from(`2027-03-${day}T08:00`, `2027-03-${day}T20:00`), [ALICE]),
    );
    const load = only(loadOf(sources(days), facts(from("2027-03-03T00:00", "2027-04-01T00:00"))));
    assert.equal(load.standby, 36 * HOUR_MS);
    assert.deepEqual(load.weeks[0], { monday: "2027-03-01", standby: 60 * HOUR_MS, worked: 0 });
    assert.deepEqual(load.warnings, [{ kind: "week-over", monday: "2027-03-01", standby: 60 * HOUR_MS }]);
  });

  test("rest is from the end of a stretch to the next; two shifts that touch are one stretch", () => {
    const shifts = [
      from("2027-02-02T08:00", "2027-02-02T16:00"),
      from("2027-02-02T16:00", "2027-02-03T00:00"),
      from("2027-02-03T08:00", "2027-02-03T16:00"),
    ].map((one) => shift(one, [ALICE]));
    const load = only(loadOf(sources(shifts), facts(FEBRUARY)));
    assert.equal(load.longestStretch, 16 * HOUR_MS);
    assert.equal(load.shortestRest, 8 * HOUR_MS);
    assert.deepEqual(load.warnings, [{ kind: "rest-under", at: at("2027-02-03T08:00"), rest: 8 * HOUR_MS }]);
  });

  test("alone is told where the policy states more people, and only for the time alone", () => {
    const shifts = [
      shift(from("2027-02-02T08:00", "2027-02-02T20:00"), [ALICE]),
      shift(from("2027-02-02T12:00", "2027-02-02T20:00"), [BOB]),
    ];
    const team = { name: "L1", shifts, heads: 2 };
    const loads = loadOf({ ...sources([]), teams: [team] }, facts(FEBRUARY));
    assert.deepEqual(only(loads).warnings, [{ kind: "alone", team: "L1", length: 4 * HOUR_MS, heads: 2 }]);
    assert.deepEqual(only(loads, BOB).warnings, []);
  });

  test("ten pages of one incident in a night wake once; a page by day wakes nobody", () => {
    const page = (local: string, incident: string) => ({ person: ALICE, at: at(local), incident });
    const pages = [
      ...["02", "07", "12"].map((minute) => page(`2027-02-02T03:${minute}`, "i1")),
      page("2027-02-02T04:00", "i2"),
      page("2027-02-03T03:00", "i1"),
      page("2027-02-03T14:00", "i3"),
    ];
    const load = only(loadOf(sources([], { pages }), facts(FEBRUARY)));
    assert.deepEqual([load.pages, load.nightPages, load.wakings], [6, 5, 3]);
  });

  test("two incidents at the same time are worked on once", () => {
    const worked = [
      { person: ALICE, ...from("2027-02-02T21:30", "2027-02-02T22:30") },
      { person: ALICE, ...from("2027-02-02T22:00", "2027-02-02T23:00") },
    ];
    const load = only(loadOf(sources([], { worked }), facts(FEBRUARY)));
    assert.equal(load.worked, 90 * MINUTE_MS);
    assert.equal(load.workedAtNight, 60 * MINUTE_MS);
  });

  test("the sums are those of a walk minute by minute, over changes of the clock too", () => {
    const zones = ["Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe"];
    const period = (zone: string): Interval => from("2026-10-20T00:00", "2026-11-10T00:00", zone);
    const some = fc.array(
      fc.record({ start: fc.integer({ min: -600, max: 32_000 }), length: fc.integer({ min: 1, max: 2_000 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.constantFrom(...zones), some, (zone, stretches) => {
        const whole = period(zone);
        const shifts = stretches.map(({ start, length }) =>
          shift({ start: whole.start + start * MINUTE_MS, end: whole.start + (start + length) * MINUTE_MS }, [ALICE]),
        );
        const walked = { standby: 0, night: 0, weekend: 0 };
        for (const { start, end } of merged(shifts)) {
          for (let minute = start; minute < end; minute += MINUTE_MS) {
            if (minute < whole.start || minute >= whole.end) continue;
            const local = Temporal.Instant.fromEpochMilliseconds(minute).toZonedDateTimeISO(zone);
            walked.standby += MINUTE_MS;
            if (local.hour >= 22 || local.hour < 6) walked.night += MINUTE_MS;
            if (local.dayOfWeek >= 6) walked.weekend += MINUTE_MS;
          }
        }
        const loads = loadOf(sources(shifts), facts(whole, zone));
        const { standby = 0, night = 0, weekend = 0 } = loads[0] ?? {};
        assert.deepEqual({ standby, night, weekend }, walked);
        const days = payrollDays(sources(shifts), facts(whole, zone));
        assert.equal(days.reduce((sum, row) => sum + row.standby, 0) * MINUTE_MS, walked.standby);
        assert.equal(days.reduce((sum, row) => sum + row.night, 0) * MINUTE_MS, walked.night);
      }),
      { numRuns: 40 },
    );
  });
});

/** By minutes in a set, as nobody would write it. */
function merged(shifts: readonly Interval[]): readonly Interval[] {
  const minutes = new Set<number>();
  for (const { start, end } of shifts) for (let minute = start; minute < end; minute += MINUTE_MS) minutes.add(minute);
  return [...minutes].map((start) => ({ start, end: start + MINUTE_MS }));
}

describe("the table for the payroll", () => {
  const shifts = [shift(from("2027-02-06T20:00", "2027-02-07T08:00"), [ALICE])];
  const all = sources(shifts, {
    pages: [{ person: ALICE, at: at("2027-02-07T03:00"), incident: "i" }],
    worked: [{ person: ALICE, ...from("2027-02-07T03:04", "2027-02-07T03:34") }],
  });
  const csv = (name: string, byShift: boolean, bom = false): string =>
    payrollCsv((byShift ? payrollShifts : payrollDays)(all, facts(FEBRUARY)), {
      locale: "ko",
      nameOf: () => name,
      byShift,
      bom,
    });

  test("by day: a night is two days, each with its own", () => {
    assert.equal(
      csv("김하나", false),
      [
        "날짜,담당자 ID,이름,팀,대기(분),야간 대기(분),주말 대기(분),휴일 대기(분),휴일,호출(건),야간 호출(건),대응(분),야간 대응(분)",
        "2027-02-06,alice,김하나,L1,240,120,240,240,설날 전날,0,0,0,0",
        "2027-02-07,alice,김하나,L1,480,360,480,480,설날,1,1,30,30",
        "",
      ].join("\r\n"),
    );
  });

  test("by shift: the whole of it in one row", () => {
    const [, row] = csv("김하나", true).split("\r\n");
    assert.equal(
      row,
      '2027-02-06,alice,김하나,L1,2027-02-06 20:00,2027-02-07 08:00,720,480,720,720,"설날 전날, 설날",1,1,30,30',
    );
  });

  test("no name runs as a formula, and Excel knows it for UTF-8 where that is asked for", () => {
    for (const name of ["=cmd|' /C calc'!A0", "+82", "-1", "@SUM(A1)", "\t=1"])
      assert.match(csv(name, false).split("\r\n")[1] ?? "", /^2027-02-06,alice,"?'/u);
    assert.ok(csv("김하나", false, true).startsWith("\uFEFF날짜"));
    assert.ok(!csv("김하나", false).startsWith("\uFEFF"));
  });
});
