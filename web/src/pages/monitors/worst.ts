import type { ShownMonitor, ShownSeries, ShownState } from "../../../../src/http/wire/monitors.ts";

/** The most pressing first; what nobody asked to watch last. */
export const STATES = [
  "firing",
  "no-data",
  "unseen",
  "pending",
  "learning",
  "ok",
  "off",
] as const satisfies readonly ShownState[];

export function rankOf(state: ShownState): number {
  return STATES.indexOf(state);
}

type Judged = Pick<ShownMonitor, "rule">;

/** The series, the most pressing first: by state and grade, then by how near they are to the line. */
export function worstFirst(
  series: readonly ShownSeries[],
  { rule }: Judged,
  gradeRank: (grade: string) => number,
): readonly ShownSeries[] {
  const falls = isFalling(rule.thresholds);
  const value = (one: ShownSeries): number =>
    one.value === null ? Number.NEGATIVE_INFINITY : falls ? -one.value : one.value;
  return [...series].sort(
    (one, other) =>
      rankOf(one.state) - rankOf(other.state) ||
      (one.grade === null ? 99 : gradeRank(one.grade)) - (other.grade === null ? 99 : gradeRank(other.grade)) ||
      value(other) - value(one) ||
      one.key.localeCompare(other.key),
  );
}

/** Whether less is worse. */
export function isFalling(thresholds: ShownMonitor["rule"]["thresholds"]): boolean {
  const first = thresholds[0]?.when;
  return first === "below" || first === "at-most";
}
