import type { Block, Inline } from "./document.ts";

/**
 * A table in the form that GitHub made common, which plain Markdown reads as a paragraph: a row, a row of dashes, rows.
 * Undefined where the lines are no table.
 */
export function tableOf(
  source: readonly string[],
  line: number,
  read: (cell: string) => readonly Inline[],
): Extract<Block, { is: "table" }> | undefined {
  const [head, rule, ...rows] = source;
  if (head === undefined || rule === undefined || !head.includes("|")) return undefined;
  if (!/^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/u.test(rule)) return undefined;
  const columns = cellsOf(head);
  if (cellsOf(rule).length !== columns.length) return undefined;
  return {
    is: "table",
    line,
    head: columns.map(read),
    rows: rows.map((row) => {
      const cells = cellsOf(row);
      return columns.map((_, index) => read(cells[index] ?? ""));
    }),
  };
}

function cellsOf(row: string): readonly string[] {
  const inside = row
    .trim()
    .replace(/^\|/u, "")
    .replace(/(?<!\\)\|$/u, "");
  return inside.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll("\\|", "|"));
}
