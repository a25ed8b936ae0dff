import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST_WISH, requestOf, wishFrom } from "./wish.ts";

const NOW = Date.parse("2026-03-31T12:00:00Z");
const ask = (more: Partial<typeof FIRST_WISH>) => requestOf({ ...FIRST_WISH, ...more }, "Asia/Seoul", NOW);

test("the last days are counted from now", () => {
  assert.deepEqual(ask({ period: "30" }), {
    from: "2026-03-01T12:00:00.000Z",
    a: { roster: "then" },
    b: null,
    answerAfterMinutes: 5,
    endAfterMinutes: 60,
    asleep: [],
  });
});

test("dates are whole days of the reader's zone, the last one included", () => {
  const request = ask({ period: "dates", from: "2026-03-02", to: "2026-03-02" });
  assert.deepEqual([request?.from, request?.to], ["2026-03-01T15:00:00.000Z", "2026-03-02T15:00:00.000Z"]);
});

test("what is not complete asks for nothing", () => {
  assert.equal(ask({ source: "file" }), undefined);
  assert.equal(ask({ period: "dates", from: "2026-03-02", to: "" }), undefined);
  assert.equal(ask({ period: "dates", from: "2026-03-02", to: "2026-03-01" }), undefined);
  assert.equal(ask({ answerAfter: "" }), undefined);
  assert.equal(ask({ answerAfter: "-1" }), undefined);
});

test("a file is its text, and B is a side of its own", () => {
  const file = { name: "alerts.jsonl", text: "{}", lines: 1 };
  const request = ask({ source: "file", file, b: { policy: "draft", roster: "now" } });
  assert.deepEqual(
    [request?.history, request?.b, request?.from],
    ["{}", { policy: "draft", roster: "now" }, undefined],
  );
});

test("two versions in the address are the two sides", () => {
  const { a, b } = wishFrom(new URLSearchParams("a=p1&b=draft"));
  assert.deepEqual([a.policy, b?.policy], ["p1", "draft"]);
  assert.deepEqual(wishFrom(new URLSearchParams()), FIRST_WISH);
});
