import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Drivers } from "../escalation/means.ts";
import { asId } from "../id/id.ts";
import type { Policy } from "../policy/policy.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { documentFindings } from "./document-findings.ts";
import { byId, type Mended, mendPolicy, mendsOf } from "./mend-policy.ts";

const DRIVERS: Drivers = new Map([
  ["email", "people"],
  ["slack", "rooms"],
]);

const MINIMAL = `grades:
  Critical: { respond within: immediate (24/7), owner: L2 }
  Minor: { respond within: 4 hours, owner: L1 }
teams:
  L1: { staffing: [2 operators, 24/7 shifts] }
  L2: { staffing: [1 engineer] }
notifications:
  Critical: { via: [Slack (@here)], to: boss }
  Minor: { via: [Email], to: [L1, "the, boss"] }
`;

function policyOf(text: string, file = "policy.md"): Policy {
  const { policy, diagnostics } = readPolicy({ file, text, id: asId("p") });
  assert.ok(policy, JSON.stringify(diagnostics));
  return policy;
}

function mendAll(text: string, file: string): Mended {
  const codes = documentFindings(policyOf(text, file), DRIVERS).map(({ code }) => code);
  return mendPolicy({ text, file }, { codes, answers: [] }, DRIVERS);
}

describe("answers to findings become text of the policy", () => {
  for (const language of ["ko", "en"]) {
    const file = `policies/example-policy.${language}.md`;
    test(`what writing can answer in ${file} is answered, and only notes are left`, () => {
      const mended = mendAll(readFileSync(file, "utf8"), file);
      const left = documentFindings(policyOf(mended.text, file), DRIVERS);
      assert.deepEqual(mended.refused, []);
      assert.deepEqual(
        new Set(left.map(({ code, level }) => `${level} ${code}`)),
        new Set(["info channel-without-driver"]),
      );
      assert.ok(mended.diagnostics.every(({ level }) => level === "info"));
    });

    test(`every line of ${file} that no answer is about stays as it was`, () => {
      const text = readFileSync(file, "utf8");
      const kept = new Set(mendAll(text, file).text.split("\n"));
      const changed = text.split("\n").filter((line) => !kept.has(line));
      const place = /^\s*- (운영자 3명|아키텍트 1명|Slack \(@here\)|고객 안내|3 operators|1 architect|tell customers)$/;
      assert.ok(
        changed.every((line) => place.test(line)),
        changed.join("\n"),
      );
    });
  }

  test("lists are added to in whichever form they are written, in plain YAML as well", () => {
    const { text, refused } = mendAll(MINIMAL, "policy.yaml");
    assert.deepEqual(refused, []);
    assert.match(text, /to: \[boss, L2\]/);
    assert.match(text, /staffing: \[4 operators, 24\/7 shifts\]/);
    assert.match(text, /L2: \{ staffing: \[4 engineers, 24\/7 shift\] \}/);
    assert.match(text, /via: \[Slack \(@channel\)\]/);
    assert.match(text, /via: \[Email, SMS\]/);
    assert.match(
      text,
      /escalation:\n {2}Critical:\n {4}acknowledge within: 5 minutes\n {4}next level every: 5 minutes\n/,
    );
    assert.doesNotMatch(text, /```|^##/m);
    policyOf(text, "policy.yaml");
  });

  test("an answer of one's own is written instead of the proposed one", () => {
    const id = "immediate-without-number@grades/Critical/respond-within";
    const mended = mendPolicy(
      { text: MINIMAL, file: "p.yml" },
      { codes: [], answers: [{ finding: id, choice: "3 minutes" }] },
      DRIVERS,
    );
    assert.deepEqual(mended.applied, [{ finding: id, code: "immediate-without-number", choice: "3 minutes" }]);
    assert.equal(policyOf(mended.text, "p.yml").timing.get("Critical")?.respondWithin, 180_000);
  });

  test("an answer that breaks the document, answers nothing or is about nothing is refused, and the text stays", () => {
    const finding = "immediate-without-number@grades/Critical/respond-within";
    const here = "here-misses-the-absent@notifications/Critical/channels/Slack (@here)";
    const answers = [
      { finding, choice: "soon" },
      { finding: here, choice: "Slack (@here)" },
      { finding: "owner-not-told@grades/Critical/owner", choice: "L2\n  evil: true" },
      { finding: "unknown-recipient@notifications/Critical/recipients/boss" },
    ];
    const mended = mendPolicy({ text: MINIMAL, file: "p.yml" }, { codes: [], answers }, DRIVERS);
    assert.equal(mended.text, MINIMAL);
    assert.deepEqual([...mended.refused].sort(), answers.map((one) => one.finding).sort());
  });

  test("line ends stay as the document has them, and answering again changes nothing", () => {
    const file = "policies/example-policy.ko.md";
    const windows = readFileSync(file, "utf8").replaceAll("\n", "\r\n");
    const { text } = mendAll(windows, file);
    assert.doesNotMatch(text, /[^\r]\n/);
    assert.equal(mendAll(text, file).text, text);
  });

  test("the blocks that are added stand under one heading that is numbered as the others are", () => {
    const { text } = mendAll(readFileSync("policies/example-policy.ko.md", "utf8"), "p.md");
    assert.equal(text.match(/^## 7\. 문서가 비워 두었던 기준$/gm)?.length, 1);
    assert.equal(text.match(/^임계치:$/gm)?.length, 1);
  });

  test("findings are named so that two of one clause are told apart, and each answer is proposed", () => {
    const findings = documentFindings(policyOf(MINIMAL, "p.yml"), DRIVERS);
    assert.equal(byId([...findings, ...findings]).size, findings.length * 2);
    for (const { choices } of mendsOf(findings, policyOf(MINIMAL, "p.yml"), {
      drivers: DRIVERS,
      file: "p.yml",
    }).values())
      assert.ok(choices.length > 0 && choices.every((choice) => choice.length > 0));
  });
});
