import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, COLLECT_FACTS, type CollectReason, collectReasonIn } from "./collect-reason.ts";
import { sayCollectReason } from "./collect-reason-words.ts";

const every = Object.entries(COLLECT_FACTS).map(
  ([code, names]) => ({ code, ...Object.fromEntries(names.map((name) => [name, `‹${name}›`])) }) as CollectReason,
);

test("every reason is told in both languages, with all its facts", () => {
  for (const reason of every.filter(({ code }) => code !== "fault")) {
    const { ko, en } = sayCollectReason(reason);
    assert.match(ko, /[가-힣]/u, reason.code);
    assert.doesNotMatch(en, /[가-힣]/u, reason.code);
    for (const name of COLLECT_FACTS[reason.code])
      assert.ok(
        [ko, en].every((words) => words.includes(`‹${name}›`)),
        `${reason.code} does not tell its ${name}`,
      );
  }
});

test("what it is about stands before the words, and what the system said behind them", () => {
  const said = sayCollectReason({ code: "program-not-runnable", of: "db-1", program: "ping", detail: "EACCES" });
  assert.deepEqual(said, { ko: "db-1: ping을(를) 실행할 수 없음 (EACCES)", en: "db-1: ping cannot be run (EACCES)" });
});

test("what an agent tells is read as it was meant", () => {
  for (const reason of every)
    assert.deepEqual(collectReasonIn({ ...JSON.parse(JSON.stringify(reason)), more: 1 }), reason);
});

test("of what an agent of another version tells, the code is kept and shown", () => {
  const reason = collectReasonIn({ code: "moon-in-the-way", of: "db-1", phase: 3 });
  assert.deepEqual(reason, { code: "not-known-here", told: "moon-in-the-way", of: "db-1" });
  assert.equal(collectReasonIn({ code: "gpus-missing", found: 1 })?.code, "not-known-here");
  for (const wrong of [{}, { code: 3 }, { code: "" }, { code: "__proto__" }])
    assert.ok([undefined, "not-known-here"].includes(collectReasonIn(wrong)?.code));
});

test("texts are on one line, and cut", () => {
  const reason = bounded({ code: "unexpected", detail: `it\n  broke\0 ${"x".repeat(500)}` });
  assert.match(reason.detail ?? "", /^it broke x+$/u);
  assert.equal(reason.detail?.length, 200);
});
