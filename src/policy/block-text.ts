import { policySaid as said } from "../locale/policy.ts";
import type { Locale } from "../locale/said.ts";
import { insertLines, scalar } from "./edit-text.ts";
import type { BlockKind, Policy } from "./policy.ts";
import { wordsOfBlock } from "./vocabulary.ts";

/** What is to stand in a block: for each name its keys with their values. */
export type BlockEntries = readonly (readonly [
  name: string,
  fields: readonly (readonly [key: string, value: string])[],
])[];

const STEP = "  ";

/**
 * Puts entries into a block of names (`에스컬레이션`, `임계치`): below a name that is there already, at the end of the
 * block otherwise, and where the document has no such block, in a new one at its end.
 */
export function addToBlock(
  text: string,
  policy: Policy,
  kind: BlockKind,
  entries: BlockEntries,
  isYaml: boolean,
): string {
  const inBlock = [...policy.clauses.values()].filter(({ block }) => block === kind);
  const head = inBlock.find(({ path }) => path.length === 0);
  if (head === undefined) return withNewBlock(text, policy.locale, kind, entries, isYaml);
  let edited = text;
  // From the bottom up, so that the lines above keep their numbers.
  const end = Math.max(...inBlock.map(({ line }) => line));
  const known = (name: string) => inBlock.find(({ path }) => path.length === 1 && path[0] === name);
  const names = inBlock.filter(({ path }) => path.length === 1);
  const indent = " ".repeat((names[0]?.column ?? head.column + STEP.length) - 1);
  const fresh = entries.filter(([name]) => known(name) === undefined);
  if (fresh.length > 0) edited = insertLines(edited, end, linesOf(fresh, indent));
  const present = entries.flatMap(([name, fields]) => {
    const clause = known(name);
    if (clause === undefined) return [];
    const last = Math.max(...inBlock.filter(({ path }) => path[0] === name).map(({ line }) => line));
    return [{ clause, fields, last }];
  });
  for (const { clause, fields, last } of present.toSorted((one, other) => other.last - one.last)) {
    const below = " ".repeat(clause.column - 1) + STEP;
    const added = fields.map((field) => below + pair(field));
    edited = insertLines(edited, last, added);
  }
  return edited;
}

function withNewBlock(text: string, locale: Locale, kind: BlockKind, entries: BlockEntries, isYaml: boolean): string {
  const lines = [`${wordIn(wordsOfBlock(kind), locale)}:`, ...linesOf(entries, STEP)];
  const body = text.replace(/\s*$/u, "\n");
  if (isYaml) return `${body}${lines.join("\n")}\n`;
  const title = said.addedSection()[locale];
  const heads = [...body.matchAll(/^## +(?:(\d+)\. *)?(.*)$/gmu)];
  const isThere = heads.some(([, , name]) => name?.trim() === title);
  const last = heads.at(-1)?.[1];
  const number = last === undefined ? "" : `${Number(last) + 1}. `;
  const head = isThere ? "" : `\n## ${number}${title}\n`;
  return `${body}${head}\n\`\`\`yaml\n${lines.join("\n")}\n\`\`\`\n`;
}

function linesOf(entries: BlockEntries, indent: string): readonly string[] {
  return entries.flatMap(([name, fields]) => [
    `${indent}${scalar(name)}:`,
    ...fields.map((field) => `${indent}${STEP}${pair(field)}`),
  ]);
}

function pair([key, value]: readonly [string, string]): string {
  return `${scalar(key)}: ${scalar(value)}`;
}

/** The word for something in the language of the document: the first of its words that is written in it. */
export function wordIn(words: readonly string[], locale: Locale): string {
  const wanted = locale === "ko" ? /[가-힣]/u : /^[a-z]/iu;
  return words.find((word) => wanted.test(word)) ?? words[0] ?? "";
}
