import { asId } from "../id/id.ts";
import type { Policy } from "../policy/policy.ts";
import { gradeAt } from "../triage/grade-of.ts";
import { DEFAULT_RULES, type DefaultRule } from "./default-rules.ts";
import type { Baseline, MetricQuery, Missing, Monitor, MonitorId, Threshold } from "./monitor.ts";
import { type PolicyLine, policyLines } from "./policy-lines.ts";

/** A little longer than any collector's interval leaves unsaid. */
const MISSING: Missing = { then: "keep", after: 180_000 };

/**
 * Everything that is watched: Bongsu's own rules, those of people in their place or beside them, and upon all of them
 * the lines that the document's 임계치 demands, which nothing overrides. Pure.
 */
export function monitorsOf(policy: Policy, people: readonly Monitor[]): readonly Monitor[] {
  const own = new Map<MonitorId, Monitor>(DEFAULT_RULES.map((rule) => [asId(rule.id), defaultMonitor(rule, policy)]));
  for (const monitor of people) own.set(monitor.id, monitor);
  const lines = policy.thresholds.flatMap((rule) => {
    const found = policyLines(rule, policy.monitoring);
    return typeof found === "string" ? [] : found;
  });
  const demanded = new Map<MonitorId, PolicyLine[]>();
  for (const line of lines) {
    const id = idFor(line);
    demanded.set(id, [...(demanded.get(id) ?? []), line]);
  }
  for (const [id, wanted] of demanded) {
    const [first] = wanted;
    if (first === undefined) continue;
    const whole = { ...defaultMonitor(first.rule, policy), id, thresholds: [] };
    const known = own.get(id);
    // People's version that is about something else, or about less, does not take the document's lines away with it.
    const isOther = known !== undefined && !isSameQuery(known.query, whole.query);
    const base = known === undefined || isOther ? { ...whole, id: isOther ? demandedId(id) : id } : known;
    const measured = first.measure === undefined ? base : { ...base, measure: first.measure };
    own.set(base.id, withLines(measured, wanted, policy));
  }
  return [...own.values()];
}

function isSameQuery(one: MetricQuery, other: MetricQuery): boolean {
  return JSON.stringify([one.metric, one.matchers]) === JSON.stringify([other.metric, other.matchers]);
}

function demandedId(id: MonitorId): MonitorId {
  return asId(`${id}-document`);
}

/** A line with a measure of its own is a monitor of its own. */
function idFor({ rule, measure }: PolicyLine): MonitorId {
  if (measure === undefined) return asId(rule.id);
  const percentile = measure.form === "percentile" ? `p${measure.percentile}` : measure.form;
  return asId(`${rule.id}-${percentile}-${measure.window / 1_000}s`);
}

/** The document's lines in place of the defaults'; people's own lines of grades that it does not name stay. */
function withLines(base: Monitor, wanted: readonly PolicyLine[], policy: Policy): Monitor {
  const thresholds = wanted.flatMap(({ threshold }) => (threshold === undefined ? [] : [threshold]));
  const named = new Set(thresholds.map(({ grade }) => grade));
  const kept = base.from === "people" ? base.thresholds.filter(({ grade }) => !named.has(grade)) : [];
  const baseline: Baseline | undefined =
    wanted.find((line) => line.baseline !== undefined)?.baseline ??
    (base.from === "people" ? base.baseline : undefined);
  const { baseline: _, ...rest } = base;
  return {
    ...rest,
    thresholds: bySeverity([...thresholds, ...kept], policy),
    ...(baseline === undefined ? {} : { baseline }),
    enabled: true,
    from: base.from === "people" ? "people" : "policy",
  };
}

export function defaultMonitor(rule: DefaultRule, policy: Policy): Monitor {
  // Where the policy has fewer grades, the milder of two lines that fall together says all that the other says.
  const lines = rule.lines.filter(
    (line) =>
      !rule.lines.some(
        (other) =>
          other.rank > line.rank &&
          other.when === line.when &&
          gradeAt(policy, other.rank) === gradeAt(policy, line.rank),
      ),
  );
  const thresholds = lines.map(({ rank, ...line }) => ({ ...line, grade: gradeAt(policy, rank) }));
  return {
    id: asId(rule.id),
    title: rule.title[policy.locale],
    ...(rule.quantity === undefined ? {} : { quantity: rule.quantity }),
    query: {
      metric: rule.metric,
      matchers: Object.entries(rule.labels ?? {}).map(([name, value]) => ({
        name,
        value,
        isRegex: false,
        isEqual: true,
      })),
    },
    measure: rule.measure,
    thresholds: bySeverity(thresholds, policy),
    ...baselineOf(rule, policy),
    missing: MISSING,
    exceptions: [],
    enabled: true,
    from: "default",
  };
}

function baselineOf({ baseline }: DefaultRule, policy: Policy): { readonly baseline?: Baseline } {
  if (baseline === undefined) return {};
  const { rank, ...rest } = baseline;
  return { baseline: { ...rest, grade: gradeAt(policy, rank) } };
}

/** Most severe first; of one grade as they were. */
export function bySeverity(thresholds: readonly Threshold[], policy: Policy): readonly Threshold[] {
  const rank = ({ grade }: Threshold): number => {
    const place = policy.grades.findIndex(({ name }) => name === grade);
    return place < 0 ? policy.grades.length : place;
  };
  return thresholds.toSorted((one, other) => rank(one) - rank(other));
}
