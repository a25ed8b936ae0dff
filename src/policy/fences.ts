import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";

/** A piece of YAML in a document: its text and where its first character stands. */
export type Fence = { readonly text: string; readonly line: number; readonly column: number };

export type GlossaryLine = {
  readonly term: string;
  readonly meaning: string;
  readonly line: number;
  readonly column: number;
};

export type DocumentParts = {
  readonly title: string | undefined;
  readonly fences: readonly Fence[];
  readonly glossary: readonly GlossaryLine[];
};

/** The machine-readable parts of a Markdown document: fenced `yaml` blocks, and lists of `**term**: meaning`. */
export function partsOf(markdown: string): DocumentParts {
  const tree = fromMarkdown(markdown);
  const lines = markdown.split("\n");
  const fences: Fence[] = [];
  const glossary: GlossaryLine[] = [];
  let title: string | undefined;
  walk(tree, (node) => {
    if (node.type === "heading" && node.depth === 1) title ??= textOf(node).trim();
    if (node.type === "code" && isProgram(node.lang) && node.position) {
      const { start, end } = node.position;
      const isClosed = (lines[end.line - 1] ?? "").trim().startsWith((lines[start.line - 1] ?? "").trim().slice(0, 3));
      const text = lines.slice(start.line, isClosed ? end.line - 1 : end.line).join("\n");
      fences.push({ text, line: start.line + 1, column: 1 });
    }
    if (node.type === "listItem" && node.position) {
      const found = /^\s*[-*+]\s+\*\*(.+?)\*\*\s*[:：]\s*(.+)$/u.exec(lines[node.position.start.line - 1] ?? "");
      if (found?.[1] !== undefined && found[2] !== undefined) {
        glossary.push({
          term: found[1],
          meaning: found[2].trim(),
          line: node.position.start.line,
          column: node.position.start.column,
        });
      }
    }
  });
  return { title, fences, glossary };
}

/** Whether a fence of that language is read. */
export function isProgram(lang: string | null | undefined): boolean {
  return /^ya?ml\b/i.test(lang ?? "");
}

function walk(node: Root | Nodes, visit: (node: Root | Nodes) => void): void {
  visit(node);
  if ("children" in node) for (const child of node.children) walk(child, visit);
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => textOf(child as Nodes)).join("") : "";
}
