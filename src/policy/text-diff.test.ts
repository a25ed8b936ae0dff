import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type DiffRow, textDiff } from "./text-diff.ts";

function sideOf(rows: readonly DiffRow[], side: "left" | "right"): string {
  return rows
    .flatMap((row) => (row[side] === null ? [] : [row[side].parts.map(({ text }) => text).join("")]))
    .join("\n");
}

describe("two texts side by side", () => {
  test("a changed line stands beside the line that it was, with the whole words that changed", () => {
    const rows = textDiff("가\n대상: [운영팀장]\n나\n", "가\n대상: [L3 지원팀]\n나\n");
    assert.deepEqual(
      rows.map(({ is }) => is),
      ["same", "changed", "same"],
    );
    assert.deepEqual(rows[1]?.left?.parts, [
      { is: "same", text: "대상: [" },
      { is: "removed", text: "운영팀장" },
      { is: "same", text: "]" },
    ]);
    assert.deepEqual(rows[1]?.right, {
      line: 2,
      parts: [
        { is: "same", text: "대상: [" },
        { is: "added", text: "L3 지원팀" },
        { is: "same", text: "]" },
      ],
    });
  });

  test("line ends and a mark at the beginning are no difference", () => {
    assert.ok(textDiff("\uFEFFa\r\nb\r\n", "a\nb").every(({ is }) => is === "same"));
  });

  test("each side is its text again, line by line, whatever the two texts are", () => {
    const text = fc
      .array(fc.constantFrom("가", "나", "나 다", "", "라: 마"), { maxLength: 12 })
      .map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = textDiff(left, right);
        assert.equal(sideOf(rows, "left"), left.replace(/\n$/u, ""));
        assert.equal(sideOf(rows, "right"), right.replace(/\n$/u, ""));
        for (const side of ["left", "right"] as const) {
          const lines = rows.flatMap((row) => row[side]?.line ?? []);
          assert.deepEqual(
            lines,
            lines.map((_, index) => index + 1),
          );
        }
      }),
    );
  });
});
