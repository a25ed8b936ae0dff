import { RE2JS } from "re2js";
import type { Matcher } from "./silence.ts";

/** Reads `name="value"`, `name=~"regex"`, `name!="value"`, `name!~"regex"`; quotes are optional. Undefined: not one. */
export function readMatcher(text: string): Matcher | undefined {
  const found = /^\s*([a-zA-Z_:][\w:]*)\s*(=~|!~|!=|=)\s*(.*?)\s*$/su.exec(text.replace(/^\s*\{(.*)\}\s*$/su, "$1"));
  const [, name, operator, written] = found ?? [];
  if (name === undefined || operator === undefined || written === undefined) return undefined;
  const quoted = /^"(.*)"$/su.exec(written)?.[1];
  const value =
    quoted === undefined ? written : quoted.replace(/\\(["\\n])/gu, (_, mark) => (mark === "n" ? "\n" : mark));
  return { name, value, isRegex: operator.endsWith("~"), isEqual: !operator.startsWith("!") };
}

/** All of them match; a label that is not there has the empty value. */
export function matches(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every((matcher) => {
    const value = Object.hasOwn(labels, matcher.name) ? (labels[matcher.name] ?? "") : "";
    const same = matcher.isRegex
      ? (pattern(matcher.value)?.matches(value.slice(0, VALUE_LENGTH_MAX)) ?? false)
      : value === matcher.value;
    return same === matcher.isEqual;
  });
}

/** Why a matcher's pattern is refused; undefined where it is fine. */
export function patternProblem(value: string): "not-a-regex" | "too-long" | undefined {
  if (value.length > PATTERN_LENGTH_MAX) return "too-long";
  return pattern(value) === undefined ? "not-a-regex" : undefined;
}

const PATTERN_LENGTH_MAX = 500;
const VALUE_LENGTH_MAX = 2_000;
const patterns = new Map<string, RE2JS | undefined>();

/** RE2, as Prometheus and Alertmanager have it: the same syntax, and no pattern takes more than linear time. */
function pattern(value: string): RE2JS | undefined {
  if (!patterns.has(value)) {
    if (patterns.size > 1_000) patterns.clear();
    patterns.set(value, compiled(value));
  }
  return patterns.get(value);
}

function compiled(value: string): RE2JS | undefined {
  try {
    return RE2JS.compile(value, RE2JS.DOTALL);
  } catch {
    return undefined;
  }
}

/** `host="db-1"`, as it is read back. */
export function matcherText({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? "=~" : "!~") : isEqual ? "=" : "!=";
  return `${name}${operator}${JSON.stringify(value)}`;
}
