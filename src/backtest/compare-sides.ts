import type { Outcome } from "./outcome.ts";

/** `worse`: a deadline is missed, or nobody is woken, where it was otherwise before. `other`: who, when or through what. */
export type Difference = "worse" | "better" | "other" | "same";

/** The same part of the history on both sides; undefined where it was no incident of its own there. */
export type ComparedOutcome = {
  readonly a: Outcome | undefined;
  readonly b: Outcome | undefined;
  readonly difference: Difference;
};

/** Incident by incident, the worse ones first, then as they opened. */
export function compareSides(a: readonly Outcome[], b: readonly Outcome[]): readonly ComparedOutcome[] {
  const byKey = new Map(b.map((outcome) => [keyOf(outcome), outcome]));
  const pairs: ComparedOutcome[] = a.map((one) => {
    const other = byKey.get(keyOf(one));
    byKey.delete(keyOf(one));
    return { a: one, b: other, difference: differenceOf(one, other) };
  });
  for (const only of byKey.values()) pairs.push({ a: undefined, b: only, difference: differenceOf(undefined, only) });
  return pairs.sort(
    (one, other) => ORDER.indexOf(one.difference) - ORDER.indexOf(other.difference) || openedAt(one) - openedAt(other),
  );
}

const ORDER: readonly Difference[] = ["worse", "better", "other", "same"];

function keyOf({ from }: Outcome): string {
  return "record" in from ? `record ${from.record} ${from.at}` : `line ${from.line}`;
}

function openedAt({ a, b }: ComparedOutcome): number {
  return a?.openedAt ?? b?.openedAt ?? 0;
}

function differenceOf(a: Outcome | undefined, b: Outcome | undefined): Difference {
  const [badA, badB] = [troubleOf(a), troubleOf(b)];
  if (badB > badA) return "worse";
  if (badB < badA) return "better";
  return effectOf(a) === effectOf(b) ? "same" : "other";
}

/** 2: nobody who answers was woken. 1: a deadline was missed. An incident that does not come up is no trouble. */
function troubleOf(outcome: Outcome | undefined): number {
  if (outcome === undefined) return 0;
  if (outcome.first === undefined && outcome.deadline !== "ended") return 2;
  return outcome.deadline === "missed" ? 1 : 0;
}

/** All that people notice, and how it ended. By which clause is not among it. */
function effectOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "";
  const { openedAt: began, pages, acknowledged, deadline, grade } = outcome;
  const told = pages.map(
    ({ at, people, isRoom, channel, urgency }) =>
      `${at - began} ${channel} ${urgency} ${isRoom} ${people.toSorted().join(" ")}`,
  );
  const by = acknowledged?.by.kind === "person" ? acknowledged.by.person : (acknowledged?.by.kind ?? "");
  return [...told.sort(), `${grade} ${deadline} ${acknowledged?.after} ${by}`].join("\n");
}
