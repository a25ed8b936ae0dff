import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { type Block, documentOf } from "./document.ts";

const show = (text: string, file = "policy.md"): readonly Block[] => documentOf({ file, text });
const fence = "```";

describe("a policy document as its readers see it", () => {
  test("every line that Bongsu reads is there as it stands, with its number", () => {
    const text = readFileSync("policies/example-policy.ko.md", "utf8");
    const lines = text.split("\n");
    const shown = show(text).flatMap((block) => (block.is === "program" ? block.lines : []));
    assert.ok(shown.length > 90);
    for (const line of shown) assert.equal(line.text, lines[line.line - 1]);
    assert.ok(shown.every((line) => !line.text.startsWith(fence)));
  });

  test("headings, paragraphs, lists, quotes, code, rules and emphasis are told apart", () => {
    const blocks = show(
      `# 제목 *둘*\n\n글 **굵게** \`코드\`\n\n1. 하나\n   - 안\n\n> 인용\n\n---\n\n${fence}sh\nls\n${fence}\n`,
    );
    assert.deepEqual(
      blocks.map(({ is }) => is),
      ["heading", "paragraph", "list", "quote", "rule", "code"],
    );
    const [heading, paragraph, list] = blocks;
    assert.ok(heading?.is === "heading" && heading.id === "h-제목-둘" && heading.children[1]?.is === "emphasis");
    assert.ok(paragraph?.is === "paragraph");
    assert.deepEqual(paragraph.children[1], { is: "strong", children: [{ is: "text", text: "굵게" }] });
    assert.ok(list?.is === "list" && list.ordered && list.items[0]?.blocks[1]?.is === "list");
  });

  test("a table is a table, with what is written in its cells", () => {
    const [table] = show("| 등급 | 시간 |\n| --- | :-: |\n| **상** | 2시간 \\| 이내 |\n| 하 |");
    assert.ok(table?.is === "table");
    assert.deepEqual(table.head[0], [{ is: "text", text: "등급" }]);
    assert.deepEqual(table.rows[0]?.[0], [{ is: "strong", children: [{ is: "text", text: "상" }] }]);
    assert.deepEqual(table.rows[0]?.[1], [{ is: "text", text: "2시간 | 이내" }]);
    assert.deepEqual(table.rows[1]?.[1], []);
    assert.equal(show("a | b\nc | d")[0]?.is, "paragraph");
  });

  test("HTML and links are nothing but text", () => {
    const text = JSON.stringify(
      show("<script>x</script>\n\n[눌러](javascript:alert(1)) <b>굵게</b>\n\n![그림](http://x/y.png)"),
    );
    assert.doesNotMatch(text, /"url"|"href"|"html"/);
    assert.match(text, /눌러 \(javascript:alert\(1\)\)/);
    assert.match(text, /<script>x<\/script>/);
  });

  test("two headings of one name have two ids", () => {
    const ids = show("## 절차\n\n## 절차").map((block) => (block.is === "heading" ? block.id : ""));
    assert.deepEqual(ids, ["h-절차", "h-절차-2"]);
  });

  test("plain YAML is one program, a fence that is not closed goes on to the end, and line ends do not matter", () => {
    const [yaml] = show("a: 1\r\nb: 2\r\n", "p.yml");
    assert.deepEqual(yaml, {
      is: "program",
      line: 1,
      lines: [
        { line: 1, text: "a: 1" },
        { line: 2, text: "b: 2" },
      ],
    });
    const [open] = show(`${fence}yaml\na: 1\nb: 2`);
    assert.ok(open?.is === "program" && open.lines.length === 2);
  });

  test("what is nested without end is shown without end", () => {
    assert.doesNotThrow(() => show(`${"> ".repeat(500)}tief`));
  });
});
