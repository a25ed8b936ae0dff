import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { matches, patternProblem, readMatcher } from "./matchers.ts";
import type { Matcher } from "./silence.ts";

const matcher = (name: string, value: string, more: Partial<Matcher> = {}): Matcher => ({
  name,
  value,
  isRegex: false,
  isEqual: true,
  ...more,
});

const WRITTEN: readonly (readonly [text: string, read: Matcher])[] = [
  ['job="node"', matcher("job", "node")],
  ["job=node", matcher("job", "node")],
  [' job = "node" ', matcher("job", "node")],
  ['{job="node"}', matcher("job", "node")],
  ['job!="node"', matcher("job", "node", { isEqual: false })],
  ['job=~"a|b"', matcher("job", "a|b", { isRegex: true })],
  ['job!~"a.*"', matcher("job", "a.*", { isRegex: true, isEqual: false })],
  ['job=""', matcher("job", "")],
  ["job=", matcher("job", "")],
  ['job="say \\"hi\\" \\\\ \\n"', matcher("job", 'say "hi" \\ \n')],
  ['job="}"', matcher("job", "}")],
  ['job="a=b"', matcher("job", "a=b")],
  ['a:b="한글"', matcher("a:b", "한글")],
];
for (const [text, read] of WRITTEN) {
  test(`${text} is read`, () => {
    assert.deepEqual(readMatcher(text), read);
  });
}

test("an unquoted pattern that ends in a brace of its own keeps it", () => {
  assert.deepEqual(readMatcher("job=~x{2}"), matcher("job", "x{2}", { isRegex: true }));
});

for (const text of ["", "job", "=x", '"job"="x"', "1job=x", "jöb=x"]) {
  test(`'${text}' is no matcher`, () => {
    assert.equal(readMatcher(text), undefined);
  });
}

describe("matching", () => {
  const labels = { job: "node", instance: "db-1:9100" };

  test("equal and unequal compare the whole value", () => {
    assert.equal(matches([matcher("job", "node")], labels), true);
    assert.equal(matches([matcher("job", "nod")], labels), false);
    assert.equal(matches([matcher("job", "nod", { isEqual: false })], labels), true);
  });

  test("a pattern is anchored at both ends", () => {
    const like = (value: string, isEqual = true): boolean =>
      matches([matcher("instance", value, { isRegex: true, isEqual })], labels);
    assert.equal(like("db-.*"), true);
    assert.equal(like("db-"), false);
    assert.equal(like("b-.*"), false);
    assert.equal(like("db-1:9100|x"), true);
    assert.equal(like("db|x"), false);
    assert.equal(like("x|9100"), false);
    assert.equal(like("db-", false), true);
  });

  test("a dot in a pattern stands for a line's end too", () => {
    assert.equal(matches([matcher("a", "x.y", { isRegex: true })], { a: "x\ny" }), true);
  });

  test("a label that is not there has the empty value", () => {
    assert.equal(matches([matcher("zone", "")], labels), true);
    assert.equal(matches([matcher("zone", "a", { isEqual: false })], labels), true);
    assert.equal(matches([matcher("zone", ".*", { isRegex: true })], labels), true);
    assert.equal(matches([matcher("zone", ".+", { isRegex: true })], labels), false);
    assert.equal(matches([matcher("constructor", "")], labels), true);
  });

  test("all of several have to match, and none always do", () => {
    assert.equal(matches([matcher("job", "node"), matcher("instance", "x")], labels), false);
    assert.equal(matches([], labels), true);
  });

  test("a pattern that is refused matches nothing, so that it silences nothing", () => {
    assert.equal(matches([matcher("job", "(", { isRegex: true })], labels), false);
  });
});

describe("patterns that are refused", () => {
  for (const [pattern, problem] of [
    ["(", "not-a-regex"],
    ["[z-a]", "not-a-regex"],
    ["a**", "not-a-regex"],
    ["x".repeat(501), "too-long"],
  ] as const) {
    test(`${pattern.slice(0, 20)}: ${problem}`, () => {
      assert.equal(patternProblem(pattern), problem);
    });
  }

  for (const pattern of [
    "",
    "db-.*",
    "a|b|c",
    "db-[0-9]+",
    "(db|web)-\\d{2}",
    "\\(x\\)",
    ".+",
    "a{2,3}",
    "한글.*",
    "x.*?y",
  ]) {
    test(`'${pattern}' is fine`, () => {
      assert.equal(patternProblem(pattern), undefined);
    });
  }

  // An engine that tracks back takes hours to years with each of these on the longest value there is.
  for (const pattern of ["((a+))+b", "((a|a))*b", "(a?){30}a{30}b", ".*.*.*.*.*!", "a*a*a*a*b", "(?:a*)*b"]) {
    test(`${pattern} is matched in time that grows with the value alone`, () => {
      assert.equal(patternProblem(pattern), undefined);
      assert.equal(matches([matcher("job", pattern, { isRegex: true })], { job: "a".repeat(2_000) }), false);
    });
  }

  test("what is let through answers quickly on long values of its own letters", () => {
    const piece = fc.constantFrom("a", "b", "[ab]", "a+", "b?", "(ab)", "(a|b)", "\\w", "a{2}");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const value = pieces.join("");
        if (patternProblem(value) !== undefined) return;
        const begun = performance.now();
        matches([matcher("a", value, { isRegex: true })], { a: `${"a".repeat(300)}!` });
        assert.ok(performance.now() - begun < 2_000, value);
      }),
      { numRuns: 100 },
    );
  });
});
