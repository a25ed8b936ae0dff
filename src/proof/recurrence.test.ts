import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Interval } from "../time/interval.ts";
import { patternsOf } from "./recurrence.ts";

const at = (text: string, zone: string): number =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
/** So many intervals of the same local times, so many days apart. */
function repeated(
  zone: string,
  from: string,
  to: string,
  { days, count }: { days: number; count: number },
): Interval[] {
  const shifted = (text: string, nth: number): string =>
    Temporal.PlainDateTime.from(text)
      .add({ days: days * nth })
      .toString();
  return Array.from({ length: count }, (_, nth) => ({
    start: at(shifted(from, nth), zone),
    end: at(shifted(to, nth), zone),
  }));
}

describe("intervals that recur", () => {
  for (const zone of ["Asia/Seoul", "Europe/London", "America/Santiago", "Australia/Lord_Howe"]) {
    test(`keep their local times across every change of the clocks in ${zone}`, () => {
      const weekends = repeated(zone, "2026-01-03T18:00", "2026-01-05T09:00", { days: 7, count: 52 });
      const [only, ...others] = patternsOf(weekends, zone);
      assert.deepEqual(others, []);
      assert.ok(only?.is === "weekly");
      const { days, from, to, toDay, every, count } = only;
      assert.deepEqual(
        { days, from, to, toDay, every, count },
        { days: [6], from: "18:00", to: "09:00", toDay: 2, every: true, count: 52 },
      );
    });
  }

  test("on all days of the week are said in one breath", () => {
    const nights = repeated("Asia/Seoul", "2026-01-05T22:00", "2026-01-06T06:00", { days: 1, count: 28 });
    const [only] = patternsOf(nights, "Asia/Seoul");
    assert.ok(only?.is === "weekly" && only.every && only.count === 28);
    assert.deepEqual(only.days, [1, 2, 3, 4, 5, 6, 7]);
  });

  test("are not every week where one is missing, and no pattern where there are but two", () => {
    const some = repeated("Asia/Seoul", "2026-01-03T18:00", "2026-01-05T09:00", { days: 7, count: 5 });
    const holed = patternsOf([...some.slice(0, 2), ...some.slice(3)], "Asia/Seoul");
    assert.deepEqual(
      holed.map((one) => one.is === "weekly" && one.every),
      [false],
    );
    assert.deepEqual(
      patternsOf(some.slice(0, 2), "Asia/Seoul").map(({ is }) => is),
      ["once", "once"],
    );
  });
});
