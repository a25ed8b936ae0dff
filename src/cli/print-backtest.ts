import type {
  BacktestFigures,
  BacktestIncident,
  BacktestReport,
  BacktestSide,
  PlayedOutcome,
  Spread,
} from "../http/wire/backtest.ts";
import { DIFFERENCES, FIGURE_ROWS, backtestSaid as said } from "../locale/backtest.ts";
import { durationText, incidentLine, timeText } from "../locale/page.ts";
import type { Locale } from "../locale/said.ts";
import { offsetText, table } from "./print.ts";

/** A back-test for people to read: what was replayed, how, the figures side by side, and what goes otherwise. */
export function backtestText(
  report: BacktestReport,
  { locale, timelines }: { readonly locale: Locale; readonly timelines: boolean },
): string {
  const { history, a, b, differences, incidents, leftOut } = report;
  const time = (at: string): string => timeText(Date.parse(at), history.zone, locale);
  const head = said.replayed({ ...history, from: time(history.from), to: time(history.to) })[locale];
  const count = incidents.length + leftOut;
  return [
    head,
    sideText("A", a, locale),
    ...(b === null ? [] : [sideText("B", b, locale)]),
    "",
    ...[...report.model, ...report.notes].map((sentence) => `  · ${sentence}`),
    "",
    table(figureRows(a.figures, b?.figures, locale)),
    "",
    said.people()[locale],
    table(peopleRows(a.figures, b?.figures, locale)),
    "",
    (b === null ? said.everyIncident({ count }) : said.differing({ count }))[locale],
    ...incidents.flatMap((incident) => incidentLines(incident, { locale, timelines, time, isAlone: b === null })),
    ...(leftOut > 0 ? [said.leftOut({ count: leftOut })[locale]] : []),
    ...(differences === null ? [] : ["", said.verdict(differences)[locale]]),
  ].join("\n");
}

function sideText(side: "A" | "B", { policy, roster }: BacktestSide, locale: Locale): string {
  const name = `${policy.title === "" ? policy.id : policy.title} (${policy.file})`;
  return said.side({ side, policy: name, roster })[locale];
}

function figureRows(
  a: BacktestFigures,
  b: BacktestFigures | undefined,
  locale: Locale,
): readonly (readonly string[])[] {
  const rows: string[][] = b === undefined ? [] : [["", "A", "B", ""]];
  const add = (label: string, of: (figures: BacktestFigures) => number): void => {
    const difference = b === undefined ? 0 : of(b) - of(a);
    const change = difference === 0 ? "" : difference > 0 ? `+${difference}` : String(difference);
    rows.push([label, String(of(a)), ...(b === undefined ? [] : [String(of(b)), change])]);
  };
  const addSpread = (label: string, of: (figures: BacktestFigures) => Spread | null): void => {
    rows.push([label, spreadText(of(a), locale), ...(b === undefined ? [] : [spreadText(of(b), locale)])]);
  };
  const label = (name: string): string => FIGURE_ROWS[name]?.[locale] ?? name;
  add(label("incidents"), ({ incidents }) => incidents);
  add(label("alerts"), ({ alerts }) => alerts);
  add(label("wake"), ({ pages }) => pages.wake);
  add(label("night"), ({ pages }) => pages.night);
  add(label("tell"), ({ pages }) => pages.tell);
  add(label("bundled"), ({ bundled }) => bundled);
  add(label("peopleWoken"), ({ peopleWoken }) => peopleWoken);
  addSpread(label("firstHuman"), ({ firstHuman }) => firstHuman);
  addSpread(label("acknowledged"), ({ acknowledged }) => acknowledged);
  add(label("reachedNobody"), ({ reachedNobody }) => reachedNobody);
  add(label("reachedTop"), ({ reachedTop }) => reachedTop);
  for (const grade of gradesOf(a, b))
    rows.push([
      said.deadlines({ grade })[locale],
      deadlinesText(a, grade),
      ...(b === undefined ? [] : [deadlinesText(b, grade)]),
    ]);
  return rows;
}

function gradesOf(a: BacktestFigures, b: BacktestFigures | undefined): readonly string[] {
  return [...new Set([...a.deadlines, ...(b?.deadlines ?? [])].map(({ grade }) => grade))];
}

function deadlinesText({ deadlines }: BacktestFigures, grade: string): string {
  const row = deadlines.find((one) => one.grade === grade);
  return row === undefined ? "-" : `${row.met} / ${row.missed} / ${row.ended}`;
}

function spreadText(spread: Spread | null, locale: Locale): string {
  if (spread === null) return "-";
  return `${durationText(spread.median, locale)} / ${durationText(spread.longest, locale)}`;
}

type PersonRow = BacktestFigures["people"][number];

function peopleRows(
  a: BacktestFigures,
  b: BacktestFigures | undefined,
  locale: Locale,
): readonly (readonly string[])[] {
  const [person = "", ...columns] = said.peopleColumns()[locale].split("|");
  const counts = (row: PersonRow | undefined): readonly string[] =>
    [row?.wake ?? 0, row?.night ?? 0, row?.nights ?? 0, row?.tell ?? 0].map(String);
  const of = (figures: BacktestFigures | undefined, id: string): PersonRow | undefined =>
    figures?.people.find((row) => row.person.id === id);
  const people = new Map([...a.people, ...(b?.people ?? [])].map(({ person: { id, name } }) => [id, name]));
  const header = b === undefined ? columns : [...columns.map((one) => `A ${one}`), ...columns.map((one) => `B ${one}`)];
  return [
    [person, ...header],
    ...[...people].map(([id, name]) => [name, ...counts(of(a, id)), ...(b === undefined ? [] : counts(of(b, id)))]),
  ];
}

function incidentLines(
  incident: BacktestIncident,
  facts: {
    readonly locale: Locale;
    readonly timelines: boolean;
    readonly time: (at: string) => string;
    readonly isAlone: boolean;
  },
): readonly string[] {
  const { locale, timelines, isAlone } = facts;
  const { key, title, service, openedAt, difference, a, b } = incident;
  const verdict = isAlone ? "" : `${DIFFERENCES[difference]?.[locale] ?? difference}  `;
  const name = /^\d+$/.test(key) ? said.line({ line: Number(key) })[locale] : key;
  const lines = (side: string, outcome: PlayedOutcome | null): readonly string[] => [
    `    ${side}  ${outcome === null ? said.noIncident()[locale] : outcomeText(outcome, locale)}`,
    ...(timelines && outcome !== null ? timelineLines(outcome) : []),
  ];
  return [
    `  ${verdict}${name}  ${facts.time(openedAt)}  ${incidentLine({ service, title })}`,
    ...lines("A", a),
    ...(isAlone ? [] : lines("B", b)),
  ];
}

function outcomeText(outcome: PlayedOutcome, locale: Locale): string {
  const { grade, first, acknowledged, deadline, wake } = outcome;
  return said.outcome({
    grade,
    first: first?.person.name ?? "",
    firstAfter: first?.after ?? 0,
    by: acknowledged?.by ?? "",
    byAfter: acknowledged?.after ?? 0,
    deadline,
    wake,
  })[locale];
}

function timelineLines({ timeline }: PlayedOutcome): readonly string[] {
  return timeline.flatMap(({ after, by, what, details }) => [
    `       ${offsetText(after)}  ${by}: ${what}`,
    ...details.map((detail) => `                 ${detail}`),
  ]);
}
