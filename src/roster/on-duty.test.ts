import assert from "node:assert/strict";
import { test } from "node:test";
import { asId } from "../id/id.ts";
import { DAY_MS, HOUR_MS } from "../time/instant.ts";
import { shiftAt } from "./on-duty.ts";
import type { Rotation } from "./roster.ts";

const people = [[asId<"person">("alice")], [asId<"person">("bob")], [asId<"person">("charlie")]];

const changes: readonly (readonly [zone: string, around: string])[] = [
  ["America/New_York", "2026-03-08T07:00:00Z"],
  ["America/New_York", "2026-11-01T06:00:00Z"],
  ["Europe/London", "2026-03-29T01:00:00Z"],
  ["Australia/Lord_Howe", "2026-04-04T15:00:00Z"],
  ["America/Santiago", "2026-09-06T04:00:00Z"],
  ["Asia/Seoul", "2026-03-29T01:00:00Z"],
];
const turns: readonly Rotation["turn"][] = [
  { unit: "hours", count: 8 },
  { unit: "days", count: 1 },
  { unit: "weeks", count: 1 },
];

for (const [zone, around] of changes) {
  for (const turn of turns) {
    test(`a ${turn.count} ${turn.unit} rotation in ${zone} hands over exactly where the naive twin does around ${around}`, () => {
      const middle = Temporal.Instant.from(around).epochMilliseconds;
      const start = Temporal.Instant.from(around)
        .toZonedDateTimeISO(zone)
        .subtract({ days: 30 })
        .with({ hour: 2, minute: 30 });
      const rotation: Rotation = {
        id: asId(`${zone}/${around}/${turn.unit}`),
        name: "r",
        zone,
        participants: people,
        turn,
        start: start.toPlainDateTime().toString(),
      };
      const handOffs = naiveHandOffs(rotation, middle + 9 * DAY_MS);
      let index = 0;
      for (let at = middle - 2 * DAY_MS; at < middle + 8 * DAY_MS; at += 30_000) {
        while ((handOffs[index + 1] ?? Number.POSITIVE_INFINITY) <= at) index++;
        const shift = shiftAt(rotation, at);
        assert.equal(shift?.start, handOffs[index]);
        assert.equal(shift?.end, handOffs[index + 1]);
        assert.deepEqual(shift?.people, people[index % people.length]);
      }
    });
  }
}

/** Steps turn by turn from the start, by the calendar for days and weeks and by the clock for hours. */
function naiveHandOffs(rotation: Rotation, until: number): number[] {
  const start = Temporal.PlainDateTime.from(rotation.start);
  const first = start.toZonedDateTime(rotation.zone).epochMilliseconds;
  const handOffs: number[] = [];
  for (let nth = 0; (handOffs.at(-1) ?? 0) < until; nth++) {
    const { unit, count } = rotation.turn;
    if (unit === "hours") handOffs.push(first + nth * count * HOUR_MS);
    else {
      // The wall time of the hand-off, placed in the zone anew on its own day.
      const days = unit === "weeks" ? 7 * count * nth : count * nth;
      handOffs.push(start.add({ days }).toZonedDateTime(rotation.zone).epochMilliseconds);
    }
  }
  return handOffs;
}

test("before a rotation begins nobody has the turn", () => {
  const rotation: Rotation = {
    id: asId("early"),
    name: "early",
    zone: "Asia/Seoul",
    participants: people,
    turn: { unit: "days", count: 1 },
    start: "2026-01-05T09:00",
  };
  const begins = Temporal.Instant.from("2026-01-05T00:00:00Z").epochMilliseconds;
  assert.equal(shiftAt(rotation, begins - 1), undefined);
  assert.equal(shiftAt(rotation, begins)?.start, begins);
});
