import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Fence } from "./fences.ts";

export type Position = { readonly line: number; readonly column: number };

/** A YAML value with the place where it stands in the document: all that the reader wants of YAML. */
export type Tree =
  | ({ readonly kind: "text"; readonly text: string; readonly raw: string } & Position)
  | ({ readonly kind: "list"; readonly items: readonly Tree[] } & Position)
  | ({ readonly kind: "map"; readonly entries: readonly Entry[] } & Position)
  | ({ readonly kind: "empty" } & Position);

export type Entry = { readonly key: string; readonly at: Position; readonly value: Tree };

export type YamlProblem = Position & { readonly code: string; readonly message: string; readonly found: string };

const DEPTH_MAX = 20;
const ALIASES_MAX = 1_000;
const PROBLEMS_MAX = 20;

/** Parses a piece of YAML; positions are those of the whole document. */
export function treeOf(fence: Fence): { readonly tree: Tree; readonly problems: readonly YamlProblem[] } {
  const counter = new LineCounter();
  const problems: YamlProblem[] = [];
  const place = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: fence.line + Math.max(line, 1) - 1, column: Math.max(col, 1) };
  };
  const start = { line: fence.line, column: fence.column };
  try {
    const document = parseDocument(fence.text, {
      lineCounter: counter,
      // Compared with a set below: the parser compares each key with all before it.
      uniqueKeys: false,
      prettyErrors: false,
      strict: true,
    });
    for (const error of document.errors.slice(0, PROBLEMS_MAX)) {
      const at = place(error.pos[0]);
      const message = error.message.split("\n")[0] ?? "";
      problems.push({
        ...at,
        code: error.code,
        message,
        found: fence.text.split("\n")[at.line - fence.line]?.trim() ?? "",
      });
    }
    let aliases = 0;
    const read = (node: Node | null | undefined, at: Position, depth: number): Tree => {
      if (node === null || node === undefined || depth > DEPTH_MAX) return { kind: "empty", ...at };
      const here = node.range ? place(node.range[0]) : at;
      if (isAlias(node)) {
        aliases++;
        const target = aliases > ALIASES_MAX ? undefined : node.resolve(document);
        if (target === undefined && problems.length < PROBLEMS_MAX) {
          const message = aliases > ALIASES_MAX ? `more than ${ALIASES_MAX} aliases` : "an alias of nothing";
          problems.push({ ...here, code: "BAD_ALIAS", message, found: `*${node.source}` });
        }
        return read(target as Node | undefined, here, depth + 1);
      }
      if (isScalar(node)) {
        if (node.value === null || node.value === undefined) return { kind: "empty", ...here };
        const raw = node.range ? fence.text.slice(node.range[0], node.range[1]) : scalarText(node.value);
        return { kind: "text", text: (node.source ?? scalarText(node.value)).trim(), raw, ...here };
      }
      if (isSeq(node))
        return { kind: "list", items: node.items.map((item) => read(item as Node, here, depth + 1)), ...here };
      if (isMap(node)) {
        const names = new Set<string>();
        const entries = node.items.map((pair) => {
          const key = pair.key as Node | null;
          const keyAt = key?.range ? place(key.range[0]) : here;
          const name = isScalar(key) ? (key.source ?? scalarText(key.value)) : "";
          if (names.has(name) && problems.length < PROBLEMS_MAX) {
            problems.push({ ...keyAt, code: "DUPLICATE_KEY", message: "Map keys must be unique", found: name.trim() });
          }
          names.add(name);
          return { key: name.trim(), at: keyAt, value: read(pair.value as Node | null, keyAt, depth + 1) };
        });
        return { kind: "map", entries, ...here };
      }
      return { kind: "empty", ...here };
    };
    return { tree: read(document.contents as Node | null, start, 0), problems };
  } catch (error) {
    problems.push({ ...start, code: "BROKEN", message: String(error).slice(0, 200), found: "" });
    return { tree: { kind: "empty", ...start }, problems };
  }
}

/** A scalar that the parser made of its own accord has no source text. */
function scalarText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
