import { matches, patternProblem } from "./matchers.ts";
import type { Matcher } from "./silence.ts";

const MATCHERS_MAX = 50;

/** Matchers out of untrusted JSON, as Alertmanager has them; a text where they are refused, in its manner. */
export function readMatchers(value: unknown): readonly Matcher[] | string {
  if (!Array.isArray(value) || value.length === 0) return "at least one matcher required";
  if (value.length > MATCHERS_MAX) return `at most ${MATCHERS_MAX} matchers`;
  const matchers: Matcher[] = [];
  for (const one of value as unknown[]) {
    if (typeof one !== "object" || one === null) return "invalid label matcher";
    const { name, value: wanted, isRegex, isEqual } = one as Readonly<Record<string, unknown>>;
    if (typeof name !== "string" || name === "" || typeof wanted !== "string") return "invalid label matcher";
    const matcher: Matcher = { name, value: wanted, isRegex: isRegex === true, isEqual: isEqual !== false };
    const problem = matcher.isRegex ? patternProblem(matcher.value) : undefined;
    if (problem !== undefined) return `invalid label matcher ${matcher.name}: ${problem}`;
    matchers.push(matcher);
  }
  // Otherwise it would mute whatever lacks the label, which is nearly everything. Negated ones count as meant.
  if (matchers.every((matcher) => matcher.isEqual && matches([matcher], {})))
    return "at least one matcher must not match the empty string";
  return matchers;
}
