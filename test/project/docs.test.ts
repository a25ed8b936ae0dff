import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { faultCodes } from "../../src/fault/codes.ts";
import { readRoster } from "../../src/roster/read-roster.ts";

const ERRORS = "docs/errors.md";

/** `BONGSU_TEST_UPDATE=1 npm test -- docs` writes it anew. */
test("docs/errors.md lists every error as the code has it", () => {
  const rows = Object.entries(faultCodes).map(
    ([code, { status, advice }]) => `| \`${code}\` | ${status} | ${advice.en} | ${advice.ko} |`,
  );
  const text = [
    "# Errors · 오류",
    "",
    "Every error that Bongsu answers or prints, with the HTTP status where a request caused it, and what to do.",
    "Generated from `src/fault/codes.ts`.",
    "",
    "| Code | Status | What to do | 조치 |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
  if (process.env.BONGSU_TEST_UPDATE === "1") writeFileSync(ERRORS, text);
  assert.equal(existsSync(ERRORS) ? readFileSync(ERRORS, "utf8") : "", text);
});

test("every link between the documents, and every document that the code names, is there", () => {
  const missing: string[] = [];
  for (const file of globSync(["*.md", "docs/**/*.md"])) {
    for (const [, target = ""] of readFileSync(file, "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)) {
      if (!existsSync(join(dirname(file), target))) missing.push(`${file}: ${target}`);
    }
  }
  for (const file of globSync("src/**/*.ts")) {
    for (const [target] of readFileSync(file, "utf8").matchAll(/\bdocs\/[\w/-]+(?:\.md)?/g)) {
      const isThere = existsSync(target) || globSync(`${target}*.md`).length > 0;
      if (!isThere) missing.push(`${file}: ${target}`);
    }
  }
  assert.deepEqual(missing, []);
});

test("each example of a monitor is one that a roster file may hold", () => {
  const blocks = [...readFileSync("docs/monitors.md", "utf8").matchAll(/```yaml\n([\s\S]*?)```/g)];
  assert.ok(blocks.length > 0);
  for (const [, text = ""] of blocks)
    assert.deepEqual(readRoster({ file: "docs/monitors.md", text }).diagnostics, [], text);
});
