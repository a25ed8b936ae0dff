import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { HOUR_MS } from "../time/instant.ts";
import { readPolicy } from "./read-policy.ts";

const FIRST_USERS = "../shared/policy/incident-policy.ko.md";
const EXAMPLES = ["policies/example-policy.ko.md", "policies/example-policy.en.md"];

function read(file: string, text = readFileSync(file, "utf8")) {
  return readPolicy({ file, text, id: asId("test") });
}

for (const file of [...EXAMPLES, FIRST_USERS]) {
  describe(file, { skip: existsSync(file) ? false : "the document is not here" }, () => {
    test("reads with zero errors", () => {
      const { policy, diagnostics } = read(file);
      // What this version does not execute yet it says, and nothing else.
      assert.deepEqual(
        diagnostics.filter(({ code }) => code !== "not-run-yet"),
        [],
      );
      assert.ok(policy);
    });

    test("every line of its YAML became a clause that points back at that line", () => {
      const { leaves, policy } = read(file);
      const lines = readFileSync(file, "utf8").split("\n");
      assert.ok(leaves.length > 50);
      for (const leaf of leaves) {
        assert.notEqual(leaf.clause, undefined, `line ${leaf.line} became nothing: ${leaf.text}`);
        assert.ok((lines[leaf.line - 1] ?? "").includes(leaf.text.split("\n")[0] ?? ""), `line ${leaf.line}`);
      }
      for (const clause of policy?.clauses.values() ?? []) {
        assert.ok((lines[clause.line - 1] ?? "").length >= clause.column, clause.id);
      }
    });

    test("never throws and answers quickly whatever is done to it", () => {
      const original = readFileSync(file, "utf8").split("\n");
      const edit = fc.record({
        at: fc.nat(original.length - 1),
        how: fc.nat(3),
        text: fc.string({ unit: "grapheme" }),
      });
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
          const lines = [...original];
          for (const { at, how, text } of edits) {
            if (how === 0) lines.splice(at, 1);
            else if (how === 1) lines.splice(at, 0, lines[at] ?? "");
            else if (how === 2) lines[at] = text;
            else lines[at] = `${lines[at]}${text}`;
          }
          const { policy, diagnostics } = read("fuzzed.md", lines.join("\n"));
          assert.equal(
            policy === undefined,
            diagnostics.some(({ level }) => level === "error"),
          );
        }),
        { numRuns: 150 },
      );
    });
  });
}

test("a stage written as one folded scalar gives its title and its steps with their own lines", () => {
  const { policy } = read("policies/example-policy.ko.md");
  const [first] = policy?.procedures[0]?.stages ?? [];
  assert.equal(first?.title, "상황 파악");
  assert.deepEqual(
    first?.steps.map(({ text }) => text),
    ["현상 확인", "영향 범위 확인", "등급 판정"],
  );
  const lines = readFileSync("policies/example-policy.ko.md", "utf8").split("\n");
  for (const step of first?.steps ?? []) assert.equal(lines[step.line - 1]?.slice(step.column - 1), `- ${step.text}`);
});

test("deadlines, coverage, mentions, head counts and the operator on duty are what the words say", () => {
  const { policy } = read("policies/example-policy.ko.md");
  const [critical, major] = policy?.grades ?? [];
  assert.deepEqual([critical?.deadline, critical?.aroundTheClock], [{ kind: "immediate" }, true]);
  assert.deepEqual(major?.deadline, { kind: "within", duration: 2 * HOUR_MS });
  assert.deepEqual(
    policy?.teams[0]?.staffing.map(({ role, count }) => [role, count]),
    [["운영자", 3]],
  );
  assert.equal(policy?.teams[0]?.aroundTheClock, true);
  const [loud, louder, quiet] = policy?.notifications ?? [];
  assert.deepEqual(
    loud?.channels.map(({ kind, mention }) => [kind, mention]),
    [
      ["phone", undefined],
      ["sms", undefined],
      ["slack", "channel"],
      ["email", undefined],
    ],
  );
  assert.equal(louder?.channels[0]?.mention, "here");
  assert.equal(quiet?.recipients[0]?.kind, "on-duty-operator");
  assert.deepEqual(
    policy?.monitoring.slice(0, 3).map(({ name }) => name),
    ["CPU 사용률", "메모리 사용률", "디스크 사용률"],
  );
});

const small = `# t
\`\`\`yaml
장애 등급:
  Critical:
    정의: [중단]
    대응시간: 즉시
    담당: L1
대응 조직:
  L1:
    구성: [운영자 1명]
알림 규칙:
  Critical:
    채널: [Email]
    대상: [운영팀]
\`\`\`
`;

const refused: readonly (readonly [what: string, from: string, to: string, code: string, line: number])[] = [
  ["an unknown key", "    정의: [중단]", "    정이: [중단]", "unknown-key", 5],
  ["an unreadable deadline", "즉시", "되는 대로", "unreadable-deadline", 6],
  ["an owner that is no team", "담당: L1", "담당: L9", "unknown-team", 7],
  ["an unknown channel", "[Email]", "[Emial]", "unknown-channel", 13],
  ["a rule for no grade", "  Critical:\n    채널", "  Crtical:\n    채널", "unknown-grade", 12],
  ["a tab in the YAML", "  L1:", "\tL1:", "broken-yaml", 9],
  ["a block that is missing", "알림 규칙:", "초기 대응:", "missing-block", 1],
  ["a key that is there twice", "    담당: L1", "    담당: L1\n    담당: L1", "broken-yaml", 8],
];

for (const [what, from, to, code, line] of refused) {
  test(`${what} refuses the document and says where`, () => {
    const { policy, diagnostics } = read("small.md", small.replace(from, to));
    assert.equal(policy, undefined);
    const found = diagnostics.find((diagnostic) => diagnostic.code === code);
    assert.equal(found?.line, line, JSON.stringify(diagnostics));
    assert.ok(found?.message.ko && found.message.en && found.expected.ko && found.expected.en);
  });
}

test("a misspelt word is answered with the one that was meant", () => {
  const { diagnostics } = read("small.md", small.replace("[Email]", "[Emial]"));
  assert.match(diagnostics[0]?.expected.en ?? "", /did you mean 'Email'/);
});

test("line ends, a byte order mark and decomposed Hangul change nothing", () => {
  const plain = read("small.md", small);
  const other = read("small.md", `\uFEFF${small.normalize("NFD").replaceAll("\n", "\r\n")}`);
  assert.deepEqual(other.diagnostics, []);
  assert.deepEqual(other.policy?.grades[0]?.deadline, plain.policy?.grades[0]?.deadline);
});

test("aliases that multiply and depth without end are cut off, not followed", () => {
  const bomb = `장애 등급:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, n) => `  b${n}: &b${n} [${"*a,".repeat(9)}*a]`).join("\n")}`;
  assert.ok(read("bomb.yaml", bomb).diagnostics.length > 0);
  assert.ok(read("deep.yaml", `장애 등급: ${"[".repeat(5_000)}${"]".repeat(5_000)}`).diagnostics.length > 0);
});

test("plain YAML is read like the blocks of a document", () => {
  const yaml = small.split("\n").slice(2, -2).join("\n");
  const { policy, diagnostics } = read("small.yaml", yaml);
  assert.deepEqual(diagnostics, []);
  assert.equal(policy?.grades[0]?.name, "Critical");
});

test("when a storm begins, and how long a resolved incident is watched harder, is what the document says or the default", () => {
  const said = read(
    "small.md",
    small.replace(
      "알림 규칙:",
      "에스컬레이션:\n  Critical: { 강화 감시: 6시간 }\n  폭주 기준: 서비스 20곳\n알림 규칙:",
    ),
  );
  assert.deepEqual(said.diagnostics, []);
  assert.equal(said.policy?.stormAfter, 20);
  assert.equal(said.policy?.timing.get("Critical")?.watchHarder, 6 * HOUR_MS);
  assert.ok(!said.policy?.defaults.some(({ code }) => code === "watchHarder" || code === "stormAfter"));

  const procedure = "해결 절차:\n  1단계: 조치\n    - 정상화 확인\n    - 모니터링 강화\n알림 규칙:";
  const left = read("small.md", small.replace("알림 규칙:", procedure)).policy;
  assert.equal(left?.stormAfter, 10);
  assert.equal(left?.timing.get("Critical")?.watchHarder, 24 * HOUR_MS);
  const applied = left?.defaults.find(({ code }) => code === "watchHarder");
  assert.equal(left?.clauses.get(applied?.clause ?? asId(""))?.text, "모니터링 강화");

  for (const wrong of ["폭주 기준: 많으면", "폭주 기준: 0", "폭주 기준: 101"]) {
    const { policy, diagnostics } = read(
      "small.md",
      small.replace("알림 규칙:", `에스컬레이션:\n  ${wrong}\n알림 규칙:`),
    );
    assert.equal(policy, undefined, wrong);
    assert.equal(diagnostics.find(({ code }) => code === "unreadable-storm")?.line, 12);
  }
});
