import type { Backtest, PlayedSide } from "../../backtest/backtest.ts";
import type { Figures } from "../../backtest/figures.ts";
import type { Outcome } from "../../backtest/outcome.ts";
import { actorText, tellTimeline } from "../../incident/tell.ts";
import { backtestSaid as said } from "../../locale/backtest.ts";
import { timeText } from "../../locale/page.ts";
import type { Locale } from "../../locale/said.ts";
import type { PersonId } from "../../roster/roster.ts";
import { type Millis, toIso } from "../../time/instant.ts";
import type {
  BacktestFigures,
  BacktestIncident,
  BacktestReport,
  BacktestSide,
  PlayedOutcome,
  PlayedTimelineRow,
} from "../wire/backtest.ts";
import type { WirePerson } from "../wire/policy.ts";

/** What the sides are called: the version or file of each policy, and which roster. */
export type SideName = Pick<BacktestSide, "policy" | "roster">;

export type ShowFacts = {
  readonly locale: Locale;
  readonly zone: string;
  readonly endAfter: Millis;
  readonly a: Omit<SideName, "policy"> & { readonly policy: Omit<SideName["policy"], "title"> };
  readonly b: ShowFacts["a"] | undefined;
};

/** So many are shown in full; more than anybody reads, and an answer has to be of a bounded size. */
const INCIDENTS_SHOWN_MAX = 200;
const ROWS_SHOWN_MAX = 200;

/** A back-test in words, as the page and the command line show it. */
export function shownBacktest(result: Backtest, facts: ShowFacts): BacktestReport {
  const { history, a, b } = result;
  const { locale, zone } = facts;
  const differing =
    b === undefined ? result.compared : result.compared.filter(({ difference }) => difference !== "same");
  return {
    history: { ...history, from: toIso(history.from), to: toIso(history.to), zone },
    model: modelText(result, facts),
    notes: notesText(result, facts),
    a: shownSide(a, facts.a),
    b: b === undefined || facts.b === undefined ? null : shownSide(b, facts.b),
    differences: b === undefined ? null : countsOf(result),
    incidents: differing.slice(0, INCIDENTS_SHOWN_MAX).map(({ a: one, b: other, difference }): BacktestIncident => {
      const named = one ?? other;
      return {
        key: named === undefined ? "" : keyOf(named),
        title: named?.title ?? "",
        service: named?.service ?? "",
        openedAt: toIso(named?.openedAt ?? 0),
        difference,
        a: one === undefined ? null : shownOutcome(one, a, { locale, zone }),
        b: other === undefined || b === undefined ? null : shownOutcome(other, b, { locale, zone }),
      };
    }),
    leftOut: Math.max(differing.length - INCIDENTS_SHOWN_MAX, 0),
  };
}

function keyOf({ from, number }: Outcome): string {
  return "record" in from ? `INC-${from.record}` : from.line === 0 ? `#${number}` : `${from.line}`;
}

function countsOf({ compared }: Backtest): NonNullable<BacktestReport["differences"]> {
  const counts = { worse: 0, better: 0, other: 0, same: 0 };
  for (const { difference } of compared) counts[difference]++;
  return counts;
}

function modelText({ history, model, a, b }: Backtest, { locale }: ShowFacts): readonly string[] {
  const names = model.asleep.map((id) => a.roster.people.get(id)?.name ?? b?.roster.people.get(id)?.name ?? id);
  return [
    ...(history.incidents > 0
      ? [said.modelRecorded(), said.modelOtherwise({ answerAfterMs: model.answerAfter })]
      : [said.modelAlerts({ answerAfterMs: model.answerAfter })]),
    ...(names.length > 0 ? [said.modelAsleep({ names: names.join(", ") })] : []),
    said.modelChannels(),
  ].map((sentence) => sentence[locale]);
}

function notesText({ history, a, b }: Backtest, { locale, endAfter }: ShowFacts): readonly string[] {
  const graded = (side: string, { gradedByRank }: PlayedSide) =>
    [...gradedByRank].map(([from, to]) => said.noteGraded({ side, from, to }));
  return [
    ...(history.supposedEnds > 0 ? [said.noteSupposedEnds({ count: history.supposedEnds, endAfterMs: endAfter })] : []),
    ...(history.drills > 0 ? [said.noteDrills({ count: history.drills })] : []),
    ...graded("A", a),
    ...(b === undefined ? [] : graded("B", b)),
  ].map((sentence) => sentence[locale]);
}

function shownSide(side: PlayedSide, { policy, roster }: ShowFacts["a"]): BacktestSide {
  return { policy: { ...policy, title: side.policy.title }, roster, figures: shownFigures(side.figures, side) };
}

function shownFigures(figures: Figures, side: PlayedSide): BacktestFigures {
  return {
    ...figures,
    firstHuman: figures.firstHuman ?? null,
    acknowledged: figures.acknowledged ?? null,
    people: figures.people.map(({ person, ...counts }) => ({ person: named(person, side), ...counts })),
  };
}

function shownOutcome(
  outcome: Outcome,
  side: PlayedSide,
  { locale, zone }: { readonly locale: Locale; readonly zone: string },
): PlayedOutcome {
  const { number, grade, alerts, first, acknowledged, deadline, reachedTop, pages, openedAt } = outcome;
  const wakes = pages.filter(({ urgency }) => urgency === "wake");
  const woken = [...new Set(wakes.flatMap(({ people }) => people))];
  const nameOf = (id: string): string => named(id as PersonId, side).name;
  const told = tellTimeline(outcome.events, {
    nameOf,
    clauseOf: (id) => side.policy.clauses.get(id),
    timeOf: (at) => timeText(at, zone, locale),
  });
  const rows = told.flatMap(({ at, by, what, details }, nth): PlayedTimelineRow[] => {
    // That a page arrived is said by the step that sent it: here all of them do.
    const type = outcome.events[nth]?.event.type;
    if (type === "delivery-accepted" || type === "delivery-bundled") return [];
    return [
      { after: at - openedAt, by: by[locale], what: what[locale], details: details.map((detail) => detail[locale]) },
    ];
  });
  return {
    number,
    grade,
    gradeRank: side.policy.grades.findIndex(({ name }) => name === grade),
    alerts,
    first: first === undefined ? null : { person: named(first.person, side), after: first.after },
    acknowledged:
      acknowledged === undefined
        ? null
        : { by: actorText(acknowledged.by, { nameOf })[locale], after: acknowledged.after },
    deadline,
    reachedTop,
    wake: new Set(wakes.map(({ message }) => message)).size,
    tell: pages.length - wakes.length,
    woken: woken.map((id) => named(id, side)),
    timeline: rows.slice(0, ROWS_SHOWN_MAX),
  };
}

function named(id: PersonId, { roster }: PlayedSide): WirePerson {
  return { id, name: roster.people.get(id)?.name ?? id };
}
