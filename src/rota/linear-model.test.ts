import assert from "node:assert/strict";
import { test } from "node:test";
import { lpText } from "./linear-model.ts";

test("a model is written in the LP format: each column once a row, bounds, and what is whole", () => {
  const text = lpText({
    columns: [
      { name: "x", kind: "binary", min: 0, max: 1 },
      { name: "away", kind: "binary", min: 0, max: 0 },
      { name: "low", kind: "continuous", min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
    ],
    rows: [
      {
        name: "cover",
        terms: [
          [0, 1],
          [1, 1],
          [0, 2],
        ],
        min: 1,
        max: 1,
      },
      {
        name: "week",
        terms: [
          [0, 12],
          [2, -1],
        ],
        max: 52,
      },
    ],
    minimise: [],
  });
  assert.equal(
    text,
    `Minimize
 cost: 0 x
Subject To
 cover: + 3 x + 1 away = 1
 week: + 12 x - 1 low <= 52
Bounds
 -inf <= low <= +inf
 away = 0
Binaries
 x
End
`,
  );
});

test("a long row is several lines, for readers bound the length of one", () => {
  const columns = Array.from(
    { length: 100 },
    (_, nth) => ({ name: `x${nth}`, kind: "binary", min: 0, max: 1 }) as const,
  );
  const text = lpText({
    columns,
    rows: [{ name: "all", terms: columns.map((_, nth) => [nth, 1]), max: 5 }],
    minimise: [],
  });
  assert.ok(text.split("\n").every((line) => line.length < 255));
});
