import assert from "node:assert/strict";
import { test } from "node:test";
import { chosen, edgesOf, moved, readRange, writeRange } from "./time-range.ts";

const NOW = Date.parse("2026-11-26T12:00:00Z");
const HOUR = 3_600_000;

test("a range is in the address, and what makes no sense there is the last six hours", () => {
  for (const text of ["", "range=7d", "from=2026-11-26T01:00:00.000Z&to=2026-11-26T02:00:00.000Z"])
    assert.equal(
      new URLSearchParams(writeRange(readRange(new URLSearchParams(text), NOW))).toString(),
      new URLSearchParams(text).toString(),
    );
  for (const text of ["range=9y", "from=x&to=y", "from=2026-11-26T02:00:00Z&to=2026-11-26T01:00:00Z"])
    assert.deepEqual(readRange(new URLSearchParams(text), NOW), { is: "last", name: "6h" });
});

test("zooming in and out again ends where it began, and nothing is shown of the future", () => {
  const edges = edgesOf({ is: "last", name: "24h" }, NOW);
  const inside = moved(edges, "in", NOW);
  assert.deepEqual(edgesOf(inside, NOW), { is: "own", from: NOW - 18 * HOUR, to: NOW - 6 * HOUR });
  assert.deepEqual(moved(edgesOf(inside, NOW), "out", NOW), { is: "own", from: NOW - 24 * HOUR, to: NOW });
  assert.deepEqual(moved(edges, "later", NOW), { is: "own", ...edges });
  assert.deepEqual(moved(edges, "earlier", NOW), { is: "own", from: NOW - 36 * HOUR, to: NOW - 12 * HOUR });
});

test("a stretch that is too short or too long becomes one that can be shown", () => {
  const short = edgesOf(chosen({ from: NOW - HOUR, to: NOW - HOUR + 5 }, NOW), NOW);
  assert.equal(short.to - short.from, 120_000);
  const long = edgesOf(chosen({ from: 0, to: NOW }, NOW), NOW);
  assert.equal(long.to - long.from, 720 * HOUR);
});

test("an instant that has to be in sight is, whenever the link to it is followed", () => {
  const read = (hoursAgo: number) =>
    readRange(new URLSearchParams({ at: new Date(NOW - hoursAgo * HOUR).toISOString() }), NOW);
  assert.deepEqual(read(1), { is: "last", name: "6h" });
  assert.deepEqual(read(30), { is: "own", from: NOW - 31 * HOUR, to: NOW - 28 * HOUR });
});
