import { reportSaid as said } from "../locale/report.ts";
import type { Said } from "../locale/said.ts";
import type { ClauseId, Policy } from "../policy/policy.ts";
import { type FieldMeaning, fieldMeaning } from "./field-meaning.ts";

export type TemplateField = {
  readonly title: Said;
  readonly clause?: ClauseId;
  readonly meaning: FieldMeaning | undefined;
};
export type TemplateSection = {
  readonly title: Said;
  readonly clause?: ClauseId;
  readonly fields: readonly TemplateField[];
};

/**
 * The sections of the document's `보고서 작성`; where it has none, those that any report has. What was done and what
 * watching harder found are in every report, also where the document does not ask for them.
 */
export function templateOf({ report }: Pick<Policy, "report">): readonly TemplateSection[] {
  if (report.length === 0) return OURS;
  const asked: readonly TemplateSection[] = report.map(({ title, clause, items }) => ({
    title: asWritten(title),
    clause,
    // `영향 범위:` alone, without a list below it, is a field of its own.
    fields:
      items.length === 0
        ? [{ title: asWritten(title), clause, meaning: fieldMeaning(title) }]
        : items.map(({ id, text }) => ({ title: asWritten(text), clause: id, meaning: fieldMeaning(text) })),
  }));
  const meanings = asked.flatMap(({ fields }) => fields.map(({ meaning }) => meaning));
  const missing = (["actions", "watching"] as const).filter((meaning) => !meanings.includes(meaning));
  return missing.length === 0 ? asked : [...asked, { title: said.unasked(), fields: ours(...missing) }];
}

const OURS: readonly TemplateSection[] = [
  { title: said.basics(), fields: ours("occurred", "grade", "scope") },
  { title: said.course(), fields: ours("phenomena", "cause", "actions") },
  { title: said.afterwards(), fields: ours("prevention", "watching") },
];

function ours(...meanings: readonly FieldMeaning[]): readonly TemplateField[] {
  return meanings.map((meaning) => ({ title: said.fields[meaning], meaning }));
}

function asWritten(text: string): Said {
  return { ko: text, en: text };
}
