import { unitOf } from "../metric/metric.ts";
import type { Monitor, Threshold } from "./monitor.ts";

/** How much of the way towards normal the line moves. */
const NEARER = 0.1;

/**
 * 모니터링 강화: the lines of a series that is watched harder. Each is a tenth of the way nearer to normal and has to hold
 * half as long, and tells in the given grade, the least severe one. A line that cannot be any tighter is left out.
 */
export function harderThresholds(
  monitor: Pick<Monitor, "query">,
  thresholds: readonly Threshold[],
  leastGrade: string,
): readonly Threshold[] {
  return thresholds.flatMap((threshold) => {
    const bound = nearer(threshold, unitOf(monitor.query.metric));
    const hold = Math.floor(threshold.hold / 2);
    if (bound === threshold.bound && hold === threshold.hold) return [];
    const { clear: _, ...rest } = threshold;
    return [{ ...rest, bound, hold, grade: leastGrade }];
  });
}

/**
 * Where too much is the trouble, normal is nothing: 90 % becomes 81 %. Where too little is, normal is all of it for a
 * ratio (10 % becomes 19 %), and for everything else a tenth more than the line. What is counted (replicas, 1 for up and
 * 0 for down) has no tenths below which it could fall: its line stays.
 */
function nearer({ when, bound }: Threshold, unit: ReturnType<typeof unitOf>): number {
  if (when === "above" || when === "at-least") return exact(bound - Math.abs(bound) * NEARER);
  if (unit === "count") return bound;
  if (unit === "ratio") return exact(bound + (1 - Math.min(bound, 1)) * NEARER);
  return exact(bound + Math.abs(bound) * NEARER);
}

/** 0.81 and not 0.8100000000000001. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}
