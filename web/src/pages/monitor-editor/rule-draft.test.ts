import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { ShownRule } from "../../../../src/http/wire/monitors.ts";
import type { Unit } from "../../../../src/metric/metric.ts";
import { copied, draftOf, isSameDraft, newBaseline, newDraft, newException, problemsOf, ruleOf } from "./rule-draft.ts";

const GRADES = ["Critical", "Major", "Minor"];
const MINUTE_MS = 60_000;
const RULE = {
  title: "CPU 사용률",
  quantity: "cpu-usage",
  query: { metric: "host_cpu_used_ratio", matchers: [{ name: "host", value: "db-.*", isRegex: true, isEqual: true }] },
  measure: { form: "avg", window: 5 * MINUTE_MS },
  thresholds: [
    { grade: "Critical", when: "at-least", bound: 0.98, hold: 0, clause: "임계치/CPU" as never },
    { grade: "Major", when: "at-least", bound: 0.95, hold: 15 * MINUTE_MS, clear: 0.9 },
  ],
  baseline: { grade: "Minor", weeks: 4, spreads: 4, side: "both", hold: 15 * MINUTE_MS },
  missing: { then: "alert", after: 5 * MINUTE_MS, grade: "Major" },
  exceptions: [{ matchers: [{ name: "host", value: "old", isRegex: false, isEqual: true }], thresholds: [] }],
  service: "결제",
  enabled: true,
} as const satisfies Omit<ShownRule, "id">;

function draft(change: Partial<ReturnType<typeof draftOf>> = {}) {
  return { ...draftOf(RULE, "ratio", "ko"), ...change };
}

function told(change: Partial<ReturnType<typeof draftOf>>, unit: Unit = "ratio"): readonly string[] {
  return problemsOf(draft(change), unit).map(({ field, is }) => `${field}: ${is}`);
}

describe("a rule while it is written", () => {
  test("says the same as it is stored when nothing is changed, in each language", () => {
    for (const locale of ["ko", "en"] as const) assert.deepEqual(ruleOf(draftOf(RULE, "ratio", locale), "ratio"), RULE);
  });

  test("stands in the fields as people write it", () => {
    const [, major] = draft().lines;
    assert.deepEqual([major?.bound, major?.hold, major?.clear], ["95%", "15분", "90%"]);
    assert.equal(draftOf(RULE, "ratio", "en").window, "5 min");
  });

  test("of a counter counts by the second", () => {
    const bytes = { ...RULE, measure: { form: "rate", window: 300_000 }, baseline: undefined, thresholds: [] } as const;
    const { baseline: _, ...rule } = bytes;
    const lines = [{ ...RULE.thresholds[1], bound: 10 * 1_024 ** 2, clear: 5 * 1_024 ** 2 }];
    const written = draftOf({ ...rule, thresholds: lines }, "bytes", "ko");
    assert.equal(written.lines[0]?.bound, "10 MiB/s");
    assert.deepEqual(ruleOf(written, "bytes")?.thresholds, lines);
  });

  test("whatever its numbers are, they come back as they were", () => {
    const bound = fc.integer({ min: 1, max: 100_000 }).map((of) => of / 1_000);
    const unit = fc.constantFrom<Unit>("ratio", "seconds", "bytes", "per-second", "celsius", "count");
    fc.assert(
      fc.property(bound, fc.integer({ min: 0, max: 86_400 }), unit, (value, seconds, kind) => {
        const thresholds = [{ grade: "Minor", when: "above" as const, bound: value, hold: seconds * 1_000 }];
        const rule = { ...RULE, thresholds };
        assert.deepEqual(ruleOf(draftOf(rule, kind, "ko"), kind), rule);
      }),
    );
  });

  test("is the same draft whatever its rows are called, and another one with another word", () => {
    assert.ok(isSameDraft(draft(), draft()));
    assert.ok(!isSameDraft(draft(), draft({ service: "인증" })));
  });
});

describe("what is wrong with a rule", () => {
  const [demanded, major] = draft().lines;
  const line = (change: object) => ({ lines: [{ ...major, ...change } as NonNullable<typeof major>] });

  test("is said of the field in which it stands", () => {
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ title: " ", metric: "" }), ["title: missing", "metric: missing"]);
    assert.deepEqual(told({ window: "2시간" }), ["window: length"]);
    assert.deepEqual(told({ form: "percentile", percentile: "100", baseline: undefined }), ["percentile: number"]);
    assert.deepEqual(told(line({ bound: "" })), ["bound: missing"]);
    assert.deepEqual(told(line({ bound: "95GB", clear: "" })), ["bound: value"]);
    assert.deepEqual(told(line({ hold: "이틀" })), ["hold: length"]);
    assert.deepEqual(told({ missing: { then: "keep", after: "5초", grade: "" } }), ["after: length"]);
    assert.deepEqual(told({ lines: [], baseline: undefined }), ["lines: missing"]);
  });

  test("is an end beyond the line, on its side", () => {
    assert.deepEqual(told(line({ clear: "96%" })), ["clear: above"]);
    assert.deepEqual(told(line({ when: "below", bound: "10%", clear: "5%" })), ["clear: below"]);
    assert.deepEqual(told(line({ when: "below", bound: "10%", clear: "15%" })), []);
  });

  test("is a baseline of what has no usual value", () => {
    assert.deepEqual(told({ form: "max" }), ["baseline: form"]);
    assert.deepEqual(told({ baseline: { ...newBaseline(GRADES, "ko"), weeks: "1", spreads: "0.5" } }), [
      "weeks: number",
      "spreads: number",
    ]);
  });

  test("is an exception for everything, and a line in it as anywhere", () => {
    assert.deepEqual(told({ exceptions: [newException()] }), ["matchers: missing"]);
    const [exception] = draft().exceptions;
    assert.ok(exception !== undefined && major !== undefined);
    assert.deepEqual(told({ exceptions: [{ ...exception, lines: copied([{ ...major, bound: "많음" }]) }] }), [
      "bound: value",
    ]);
  });

  test("is never a line that the document demands", () => {
    assert.ok(demanded !== undefined);
    assert.deepEqual(told({ lines: [{ ...demanded, bound: "" }] }, "bytes"), []);
    const baseline = { ...RULE.baseline, clause: "임계치/CPU" as never };
    const written = draftOf({ ...RULE, baseline }, "ratio", "ko");
    assert.deepEqual(
      ruleOf({ ...written, baseline: written.baseline && { ...written.baseline, weeks: "" } }, "ratio"),
      {
        ...RULE,
        baseline,
      },
    );
  });

  test("keeps it from being a rule", () => {
    assert.equal(ruleOf(newDraft(GRADES, "ko"), "ratio"), undefined);
  });
});
