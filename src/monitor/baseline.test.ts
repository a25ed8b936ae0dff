import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Point, pointOf } from "../metric/sample.ts";
import { fromIso, HOUR_MS, type Instant, toIso } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import {
  hasUsual,
  hoursLike,
  hoursOf,
  hourValue,
  judgesFrom,
  type LocalDays,
  type Usual,
  usualAt,
  usualOf,
  usualRange,
} from "./baseline.ts";
import { linesAt } from "./lines.ts";
import type { Baseline, Measure } from "./monitor.ts";

const WEEKS = 4;
const SEOUL: LocalDays = { zone: "Asia/Seoul", isHoliday: () => false };
const NEW_YORK: LocalDays = { zone: "America/New_York", isHoliday: () => false };
const mean: Measure = { form: "avg", window: 300_000 };
const baseline = { spreads: 4, side: "both" } as const;

function at(text: string): Instant {
  return fromIso(text) ?? assert.fail(`no instant: ${text}`);
}

/** What is usual at an instant where every hour is known by a function of its beginning. */
function usualOfAll(when: Instant, valueOf: (hour: Instant) => number | undefined) {
  const first = when - (when % HOUR_MS) - (WEEKS + 1) * 168 * HOUR_MS;
  const points: Point[] = [];
  for (let hour = first; hour < when; hour += HOUR_MS) {
    const value = valueOf(hour);
    // As minutes bring it: an hour is made of several.
    if (value !== undefined) points.push(pointOf(hour, value - 1), pointOf(hour + 60_000, value + 1));
  }
  return usualAt(when, hoursOf(points), { measure: mean, unit: "per-second", weeks: WEEKS }, SEOUL);
}

/** Without the hours that it was learned of. */
function told<T extends { readonly hours: unknown }>(usual: T): Omit<T, "hours"> {
  const { hours: _, ...rest } = usual;
  return rest;
}

/** On which side of what is usual a value is, by the line that the evaluation asks. */
function outsideBaseline(
  value: number,
  usual: Pick<Usual, "mean" | "spread">,
  { spreads, side }: Pick<Baseline, "spreads" | "side">,
): "usual" | "above" | "below" {
  const range = usualRange(usual, { spreads });
  const rule: Baseline = { grade: "Minor", weeks: WEEKS, spreads, side, hold: 0 };
  const [line] = linesAt([], rule, { at: 0, holidays: [], usual: range });
  if (line?.past(value) !== true) return "usual";
  return value > range.high ? "above" : "below";
}

function local(hour: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(hour).toZonedDateTimeISO(zone);
}

describe("what is usual at this hour of the week", () => {
  /** A shop that is busy on Monday mornings: 900 a second from nine to noon, 100 else. */
  const shop = (hour: Instant): number => {
    const { dayOfWeek, hour: clock } = local(hour, "Asia/Seoul");
    return dayOfWeek === 1 && clock >= 9 && clock < 12 ? 900 : 100;
  };
  const monday = at("2026-11-23T10:20:00+09:00");
  const tuesday = at("2026-11-24T10:20:00+09:00");

  test("Monday's peak is usual on Monday and not on Tuesday", () => {
    const onMonday = usualOfAll(monday, shop);
    const onTuesday = usualOfAll(tuesday, shop);
    assert.ok("mean" in onMonday && "mean" in onTuesday);
    assert.deepEqual(told(onMonday), { mean: 900, spread: 90, weeks: 4 });
    assert.deepEqual(told(onTuesday), { mean: 100, spread: 10, weeks: 4 });
    assert.equal(outsideBaseline(900, onMonday, baseline), "usual");
    assert.equal(outsideBaseline(900, onTuesday, baseline), "above");
    assert.equal(outsideBaseline(100, onMonday, baseline), "below");
  });

  test("a missing week leaves the others, and with one week alone it is still learning", () => {
    const known = hoursLike(monday, WEEKS, SEOUL);
    const without = (count: number) =>
      usualOfAll(monday, (hour) => (known.indexOf(hour) < count ? undefined : shop(hour)));
    assert.deepEqual(told(without(1)), { mean: 900, spread: 90, weeks: 3 });
    assert.deepEqual(told(without(2)), { mean: 900, spread: 90, weeks: 2 });
    assert.deepEqual(told(without(3)), { learning: 1 });
    assert.deepEqual(told(without(4)), { learning: 0 });
  });

  test("a week of an outage does not teach that an outage is usual", () => {
    const outage = hoursLike(monday, WEEKS, SEOUL)[1];
    const usual = usualOfAll(monday, (hour) => (hour === outage ? 0 : shop(hour)));
    assert.deepEqual(told(usual), { mean: 900, spread: 90, weeks: 4 });
    assert.ok("mean" in usual);
    assert.equal(outsideBaseline(0, usual, baseline), "below");
  });

  test("an hour that was known to be unlike others teaches nothing, and says why", () => {
    const [, outage] = hoursLike(monday, WEEKS, SEOUL);
    const known = new Map(hoursLike(monday, WEEKS, SEOUL).map((hour) => [hour, pointOf(hour, shop(hour))]));
    const untaught = ({ start }: Interval) => (start === outage ? ("incident" as const) : undefined);
    const usual = usualAt(monday, known, { measure: mean, unit: "per-second", weeks: WEEKS }, SEOUL, untaught);
    assert.deepEqual(told(usual), { mean: 900, spread: 90, weeks: 3 });
    assert.deepEqual(
      usual.hours.map(({ because }) => because),
      [undefined, "incident", undefined, undefined],
    );
    assert.equal(judgesFrom(monday, usual), undefined);
    const never = usualAt(monday, known, { measure: mean, unit: "per-second", weeks: WEEKS }, SEOUL, () => "silence");
    assert.equal(judgesFrom(monday, never), at("2026-12-07T10:00:00+09:00"));
  });

  test("what lies far apart from week to week is allowed to go on doing so", () => {
    const usual = usualOf([100, 300, 120, 280], "per-second");
    assert.ok("mean" in usual);
    assert.equal(usual.mean, 200);
    assert.ok(usual.spread > 100 && usual.spread < 150, String(usual.spread));
    assert.equal(outsideBaseline(400, usual, baseline), "usual");
  });

  test("what was always zero has a spread, so that the first stray event is no finding", () => {
    const usual = usualOf([0, 0, 0, 0], "per-second");
    assert.ok("mean" in usual && usual.spread > 0);
    assert.equal(outsideBaseline(0, usual, baseline), "usual");
    assert.equal(outsideBaseline(0.3, usual, baseline), "usual");
    assert.equal(outsideBaseline(5, usual, baseline), "above");
  });

  test("only the side that the rule looks at counts", () => {
    const usual = { mean: 100, spread: 10, weeks: 4 };
    assert.deepEqual(usualRange(usual, { spreads: 3 }), { low: 70, high: 130 });
    assert.equal(outsideBaseline(131, usual, { spreads: 3, side: "below" }), "usual");
    assert.equal(outsideBaseline(69, usual, { spreads: 3, side: "above" }), "usual");
    assert.equal(outsideBaseline(69, usual, { spreads: 3, side: "both" }), "below");
    assert.equal(outsideBaseline(130, usual, { spreads: 3, side: "both" }), "usual");
  });
});

describe("the hours that teach", () => {
  test("they keep the time on the wall where clocks change between the weeks", () => {
    // New York goes back to standard time on 1 November 2026.
    const found = hoursLike(at("2026-11-10T09:45:00-05:00"), WEEKS, NEW_YORK);
    assert.deepEqual(found.map(toIso), [
      "2026-11-03T14:00:00.000Z",
      "2026-10-27T13:00:00.000Z",
      "2026-10-20T13:00:00.000Z",
      "2026-10-13T13:00:00.000Z",
    ]);
  });

  test("a holiday is like a Sunday, and teaches weekdays nothing", () => {
    const days: LocalDays = { zone: "Asia/Seoul", isHoliday: (date) => date === "2026-10-05" || date === "2026-11-12" };
    const dates = (when: string): readonly string[] =>
      hoursLike(at(when), WEEKS, days).map((hour) => local(hour, "Asia/Seoul").toPlainDate().toString());
    assert.deepEqual(dates("2026-11-12T10:00:00+09:00"), ["2026-11-08", "2026-11-01", "2026-10-25", "2026-10-18"]);
    assert.deepEqual(dates("2026-11-08T10:00:00+09:00"), ["2026-11-01", "2026-10-25", "2026-10-18", "2026-10-11"]);
    assert.deepEqual(dates("2026-11-02T10:00:00+09:00"), ["2026-10-26", "2026-10-19", "2026-10-12"]);
  });

  const anyInstant = fc.integer({ min: at("2025-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z") });
  const anyZone = fc.constantFrom("Asia/Seoul", "America/New_York", "Europe/London", "America/Santiago", "UTC");

  test("they are of the same weekday and of the same hour on the wall, except where clocks skip that hour", () => {
    fc.assert(
      fc.property(anyInstant, anyZone, fc.integer({ min: 2, max: 8 }), (when, zone, weeks) => {
        const now = local(when, zone);
        const hours = hoursLike(when, weeks, { zone, isHoliday: () => false });
        assert.equal(hours.length, weeks);
        for (const [nth, hour] of hours.entries()) {
          const then = local(hour, zone);
          assert.equal(then.dayOfWeek, now.dayOfWeek);
          assert.equal(now.toPlainDate().since(then.toPlainDate()).days, (nth + 1) * 7);
          const isSkipped = then.hour === now.hour + 1 && then.subtract({ hours: 1 }).hour === (now.hour + 23) % 24;
          assert.ok(then.hour === now.hour || isSkipped, `${then.toString()} for ${now.toString()}`);
          assert.equal(hour % HOUR_MS, 0);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("the usual value, whatever the weeks", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  const weeks = fc.array(value, { minLength: 2, maxLength: 8 });

  test("lies between them, with a spread of at least its tenth, in whatever order they come", () => {
    fc.assert(
      fc.property(weeks, fc.nat(), (values, turn) => {
        const usual = usualOf(values, "count");
        assert.ok("mean" in usual);
        assert.ok(usual.mean >= Math.min(...values) && usual.mean <= Math.max(...values));
        assert.ok(usual.spread > 0 && usual.spread >= Math.abs(usual.mean) / 10);
        const shift = turn % values.length;
        assert.deepEqual(usualOf([...values.slice(shift), ...values.slice(0, shift)], "count"), usual);
        assert.equal(outsideBaseline(usual.mean, usual, baseline), "usual");
      }),
    );
  });

  test("one wild week among four or more leaves it among the others", () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 3, maxLength: 7 }), value, (others, wild) => {
        const usual = usualOf([...others, wild * 1_000], "count");
        assert.ok("mean" in usual);
        assert.ok(usual.mean >= Math.min(...others) && usual.mean <= Math.max(...others));
      }),
    );
  });
});

describe("what an hour says of a measure", () => {
  const hour: Point = { at: HOUR_MS, min: 1, max: 9, sum: 40, count: 10, last: 8 };

  test("is its mean, and nothing for what hours do not keep", () => {
    assert.equal(hourValue(mean, hour, undefined), 4);
    assert.equal(hourValue({ form: "last", window: 0 }, hour, undefined), 4);
    for (const form of ["min", "max"] as const) {
      assert.equal(hourValue({ form, window: 1 }, hour, hour), undefined);
      assert.equal(hasUsual({ form, window: 1 }), false);
    }
    assert.equal(hasUsual({ form: "percentile", percentile: 95, window: 1 }), false);
    assert.equal(hourValue({ form: "percentile", percentile: 95, window: 1 }, hour, hour), undefined);
    assert.equal(hourValue(mean, undefined, hour), undefined);
  });

  test("is a counter's growth since the hour before, a restart not taken for a fall", () => {
    const rate: Measure = { form: "rate", window: 300_000 };
    assert.equal(hasUsual(rate), true);
    assert.equal(hourValue(rate, pointOf(HOUR_MS, 7_200), pointOf(0, 3_600)), 1);
    assert.equal(hourValue({ form: "increase", window: 600_000 }, pointOf(HOUR_MS, 7_200), pointOf(0, 3_600)), 600);
    assert.equal(hourValue(rate, pointOf(HOUR_MS, 1_800), pointOf(0, 3_600)), 0.5);
    assert.equal(hourValue(rate, pointOf(HOUR_MS, 7_200), undefined), undefined);
  });
});
