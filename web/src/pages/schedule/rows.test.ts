import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownOverride, ShownTeamSchedule } from "../../../../src/http/wire/schedule.ts";
import { rowsOf } from "./rows.ts";

const stretch = { start: "2026-11-23T00:00:00Z", end: "2026-11-24T00:00:00Z" };
const team: ShownTeamSchedule = {
  name: "L1",
  takesTurns: true,
  aroundTheClock: true,
  members: ["a", "b"],
  rotations: ["day", "learn"],
  shifts: [
    {
      ...stretch,
      rotation: "learn",
      people: ["b"],
      because: "turn",
      insteadOf: [],
      turn: null,
      overrides: [],
      shadow: true,
    },
    {
      ...stretch,
      rotation: "day",
      people: ["x"],
      because: "override",
      insteadOf: ["a"],
      turn: stretch,
      overrides: ["o1"],
      shadow: false,
    },
  ],
  gaps: [],
};
const override: ShownOverride = {
  ...stretch,
  id: "o1",
  rotation: "day",
  person: "x",
  instead: null,
  note: null,
  managedBy: null,
};

test("a team is one row: those on duty first, those who learn in lanes below them", () => {
  const [row, ...more] = rowsOf({ teams: [team], overrides: [override] });
  assert.deepEqual(more, []);
  assert.deepEqual(
    row?.lanes.map((lane) => lane.map(({ shift }) => shift.people.join())),
    [["x"], ["b"]],
  );
});

test("where the layers were asked for they follow the team, the overrides last", () => {
  const layers = [
    { rotation: "day", turns: [{ ...stretch, people: ["a"] }] },
    { rotation: "learn", turns: [] },
  ];
  const rows = rowsOf({ teams: [{ ...team, layers }], overrides: [override] });
  assert.deepEqual(
    rows.map(({ layer, lanes }) => [layer, lanes.flat().flatMap(({ shift }) => shift.people)]),
    [
      [undefined, ["x", "b"]],
      [{ rotation: "day" }, ["a"]],
      [{ rotation: "learn" }, []],
      ["overrides", ["x"]],
    ],
  );
});

test("a gap has a lane of its own where nobody is on duty all through, above those who learn", () => {
  const learning = team.shifts.filter(({ shadow }) => shadow);
  const [row] = rowsOf({ teams: [{ ...team, shifts: learning, gaps: [stretch] }], overrides: [] });
  assert.deepEqual([row?.dutyLanes, row?.lanes.map((lane) => lane.length)], [1, [0, 1]]);
});
