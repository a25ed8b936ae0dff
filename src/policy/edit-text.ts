import type { Position } from "./tree.ts";

/**
 * Small edits of a document that somebody wrote: each touches one line or puts lines beside it, so that all the rest
 * stays as its author left it. Lines and columns are 1-based; undefined where the text is not as the edit expects.
 */
export type Edited = string | undefined;

/** Puts `item` after the last of a list, in whichever of the three forms the list is written: block, flow, one value. */
export function addToList(text: string, last: Position & { readonly text: string }, item: string): Edited {
  const lines = text.split("\n");
  const line = lines[last.line - 1];
  if (line === undefined) return undefined;
  const before = line.slice(0, last.column - 1);
  if (/^\s*-\s+$/u.test(before)) {
    lines.splice(last.line, 0, before + scalar(item));
    return lines.join("\n");
  }
  const written = writtenAt(line, last);
  if (written === undefined) return undefined;
  const after = line.slice(last.column - 1 + written.length);
  const inFlow = scalar(item, true);
  const changed = /[[,]\s*$/u.test(before)
    ? `${before}${written}, ${inFlow}${after}`
    : `${before}[${written}, ${inFlow}]${after}`;
  lines[last.line - 1] = changed;
  return lines.join("\n");
}

/** Writes something else in the place of what stands there. */
export function replaceAt(text: string, at: Position, found: string, instead: string): Edited {
  const lines = text.split("\n");
  const line = lines[at.line - 1];
  const rest = line?.slice(at.column - 1);
  const place = rest?.indexOf(found) ?? -1;
  if (line === undefined || rest === undefined || place < 0) return undefined;
  lines[at.line - 1] = line.slice(0, at.column - 1) + rest.slice(0, place) + instead + rest.slice(place + found.length);
  return lines.join("\n");
}

export function insertLines(text: string, afterLine: number, added: readonly string[]): string {
  const lines = text.split("\n");
  lines.splice(afterLine, 0, ...added);
  return lines.join("\n");
}

/** A text as YAML reads it back; quoted only where it has to be. */
export function scalar(value: string, inFlow = false): string {
  const needs = /^[\s?:,[\]{}#&*!|>'"%@`]|^-\s|: | #|:$|\s$/u.test(value) || value === "";
  return needs || (inFlow && /[,[\]{}]/u.test(value)) ? JSON.stringify(value) : value;
}

function writtenAt(line: string, { column, text }: Position & { readonly text: string }): string | undefined {
  const rest = line.slice(column - 1);
  return [text, `"${text}"`, `'${text}'`].find((form) => rest.startsWith(form));
}
