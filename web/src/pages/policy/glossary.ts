import type { DocumentBlock, Inline, PolicyDocument } from "../../../../src/http/wire/policy.ts";

export type Term = { readonly term: string; readonly meaning: string };

/** For each line of the document the terms that occur on it for the first time: they are explained there, and only once. */
export function firstMentions({ blocks, glossary }: PolicyDocument): ReadonlyMap<number, readonly Term[]> {
  const left = new Set(glossary);
  const found = new Map<number, readonly Term[]>();
  const look = (line: number, text: string): void => {
    const here = [...left].filter(({ term }) => text.includes(term));
    if (here.length === 0) return;
    for (const term of here) left.delete(term);
    found.set(line, here);
  };
  const walk = (block: DocumentBlock): void => {
    switch (block.is) {
      case "heading":
        // A heading is a place to go to, not one to stop at.
        return;
      case "paragraph":
        return look(block.line, textOf(block.children));
      case "program":
        for (const { line, text } of block.lines) look(line, text);
        return;
      case "quote":
        block.blocks.forEach(walk);
        return;
      case "list":
        for (const { clauses, blocks: inside } of block.items)
          if (!clauses.some(({ id }) => id.startsWith("glossary/"))) inside.forEach(walk);
        return;
      default:
        return;
    }
  };
  blocks.forEach(walk);
  return found;
}

function textOf(inlines: readonly Inline[]): string {
  return inlines.map((one) => ("text" in one ? one.text : "children" in one ? textOf(one.children) : " ")).join("");
}

/** A text cut at its terms, each cut out once. */
export function cutAtTerms(text: string, terms: readonly Term[]): readonly (string | Term)[] {
  const [first, ...rest] = terms;
  if (first === undefined) return text === "" ? [] : [text];
  const at = text.indexOf(first.term);
  if (at < 0) return cutAtTerms(text, rest);
  return [...cutAtTerms(text.slice(0, at), rest), first, ...cutAtTerms(text.slice(at + first.term.length), rest)];
}
