import type { Id } from "../id/id.ts";
import type { ClauseId } from "../policy/policy.ts";
import type { Millis } from "../time/instant.ts";
import type { Weekday } from "../time/weekday.ts";
import type { Matcher } from "../triage/silence.ts";
import type { QuantityKind } from "./quantity.ts";

export type MonitorId = Id<"monitor">;

/** Which series a monitor watches: each on its own, and each fires as an alert of its own. */
export type MetricQuery = { readonly metric: string; readonly matchers: readonly Matcher[] };

/**
 * The value that is held against the thresholds, made of the window's points. `rate` per second and `increase` over the
 * window of a counter, whose restarts do not count as falls.
 */
export type Measure =
  | { readonly form: "last" | "avg" | "min" | "max" | "rate" | "increase"; readonly window: Millis }
  | { readonly form: "percentile"; readonly percentile: number; readonly window: Millis };

/** 초과, 이상, 미만, 이하. */
export type Comparison = "above" | "at-least" | "below" | "at-most";

/** The line between normal and not, for one grade. */
export type Threshold = {
  /** By the policy's name for it. */
  readonly grade: string;
  readonly when: Comparison;
  /** In the metric's unit. */
  readonly bound: number;
  /** It must hold so long without a break before it fires; 0 fires at once. */
  readonly hold: Millis;
  /** It ends only past this value (hysteresis); absent: past `bound` itself. */
  readonly clear?: number;
  /** Applies in these hours only. */
  readonly hours?: MonitorHours;
  /** The line of the document that demands it, where one does. */
  readonly clause?: ClauseId;
};

export type MonitorHours = {
  readonly weekdays: readonly Weekday[];
  /** `09:00`, and `24:00` for the end of the day; `to` before `from` runs past midnight. */
  readonly from: string;
  readonly to: string;
  /** IANA name. */
  readonly zone: string;
  /** False on public and company holidays. */
  readonly onHolidays: boolean;
};

/** "Unlike the same hour of the last weeks": so far from what was usual then, for so long. */
export type Baseline = {
  readonly grade: string;
  readonly weeks: number;
  /** How many times the usual spread it has to be away; the spread is at least a tenth of the usual value. */
  readonly spreads: number;
  readonly side: "above" | "below" | "both";
  readonly hold: Millis;
  /** The line of the document that demands it, where one does. */
  readonly clause?: ClauseId;
};

/**
 * What it means that a series which was there brings no value for so long. Silence is taken for recovery only where the
 * rule says so.
 */
export type Missing =
  /** What fires goes on firing, what does not stays as it is; the host's own silence is told by itself. */
  | { readonly then: "keep"; readonly after: Millis }
  | { readonly then: "alert"; readonly after: Millis; readonly grade: string }
  /** It is over: for what comes and goes, a job or a container. */
  | { readonly then: "end"; readonly after: Millis };

/** Other lines, or none, for some of the series (one host, say); the first that fits holds. */
export type MonitorException = {
  readonly matchers: readonly Matcher[];
  /** Empty: these series are not watched. */
  readonly thresholds: readonly Threshold[];
};

/** A thing watched. */
export type Monitor = {
  readonly id: MonitorId;
  readonly title: string;
  /** The item of the policy that it serves. */
  readonly quantity?: QuantityKind;
  readonly query: MetricQuery;
  readonly measure: Measure;
  /** Most severe first. */
  readonly thresholds: readonly Threshold[];
  readonly baseline?: Baseline;
  readonly missing: Missing;
  readonly exceptions: readonly MonitorException[];
  /** Whose incidents it opens; else what the series' labels say, else its host. */
  readonly service?: string;
  readonly enabled: boolean;
  /** Where it comes from: Bongsu's own, the document's 임계치, or people. */
  readonly from: "default" | "policy" | "people";
};
