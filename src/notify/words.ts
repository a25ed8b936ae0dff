import { durationText, incidentLine, pageSaid, timeText } from "../locale/page.ts";
import type { Page } from "./channel.ts";

/** What a page says, in parts that each channel lays out in its own way. Plain text, safe to show on one line each. */
export type Words = {
  /** Its first 40 characters suffice on a lock screen. */
  readonly headline: string;
  readonly lines: readonly string[];
  readonly description: string;
  readonly because: string;
};

const HEADLINE_LENGTH_MAX = 200;
const DESCRIPTION_LENGTH_MAX = 1_500;
/** A shape beside the word and the colour, so that a grade is not told by colour alone. */
const SHAPES = ["▲", "◆", "●"] as const;

export function wordsOf(page: Page): Words {
  const { locale, incident, zone } = page;
  const said = <F>(text: (facts: F) => Record<"ko" | "en", string>, facts: F): string => text(facts)[locale];
  const shape = SHAPES[Math.min(incident.gradeRank, SHAPES.length - 1)];
  const number = incident.number > 0 ? ` INC-${incident.number}` : "";
  const isOver = page.occasion === "resolved";
  const head = isOver ? `✓ ${said(pageSaid.resolvedHead, undefined)}` : `${shape} ${incident.grade}`;
  const headline = [
    page.drill ? said(pageSaid.drill, undefined) : "",
    `${head}${number}`,
    incidentLine({ service: oneLine(incident.service), title: oneLine(incident.title) }),
    isOver ? "" : `(${said(pageSaid.occasion, page)})`,
    page.mayBeDuplicate ? said(pageSaid.duplicate, undefined) : "",
  ];
  const lines: string[] = [];
  if (incident.number > 0) lines.push(said(pageSaid.since, { at: timeText(incident.openedAt, zone, locale) }));
  if (page.alsoReached.length > 0)
    lines.push(said(pageSaid.alsoReached, { names: page.alsoReached.slice(0, 10).map(oneLine) }));
  if (page.respondBy !== undefined) {
    const at = timeText(page.respondBy, zone, locale);
    const left = page.respondBy - page.at;
    lines.push(
      left > 0 ? said(pageSaid.respondBy, { at, left: durationText(left, locale) }) : said(pageSaid.overdue, { at }),
    );
  }
  if (page.bundled.length > 0) {
    lines.push(said(pageSaid.bundle, { count: page.bundled.length }));
    for (const one of page.bundled.slice(0, 50)) {
      const state = one.isOver ? `✓ ${said(pageSaid.resolvedHead, undefined)}` : one.grade;
      lines.push(`INC-${one.number} [${state}] ${oneLine(one.title)}`);
    }
  }
  return {
    headline: headline
      .filter((part) => part !== "")
      .join(" ")
      .slice(0, HEADLINE_LENGTH_MAX)
      .toWellFormed(),
    lines,
    description: multiLine(page.description),
    because: page.because.line > 0 ? oneLine(said(pageSaid.because, page.because)) : "",
  };
}

/** Text of an alert as it may stand in one line: no control characters, nothing that reorders or breaks what follows. */
export function oneLine(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/\s+/gu, " ")
    .trim();
}

function multiLine(text: string): string {
  return text
    .slice(0, DESCRIPTION_LENGTH_MAX)
    .toWellFormed()
    .split(/\r\n|[\r\n\u2028\u2029]/u)
    .map(oneLine)
    .join("\n")
    .trim();
}
