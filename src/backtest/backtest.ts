import type { Drivers } from "../escalation/means.ts";
import { Fault } from "../fault/fault.ts";
import type { Policy } from "../policy/policy.ts";
import { factsThrough, type PastFact, type PresentFact } from "../roster/eras.ts";
import { readRoster } from "../roster/read-roster.ts";
import type { PersonId, Roster } from "../roster/roster.ts";
import { type RosterFact, rosterOf } from "../roster/roster-of.ts";
import type { Instant, Millis } from "../time/instant.ts";
import { type ComparedOutcome, compareSides } from "./compare-sides.ts";
import { type Figures, figuresOf } from "./figures.ts";
import { type History, INCIDENTS_MAX, type RecordedIncident } from "./history.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import type { PeopleModel } from "./people-model.ts";
import { readHistory } from "./read-history.ts";
import { beginOf, endOf, type Played, replay, type Side } from "./replay.ts";

/** Which facts hold: one set of them throughout, or what the schedule was at each moment. */
export type RosterOfThen =
  | { readonly is: "fixed"; readonly facts: readonly RosterFact[] }
  | { readonly is: "file"; readonly file: string; readonly text: string }
  | {
      readonly is: "as-it-was";
      readonly present: readonly PresentFact[];
      readonly past: readonly PastFact[];
      readonly now: Instant;
    };

export type SideInput = { readonly policy: Side["policy"]; readonly roster: RosterOfThen };

/** Plain values, so that it can be handed to another thread. */
export type BacktestInput = {
  readonly history:
    | { readonly is: "text"; readonly text: string; readonly endAfter: Millis }
    | { readonly is: "recorded"; readonly incidents: readonly RecordedIncident[] };
  readonly a: SideInput;
  readonly b?: SideInput;
  readonly model: Pick<PeopleModel, "answerAfter"> & {
    /** By id, or by name. */
    readonly asleep: readonly string[];
  };
  readonly drivers: Drivers;
  readonly zone: string;
};

export type PlayedSide = {
  readonly figures: Figures;
  readonly outcomes: readonly Outcome[];
  readonly policy: Policy;
  readonly roster: Roster;
  readonly gradedByRank: Played["gradedByRank"];
};

export type Backtest = {
  readonly history: {
    readonly incidents: number;
    readonly alerts: number;
    /** Ends that nobody told and that were supposed. */
    readonly supposedEnds: number;
    readonly drills: number;
    readonly from: Instant;
    readonly to: Instant;
  };
  readonly model: PeopleModel;
  readonly a: PlayedSide;
  readonly b: PlayedSide | undefined;
  readonly compared: readonly ComparedOutcome[];
};

/**
 * Replays a history through one policy and roster, or through two of them and holds them against each other. Faults:
 * `history-refused` names the line, `policy-refused`; whatever `onProgress` throws ends it.
 */
export async function backtest(
  input: BacktestInput,
  /** How much of it is done, from 0 to 1. */
  onProgress: (share: number) => void,
): Promise<Backtest> {
  const { history, supposedEnds, drills } = historyOf(input.history);
  const [rosterA, rosterB] = [erasOf(input.a.roster, history), input.b && erasOf(input.b.roster, history)];
  const asleep = peopleNamed(input.model.asleep, [...rosterA, ...(rosterB ?? [])]);
  const facts: SideFacts = { ...input, model: { ...input.model, asleep } };
  const sides = input.b === undefined ? 1 : 2;
  const a = await playSide({ policy: input.a.policy, roster: rosterA }, history, facts, (share) =>
    onProgress(share / sides),
  );
  const b =
    input.b === undefined || rosterB === undefined
      ? undefined
      : await playSide({ policy: input.b.policy, roster: rosterB }, history, facts, (share) =>
          onProgress((1 + share) / sides),
        );
  return {
    history: {
      incidents: history.incidents.length,
      alerts: history.alerts.length - supposedEnds,
      supposedEnds,
      drills,
      from: firstOf(history),
      to: endOf(history),
    },
    model: facts.model,
    a,
    b,
    compared:
      b === undefined
        ? a.outcomes.map((outcome): ComparedOutcome => ({ a: outcome, b: undefined, difference: "same" }))
        : compareSides(a.outcomes, b.outcomes),
  };
}

function historyOf(given: BacktestInput["history"]): {
  readonly history: History;
  readonly supposedEnds: number;
  readonly drills: number;
} {
  const read =
    given.is === "text"
      ? readHistory(given.text, { endAfter: given.endAfter })
      : ({ ...withoutDrills(given.incidents), is: "read", supposedEnds: 0 } as const);
  if (read.is === "refused") {
    const { line, because, facts } = read;
    throw new Fault("history-refused", { line, because, ...facts });
  }
  const { incidents, alerts } = read.history;
  if (incidents.length + alerts.length === 0) throw new Fault("history-refused", { because: "nothing-to-replay" });
  if (incidents.length > INCIDENTS_MAX)
    throw new Fault("history-refused", { because: "too-many-incidents", incidentsMax: INCIDENTS_MAX });
  return read;
}

function withoutDrills(incidents: readonly RecordedIncident[]): {
  readonly history: History;
  readonly drills: number;
} {
  const real = incidents.filter(({ drill }) => !drill);
  const order = (one: RecordedIncident, other: RecordedIncident): number =>
    one.openedAt - other.openedAt || one.number - other.number;
  return { history: { incidents: real.toSorted(order), alerts: [] }, drills: incidents.length - real.length };
}

/** The ids of people who are meant by id or by name; Fault `not-found` for one whom no roster knows. */
function peopleNamed(names: readonly string[], roster: Side["roster"]): readonly PersonId[] {
  const people = roster.flatMap(({ facts }) => [...rosterOf(facts).people.values()]);
  return names.map((name) => {
    const found = people.find((person) => person.id === name) ?? people.find((person) => person.name === name);
    if (found === undefined) throw new Fault("not-found", { person: name });
    return found.id;
  });
}

type SideFacts = Pick<BacktestInput, "drivers" | "zone"> & { readonly model: PeopleModel };

async function playSide(
  side: Side,
  history: History,
  { model, drivers, zone }: SideFacts,
  onProgress: (share: number) => void,
): Promise<PlayedSide> {
  const { incidents, policy, roster, gradedByRank } = await replay(side, history, { drivers, zone, model, onProgress });
  const outcomes = incidents.map((incident) =>
    outcomeOf(incident, { policy, asleep: model.asleep, end: endOf(history) }),
  );
  return { figures: figuresOf(outcomes, { policy, zone }), outcomes, policy, roster, gradedByRank };
}

function erasOf(roster: RosterOfThen, history: History): Side["roster"] {
  if (roster.is === "file") {
    const { items, diagnostics } = readRoster(roster);
    const { message, line } = diagnostics[0] ?? {};
    if (items === undefined) throw new Fault("roster-refused", { file: roster.file, line, first: message?.en });
    return [{ from: beginOf(history), facts: items }];
  }
  if (roster.is === "fixed") return [{ from: beginOf(history), facts: roster.facts }];
  const { present, past, now } = roster;
  const interval = { start: beginOf(history), end: Math.max(endOf(history), beginOf(history) + 1) };
  return factsThrough(present, past, { interval, now }).map(({ start, facts }) => ({ from: start, facts }));
}

function firstOf({ incidents, alerts }: History): Instant {
  return Math.min(incidents[0]?.openedAt ?? Number.POSITIVE_INFINITY, alerts[0]?.at ?? Number.POSITIVE_INFINITY);
}
