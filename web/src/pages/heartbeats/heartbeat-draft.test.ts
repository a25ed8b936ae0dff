import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownHeartbeat } from "../../../../src/http/wire/monitors.ts";
import { bodyOf, draftOf, problemsOf } from "./heartbeat-draft.ts";

const known = {
  id: "backup",
  schedule: { everySeconds: 5_400 },
  graceSeconds: 90,
  grade: "Minor",
  service: null,
} as ShownHeartbeat;

test("what is known is written as it was, in the largest whole unit", () => {
  const draft = draftOf(known, "Asia/Seoul");
  assert.deepEqual(draft.every, { count: "90", unit: "minutes" });
  assert.deepEqual(bodyOf(draft), {
    id: "backup",
    schedule: { everySeconds: 5_400 },
    graceSeconds: 90,
    grade: "Minor",
    service: null,
  });
  assert.equal(problemsOf(draft).size, 0);
});

test("what is missing or no length is told", () => {
  const draft = draftOf(undefined, "Asia/Seoul");
  assert.deepEqual([...problemsOf(draft)], ["name"]);
  const wrong = {
    ...draft,
    name: "x",
    every: { count: "", unit: "hours" },
    grace: { count: "0.3", unit: "seconds" },
  } as const;
  assert.deepEqual([...problemsOf(wrong)], ["every", "grace"]);
  assert.deepEqual([...problemsOf({ ...draft, name: "x", kind: "cron" })], ["cron"]);
});
