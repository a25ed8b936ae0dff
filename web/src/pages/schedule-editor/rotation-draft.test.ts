import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RotationPut, ShownRotation } from "../../../../src/http/wire/roster.ts";
import { isInStep, PRESETS, presetOf, withPreset } from "./presets.ts";
import {
  dataOf,
  draftOf,
  isSameDraft,
  mondayBefore,
  moved,
  newDraft,
  problemsOf,
  type RotationDraft,
} from "./rotation-draft.ts";

const PUT: RotationPut = {
  name: "intake",
  zone: "Asia/Seoul",
  participants: [["ann"], ["ben", "cho"]],
  turns: [
    { unit: "days", count: 5 },
    { unit: "days", count: 2 },
  ],
  start: "2026-01-05T09:30",
  end: "2027-01-01T00:00",
  priority: 10,
  hours: [{ days: [1, 5], from: "22:00", to: "06:00" }],
  holidays: "off",
  shadow: false,
};
const SHOWN: ShownRotation = {
  ...PUT,
  id: "intake",
  overrides: 2,
  managedBy: null,
  revision: 7,
  updatedAt: "2026-01-01T00:00:00Z",
};

const change = (with_: Partial<RotationDraft>): RotationDraft => ({ ...draftOf(SHOWN, ["L1"]), ...with_ });
const told = (draft: RotationDraft): readonly string[] => problemsOf(draft).map(({ field, is }) => `${field}: ${is}`);

describe("what is written in the form", () => {
  test("is what was read, until somebody changes it", () => {
    assert.deepEqual(dataOf(draftOf(SHOWN, ["L1"])), { ...PUT, teams: ["L1"] });
    assert.equal(isSameDraft(draftOf(SHOWN, ["L1"]), draftOf(SHOWN, ["L1"])), true);
    assert.equal(isSameDraft(draftOf(SHOWN, ["L1"]), change({ time: "10:00" })), false);
  });

  test("seats that nobody was chosen for, and somebody chosen twice for one turn, are left out", () => {
    const seats = ["ann", "", "ann"].map((person, key) => ({ key, person }));
    assert.deepEqual(
      dataOf(
        change({
          turns: [
            { key: 1, seats },
            { key: 2, seats: [] },
          ],
        }),
      ).participants,
      [["ann"]],
    );
  });

  test("says field by field what keeps it from being saved", () => {
    assert.deepEqual(told(change({})), []);
    assert.deepEqual(told(newDraft("2026-11-26", "Asia/Seoul", [])), ["name: missing", "turns: missing"]);
    assert.deepEqual(told(change({ name: "day/night" })), ["name: slash"]);
    assert.deepEqual(told(change({ zone: "Asia/Soul" })), ["zone: unknown"]);
    assert.deepEqual(told(change({ time: "" })), ["start: missing"]);
    assert.deepEqual(told(change({ date: "20260-01-01" })), ["start: missing"]);
    assert.deepEqual(told(change({ end: "2026-01-05T09:30" })), ["end: early"]);
    for (const count of ["", "0", "1.5", "-1", "1001", "x"])
      assert.deepEqual(told(change({ lengths: [{ key: 1, unit: "days", count }] })), ["lengths: count"]);
    const mixed = [
      { key: 1, unit: "holidays", count: "1" },
      { key: 2, unit: "days", count: "1" },
    ] as const;
    assert.deepEqual(told(change({ lengths: mixed })), ["lengths: holidays-alone"]);
    assert.deepEqual(told(change({ hours: [{ key: 1, days: [], from: "", to: "06:00" }] })), [
      "hours: days",
      "hours: times",
    ]);
  });

  test("a new one begins on the Monday of its week, and holds already", () => {
    assert.deepEqual(["2026-11-22", "2026-11-23", "2026-11-26"].map(mondayBefore), [
      "2026-11-16",
      "2026-11-23",
      "2026-11-23",
    ]);
  });

  test("rows move one place and no further than the ends", () => {
    assert.deepEqual(
      [moved("abc".split(""), 0, 1), moved("abc".split(""), 2, 0), moved("abc".split(""), 0, -1)].map((one) =>
        one.join(""),
      ),
      ["bac", "cab", "abc"],
    );
  });
});

describe("the usual ways to take turns", () => {
  test("each is known again once it is chosen", () => {
    for (const preset of PRESETS) {
      const chosen = withPreset(change({}), preset);
      assert.equal(presetOf(chosen), preset === "custom" ? "weekdays" : preset);
      assert.deepEqual(problemsOf(chosen), []);
    }
    assert.equal(presetOf(change({ lengths: [{ key: 1, unit: "weeks", count: "2" }] })), "custom");
  });

  test("working days begin on a Monday, months on the first, and turns by the holiday have nobody on other days", () => {
    const thursday = change({ date: "2026-11-26", holidays: "as-usual" });
    assert.equal(withPreset(thursday, "weekdays").date, "2026-11-23");
    assert.equal(withPreset(thursday, "monthly").date, "2026-11-01");
    const byHoliday = withPreset(thursday, "holidays");
    assert.equal(byHoliday.holidays, "only");
    assert.equal(withPreset(byHoliday, "daily").holidays, "as-usual");
  });

  test("where turns and lengths go round in step, the same people always have the nights or the weekends", () => {
    assert.deepEqual(
      [2, 3, 4].map((people) => isInStep("halves", people)),
      [true, false, true],
    );
    assert.deepEqual(
      [2, 3, 6].map((people) => isInStep("thirds", people)),
      [false, true, true],
    );
    assert.deepEqual([isInStep("weekdays", 4), isInStep("weekly", 4), isInStep("halves", 1)], [true, false, false]);
  });
});
