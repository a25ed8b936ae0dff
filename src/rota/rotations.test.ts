import assert from "node:assert/strict";
import { test } from "node:test";
import { EVERY_DAY, person, question } from "../../test/fixtures/rota.ts";
import { asId } from "../id/id.ts";
import { exportRoster } from "../roster/export-roster.ts";
import { finalShifts } from "../roster/on-duty.ts";
import { readRoster } from "../roster/read-roster.ts";
import type { Roster } from "../roster/roster.ts";
import { rosterOf } from "../roster/roster-of.ts";
import { DAY_MS } from "../time/instant.ts";
import type { RotaShift } from "./broken-rules.ts";
import type { RotaQuestion } from "./question.ts";
import { rotationsOfRota } from "./rotations.ts";
import { slotsOf } from "./slots.ts";

const people = [person("alice"), person("bob"), person("charlie")];

/** Somebody on each shift, two where it takes two. */
function filled(asked: RotaQuestion): readonly RotaShift[] {
  return slotsOf(asked).map((slot) => ({
    ...slot,
    people: Array.from({ length: asked.perShift }, (_, nth) => people[(slot.index * 2 + nth) % 3]?.id ?? asId("")),
  }));
}

/** The shifts as the roster has them, after its rotations were written to a file and read again. */
function readBack(asked: RotaQuestion, shifts: readonly RotaShift[], rounds = 1): readonly string[] {
  const rotations = rotationsOfRota(asked, shifts, { name: (shift) => `rota ${shift + 1}`, priority: 3 });
  const roster: Roster = {
    ...rosterOf([]),
    people: new Map(
      people.map(({ id }) => [id, { id, name: id, titles: [], locale: "ko", contacts: [], admin: false }]),
    ),
    teams: [{ name: "L1", members: [], rotations: rotations.map(({ id }) => id) }],
    rotations: new Map(rotations.map((rotation) => [rotation.id, rotation])),
  };
  const read = readRoster({ file: "roster.yaml", text: exportRoster(roster) });
  assert.deepEqual(read.diagnostics, []);
  assert.ok(read.items);
  const end = (shifts.at(-1)?.end ?? 0) + (rounds - 1) * asked.weeks * 7 * DAY_MS;
  const start = shifts[0]?.start ?? 0;
  const final = finalShifts(rosterOf(read.items), "L1", { start: start - 30 * DAY_MS, end: end + 30 * DAY_MS });
  return final.filter((one) => one.start < end).map((one) => `${one.start} ${one.end} ${one.people.join()}`);
}

const told = (shifts: readonly RotaShift[]): readonly string[] =>
  shifts.map(({ start, end, people: on }) => `${start} ${end} ${on.join()}`);

test("a rota is the roster's own rotations: written, read again and worked out they have the same shifts", () => {
  for (const perShift of [1, 2]) {
    const asked = question(people, {}, { perShift, weeks: 2 });
    assert.deepEqual(readBack(asked, filled(asked)), told(filled(asked)));
  }
});

test("shifts on some days only, of unlike lengths", () => {
  const pattern = {
    kind: "daily",
    shifts: [
      { days: [1, 2, 3, 4, 5], from: "09:00", to: "18:00" },
      { days: EVERY_DAY, from: "18:00", to: "09:00" },
      { days: [6, 7], from: "09:00", to: "18:00" },
    ],
  } as const;
  const asked = question(people, {}, { pattern, from: "2026-12-05", weeks: 1 });
  assert.deepEqual(readBack(asked, filled(asked)), told(filled(asked)));
});

test("duty by the week, which ends with the rota and not later", () => {
  const pattern = { kind: "long", length: { unit: "weeks", count: 1 }, at: "09:00" } as const;
  const asked = question(people, {}, { pattern, weeks: 6 });
  assert.equal(filled(asked).length, 6);
  assert.deepEqual(readBack(asked, filled(asked)), told(filled(asked)));
});

test("what repeats begins again after its last day", () => {
  const asked = question(people, {}, { repeats: true, weeks: 1 });
  const shifts = filled(asked);
  const week = 7 * DAY_MS;
  const next = shifts.map((one) => ({ ...one, start: one.start + week, end: one.end + week }));
  assert.deepEqual(readBack(asked, shifts, 2), told([...shifts, ...next]));
});

test("where a night is an hour longer its shift is too", () => {
  const asked = question(people, {}, { zone: "Europe/London", from: "2026-10-19", weeks: 1 });
  const hours = slotsOf(asked).map((slot) => slot.hours);
  assert.equal(hours.filter((one) => one === 13).length, 1);
  assert.deepEqual(readBack(asked, filled(asked)), told(filled(asked)));
});
