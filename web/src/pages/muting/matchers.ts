import type { Matcher } from "../../../../src/triage/silence.ts";

export const OPERATORS = ["=", "!=", "=~", "!~"] as const;
export type Operator = (typeof OPERATORS)[number];

export function operatorOf({ isRegex, isEqual }: Matcher): Operator {
  return isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
}

export function withOperator(matcher: Matcher, operator: Operator): Matcher {
  return { ...matcher, isRegex: operator.endsWith("~"), isEqual: !operator.startsWith("!") };
}

/** `host="db-01"`, as amtool writes it. */
export function matcherText(matcher: Matcher): string {
  return `${matcher.name}${operatorOf(matcher)}${JSON.stringify(matcher.value)}`;
}

export function matcher(name: string, value: string): Matcher {
  return { name, value, isRegex: false, isEqual: true };
}

/** Those that say something: an empty row is not a matcher yet. */
export function written(matchers: readonly Matcher[]): readonly Matcher[] {
  return matchers
    .map((one) => ({ ...one, name: one.name.trim() }))
    .filter(({ name, value, isEqual }) => name !== "" && (value !== "" || !isEqual));
}

/** What a condition is commonly about, the most telling first. */
const TELLING = ["alertname", "service", "instance", "host", "app", "job"];

/** The matchers that a silence from an alert begins with, and the labels that are left to add. */
export function fromLabels(labels: Readonly<Record<string, string>>): {
  readonly matchers: readonly Matcher[];
  readonly others: readonly Matcher[];
} {
  const all = Object.entries(labels)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => matcher(name, value));
  const telling = TELLING.flatMap((name) => all.filter((one) => one.name === name)).slice(0, 3);
  const matchers = telling.length > 0 ? telling : all.slice(0, 3);
  return { matchers, others: all.filter((one) => !matchers.includes(one)) };
}
