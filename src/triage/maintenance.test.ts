import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../id/id.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import {
  activeAt,
  covers,
  longestStretch,
  type Maintenance,
  nextOccurrences,
  occurrences,
  type Repeat,
} from "./maintenance.ts";

const ZONES = ["America/New_York", "Europe/London", "Asia/Seoul", "America/Santiago"];
const REPEATS: readonly Repeat[] = [
  { kind: "none" },
  { kind: "daily" },
  { kind: "weekly", weekdays: [1, 3, 7] },
  { kind: "monthly-day", day: 31 },
  { kind: "monthly-day", day: 5 },
  { kind: "monthly-weekday", nth: 2, weekday: 7 },
  { kind: "monthly-weekday", nth: -1, weekday: 7 },
];

describe("a maintenance window", () => {
  /**
   * The oracle knows nothing of dates: it walks through the year minute by minute and looks at the clock on the wall.
   * An occurrence begins in the first minute of a day at which the wall shows the start time or, where it is skipped,
   * at the time that the wall would show had it not been set forward.
   */
  for (const zone of ZONES) {
    test(`begins at its local time all through a year in ${zone}, also on the days when the clocks change`, () => {
      const from = Date.UTC(2026, 0, 1);
      const to = Date.UTC(2027, 0, 1);
      const walls = wallsOf(zone, from - 2 * DAY_MS, to + 2 * DAY_MS);
      for (const time of ["02:30", "00:00", "01:15", "23:45"]) {
        for (const repeat of REPEATS) {
          const one = window({ zone, repeat, start: `2026-01-04T${time}`, durationMinutes: 90 });
          const wanted = walls.flatMap(({ date, starts }) => {
            const start = starts.get(time);
            const falls = date >= "2026-01-04" && fits(date, repeat);
            return falls && start !== undefined && start < to && start + 90 * MINUTE_MS > from ? [start] : [];
          });
          const found = occurrences(one, from, to);
          assert.deepEqual(
            found.map(({ start }) => start),
            wanted,
            `${time} ${JSON.stringify(repeat)}`,
          );
          for (const { start, end } of found.slice(0, 40)) {
            assert.equal(activeAt(one, start)?.start, start);
            assert.equal(activeAt(one, end - 1)?.start, start);
            assert.equal(activeAt(one, end), undefined);
            assert.equal(activeAt(one, start - 1), undefined);
          }
        }
      }
    });
  }

  test("lasts as long as it says, although the clocks change in it", () => {
    const night = window({ zone: "Europe/London", start: "2026-03-29T00:30", durationMinutes: 120 });
    assert.deepEqual(occurrences(night, 0, Date.UTC(2030, 0)), [
      { start: Date.UTC(2026, 2, 29, 0, 30), end: Date.UTC(2026, 2, 29, 2, 30) },
    ]);
  });

  test("a day of the month that a month lacks is its last day", () => {
    const last = window({ repeat: { kind: "monthly-day", day: 31 }, start: "2026-01-31T09:00" });
    const days = nextOccurrences(last, Date.UTC(2026, 0, 1), 4).map(({ start }) =>
      new Date(start).toISOString().slice(0, 10),
    );
    assert.deepEqual(days, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]);
  });

  test("its last day is the last on which it begins", () => {
    const ends = window({
      repeat: { kind: "daily" },
      start: "2026-03-01T23:00",
      durationMinutes: 120,
      until: "2026-03-02",
    });
    assert.equal(occurrences(ends, 0, Date.UTC(2030, 0)).length, 2);
    assert.notEqual(activeAt(ends, Date.UTC(2026, 2, 2, 15, 30)), undefined);
    assert.equal(activeAt(ends, Date.UTC(2026, 2, 3, 15, 30)), undefined);
  });

  test("tells how long it mutes without a break, also where one day runs into the next", () => {
    const at = Date.UTC(2026, 0, 1);
    assert.equal(longestStretch(window({ durationMinutes: 90 }), at), 90 * MINUTE_MS);
    assert.equal(longestStretch(window({ repeat: { kind: "daily" }, durationMinutes: 23 * 60 }), at), 23 * HOUR_MS);
    assert.ok(longestStretch(window({ repeat: { kind: "daily" }, durationMinutes: 24 * 60 }), at) > 30 * DAY_MS);
    const weekend = window({ repeat: { kind: "weekly", weekdays: [6, 7] }, durationMinutes: 24 * 60 });
    assert.equal(longestStretch(weekend, at), 48 * HOUR_MS);
  });

  test("covers what is of its services and has its labels, and nothing where it names neither", () => {
    const alert = { service: "결제", labels: { host: "db-01" } };
    const host = { name: "host", value: "db-.*", isRegex: true, isEqual: true };
    assert.ok(covers({ services: ["결제"], matchers: [] }, alert));
    assert.ok(covers({ services: [], matchers: [host] }, alert));
    assert.ok(covers({ services: ["결제", "주문"], matchers: [host] }, alert));
    assert.ok(!covers({ services: ["주문"], matchers: [host] }, alert));
    assert.ok(!covers({ services: ["결제"], matchers: [{ ...host, value: "web" }] }, alert));
    assert.ok(!covers({ services: [], matchers: [] }, alert));
  });
});

function window(more: Partial<Maintenance>): Maintenance {
  return {
    id: asId("m"),
    title: "점검",
    services: ["결제"],
    matchers: [],
    zone: "Asia/Seoul",
    start: "2026-01-05T02:00",
    durationMinutes: 60,
    repeat: { kind: "none" },
    createdBy: "kim",
    updatedAt: 0,
    ...more,
  };
}

type Wall = { readonly date: string; readonly starts: Map<string, number> };

function wallsOf(zone: string, from: number, to: number): readonly Wall[] {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  const walls = new Map<string, Map<string, number>>();
  let before = 0;
  // Offsets change at full quarters of an hour in these zones, so a quarter is a step fine enough.
  for (let at = from; at < to; at += 15 * MINUTE_MS) {
    const [date = "", time = ""] = format.format(at).split(" ");
    const starts = walls.get(date) ?? new Map<string, number>();
    walls.set(date, starts);
    if (!starts.has(time)) starts.set(time, at);
    const shown = Date.parse(`${date}T${time}Z`);
    // What the wall skipped would have been shown now, had it not been set forward.
    for (let skipped = before + 15 * MINUTE_MS; before !== 0 && skipped < shown; skipped += 15 * MINUTE_MS) {
      const [day = "", clock = ""] = new Date(skipped).toISOString().slice(0, 16).split("T");
      const there = walls.get(day) ?? new Map<string, number>();
      walls.set(day, there);
      there.set(clock, at + (skipped - before - 15 * MINUTE_MS));
    }
    before = shown;
  }
  return [...walls].map(([date, starts]) => ({ date, starts })).sort((one, other) => (one.date < other.date ? -1 : 1));
}

function fits(date: string, repeat: Repeat): boolean {
  const day = new Date(`${date}T00:00Z`);
  const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
  const nextWeek = new Date(day.getTime() + 7 * DAY_MS);
  const tomorrow = new Date(day.getTime() + DAY_MS);
  switch (repeat.kind) {
    case "none":
      return date === "2026-01-04";
    case "daily":
      return true;
    case "weekly":
      return repeat.weekdays.some((one) => one === weekday);
    case "monthly-day":
      return (
        day.getUTCDate() === repeat.day ||
        (tomorrow.getUTCMonth() !== day.getUTCMonth() && day.getUTCDate() < repeat.day)
      );
    case "monthly-weekday":
      if (weekday !== repeat.weekday) return false;
      if (repeat.nth === -1) return nextWeek.getUTCMonth() !== day.getUTCMonth();
      return day.getUTCDate() > (repeat.nth - 1) * 7 && day.getUTCDate() <= repeat.nth * 7;
  }
}
