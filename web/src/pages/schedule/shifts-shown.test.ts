import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ShownShift } from "../../../../src/http/wire/schedule.ts";
import { changesBetween, doubleBooked, type Entry, entriesOf, exchangeable, lanesOf } from "./shifts-shown.ts";

const HOUR = 3_600_000;
const at = (hour: number): string => new Date(Date.UTC(2026, 10, 23) + hour * HOUR).toISOString();
const ms = (hour: number): number => Date.parse(at(hour));

/** `alice 0-8 day`: who is on duty from which hour to which in which rotation. */
function shifts(team: string, ...texts: readonly string[]): readonly Entry[] {
  return entriesOf({
    name: team,
    shifts: texts.map((text): ShownShift => {
      const [people = "", hours = "", rotation = "", shadow] = text.split(" ");
      const [from, to] = hours.split("-").map(Number);
      return {
        start: at(from ?? 0),
        end: at(to ?? 0),
        rotation,
        people: people === "-" ? [] : people.split("+"),
        because: "turn",
        insteadOf: [],
        turn: null,
        overrides: [],
        shadow: shadow !== undefined,
      };
    }),
  });
}

const lanes = (entries: readonly Entry[]): readonly string[] =>
  lanesOf(entries).map((lane) => lane.map(({ shift }) => shift.people.join("+")).join(" "));

describe("shifts in lanes", () => {
  test("day and night of one team are one line", () => {
    assert.deepEqual(lanes(shifts("L1", "a 0-9 night", "b 9-18 day", "c 18-33 night", "d 33-42 day")), ["a b c d"]);
  });

  test("two rotations side by side keep to their lanes through every hand-off", () => {
    assert.deepEqual(lanes(shifts("L2", "a 0-168 system", "x 0-168 code", "y 168-336 code", "b 168-336 system")), [
      "a b",
      "x y",
    ]);
  });

  test("a shift with nobody in it takes no lane", () => {
    assert.deepEqual(lanes(shifts("L1", "a 0-8 r", "- 8-16 r", "b 16-24 r")), ["a b"]);
  });
});

describe("somebody who is on duty twice at once", () => {
  test("is marked in both places; who hands over at that minute or only learns is not", () => {
    const all = [
      ...shifts("L1", "a 0-8 r", "b 8-16 r", "c 16-24 r"),
      ...shifts("L2", "a 7-9 s", "b 16-24 s", "c 16-24 t learns"),
    ];
    assert.deepEqual(
      all
        .filter(({ key }) => doubleBooked(all).parts.has(key))
        .map(({ team, shift }) => `${team} ${shift.people.join()}`),
      ["L1 a", "L2 a"],
    );
    const part = { start: ms(7), end: ms(8) };
    assert.deepEqual([...doubleBooked(all).people], [["a", [part]]]);
    assert.deepEqual([...doubleBooked(all).parts.values()], [[part], [part]]);
  });
});

describe("before and after", () => {
  const before = shifts("L1", "a 0-8 r", "b 8-16 r", "c 16-24 r");
  test("only the stretch that changes is told, cut to its very minutes and joined over hand-offs", () => {
    const after = shifts("L1", "a 0-4 r", "z 4-12 r", "b 12-16 r", "c 16-24 r");
    assert.deepEqual(changesBetween(before, after, { start: ms(0), end: ms(24) }), [
      { start: ms(4), end: ms(8), before: ["a"], after: ["z"] },
      { start: ms(8), end: ms(12), before: ["b"], after: ["z"] },
    ]);
  });

  test("who is taken away without anybody instead leaves nobody", () => {
    assert.deepEqual(changesBetween(before, shifts("L1", "a 0-8 r", "c 16-24 r"), { start: ms(0), end: ms(24) }), [
      { start: ms(8), end: ms(16), before: ["b"], after: [] },
    ]);
  });

  test("nothing changes where the same people stand in another order or in another rotation", () => {
    const one = shifts("L1", "a+b 0-8 r");
    assert.deepEqual(changesBetween(one, shifts("L1", "b 0-8 r", "a 0-8 s"), { start: ms(0), end: ms(24) }), []);
  });
});

test("to exchange are offered the nearest shifts of one other person of the team that are still to come", () => {
  const all = shifts("L1", "b 0-8 r", "me 8-16 r", "c 16-24 r", "b+c 24-32 r", "b 32-40 r", "d 8-16 s", "c 40-48 r");
  const mine = all.find(({ shift }) => shift.people.includes("me")) as Entry;
  const offered = exchangeable(all, mine, { me: "me", now: ms(4), most: 2 });
  assert.deepEqual(
    offered.map(({ start, shift }) => `${shift.people.join()} ${(start - ms(0)) / HOUR}`),
    ["c 16", "b 32"],
  );
});
