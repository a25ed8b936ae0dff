import type { GradeBecause } from "../incident/event.ts";
import type { Policy } from "../policy/policy.ts";

/**
 * How severe the words of common sources are, as places in the policy's grades: 0 the most severe. Facts of the
 * sources: PagerDuty critical/error/warning/info, Opsgenie P1-P5, Zabbix 0-5 by name, Prometheus by custom.
 */
const SEVERITY_RANKS: Readonly<Record<string, number>> = {
  critical: 0,
  crit: 0,
  page: 0,
  emergency: 0,
  fatal: 0,
  disaster: 0,
  p1: 0,
  sev1: 0,
  error: 1,
  err: 1,
  high: 1,
  major: 1,
  p2: 1,
  sev2: 1,
  warning: 2,
  warn: 2,
  average: 2,
  minor: 2,
  medium: 2,
  low: 2,
  p3: 2,
  sev3: 2,
};

/** Kept and shown, but nobody is told: the sources' own words for "no action needed". */
const RECORD_ONLY = new Set([
  "info",
  "information",
  "informational",
  "none",
  "ok",
  "debug",
  "p4",
  "p5",
  "notice",
  "record",
]);

/** Where neither the source nor the service tells: the stricter neighbour of the middle, so that it is looked at. */
const UNKNOWN_RANK = 1;

export type Graded = { readonly grade: string; readonly because: GradeBecause } | { readonly recordOnly: true };

/** Which grade a signal's incident has: by the policy's own word, by the table, by the service, else the stricter. */
export function gradeOf(severity: string | undefined, policy: Policy, serviceGrade: string | undefined): Graded {
  const word = (severity ?? "").normalize("NFC").trim().toLowerCase();
  const named = policy.grades.find((grade) => grade.name.toLowerCase() === word);
  if (named !== undefined) return { grade: named.name, because: "source-severity" };
  if (RECORD_ONLY.has(word)) return { recordOnly: true };
  const rank = SEVERITY_RANKS[word];
  if (rank !== undefined && Object.hasOwn(SEVERITY_RANKS, word)) {
    return { grade: gradeAt(policy, rank), because: "source-severity" };
  }
  if (serviceGrade !== undefined && policy.grades.some((grade) => grade.name === serviceGrade)) {
    return { grade: serviceGrade, because: "service-rule" };
  }
  return { grade: gradeAt(policy, UNKNOWN_RANK), because: "unknown-severity" };
}

/** Every way to write a severity that gives the most severe grade; the empty text where saying none does. */
export function wordsOfTopGrade(policy: Policy, services: readonly { readonly grade?: string }[]): readonly string[] {
  const [top] = policy.grades;
  if (top === undefined) return [];
  const words = [top.name, ...Object.keys(SEVERITY_RANKS)].filter((word) => {
    const graded = gradeOf(word, policy, undefined);
    return "grade" in graded && graded.grade === top.name;
  });
  const written = words.flatMap((word) => [
    word,
    word.toLowerCase(),
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(),
  ]);
  const unsaid = policy.grades.length <= UNKNOWN_RANK || services.some(({ grade }) => grade === top.name);
  return [...written, ...(unsaid ? [""] : [])];
}

/** The grade of that rank, or the least severe where there are fewer. */
export function gradeAt(policy: Policy, rank: number): string {
  const grade = policy.grades[Math.min(rank, policy.grades.length - 1)];
  return grade?.name ?? "";
}

export function isMoreSevere(policy: Policy, one: string, other: string): boolean {
  const rank = (name: string): number => policy.grades.findIndex((grade) => grade.name === name);
  return rank(one) >= 0 && rank(one) < rank(other);
}

/** 0 is the most severe; undefined where the policy has no such grade. */
export function rankOf(policy: Policy, name: string): number | undefined {
  return policy.grades.find((grade) => grade.name === name)?.rank;
}
