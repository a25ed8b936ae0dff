import { METRICS, unitOf } from "../metric/metric.ts";
import type { MonitoredItem, ThresholdRule } from "../policy/policy.ts";
import { nameKey } from "../roster/same-name.ts";
import type { Millis } from "../time/instant.ts";
import { MINUTE_MS } from "../time/instant.ts";
import { DEFAULT_RULES, type DefaultRule } from "./default-rules.ts";
import type { Baseline, Measure, Threshold } from "./monitor.ts";
import { quantityNamed } from "./quantity.ts";
import { inUnit, readThreshold, type ThresholdWords } from "./threshold-words.ts";

/** What a line of 임계치 comes to: a threshold, or a baseline, of one of the default rules. */
export type PolicyLine = {
  readonly rule: DefaultRule;
  readonly threshold?: Threshold;
  readonly baseline?: Baseline;
  /** Where the document asks for another measure than the rule's: a monitor of its own. */
  readonly measure?: Measure;
};

export type ThresholdProblem = "unreadable" | "unknown-item" | "unit";

/** Where the document says no time: long enough that a hiccup is none. */
const HOLD_MS_DEFAULT: Millis = 5 * MINUTE_MS;

/** The lines that one rule of the document writes: several where its quantity is measured in several ways. */
export function policyLines(
  { item, grade, text, clause }: Pick<ThresholdRule, "item" | "grade" | "text" | "clause">,
  monitoring: readonly MonitoredItem[],
): readonly PolicyLine[] | ThresholdProblem {
  const words = readThreshold(text);
  if (words === undefined) return "unreadable";
  const rules = rulesNamed(item, monitoring);
  if (rules.length === 0) return "unknown-item";
  const lines = rules.flatMap((rule) => lineFor(rule, words, { grade, clause }));
  return lines.length === 0 ? "unit" : lines;
}

function lineFor(
  rule: DefaultRule,
  words: ThresholdWords,
  { grade, clause }: Pick<Threshold, "grade"> & { readonly clause: NonNullable<Threshold["clause"]> },
): readonly PolicyLine[] {
  const hold = words.hold ?? HOLD_MS_DEFAULT;
  switch (words.is) {
    case "unusual":
      return [{ rule, baseline: { grade, weeks: 4, spreads: 4, side: words.side, hold, clause } }];
    case "state": {
      // What is either so or not: the line that the rule has anyway.
      const [line] = rule.lines;
      const isState = line !== undefined && line.bound === 1;
      return isState ? [{ rule, threshold: { grade, when: line.when, bound: 1, hold, clause } }] : [];
    }
    case "line": {
      const bound = inUnit(words.bound, words.unit, unitOf(rule.metric));
      if (bound === undefined) return [];
      const threshold: Threshold = { grade, when: words.when, bound, hold, clause };
      return [{ rule, threshold, ...(words.measure === undefined ? {} : { measure: words.measure }) }];
    }
  }
}

/** The rules that an item of 임계치 writes into: those of its quantity that are its measure, or of a metric by its name. */
function rulesNamed(item: string, monitoring: readonly MonitoredItem[]): readonly DefaultRule[] {
  const area = areasOf(monitoring).get(nameKey(item)) ?? "";
  const known = METRICS.find(({ name }) => name === item);
  if (known !== undefined) {
    const rules = DEFAULT_RULES.filter(({ metric }) => metric === item);
    if (rules.length > 0) return rules;
    const own: DefaultRule = {
      id: item,
      title: known.title,
      metric: item,
      measure: { form: "avg", window: 5 * MINUTE_MS },
      lines: [],
      source: known.title,
    };
    return [own];
  }
  const quantity = quantityNamed(item, area);
  return DEFAULT_RULES.filter(
    (rule) => rule.quantity !== undefined && rule.quantity === quantity?.kind && rule.principal,
  );
}

const areas = new WeakMap<readonly MonitoredItem[], ReadonlyMap<string, string>>();

/** The area of each item, by how names are compared: a document may have twenty thousand lines. */
function areasOf(monitoring: readonly MonitoredItem[]): ReadonlyMap<string, string> {
  const known = areas.get(monitoring);
  if (known !== undefined) return known;
  const made = new Map(monitoring.toReversed().map(({ name, area }) => [nameKey(name), area]));
  areas.set(monitoring, made);
  return made;
}
