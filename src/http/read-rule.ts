import { Fault } from "../fault/fault.ts";
import { asId } from "../id/id.ts";
import { hasUsual } from "../monitor/baseline.ts";
import { HOLD_MS_MAX } from "../monitor/judge.ts";
import { WINDOW_MS_MAX, WINDOW_MS_MIN } from "../monitor/measure.ts";
import type {
  Baseline,
  Comparison,
  Measure,
  Missing,
  Monitor,
  MonitorException,
  MonitorHours,
  Threshold,
} from "../monitor/monitor.ts";
import { bySeverity } from "../monitor/monitors-of.ts";
import { METRIC_NAME, MONITOR_ID } from "../monitor/names.ts";
import { QUANTITIES } from "../monitor/quantity.ts";
import type { Policy } from "../policy/policy.ts";
import { DAY_MS, MINUTE_MS, type Millis } from "../time/instant.ts";
import { isWeekday } from "../time/weekday.ts";
import { readMatchers } from "../triage/read-matchers.ts";
import type { Matcher } from "../triage/silence.ts";

type Body = Readonly<Record<string, unknown>>;

const THRESHOLDS_MAX = 20;
const EXCEPTIONS_MAX = 200;
const TITLE_LENGTH_MAX = 200;
const COMPARISONS: readonly Comparison[] = ["above", "at-least", "below", "at-most"];
const FORMS = ["last", "avg", "min", "max", "rate", "increase", "percentile"] as const;
const SIDES = ["above", "below", "both"] as const;

function bad(field: string, expected: string): Fault {
  return new Fault("bad-request", { field, expected });
}

/** A monitor's rule out of a request (`ShownRule`); Fault `bad-request` that names the field otherwise. */
export function ruleIn(body: Body, { id, policy }: { readonly id: string; readonly policy: Policy }): Monitor {
  if (!MONITOR_ID.test(id)) throw bad("id", "a to z, 0 to 9, - and _, at most 60 characters");
  const { title, quantity, service, enabled } = body;
  if (typeof title !== "string" || title.trim() === "" || title.length > TITLE_LENGTH_MAX)
    throw bad("title", `a text of at most ${TITLE_LENGTH_MAX} characters`);
  const hasQuantity = quantity !== undefined && quantity !== null && quantity !== "";
  const known = QUANTITIES.find(({ kind }) => kind === quantity);
  if (hasQuantity && known === undefined) throw bad("quantity", QUANTITIES.map(({ kind }) => kind).join(", "));
  const query = recordIn(body.query, "query");
  if (typeof query.metric !== "string" || !METRIC_NAME.test(query.metric))
    throw bad("query.metric", "the name of a metric");
  const grades = policy.grades.map(({ name }) => name);
  const thresholds = thresholdsIn(body.thresholds, "thresholds", grades);
  const measure = measureIn(recordIn(body.measure, "measure"));
  const unusual = isGiven(body.baseline) ? recordIn(body.baseline, "baseline") : undefined;
  const baseline = unusual === undefined || isGiven(unusual.clause) ? undefined : baselineIn(unusual, grades);
  if (baseline !== undefined && !hasUsual(measure)) throw bad("baseline", "a measure of avg, last, rate or increase");
  const hasService = typeof service === "string" && service !== "";
  return {
    id: asId(id),
    title: title.trim(),
    ...(known === undefined ? {} : { quantity: known.kind }),
    query: { metric: query.metric, matchers: matchersIn(query.matchers, "query.matchers") },
    measure,
    // The document's own lines are in force without being stored.
    thresholds: bySeverity(thresholds, policy),
    ...(baseline === undefined ? {} : { baseline }),
    missing: missingIn(
      isGiven(body.missing) ? recordIn(body.missing, "missing") : { then: "keep", after: 180_000 },
      grades,
    ),
    exceptions: exceptionsIn(body.exceptions, grades),
    ...(hasService ? { service: service.slice(0, TITLE_LENGTH_MAX) } : {}),
    enabled: enabled !== false,
    from: "people",
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function recordIn(value: unknown, field: string): Body {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw bad(field, "an object");
  return value as Body;
}

function numberIn(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw bad(field, "a number");
  return value;
}

function millisIn(value: unknown, field: string, min: Millis, max: Millis): Millis {
  const length = numberIn(value, field);
  if (!Number.isInteger(length) || length < min || length > max) throw bad(field, `milliseconds from ${min} to ${max}`);
  return length;
}

function gradeIn(value: unknown, field: string, grades: readonly string[]): string {
  const found = grades.find((grade) => grade === value);
  if (found === undefined) throw bad(field, grades.join(", "));
  return found;
}

function matchersIn(value: unknown, field: string): readonly Matcher[] {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  const matchers = readMatchers(value);
  if (typeof matchers === "string") throw new Fault("bad-request", { field, because: matchers });
  return matchers;
}

function measureIn({ form, window, percentile }: Body): Measure {
  const known = FORMS.find((one) => one === form);
  if (known === undefined) throw bad("measure.form", FORMS.join(", "));
  const length = millisIn(window, "measure.window", WINDOW_MS_MIN, WINDOW_MS_MAX);
  if (known !== "percentile") return { form: known, window: length };
  const place = numberIn(percentile, "measure.percentile");
  if (!(place > 0 && place < 100)) throw bad("measure.percentile", "above 0 and below 100");
  return { form: known, percentile: place, window: length };
}

function thresholdsIn(value: unknown, field: string, grades: readonly string[]): readonly Threshold[] {
  if (!Array.isArray(value) || value.length > THRESHOLDS_MAX) throw bad(field, `a list of at most ${THRESHOLDS_MAX}`);
  return value.flatMap((one, nth): readonly Threshold[] => {
    const at = `${field}.${nth}`;
    const { grade, when, bound, hold, clear, hours, clause } = recordIn(one, at);
    if (isGiven(clause)) return [];
    const comparison = COMPARISONS.find((known) => known === when);
    if (comparison === undefined) throw bad(`${at}.when`, COMPARISONS.join(", "));
    const line = numberIn(bound, `${at}.bound`);
    const end = isGiven(clear) ? numberIn(clear, `${at}.clear`) : undefined;
    const isUp = comparison === "above" || comparison === "at-least";
    if (end !== undefined && (isUp ? end > line : end < line))
      throw bad(`${at}.clear`, "on the normal side of the line");
    return [
      {
        grade: gradeIn(grade, `${at}.grade`, grades),
        when: comparison,
        bound: line,
        hold: millisIn(hold ?? 0, `${at}.hold`, 0, HOLD_MS_MAX),
        ...(end === undefined ? {} : { clear: end }),
        ...(isGiven(hours) ? { hours: hoursIn(recordIn(hours, `${at}.hours`), `${at}.hours`) } : {}),
      },
    ];
  });
}

function hoursIn({ weekdays, from, to, zone, onHolidays }: Body, field: string): MonitorHours {
  if (!Array.isArray(weekdays) || weekdays.length === 0 || !weekdays.every(isWeekday))
    throw bad(`${field}.weekdays`, "1 (Monday) to 7");
  const time = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/u;
  if (typeof from !== "string" || !time.test(from)) throw bad(`${field}.from`, "HH:MM");
  if (typeof to !== "string" || !time.test(to)) throw bad(`${field}.to`, "HH:MM");
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(String(zone));
  } catch (error) {
    throw new Fault("bad-request", { field: `${field}.zone`, expected: "an IANA zone such as Asia/Seoul" }, error);
  }
  const days = [...new Set(weekdays)].sort((one, other) => one - other);
  return { weekdays: days, from, to, zone: String(zone), onHolidays: onHolidays !== false };
}

function baselineIn({ grade, weeks, spreads, side, hold }: Body, grades: readonly string[]): Baseline {
  const known = SIDES.find((one) => one === side);
  if (known === undefined) throw bad("baseline.side", SIDES.join(", "));
  if (!Number.isInteger(weeks) || Number(weeks) < 2 || Number(weeks) > 12) throw bad("baseline.weeks", "2 to 12");
  const factor = numberIn(spreads, "baseline.spreads");
  if (factor < 1 || factor > 100) throw bad("baseline.spreads", "1 to 100");
  return {
    grade: gradeIn(grade, "baseline.grade", grades),
    weeks: Number(weeks),
    spreads: factor,
    side: known,
    hold: millisIn(hold, "baseline.hold", 0, HOLD_MS_MAX),
  };
}

function missingIn({ then, after, grade }: Body, grades: readonly string[]): Missing {
  const length = millisIn(after, "missing.after", MINUTE_MS / 2, DAY_MS);
  if (then === "keep" || then === "end") return { then, after: length };
  if (then !== "alert") throw bad("missing.then", "keep, alert, end");
  return { then, after: length, grade: gradeIn(grade, "missing.grade", grades) };
}

function exceptionsIn(value: unknown, grades: readonly string[]): readonly MonitorException[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > EXCEPTIONS_MAX)
    throw bad("exceptions", `a list of at most ${EXCEPTIONS_MAX}`);
  return value.map((one, nth) => {
    const at = `exceptions.${nth}`;
    const { matchers, thresholds } = recordIn(one, at);
    const read = matchersIn(matchers, `${at}.matchers`);
    if (read.length === 0) throw bad(`${at}.matchers`, "at least one matcher");
    return { matchers: read, thresholds: thresholdsIn(thresholds, `${at}.thresholds`, grades) };
  });
}
