import type { BlockContent, DefinitionContent, ListItem, Nodes, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { tableOf } from "./document-table.ts";
import { isProgram } from "./fences.ts";

/** A piece of running text: what Markdown can say that a policy needs. Links are texts, HTML is what it looks like. */
export type Inline =
  | { readonly is: "text" | "code"; readonly text: string }
  | { readonly is: "strong" | "emphasis"; readonly children: readonly Inline[] }
  | { readonly is: "break" };

export type Item = { readonly line: number; readonly blocks: readonly Block[] };

/** The document as its readers see it, as data: nothing in it is ever HTML. Lines are 1-based. */
export type Block =
  | {
      readonly is: "heading";
      readonly line: number;
      readonly depth: number;
      readonly id: string;
      readonly children: readonly Inline[];
    }
  | { readonly is: "paragraph"; readonly line: number; readonly children: readonly Inline[] }
  | {
      readonly is: "list";
      readonly line: number;
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly Item[];
    }
  | { readonly is: "quote"; readonly line: number; readonly blocks: readonly Block[] }
  | { readonly is: "code"; readonly line: number; readonly lang: string; readonly text: string }
  | {
      readonly is: "table";
      readonly line: number;
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly is: "rule"; readonly line: number }
  | {
      readonly is: "program";
      readonly line: number;
      readonly lines: readonly { readonly line: number; readonly text: string }[];
    };

/** How deep lists and quotes are followed; what is deeper is shown as plain text. */
const DEPTH_MAX = 20;

/** Reads a policy's text for showing it; plain YAML is one block of program. */
export function documentOf(source: { readonly file: string; readonly text: string }): readonly Block[] {
  const text = source.text.replace(/^\uFEFF/u, "").replace(/\r\n?/gu, "\n");
  const lines = text.split("\n");
  if (/\.ya?ml$/iu.test(source.file)) return [program(lines, 1, lines.length)];
  const ids = new Map<string, number>();
  const headingId = (title: string): string => {
    const base = `h-${title
      .trim()
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .toLowerCase()}`;
    const nth = (ids.get(base) ?? 0) + 1;
    ids.set(base, nth);
    return nth === 1 ? base : `${base}-${nth}`;
  };
  const blocksOf = (nodes: readonly (RootContent | BlockContent | DefinitionContent)[], depth: number): Block[] =>
    nodes.flatMap((node) => blockOf(node, depth));

  const blockOf = (node: RootContent | BlockContent | DefinitionContent, depth: number): readonly Block[] => {
    const line = node.position?.start.line ?? 1;
    if (depth > DEPTH_MAX) return [{ is: "paragraph", line, children: [{ is: "text", text: textOf(node) }] }];
    switch (node.type) {
      case "heading":
        return [
          { is: "heading", line, depth: node.depth, id: headingId(textOf(node)), children: inlines(node.children) },
        ];
      case "paragraph": {
        const source = lines.slice(line - 1, node.position?.end.line ?? line);
        return [
          tableOf(source, line, (cell) => inlineText(cell)) ?? {
            is: "paragraph",
            line,
            children: inlines(node.children),
          },
        ];
      }
      case "list":
        return [
          {
            is: "list",
            line,
            ordered: node.ordered === true,
            start: node.start ?? 1,
            items: node.children.map((item: ListItem) => ({
              line: item.position?.start.line ?? line,
              blocks: blocksOf(item.children, depth + 1),
            })),
          },
        ];
      case "blockquote":
        return [{ is: "quote", line, blocks: blocksOf(node.children, depth + 1) }];
      case "code": {
        if (!isProgram(node.lang)) return [{ is: "code", line, lang: node.lang ?? "", text: node.value }];
        return [program(lines, line + 1, line + lengthOf(node, lines))];
      }
      case "thematicBreak":
        return [{ is: "rule", line }];
      case "html":
        return [{ is: "paragraph", line, children: [{ is: "text", text: node.value }] }];
      default:
        return [];
    }
  };
  return blocksOf(fromMarkdown(text).children, 0);
}

function program(lines: readonly string[], from: number, to: number): Block {
  const shown = lines.slice(from - 1, to).map((text, index) => ({ line: from + index, text }));
  while (shown.length > 0 && shown.at(-1)?.text.trim() === "") shown.pop();
  return { is: "program", line: from, lines: shown };
}

/** How many lines a fence holds; one that is not closed goes on to the end. */
function lengthOf(node: Extract<RootContent, { type: "code" }>, lines: readonly string[]): number {
  const start = node.position?.start.line ?? 1;
  const end = node.position?.end.line ?? start;
  const mark = (lines[start - 1] ?? "").trim().slice(0, 3);
  return (lines[end - 1] ?? "").trim().startsWith(mark) && end > start ? end - start - 1 : end - start;
}

/** A cell of a table, which is Markdown of its own. */
function inlineText(markdown: string): readonly Inline[] {
  if (markdown === "") return [];
  const [first] = fromMarkdown(markdown).children;
  return first?.type === "paragraph" ? inlines(first.children) : [{ is: "text", text: markdown }];
}

function inlines(nodes: readonly PhrasingContent[]): readonly Inline[] {
  return nodes.flatMap((node): readonly Inline[] => {
    switch (node.type) {
      case "text":
      case "html":
        return [{ is: "text", text: node.value }];
      case "inlineCode":
        return [{ is: "code", text: node.value }];
      case "strong":
      case "emphasis":
        return [{ is: node.type, children: inlines(node.children) }];
      case "break":
        return [{ is: "break" }];
      case "link": {
        const text = textOf(node);
        return [
          { is: "text", text: text === node.url || `mailto:${text}` === node.url ? text : `${text} (${node.url})` },
        ];
      }
      case "image":
        return [{ is: "text", text: node.alt ?? node.url }];
      default:
        return [{ is: "text", text: textOf(node) }];
    }
  });
}

function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map((child) => textOf(child as Nodes)).join("") : "";
}
