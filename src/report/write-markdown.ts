import { reportSaid as said } from "../locale/report.ts";
import type { Locale } from "../locale/said.ts";
import type { Clause, ClauseId } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import type { Report, ReportField, ReportLine } from "./report.ts";

export type MarkdownFacts = {
  readonly number: number;
  readonly title: string;
  /** Until when the record is in it. */
  readonly at: Instant;
  readonly locale: Locale;
  readonly timeOf: (at: Instant) => string;
  readonly clauseOf: (clause: ClauseId) => Clause | undefined;
};

/** The draft as a document that people go on writing in. What came from outside is text in it, whatever it contains. */
export function writeMarkdown(report: Report, facts: MarkdownFacts): string {
  const { locale, timeOf } = facts;
  const head = [`# ${escaped(said.heading(facts)[locale])}`, "", escaped(said.lead({ at: timeOf(facts.at) })[locale])];
  const sections = report.flatMap(({ title, fields }) => [
    "",
    `## ${escaped(title[locale])}`,
    ...fields.flatMap((field) => fieldLines(field, facts)),
  ]);
  return `${[...head, ...sections].join("\n")}\n`;
}

function fieldLines({ title, clause, lines, toWrite }: ReportField, facts: MarkdownFacts): readonly string[] {
  const { locale } = facts;
  const line = clause === undefined ? undefined : facts.clauseOf(clause)?.line;
  const from = line === undefined ? "" : ` <!-- ${said.clause({ line })[locale]} -->`;
  return [
    "",
    `### ${escaped(title[locale])}${from}`,
    "",
    ...lines.flatMap((one) => lineTexts(one, facts)),
    ...(lines.length === 0 || toWrite === undefined ? [] : [""]),
    ...(toWrite === undefined ? [] : [`> **${said.toWrite()[locale]}**: ${escaped(toWrite[locale])}`]),
  ];
}

function lineTexts({ at, text, details }: ReportLine, { locale, timeOf }: MarkdownFacts): readonly string[] {
  const when = at === undefined ? "" : `${timeOf(at)} · `;
  return [`- ${escaped(`${when}${text[locale]}`)}`, ...details.map((detail) => `  - ${escaped(detail[locale])}`)];
}

/** CommonMark's own marks lose their meaning, and a line stays one line. */
function escaped(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/gu, " ").replace(/[\\`*_[\]<>#|~&]/gu, String.raw`\$&`);
}
