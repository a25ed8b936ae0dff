import { gradeNamed } from "../escalation/levels.ts";
import type { Policy } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { DeadlineVerdict, Outcome } from "./outcome.ts";

export type PersonFigures = {
  readonly person: PersonId;
  /** Messages that wake, and those that tell quietly. */
  readonly wake: number;
  readonly tell: number;
  /** Of those that wake: between 22:00 and 06:00 local. */
  readonly night: number;
  /** On how many nights there was one. */
  readonly nights: number;
};

export type GradeFigures = { readonly grade: string } & Readonly<Record<DeadlineVerdict, number>>;

/** A side in numbers. */
export type Figures = {
  readonly incidents: number;
  readonly alerts: number;
  /** Messages, each counted once however many people a room mentions. */
  readonly pages: { readonly wake: number; readonly tell: number; readonly night: number };
  readonly peopleWoken: number;
  /** Incidents for which nobody who answers was ever woken. */
  readonly reachedNobody: number;
  readonly reachedTop: number;
  /** Pages that shared a message with others. */
  readonly bundled: number;
  readonly firstHuman: Spread | undefined;
  readonly acknowledged: Spread | undefined;
  readonly deadlines: readonly GradeFigures[];
  readonly people: readonly PersonFigures[];
};

/** Of a list of lengths of time. */
export type Spread = { readonly median: Millis; readonly longest: Millis };

export function figuresOf(
  outcomes: readonly Outcome[],
  { policy, zone }: { readonly policy: Policy; readonly zone: string },
): Figures {
  const messages = messagesOf(outcomes);
  const wakes = messages.filter(({ wakes }) => wakes);
  const nightOf = nightsIn(zone);
  const people = peopleOf(messages, nightOf);
  return {
    incidents: outcomes.length,
    alerts: outcomes.reduce((sum, { alerts }) => sum + alerts, 0),
    pages: {
      wake: wakes.length,
      tell: messages.length - wakes.length,
      night: wakes.filter(({ at }) => nightOf(at) !== undefined).length,
    },
    peopleWoken: people.filter(({ wake }) => wake > 0).length,
    reachedNobody: outcomes.filter(({ first }) => first === undefined).length,
    reachedTop: outcomes.filter(({ reachedTop }) => reachedTop).length,
    bundled: outcomes.reduce((sum, { bundled }) => sum + bundled, 0),
    firstHuman: spreadOf(outcomes.flatMap(({ first }) => first?.after ?? [])),
    acknowledged: spreadOf(outcomes.flatMap(({ acknowledged }) => acknowledged?.after ?? [])),
    deadlines: deadlinesOf(outcomes, policy),
    people,
  };
}

type Message = { readonly at: Instant; wakes: boolean; readonly people: Set<PersonId> };

function messagesOf(outcomes: readonly Outcome[]): readonly Message[] {
  const messages = new Map<string, Message>();
  for (const { pages } of outcomes)
    for (const { message, at, urgency, people } of pages) {
      const known = messages.get(message) ?? { at, wakes: false, people: new Set() };
      messages.set(message, known);
      known.wakes ||= urgency === "wake";
      for (const person of people) known.people.add(person);
    }
  return [...messages.values()];
}

function peopleOf(
  messages: readonly Message[],
  nightOf: (at: Instant) => string | undefined,
): readonly PersonFigures[] {
  const people = new Map<PersonId, { wake: number; tell: number; night: number; nights: Set<string> }>();
  for (const { at, wakes, people: reached } of messages) {
    const night = wakes ? nightOf(at) : undefined;
    for (const person of reached) {
      const figures = people.get(person) ?? { wake: 0, tell: 0, night: 0, nights: new Set<string>() };
      people.set(person, figures);
      if (wakes) figures.wake++;
      else figures.tell++;
      if (night === undefined) continue;
      figures.night++;
      figures.nights.add(night);
    }
  }
  return [...people]
    .map(([person, { nights, ...figures }]) => ({ person, ...figures, nights: nights.size }))
    .sort((one, other) => other.night - one.night || other.wake - one.wake || (one.person < other.person ? -1 : 1));
}

const NIGHT_FROM_HOUR = 22;
const NIGHT_TO_HOUR = 6;

/** The date of the evening on which the night of an instant began; undefined by day. */
function nightsIn(zone: string): (at: Instant) => string | undefined {
  return (at) => {
    const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    if (local.hour >= NIGHT_FROM_HOUR) return local.toPlainDate().toString();
    return local.hour < NIGHT_TO_HOUR ? local.toPlainDate().subtract({ days: 1 }).toString() : undefined;
  };
}

function deadlinesOf(outcomes: readonly Outcome[], policy: Policy): readonly GradeFigures[] {
  const rows = new Map<string, { met: number; missed: number; ended: number }>();
  for (const { grade, deadline } of outcomes) {
    const row = rows.get(grade) ?? { met: 0, missed: 0, ended: 0 };
    rows.set(grade, row);
    row[deadline]++;
  }
  const rank = (grade: string): number => gradeNamed(policy, grade).rank;
  return [...rows].map(([grade, row]) => ({ grade, ...row })).sort((one, other) => rank(one.grade) - rank(other.grade));
}

function spreadOf(lengths: readonly Millis[]): Spread | undefined {
  const sorted = lengths.toSorted((one, other) => one - other);
  const longest = sorted.at(-1);
  const median = sorted[Math.floor((sorted.length - 1) / 2)];
  return longest === undefined || median === undefined ? undefined : { median, longest };
}
