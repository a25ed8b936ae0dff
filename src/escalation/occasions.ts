import { type StepKey, type StepKind, stepKey } from "../incident/event.ts";
import type { Incident } from "../incident/incident.ts";
import type { GradeTiming } from "../policy/policy.ts";
import type { Instant, Millis } from "../time/instant.ts";

/** When something of the plan is due and by which rule; whom it reaches is settled when it is looked at. */
export type Occasion = {
  readonly key: StepKey;
  readonly kind: StepKind;
  readonly due: Instant;
  readonly level: number;
  readonly overdue: boolean;
};

/** How far ahead one look at the plan goes, per series: more than anybody reads, and repetition has no end. */
const AHEAD_MAX = 100;

export type Horizon = {
  /** How many levels there are above the owner (`levels.ts`). */
  readonly top: number;
  readonly until: Instant;
};

/**
 * The arithmetic of the plan, without people: every occasion of the present cycle that was not taken yet, in order of
 * time, up to `until`. The rules are those of docs/escalation.md, by number.
 */
export function occasions(incident: Incident, timing: GradeTiming, horizon: Horizon): readonly Occasion[] {
  return [...everyOccasion(incident, timing, horizon)]
    .filter((occasion) => occasion.due <= horizon.until)
    .sort((one, other) => one.due - other.due || KIND_ORDER.indexOf(one.kind) - KIND_ORDER.indexOf(other.kind));
}

const KIND_ORDER: readonly StepKind[] = [
  "first",
  "handed-over",
  "overdue",
  "level",
  "repeat-at-top",
  "reminder",
  "stalled",
  "informed",
  "resolved",
];

function* everyOccasion(incident: Incident, timing: GradeTiming, horizon: Horizon): Generator<Occasion> {
  switch (incident.state) {
    case "triggered":
      if (incident.pagingHeld !== undefined) return;
      return yield* unanswered(incident, timing, horizon);
    case "acknowledged":
      if (incident.snoozedUntil !== undefined) return;
      // A raised grade speaks to its own recipients even where somebody holds the incident already.
      if (incident.cycleBecause === "grade-raised") yield* once(incident, "first", incident.cycleAt);
      if (incident.handOver !== undefined) return yield* unansweredHandOver(incident, timing, horizon);
      return yield* forgotten(incident, timing, horizon);
    case "resolved":
      if (incident.reached.size > 0) yield* once(incident, "resolved", incident.resolvedAt ?? incident.cycleAt);
      return;
    case "closed":
      return;
  }
}

/** Rules 1 to 4: first page, reminders, overdue, level by level to the top, and there again and again. */
function* unanswered(incident: Incident, timing: GradeTiming, horizon: Horizon): Generator<Occasion> {
  const start = incident.cycleAt;
  const deadline = start + timing.respondWithin;
  yield* once(incident, "first", start);
  yield* once(incident, "informed", start);
  yield* reminders(incident, timing, { start, series: "reminder" });

  const pulls =
    incident.levelDue === undefined || isTaken(incident, "pulled", incident.pulls)
      ? []
      : [rung(incident, "pulled", incident.pulls, incident.levelDue.at, false)];
  const overdue = isTaken(incident, "overdue", 1) ? [] : [rung(incident, "overdue", 1, deadline, true)];
  const lates = repeated(incident, "late", (nth) => deadline + nth * timing.levelEvery, horizon).map(({ nth, due }) =>
    rung(incident, "late", nth, due, false),
  );

  let level = incident.level;
  for (const { overdue: isOverdue, ...step } of [...pulls, ...overdue, ...lates].sort(byDue)) {
    const kind = isOverdue ? "overdue" : level >= horizon.top ? "repeat-at-top" : "level";
    level = Math.min(level + 1, horizon.top);
    yield { ...step, kind, level, overdue: isOverdue };
  }
}

/** Rule 6: the new owner is paged, reminded and passed over upwards as for a new incident; the old one keeps it. */
function* unansweredHandOver(incident: Incident, timing: GradeTiming, horizon: Horizon): Generator<Occasion> {
  const start = incident.handOver?.at ?? incident.cycleAt;
  const series = `hand-over-${incident.handOvers}`;
  if (!isTaken(incident, series, 1)) {
    yield { key: stepKey(incident.cycle, series, 1), kind: "handed-over", due: start, level: 0, overdue: false };
  }
  yield* reminders(incident, timing, { start, series: `${series}-reminder` });
  const late = `${series}-late`;
  const dueOf = (nth: number): Instant => start + timing.respondWithin + (nth - 1) * timing.levelEvery;
  for (const { nth, due } of repeated(incident, late, dueOf, horizon)) {
    const level = Math.min(incident.level + nth, horizon.top);
    yield { key: stepKey(incident.cycle, late, nth), kind: "level", due, level, overdue: false };
  }
}

/** Rule 5: held by somebody who has recorded nothing for a while: reminded quietly first, then paged again. */
function* forgotten(incident: Incident, timing: GradeTiming, horizon: Horizon): Generator<Occasion> {
  const { stalled } = timing;
  if (stalled === null) return;
  // A new word begins a new series, so that silence after it counts from there.
  const series = `stalled-${incident.lastWordAt}`;
  for (const { nth, due } of repeated(incident, series, (n) => incident.lastWordAt + n * stalled, horizon)) {
    yield { key: stepKey(incident.cycle, series, nth), kind: "stalled", due, level: nth, overdue: false };
  }
}

function* reminders(
  incident: Incident,
  timing: GradeTiming,
  { start, series }: { start: Instant; series: string },
): Generator<Occasion> {
  const offsets =
    timing.repeatEvery === null
      ? timing.reminders.map((fraction) => Math.round(fraction * timing.respondWithin))
      : multiples(timing.repeatEvery, timing.respondWithin);
  for (const [index, offset] of offsets.entries()) {
    if (isTaken(incident, series, index + 1)) continue;
    const key = stepKey(incident.cycle, series, index + 1);
    yield { key, kind: "reminder", due: start + offset, level: 0, overdue: false };
  }
}

function* once(incident: Incident, kind: "first" | "informed" | "resolved", due: Instant): Generator<Occasion> {
  if (isTaken(incident, kind, 1)) return;
  yield { key: stepKey(incident.cycle, kind, 1), kind, due, level: 0, overdue: false };
}

/** The untaken members of an endless series up to the horizon, at most `AHEAD_MAX` of them beyond the taken ones. */
function repeated(
  incident: Incident,
  series: string,
  dueOf: (nth: number) => Instant,
  horizon: Horizon,
): { readonly nth: number; readonly due: Instant }[] {
  const members = [];
  const taken = incident.taken[series] ?? 0;
  const first = taken + 1;
  // The distance to the last one taken, whatever the grade was then.
  const last = incident.lastRung?.series === series ? incident.lastRung.due : undefined;
  const shift = last === undefined ? 0 : last - dueOf(taken);
  for (let nth = first; nth < first + AHEAD_MAX; nth++) {
    const due = dueOf(nth) + shift;
    if (due > horizon.until) break;
    members.push({ nth, due });
  }
  return members;
}

function multiples(every: Millis, before: Millis): Millis[] {
  const offsets: Millis[] = [];
  for (let offset = every; offset < before && offsets.length < AHEAD_MAX; offset += every) offsets.push(offset);
  return offsets;
}

type Rung = { readonly key: StepKey; readonly due: Instant; readonly overdue: boolean };

function rung(incident: Incident, series: string, nth: number, due: Instant, overdue: boolean): Rung {
  return { key: stepKey(incident.cycle, series, nth), due, overdue };
}

function byDue(one: Rung, other: Rung): number {
  return one.due - other.due;
}

function isTaken(incident: Incident, series: string, nth: number): boolean {
  return (incident.taken[series] ?? 0) >= nth;
}
