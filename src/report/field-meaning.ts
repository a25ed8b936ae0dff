import { nameKey } from "../roster/same-name.ts";

/** What a field of the document's report asks for, as far as the record of an incident can answer it. */
export type FieldMeaning =
  | "occurred"
  | "grade"
  | "scope"
  | "phenomena"
  | "cause"
  | "actions"
  | "prevention"
  | "watching";

/** Compared without spaces and case; the first that fits wins, so the telling ones stand first. */
const PATTERNS: readonly (readonly [FieldMeaning, RegExp])[] = [
  ["prevention", /(재발방지|예방대책|prevent|recurrence|countermeasure)/u],
  ["watching", /(모니터링강화|감시강화|강화감시|watch(ing|ed)?harder|monitoring)/u],
  ["grade", /(등급|grade|severity)/u],
  ["scope", /(영향|범위|피해|impact|scope|affected)/u],
  ["cause", /(원인|rca|cause)/u],
  ["actions", /(조치|대응내용|대응경과|경과|actiontaken|actionstaken|^actions?$|^response|timeline)/u],
  ["phenomena", /(현상|증상|내용|symptom|phenomen|whathappened|description)/u],
  ["occurred", /(일시|시각|시간|date|time|when|occurred|duration)/u],
];

/** Undefined: people write it, nothing in the record answers it (`시스템 개선 계획`). */
export function fieldMeaning(title: string): FieldMeaning | undefined {
  const key = nameKey(title);
  return PATTERNS.find(([, pattern]) => pattern.test(key))?.[0];
}

/** Who can answer it: the record, people, or people with what the record has to go by. */
export function answeredBy(meaning: FieldMeaning | undefined): "record" | "people" | "both" {
  switch (meaning) {
    case "occurred":
    case "grade":
    case "phenomena":
    case "actions":
    case "watching":
      return "record";
    case "scope":
    case "cause":
      return "both";
    case "prevention":
    case undefined:
      return "people";
  }
}
