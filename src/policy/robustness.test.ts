import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { readPolicy } from "./read-policy.ts";

const SOUND = `grades:
  Critical:
    criteria: [down]
    respond within: immediate
    owner: L1
teams:
  L1:
    staffing: [2 operators]
notifications:
  Critical:
    via: [Email]
    to: [operations]
`;
/** Nobody waits longer than this for an answer to a document, whatever is in it. */
const ANSWER_MS_MAX = 5_000;

const fenced = (yaml: string): string => `# t\n\n\`\`\`yaml\n${yaml}\`\`\`\n`;

/** Reads it, and demands what holds for every document: it is quick, and each diagnostic is one that a person can use. */
function read(text: string, file = "policy.yaml") {
  const begun = performance.now();
  const result = readPolicy({ file, text, id: asId("policy") });
  const took = performance.now() - begun;
  assert.ok(took < ANSWER_MS_MAX, `${Math.round(took)} ms`);
  const isRefused = result.diagnostics.some(({ level }) => level === "error");
  assert.equal(result.policy === undefined, isRefused);
  const lines = text.split(/\r\n?|\n/u).length;
  for (const { line, column, found, message, expected, file: where } of result.diagnostics) {
    assert.ok(line >= 1 && line <= lines + 1 && column >= 1, `${line}:${column}`);
    assert.ok(found.length <= 200 && where === file);
    for (const said of [message, expected]) assert.ok(said.ko !== "" && said.en !== "");
  }
  return result;
}

const codes = (text: string, file?: string): readonly string[] => read(text, file).diagnostics.map(({ code }) => code);

test("the sound document has nothing wrong with it, as YAML and in Markdown", () => {
  assert.deepEqual(codes(SOUND), []);
  assert.deepEqual(codes(fenced(SOUND), "policy.md"), []);
});

describe("size", () => {
  const items = (count: number): string => `improvement:\n  Again:\n${"    - the same\n".repeat(count)}`;

  test("twenty thousand items of the same words are as many clauses, each with its line", () => {
    const { policy } = read(SOUND + items(20_000));
    const section = policy?.improvement[0];
    assert.equal(section?.items.length, 20_000);
    assert.equal(new Set(section?.items.map(({ id }) => id)).size, 20_000);
    assert.equal(section?.items.at(-1)?.line, 20_000 + 14);
  });

  test("twenty thousand items in Markdown are read as quickly", () => {
    assert.equal(read(fenced(SOUND + items(20_000)), "policy.md").policy?.improvement[0]?.items.length, 20_000);
  });

  test("twenty thousand times the same key is a page of diagnostics, not twenty thousand", () => {
    const said = codes(`${SOUND}improvement:\n${"  Again: [a]\n".repeat(20_000)}`);
    assert.ok(said.length > 0 && said.length <= 30, String(said.length));
    assert.equal(said[0], "broken-yaml");
  });

  test("five thousand terms of a glossary are read", () => {
    const terms = Array.from({ length: 5_000 }, (_, index) => `- **t${index}**: meaning\n`).join("");
    assert.equal(read(fenced(SOUND) + terms, "policy.md").policy?.glossary.length, 5_000);
  });

  test("one value of a megabyte is quoted in short", () => {
    const { diagnostics } = read(SOUND.replace("immediate", "x".repeat(1_000_000)));
    const [first] = diagnostics;
    assert.deepEqual([first?.code, first?.found], ["unreadable-deadline", "x".repeat(200)]);
  });

  test("four times as many keys take less than eight times as long", () => {
    const time = (count: number): number => {
      const text = `${SOUND}improvement:\n${Array.from({ length: count }, (_, index) => `  k${index}: [a]\n`).join("")}`;
      const begun = performance.now();
      readPolicy({ file: "policy.yaml", text, id: asId("policy") });
      return performance.now() - begun;
    };
    time(500);
    const few = time(1_500);
    assert.ok(time(6_000) < 8 * few);
  });
});

describe("depth", () => {
  const DEEP: readonly (readonly [what: string, text: string, file?: string])[] = [
    ["flow lists", `grades: ${"[".repeat(5_000)}${"]".repeat(5_000)}`],
    ["flow lists that never end", `grades: ${"[".repeat(20_000)}`],
    ["flow mappings", `grades: ${"{a: ".repeat(3_000)}${"}".repeat(3_000)}`],
    ["block mappings", Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("")],
    ["block lists", `grades:\n  ${"- ".repeat(3_000)}x`],
    ["a criterion below thirty lists", SOUND.replace("[down]", `${"[".repeat(30)}down${"]".repeat(30)}`)],
  ];
  for (const [what, text] of DEEP) {
    test(`${what} are refused with words and not with a crash`, () => {
      const said = codes(text);
      assert.ok(said.length > 0 && said.length < 50, said.join());
    });
  }

  for (const [what, prose] of [
    ["quotations", `${">".repeat(3_000)} x`],
    ["lists", Array.from({ length: 150 }, (_, depth) => `${"  ".repeat(depth)}- a\n`).join("")],
    ["brackets", "[".repeat(10_000)],
    ["stars", "*a **b ".repeat(3_000)],
    ["backticks", "`".repeat(10_000)],
    ["angles", "<".repeat(10_000)],
  ] as const) {
    test(`prose that is nothing but ${what} is read past`, () => {
      assert.deepEqual(codes(`${fenced(SOUND)}\n${prose}\n`, "policy.md"), []);
    });
  }
});

describe("anchors and aliases", () => {
  test("an alias stands for what its anchor holds", () => {
    const { policy } = read(
      SOUND.replace("[down]", "&why [down]").replace("[2 operators]", "[2 operators]\n    duties: *why"),
    );
    assert.deepEqual(
      policy?.teams[0]?.duties.map(({ text }) => text),
      ["down"],
    );
  });

  test("aliases that multiply are cut off", () => {
    const layers = Array.from(
      { length: 20 },
      (_, n) => `  b${n + 1}: &b${n + 1} [${"*b".concat(String(n), ", ").repeat(9)}*b${n}]`,
    );
    assert.ok(codes(`${SOUND}improvement:\n  b0: &b0 [x, x]\n${layers.join("\n")}\n`).length > 0);
  });

  test("an alias of what holds it is refused", () => {
    assert.ok(codes(SOUND.replace("[down]", "&a [*a]")).length > 0);
  });

  test("an alias of nothing is refused", () => {
    assert.ok(codes(SOUND.replace("[down]", "*nowhere")).length > 0);
  });

  test("more aliases than the reader follows are told", () => {
    const many = `${SOUND}services:\n  s: { match: &labels { env: prod } }\n${Array.from({ length: 60 }, (_, n) => `  s${n}: { match: *labels }\n`).join("")}`;
    const { policy, diagnostics } = read(many);
    assert.ok(diagnostics.length > 0 || policy?.services.every(({ match }) => match.env === "prod"));
  });

  test("a merge key is a key that nobody knows", () => {
    assert.ok(codes(SOUND.replace("    criteria: [down]\n", "    <<: { criteria: [down] }\n")).includes("unknown-key"));
  });
});

describe("nothing", () => {
  for (const [what, text] of [
    ["an empty file", ""],
    ["white space", " \n\n \n"],
    ["a byte order mark alone", "\uFEFF"],
    ["a comment", "# nothing yet\n"],
    ["a null", "null\n"],
    ["a document end", "---\n...\n"],
  ] as const) {
    test(`${what} has no blocks`, () => {
      assert.ok(codes(text).includes("no-blocks"), codes(text).join());
      assert.ok(codes(text, "policy.md").length > 0);
    });
  }

  test("a fence without anything in it, and one that is never closed, are read past", () => {
    assert.deepEqual(codes(`${fenced(SOUND)}\n\`\`\`yaml\n\`\`\`\n`, "policy.md"), []);
    assert.deepEqual(codes(fenced(SOUND).replace(/```\n$/u, ""), "policy.md"), []);
  });

  for (const block of ["grades", "teams", "notifications"]) {
    for (const [what, value] of [
      ["nothing", ""],
      ["an empty mapping", " {}"],
      ["a null", " ~"],
    ] as const) {
      test(`${block} with ${what} in it is empty`, () => {
        const others = SOUND.split(/^(?=\w)/mu).filter((part) => !part.startsWith(block));
        const said = codes(`${others.join("")}${block}:${value}\n`);
        assert.ok(said.includes("empty-block"), said.join());
      });
    }

    test(`${block} as a text or as a list has another form than a mapping`, () => {
      const others = SOUND.split(/^(?=\w)/mu).filter((part) => !part.startsWith(block));
      for (const value of ["later", "[a, b]"])
        assert.ok(codes(`${others.join("")}${block}: ${value}\n`).includes("wrong-shape"), value);
    });
  }

  for (const block of [
    "monitoring",
    "escalation",
    "thresholds",
    "services",
    "legal clocks",
    "report",
    "improvement",
    "initial response",
    "resolution",
  ]) {
    test(`${block} may be empty`, () => {
      const errors = read(`${SOUND}${block}:\n`).diagnostics.filter(({ level }) => level === "error");
      assert.deepEqual(errors, []);
    });
  }

  for (const [what, from, to, code] of [
    [
      "a grade without anything",
      "    criteria: [down]\n    respond within: immediate\n    owner: L1\n",
      "",
      "missing-field",
    ],
    ["a deadline without a value", "respond within: immediate", "respond within:", "missing-field"],
    ["an owner without a value", "owner: L1", "owner:", "missing-field"],
    ["channels without any", "via: [Email]", "via: []", "missing-field"],
    ["channels of nulls", "via: [Email]", "via: [~, ]", "missing-field"],
    ["recipients without any", "to: [operations]", "to:", "missing-field"],
  ] as const) {
    test(`${what} is told where it is missing`, () => {
      assert.ok(codes(SOUND.replace(from, to)).includes(code));
    });
  }
});

describe("how people type", () => {
  test("positions are the same whatever the line ends are", () => {
    const bad = SOUND.replace("immediate", "some day");
    const at = (text: string) => read(text).diagnostics.map(({ line, column }) => [line, column]);
    for (const end of ["\r\n", "\r"]) assert.deepEqual(at(bad.replaceAll("\n", end)), at(bad));
    assert.deepEqual(at(`\uFEFF${bad}`), at(bad));
  });

  test("a tab is told by its line", () => {
    const { diagnostics } = read(SOUND.replace("    owner", "\towner"));
    assert.deepEqual([diagnostics[0]?.code, diagnostics[0]?.line], ["broken-yaml", 5]);
    assert.match(diagnostics[0]?.expected.en ?? "", /tabs/u);
  });

  test("tabs between a key and its value, and after it, are white space", () => {
    assert.deepEqual(codes(SOUND.replace("owner: L1", "owner:\tL1\t")), []);
  });

  for (const [what, from, to, code] of [
    ["a full-width colon", "owner: L1", "owner：L1", "broken-yaml"],
    ["a full-width digit in a deadline", "immediate", "２시간 이내", "unreadable-deadline"],
    ["a full-width name of a channel", "[Email]", "[Ｅｍａｉｌ]", "unknown-channel"],
    ["a full-width comma between channels", "[Email]", "[Email，SMS]", "unknown-channel"],
    ["full-width brackets around a mention", "[Email]", "[Slack （@here）]", "unknown-channel"],
    ["a full-width name of a team", "owner: L1", "owner: Ｌ１", "unknown-team"],
  ] as const) {
    test(`${what} is told and not guessed at`, () => {
      const said = codes(SOUND.replace(from, to));
      assert.ok(said.includes(code), said.join());
    });
  }

  test("a head count in full-width digits is kept as a description, and that is said", () => {
    assert.deepEqual(codes(SOUND.replace("2 operators", "운영자 ２명")), ["unreadable-staffing"]);
  });

  test("an ideographic space is a space between words", () => {
    assert.deepEqual(codes(SOUND.replace("respond within", "respond　within")), []);
  });

  test("a no-break space is a space between words", () => {
    assert.deepEqual(codes(SOUND.replace("respond within", "respond\u00A0within")), []);
  });

  for (const [what, from, to] of [
    ["a control character", "down", "do\u0000wn"],
    ["half a letter", "down", "do\uD800wn"],
    ["a tag of another language", "[down]", "!!js/function [down]"],
    ["bytes", "[down]", "[!!binary aGVsbG8=]"],
    ["a number for a name", "Critical:\n    criteria", "1:\n    criteria"],
    ["a key that is a list", "    criteria: [down]", "    ? [a, b]\n    : [down]"],
    ["a key that is null", "    criteria: [down]", "    ~: [down]"],
    ["a key with the name of something built in", "    criteria: [down]", "    __proto__: [down]"],
    ["a grade with the name of something built in", "Critical", "constructor"],
    ["two documents", "teams:", "---\nteams:"],
    ["a directive", "grades:", "%YAML 9.9\n---\ngrades:"],
  ] as const) {
    test(`${what} is taken or refused, and nothing breaks`, () => {
      read(SOUND.replace(from, to));
      read(fenced(SOUND.replaceAll(from, to)), "policy.md");
    });
  }
});

test("whatever text it is, the reader answers", () => {
  const token = fc.constantFrom(
    ..."- : # & * [ ] { } , | > ' \" ! % @ ` ~ ? --- ... ``` ```yaml \n \t".split(" "),
    "\n",
    "  ",
    "grades:",
    "알림 규칙:",
    "*a",
    "&a",
    "즉시 (24/7)",
    "Slack (@here)",
  );
  const text = fc.array(fc.oneof(token, fc.string({ unit: "grapheme", maxLength: 5 })), { maxLength: 60 });
  fc.assert(
    fc.property(text, fc.constantFrom("p.md", "p.yaml"), (parts, file) => {
      read(parts.join(""), file);
    }),
    { numRuns: 150 },
  );
});
