import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addDays, addMonths, bandsOf, daysFrom, daysOf, hoursOf, leaf, placeIn, snapped, weekdayOf } from "./days.ts";

const HOUR = 3_600_000;
const ZONES = [
  "Asia/Seoul",
  "Europe/London",
  "America/New_York",
  "America/Santiago",
  "America/Havana",
  "Australia/Lord_Howe",
];

describe("the days of the calendar", () => {
  test("lie end to end and are those of the zone's own clocks, all through a year in which these change", () => {
    for (const zone of ZONES) {
      const days = daysFrom("2026-01-01", 366, zone);
      for (const [nth, { date, start, end }] of days.entries()) {
        assert.equal(end, days[nth + 1]?.start ?? end, `${zone} ${date}`);
        assert.equal(start, Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds, `${zone} ${date}`);
      }
    }
  });

  test("have 23 and 25 hours where the clocks change, and half an hour more on Lord Howe", () => {
    const hours = (date: string, zone: string): number => {
      const [day] = daysFrom(date, 1, zone);
      return ((day?.end ?? 0) - (day?.start ?? 0)) / HOUR;
    };
    assert.equal(hours("2026-03-08", "America/New_York"), 23);
    assert.equal(hours("2026-11-01", "America/New_York"), 25);
    assert.equal(hours("2026-04-05", "Australia/Lord_Howe"), 24.5);
    assert.equal(hours("2026-11-26", "Asia/Seoul"), 24);
  });

  test("the hours of a day are named as local clocks show them: what is skipped is not there, what comes twice is", () => {
    const named = (date: string, zone: string, every: number): readonly string[] => {
      const [day] = daysFrom(date, 1, zone);
      return day === undefined ? [] : hoursOf(day, zone, every).map(({ hour }) => hour);
    };
    assert.deepEqual(named("2026-11-26", "Asia/Seoul", 6), ["00:00", "06:00", "12:00", "18:00"]);
    assert.ok(!named("2026-03-08", "America/New_York", 1).includes("02:00"));
    assert.equal(named("2026-11-01", "America/New_York", 1).filter((hour) => hour === "01:00").length, 2);
    // From 02:00 on the clocks there are half an hour behind where they were.
    assert.deepEqual(named("2026-04-05", "Australia/Lord_Howe", 12), ["00:00", "12:00"]);
  });

  test("a month is shown in whole weeks from Monday on, in a list from its first day to its last", () => {
    const grid = daysOf("month", "2026-11-26", "Asia/Seoul", "grid");
    assert.equal(grid[0]?.date, "2026-10-26");
    assert.equal(grid.at(-1)?.date, "2026-12-06");
    assert.equal(bandsOf(grid).length, 6);
    assert.ok(bandsOf(grid).every((band) => band.length === 7 && weekdayOf(band[0]?.date ?? "") === 1));
    const list = daysOf("month", "2026-11-26", "Asia/Seoul", "list");
    assert.deepEqual([list[0]?.date, list.at(-1)?.date], ["2026-11-01", "2026-11-30"]);
    // A month that ends with a Sunday has no week of the next one.
    assert.equal(daysOf("month", "2027-01-31", "Asia/Seoul", "grid").at(-1)?.date, "2027-01-31");
  });

  test("leafing goes a month, two weeks or a day on, also from the 31st and over the year's end", () => {
    assert.equal(leaf("month", "2027-01-31", 1), "2027-02-01");
    assert.equal(leaf("month", "2027-01-31", -1), "2026-12-01");
    assert.equal(leaf("weeks", "2026-12-28", 1), "2027-01-11");
    assert.equal(leaf("day", "2027-01-01", -1), "2026-12-31");
    assert.equal(addDays("2028-02-28", 1), "2028-02-29");
    assert.equal(addMonths("2026-11-26", 0), "2026-11-01");
  });

  test("what is wider than what is shown is cut to it, what lies outside is not there", () => {
    const week = { start: 0, end: 100 };
    assert.deepEqual(placeIn(week, { start: -50, end: 25 }), { left: 0, width: 25 });
    assert.deepEqual(placeIn(week, { start: 75, end: 500 }), { left: 75, width: 25 });
    assert.equal(placeIn(week, { start: 100, end: 120 }), undefined);
    assert.equal(placeIn(week, { start: -20, end: 0 }), undefined);
  });

  test("a pointer takes hold of full hours of the clock, on the day too on which they change, and never leaves the days", () => {
    const days = daysFrom("2026-10-26", 7, "America/New_York");
    const [start, end] = [days[0]?.start ?? 0, days.at(-1)?.end ?? 0];
    for (let fraction = -0.1; fraction <= 1.1; fraction += 0.0137) {
      const at = snapped(days, fraction, HOUR);
      assert.ok(at >= start && at <= end);
      assert.equal(Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("America/New_York").minute, 0);
    }
  });
});
