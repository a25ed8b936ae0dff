import assert from "node:assert/strict";
import { test } from "node:test";
import { POLICY_TEXT, policy, policyFrom } from "../../test/fixtures/core.ts";
import { gradeAt, gradeOf, isMoreSevere } from "./grade-of.ts";

const words: readonly (readonly [grade: string, words: readonly string[]])[] = [
  ["Critical", ["critical", "CRIT", "page", "emergency", "fatal", "disaster", "P1", "sev1", " Critical "]],
  ["Major", ["error", "err", "high", "major", "p2", "SEV2"]],
  ["Minor", ["warning", "warn", "average", "minor", "medium", "low", "p3", "sev3"]],
];
for (const [grade, severities] of words) {
  test(`${severities.join(", ")} are ${grade}`, () => {
    for (const severity of severities)
      assert.deepEqual(gradeOf(severity, policy, "Minor"), { grade, because: "source-severity" }, severity);
  });
}

test("words for no action needed are only recorded, whatever the service says", () => {
  for (const severity of [
    "info",
    "Information",
    "informational",
    "none",
    "ok",
    "debug",
    "p4",
    "P5",
    "notice",
    "record",
  ])
    assert.deepEqual(gradeOf(severity, policy, "Critical"), { recordOnly: true }, severity);
});

test("the policy's own word goes before the table and before what is only recorded", () => {
  const own = policyFrom(POLICY_TEXT.replaceAll("Minor", "Notice").replaceAll("Critical", "Page me"));
  assert.deepEqual(gradeOf("notice", own, undefined), { grade: "Notice", because: "source-severity" });
  assert.deepEqual(gradeOf("PAGE ME", own, undefined), { grade: "Page me", because: "source-severity" });
  const korean = policyFrom(POLICY_TEXT.replaceAll("Minor", "경미"));
  assert.deepEqual(gradeOf("경미".normalize("NFD"), korean, undefined), { grade: "경미", because: "source-severity" });
});

test("without a word of the source the service's grade holds, if the policy has it", () => {
  for (const severity of [undefined, "", "  ", "banana"]) {
    assert.deepEqual(gradeOf(severity, policy, "Minor"), { grade: "Minor", because: "service-rule" });
    assert.deepEqual(gradeOf(severity, policy, "Huge"), { grade: "Major", because: "unknown-severity" });
    assert.deepEqual(gradeOf(severity, policy, undefined), { grade: "Major", because: "unknown-severity" });
  }
});

test("a severity that has the name of something built in is merely unknown", () => {
  for (const severity of ["constructor", "__proto__", "toString", "hasOwnProperty"])
    assert.deepEqual(gradeOf(severity, policy, undefined), { grade: "Major", because: "unknown-severity" });
});

test("where grades are fewer than ranks the least severe one answers", () => {
  const one = policyFrom(
    POLICY_TEXT.replace(/ {2}Major: \{ criteria.*\n {2}Minor: \{ criteria.*\n/u, "").replace(
      / {2}Major: \{ via.*\n {2}Minor: \{ via.*\n/u,
      "",
    ),
  );
  assert.deepEqual(gradeOf("warning", one, undefined), { grade: "Critical", because: "source-severity" });
  assert.deepEqual(gradeOf(undefined, one, undefined), { grade: "Critical", because: "unknown-severity" });
  assert.equal(gradeAt(policy, 99), "Minor");
});

test("a grade is more severe that stands further up in the document", () => {
  assert.equal(isMoreSevere(policy, "Critical", "Major"), true);
  assert.equal(isMoreSevere(policy, "Major", "Major"), false);
  assert.equal(isMoreSevere(policy, "Minor", "Major"), false);
});

test("a grade that the policy does not have is not more severe than any", () => {
  assert.equal(isMoreSevere(policy, "Huge", "Minor"), false);
});
