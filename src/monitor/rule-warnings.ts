import type { Said } from "../locale/said.ts";
import { METRICS, measuredUnit, type Unit } from "../metric/metric.ts";
import type { ClauseId, Policy } from "../policy/policy.ts";
import { nearest } from "../policy/vocabulary.ts";
import { DAY_MS, MINUTE_MS, type Millis } from "../time/instant.ts";
import { HOLD_MS_MAX } from "./judge.ts";
import type { Monitor, MonitorHours, Threshold } from "./monitor.ts";
import { ruleWarningSaid as said } from "./rule-warning-words.ts";

/** Why a rule does not do what somebody meant it to do: it can never fire, always fires, or is not what it seems. */
export type RuleWarning = {
  readonly code: "never-fires" | "always-fires" | "grades-crossed" | "unknown-grade" | "unknown-metric" | "no-line";
  readonly text: Said;
  /** The line of the document that says so, where one does. */
  readonly clause?: ClauseId;
};

/** What is to be said of a rule by itself, whatever is measured. Pure. */
export function ruleWarnings(monitor: Monitor, policy: Policy): readonly RuleWarning[] {
  const { thresholds, baseline, missing, exceptions, query, measure } = monitor;
  const unit = measuredUnit(query.metric, measure);
  const every = [thresholds, ...exceptions.map((one) => one.thresholds)];
  const isEmpty = thresholds.length === 0 && baseline === undefined && missing.then !== "alert";
  const hasOther = exceptions.some((one) => one.thresholds.length > 0);
  return [
    ...(isEmpty && !hasOther ? [{ code: "no-line", text: said.noLine() } as const] : []),
    ...metricWarnings(query.metric),
    ...gradeWarnings(monitor, policy),
    ...every.flat().flatMap((line) => lineWarnings(line, unit)),
    ...every.flatMap((lines) => crossed(lines, unit, policy)),
  ];
}

function metricWarnings(metric: string): readonly RuleWarning[] {
  if (METRICS.some(({ name }) => name === metric)) return [];
  const meant = nearest(
    metric,
    METRICS.map(({ name }) => name),
  );
  return meant === undefined ? [] : [{ code: "unknown-metric", text: said.unknownMetric({ metric, meant }) }];
}

function gradeWarnings({ thresholds, baseline, missing, exceptions }: Monitor, policy: Policy): readonly RuleWarning[] {
  const known = policy.grades.map(({ name }) => name);
  const used = [
    ...thresholds.map(({ grade }) => grade),
    ...exceptions.flatMap((one) => one.thresholds.map(({ grade }) => grade)),
    ...(baseline === undefined ? [] : [baseline.grade]),
    ...(missing.then === "alert" ? [missing.grade] : []),
  ];
  return [...new Set(used)]
    .filter((grade) => !known.includes(grade))
    .map((grade) => ({
      code: "unknown-grade",
      text: said.unknownGrade({ grade, known, meant: nearest(grade, known) }),
    }));
}

function lineWarnings(line: Threshold, unit: Unit): readonly RuleWarning[] {
  const about = line.clause === undefined ? {} : { clause: line.clause };
  const told = (code: RuleWarning["code"], text: Said): RuleWarning => ({ code, text, ...about });
  const found: RuleWarning[] = [];
  const extent = EXTENTS[unit];
  if (extent !== undefined) {
    const at = { line, unit, ...extent };
    const isUp = line.when === "above" || line.when === "at-least";
    const beyond = (bound: number, side: 1 | -1, inclusive: boolean): boolean =>
      inclusive ? side * (line.bound - bound) > 0 : side * (line.bound - bound) >= 0;
    const holdsEqual = line.when === "at-least" || line.when === "at-most";
    if (isUp && beyond(extent.most, 1, holdsEqual)) found.push(told("never-fires", said.beyond(at)));
    if (!isUp && beyond(extent.least, -1, holdsEqual)) found.push(told("never-fires", said.beyond(at)));
    if (isUp && beyond(extent.least, -1, !holdsEqual)) found.push(told("always-fires", said.always(at)));
    if (!isUp && beyond(extent.most, 1, !holdsEqual)) found.push(told("always-fires", said.always(at)));
  }
  const isUp = line.when === "above" || line.when === "at-least";
  if (line.clear !== undefined && (isUp ? line.clear > line.bound : line.clear < line.bound))
    found.push(told("never-fires", said.clearBeyond({ line, unit })));
  if (line.hold > HOLD_MS_MAX) found.push(told("never-fires", said.holdTooLong({ line, unit })));
  if (line.hours !== undefined && line.hours.weekdays.length === 0)
    found.push(told("never-fires", said.noDay({ line, unit })));
  const length = line.hours === undefined ? undefined : lengthOf(line.hours);
  if (length !== undefined && length < line.hold)
    found.push(told("never-fires", said.hoursTooShort({ line, unit, length })));
  return found;
}

/** Between which values a quantity of that unit lies; those that may be below nothing (a clock's difference) have none. */
const EXTENTS: Partial<Readonly<Record<Unit, { readonly least: number; readonly most: number }>>> = {
  ratio: { least: 0, most: 1 },
  bytes: { least: 0, most: Number.POSITIVE_INFINITY },
  "bytes-per-second": { least: 0, most: Number.POSITIVE_INFINITY },
  "per-second": { least: 0, most: Number.POSITIVE_INFINITY },
};

/** A line of a more severe grade that is crossed before that of a milder one: the milder one says nothing. */
function crossed(lines: readonly Threshold[], unit: Unit, policy: Policy): readonly RuleWarning[] {
  const rank = ({ grade }: Threshold): number => policy.grades.findIndex(({ name }) => name === grade);
  const isUp = ({ when }: Threshold): boolean => when === "above" || when === "at-least";
  return lines.flatMap((severe) =>
    lines.flatMap((mild): readonly RuleWarning[] => {
      if (rank(severe) < 0 || rank(severe) >= rank(mild) || isUp(severe) !== isUp(mild)) return [];
      if (severe.hours !== undefined || mild.hours !== undefined) return [];
      const isEarlier = isUp(severe) ? severe.bound < mild.bound : severe.bound > mild.bound;
      if (!isEarlier || severe.hold > mild.hold) return [];
      const clause = mild.clause ?? severe.clause;
      const text = said.crossed({ severe, mild, unit });
      return [{ code: "grades-crossed", text, ...(clause === undefined ? {} : { clause }) }];
    }),
  );
}

/** How long its hours last without a break; where a day follows upon the other without one, for ever. */
function lengthOf({ from, to, weekdays }: MonitorHours): Millis | undefined {
  const minutes = (text: string): number => {
    const [hour = 0, minute = 0] = text.split(":").map(Number);
    return hour * 60 + minute;
  };
  const length = minutes(to) - minutes(from);
  const part = (length <= 0 ? length + 24 * 60 : length) * MINUTE_MS;
  return part >= DAY_MS && weekdays.length > 1 ? undefined : part;
}
