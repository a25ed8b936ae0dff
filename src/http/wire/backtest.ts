import type { WirePerson } from "./policy.ts";
import type { SimulatedPlan, WhichPolicy } from "./simulate.ts";

/** What the API answers of a history that is replayed. Sentences in the language of the request, lengths in ms. */

/** The roster as it stands now, as its schedule was at each moment of the history, or a roster file. */
export type WhichRoster = "now" | "then" | { readonly text: string; readonly file?: string };

export type BacktestSideRequest = {
  /** What is in force, if left out; `draft` is the shared draft. */
  readonly policy?: WhichPolicy;
  /** `now`, if left out. */
  readonly roster?: WhichRoster;
};

export type BacktestRequest = {
  /** JSONL (docs/backtest.md); the recorded incidents of the period, if left out. */
  readonly history?: string;
  /** The period of recorded incidents, RFC 3339: the last 90 days, if left out. */
  readonly from?: string;
  readonly to?: string;
  readonly a?: BacktestSideRequest;
  readonly b?: BacktestSideRequest | null;
  readonly answerAfterMinutes?: number;
  readonly asleep?: readonly string[];
  readonly endAfterMinutes?: number;
};

/** One line of the answer to `accept: application/x-ndjson`; the last one is the report or what went wrong. */
export type BacktestLine =
  | { readonly progress: number }
  | { readonly report: BacktestReport }
  | {
      readonly error: {
        readonly code: string;
        readonly message: string;
        readonly facts: Readonly<Record<string, unknown>>;
      };
    };

export type Spread = { readonly median: number; readonly longest: number };

export type BacktestFigures = {
  readonly incidents: number;
  readonly alerts: number;
  readonly pages: { readonly wake: number; readonly tell: number; readonly night: number };
  readonly peopleWoken: number;
  readonly reachedNobody: number;
  readonly reachedTop: number;
  readonly bundled: number;
  readonly firstHuman: Spread | null;
  readonly acknowledged: Spread | null;
  readonly deadlines: readonly {
    readonly grade: string;
    readonly met: number;
    readonly missed: number;
    /** Over before its deadline and before anybody had to answer. */
    readonly ended: number;
  }[];
  readonly people: readonly {
    readonly person: WirePerson;
    readonly wake: number;
    readonly tell: number;
    readonly night: number;
    readonly nights: number;
  }[];
};

export type BacktestSide = {
  readonly policy: SimulatedPlan["policy"];
  readonly roster: string;
  readonly figures: BacktestFigures;
};

export type PlayedTimelineRow = {
  /** Since it opened. */
  readonly after: number;
  readonly by: string;
  readonly what: string;
  readonly details: readonly string[];
};

export type PlayedOutcome = {
  readonly number: number;
  readonly grade: string;
  readonly gradeRank: number;
  readonly alerts: number;
  readonly first: { readonly person: WirePerson; readonly after: number } | null;
  readonly acknowledged: { readonly by: string; readonly after: number } | null;
  readonly deadline: "met" | "missed" | "ended";
  readonly reachedTop: boolean;
  readonly wake: number;
  readonly tell: number;
  readonly woken: readonly WirePerson[];
  readonly timeline: readonly PlayedTimelineRow[];
};

export type BacktestIncident = {
  /** `INC-12` of the record, or the line of the history that opened it. */
  readonly key: string;
  readonly title: string;
  readonly service: string;
  readonly openedAt: string;
  readonly difference: "worse" | "better" | "other" | "same";
  readonly a: PlayedOutcome | null;
  readonly b: PlayedOutcome | null;
};

export type BacktestReport = {
  readonly history: {
    readonly incidents: number;
    readonly alerts: number;
    readonly supposedEnds: number;
    readonly drills: number;
    readonly from: string;
    readonly to: string;
    readonly zone: string;
  };
  /** How people behave in it, in words; the same for both sides. */
  readonly model: readonly string[];
  /** What else has to be known to read the numbers. */
  readonly notes: readonly string[];
  readonly a: BacktestSide;
  readonly b: BacktestSide | null;
  /** How many incidents went worse, better, otherwise or the same under B. */
  readonly differences: Readonly<Record<BacktestIncident["difference"], number>> | null;
  /** Those that differ, the worse ones first; all of them where there is one side. */
  readonly incidents: readonly BacktestIncident[];
  /** How many more there are. */
  readonly leftOut: number;
};
