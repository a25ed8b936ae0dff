import type { ShownRule } from "../../../../src/http/wire/monitors.ts";
import type { Unit } from "../../../../src/metric/metric.ts";
import type {
  Baseline,
  Comparison,
  Measure,
  MetricQuery,
  Missing,
  MonitorException,
  MonitorHours,
  Threshold,
} from "../../../../src/monitor/monitor.ts";
import type { QuantityKind } from "../../../../src/monitor/quantity.ts";
import type { Locale } from "../../words/locale.tsx";
import { written } from "../muting/matchers.ts";
import { readLength, readValue, unitOfMeasure, writeLength, writeValue } from "./written-value.ts";

export const FORMS = ["avg", "max", "min", "last", "percentile", "rate", "increase"] as const;
export const COMPARISONS = ["at-least", "above", "below", "at-most"] as const;
export const SIDES = ["both", "above", "below"] as const;

type Matchers = MetricQuery["matchers"];

/** One line of a rule while it is written: texts as they stand in the fields. */
export type LineDraft = {
  readonly key: number;
  readonly grade: string;
  readonly when: Comparison;
  readonly bound: string;
  readonly hold: string;
  /** Empty: it ends where it began. */
  readonly clear: string;
  readonly hours: MonitorHours | undefined;
  /** As the document demands it: then nobody writes here. */
  readonly demanded: Threshold | undefined;
};

export type BaselineDraft = {
  readonly grade: string;
  readonly weeks: string;
  readonly spreads: string;
  readonly side: Baseline["side"];
  readonly hold: string;
  /** As the document demands it: then nobody writes here. */
  readonly demanded: Baseline | undefined;
};

export type ExceptionDraft = {
  readonly key: number;
  readonly matchers: Matchers;
  /** None: these series are not watched. */
  readonly lines: readonly LineDraft[];
};

export type RuleDraft = {
  readonly title: string;
  readonly quantity: string;
  readonly metric: string;
  readonly matchers: Matchers;
  readonly form: Measure["form"];
  readonly percentile: string;
  readonly window: string;
  readonly lines: readonly LineDraft[];
  readonly baseline: BaselineDraft | undefined;
  readonly missing: { readonly then: Missing["then"]; readonly after: string; readonly grade: string };
  readonly exceptions: readonly ExceptionDraft[];
  readonly service: string;
  readonly enabled: boolean;
};

export type DraftField =
  | "title"
  | "metric"
  | "window"
  | "percentile"
  | "lines"
  | "bound"
  | "hold"
  | "clear"
  | "hours"
  | "baseline"
  | "weeks"
  | "spreads"
  | "baseline-hold"
  | "after"
  | "matchers";
/** What is wrong with what stands in a field; `key` names the line or exception. */
export type DraftProblem = { readonly field: DraftField; readonly is: string; readonly key?: number };

const MINUTE_MS = 60_000;
/** As the server has them (`src/monitor/measure.ts`, `judge.ts`, `src/roster/read-monitors.ts`). */
const WINDOW_MS = { min: 10_000, max: 3_600_000 };
const HOLD_MS_MAX = 86_400_000;
const AFTER_MS = { min: MINUTE_MS / 2, max: HOLD_MS_MAX };
const WEEKS = { min: 2, max: 12 };
const SPREADS = { min: 1, max: 100 };
/** Hours keep a mean and no distribution: these have no usual value (`src/monitor/baseline.ts`). */
const WITHOUT_USUAL: readonly Measure["form"][] = ["min", "max", "percentile"];

let keys = 0;
function freshKey(): number {
  keys += 1;
  return keys;
}

export function hasUsual(form: Measure["form"]): boolean {
  return !WITHOUT_USUAL.includes(form);
}

export function draftOf(rule: Omit<ShownRule, "id">, unit: Unit, locale: Locale): RuleDraft {
  const { title, quantity, query, measure, thresholds, baseline, missing, exceptions, service, enabled } = rule;
  const own = unitOfMeasure(unit, measure.form);
  return {
    title,
    quantity: quantity ?? "",
    metric: query.metric,
    matchers: query.matchers,
    form: measure.form,
    percentile: measure.form === "percentile" ? String(measure.percentile) : "95",
    window: writeLength(measure.window, locale),
    lines: thresholds.map((line) => lineOf(line, own, locale)),
    baseline:
      baseline === undefined
        ? undefined
        : {
            grade: baseline.grade,
            weeks: String(baseline.weeks),
            spreads: String(baseline.spreads),
            side: baseline.side,
            hold: writeLength(baseline.hold, locale),
            demanded: baseline.clause === undefined ? undefined : baseline,
          },
    missing: {
      then: missing.then,
      after: writeLength(missing.after, locale),
      grade: missing.then === "alert" ? missing.grade : "",
    },
    exceptions: exceptions.map(({ matchers, thresholds: lines }) => ({
      key: freshKey(),
      matchers,
      lines: lines.map((line) => lineOf(line, own, locale)),
    })),
    service: service ?? "",
    enabled,
  };
}

function lineOf(threshold: Threshold, unit: Unit, locale: Locale): LineDraft {
  const { grade, when, bound, hold, clear, hours, clause } = threshold;
  return {
    key: freshKey(),
    grade,
    when,
    bound: writeValue(bound, unit, locale),
    hold: writeLength(hold, locale),
    clear: clear === undefined ? "" : writeValue(clear, unit, locale),
    hours,
    demanded: clause === undefined ? undefined : threshold,
  };
}

/** What a new one begins as. */
export function newDraft(grades: readonly string[], locale: Locale): RuleDraft {
  return {
    title: "",
    quantity: "",
    metric: "",
    matchers: [],
    form: "avg",
    percentile: "95",
    window: writeLength(5 * MINUTE_MS, locale),
    lines: [newLine(grades.at(1) ?? grades.at(-1) ?? "", locale)],
    baseline: undefined,
    missing: { then: "keep", after: writeLength(5 * MINUTE_MS, locale), grade: grades.at(-1) ?? "" },
    exceptions: [],
    service: "",
    enabled: true,
  };
}

/** A line more: like the one above it, for the next milder grade. */
export function newLine(grade: string, locale: Locale, like?: LineDraft): LineDraft {
  return {
    key: freshKey(),
    grade,
    when: like?.when ?? "at-least",
    bound: "",
    hold: like?.hold ?? writeLength(5 * MINUTE_MS, locale),
    clear: "",
    hours: undefined,
    demanded: undefined,
  };
}

export function newBaseline(grades: readonly string[], locale: Locale): BaselineDraft {
  return {
    grade: grades.at(-1) ?? "",
    weeks: "4",
    spreads: "4",
    side: "both",
    hold: writeLength(15 * MINUTE_MS, locale),
    demanded: undefined,
  };
}

export function newException(): ExceptionDraft {
  return { key: freshKey(), matchers: [{ name: "host", value: "", isRegex: false, isEqual: true }], lines: [] };
}

/** Copies of lines for an exception, which may then be written apart. */
export function copied(lines: readonly LineDraft[]): readonly LineDraft[] {
  return lines.map((line) => ({ ...line, key: freshKey(), demanded: undefined }));
}

/** The rule that it says; where something is wrong with it, undefined. */
export function ruleOf(draft: RuleDraft, unit: Unit): Omit<ShownRule, "id"> | undefined {
  if (problemsOf(draft, unit).length > 0) return undefined;
  const own = unitOfMeasure(unit, draft.form);
  const window = readLength(draft.window) ?? 0;
  const after = readLength(draft.missing.after) ?? 0;
  return {
    title: draft.title.trim(),
    ...(draft.quantity === "" ? {} : { quantity: draft.quantity as QuantityKind }),
    query: { metric: draft.metric, matchers: written(draft.matchers) },
    measure:
      draft.form === "percentile"
        ? { form: "percentile", percentile: Number(draft.percentile), window }
        : { form: draft.form, window },
    thresholds: draft.lines.map((line) => thresholdOf(line, own)),
    ...(draft.baseline === undefined ? {} : { baseline: baselineOf(draft.baseline) }),
    missing:
      draft.missing.then === "alert"
        ? { then: "alert", after, grade: draft.missing.grade }
        : { then: draft.missing.then, after },
    exceptions: draft.exceptions.map(
      ({ matchers, lines }): MonitorException => ({
        matchers: written(matchers),
        thresholds: lines.map((line) => thresholdOf(line, own)),
      }),
    ),
    ...(draft.service.trim() === "" ? {} : { service: draft.service.trim() }),
    enabled: draft.enabled,
  };
}

function thresholdOf({ grade, when, bound, hold, clear, hours, demanded }: LineDraft, unit: Unit): Threshold {
  if (demanded !== undefined) return demanded;
  const end = clear.trim() === "" ? undefined : readValue(clear, unit);
  return {
    grade,
    when,
    bound: readValue(bound, unit) ?? 0,
    hold: readLength(hold) ?? 0,
    ...(end === undefined ? {} : { clear: end }),
    ...(hours === undefined ? {} : { hours }),
  };
}

function baselineOf({ grade, weeks, spreads, side, hold, demanded }: BaselineDraft): Baseline {
  return demanded ?? { grade, weeks: Number(weeks), spreads: Number(spreads), side, hold: readLength(hold) ?? 0 };
}

/** What keeps it from being shown or saved; the words for it are the form's. */
export function problemsOf(draft: RuleDraft, unit: Unit): readonly DraftProblem[] {
  const problems: DraftProblem[] = [];
  const own = unitOfMeasure(unit, draft.form);
  if (draft.title.trim() === "") problems.push({ field: "title", is: "missing" });
  if (draft.metric === "") problems.push({ field: "metric", is: "missing" });
  if (!isWithin(readLength(draft.window), WINDOW_MS)) problems.push({ field: "window", is: "length" });
  if (draft.form === "percentile" && !isWithin(numberIn(draft.percentile), { min: 1, max: 99.99 }))
    problems.push({ field: "percentile", is: "number" });
  if (draft.lines.length === 0 && draft.baseline === undefined) problems.push({ field: "lines", is: "missing" });
  problems.push(...lineProblems(draft.lines, own));
  if (draft.baseline !== undefined) {
    const { weeks, spreads, hold, demanded } = draft.baseline;
    if (!hasUsual(draft.form)) problems.push({ field: "baseline", is: "form" });
    if (demanded === undefined) {
      if (!Number.isInteger(numberIn(weeks)) || !isWithin(numberIn(weeks), WEEKS))
        problems.push({ field: "weeks", is: "number" });
      if (!isWithin(numberIn(spreads), SPREADS)) problems.push({ field: "spreads", is: "number" });
      if (!isWithin(readLength(hold), { min: 0, max: HOLD_MS_MAX }))
        problems.push({ field: "baseline-hold", is: "length" });
    }
  }
  if (!isWithin(readLength(draft.missing.after), AFTER_MS)) problems.push({ field: "after", is: "length" });
  for (const { key, matchers, lines } of draft.exceptions) {
    // Without a matcher it would fit every series, and nothing would be watched.
    if (written(matchers).length === 0) problems.push({ field: "matchers", is: "missing", key });
    problems.push(...lineProblems(lines, own));
  }
  return problems;
}

function lineProblems(lines: readonly LineDraft[], unit: Unit): readonly DraftProblem[] {
  return lines.flatMap(({ key, bound, hold, clear, when, hours, demanded }): readonly DraftProblem[] => {
    if (demanded !== undefined) return [];
    const line = readValue(bound, unit);
    const end = clear.trim() === "" ? line : readValue(clear, unit);
    const isUp = when === "above" || when === "at-least";
    const isBeyond = line !== undefined && end !== undefined && (isUp ? end > line : end < line);
    return [
      ...(bound.trim() === "" ? [{ field: "bound", is: "missing", key } as const] : []),
      ...(bound.trim() !== "" && line === undefined ? [{ field: "bound", is: "value", key } as const] : []),
      ...(isWithin(readLength(hold), { min: 0, max: HOLD_MS_MAX })
        ? []
        : [{ field: "hold", is: "length", key } as const]),
      ...(clear.trim() !== "" && end === undefined ? [{ field: "clear", is: "value", key } as const] : []),
      ...(isBeyond ? [{ field: "clear", is: isUp ? "above" : "below", key } as const] : []),
      ...(hours !== undefined && (hours.weekdays.length === 0 || hours.from === hours.to)
        ? [{ field: "hours", is: hours.weekdays.length === 0 ? "days" : "times", key } as const]
        : []),
    ];
  });
}

/** Whether two say the same, whatever their rows are called. */
export function isSameDraft(one: RuleDraft, other: RuleDraft): boolean {
  return plain(one) === plain(other);
}

function plain(draft: RuleDraft): string {
  return JSON.stringify(draft, (name, value: unknown) => (name === "key" ? undefined : value));
}

function numberIn(text: string): number | undefined {
  const clean = text.trim();
  return /^\d+(\.\d+)?$/u.test(clean) ? Number(clean) : undefined;
}

function isWithin(value: number | undefined, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return value !== undefined && value >= min && value <= max;
}
