import { DAY_MS, type Instant, type Millis, SECOND_MS } from "../time/instant.ts";
import { beginOf } from "./point-block.ts";
import type { Point } from "./sample.ts";

/** Steps that people read easily, in seconds: all of them divide a day, or are whole days. */
const STEPS = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400,
];

/** The smallest readable step of at least `least` that cuts [from, to) into at most `pointsMax` (two or more) pieces. */
export function stepFor(range: Range, pointsMax: number, least: Millis): Millis {
  const fits = (step: Millis): boolean => step >= least && piecesOf(range, step) <= Math.max(pointsMax, 2);
  const seconds = STEPS.find((one) => fits(one * SECOND_MS));
  if (seconds !== undefined) return seconds * SECOND_MS;
  let days = 2;
  while (!fits(days * DAY_MS)) days++;
  return days * DAY_MS;
}

type Range = { readonly from: Instant; readonly to: Instant };

function piecesOf({ from, to }: Range, step: Millis): number {
  return Math.ceil((to - beginOf(from, step)) / step);
}

/** One point for each step that has any, beginning at a whole multiple of the step. */
export function downsample(points: readonly Point[], step: Millis): readonly Point[] {
  const coarse: Point[] = [];
  for (const point of points) {
    const at = beginOf(point.at, step);
    const before = coarse.at(-1);
    if (before?.at !== at) coarse.push(point.at === at ? point : { ...point, at });
    else
      coarse[coarse.length - 1] = {
        at,
        min: Math.min(before.min, point.min),
        max: Math.max(before.max, point.max),
        sum: before.sum + point.sum,
        count: before.count + point.count,
        last: point.last,
      };
  }
  return coarse;
}

/** The usual time between two points; undefined for fewer than two. */
export function usualGap(points: readonly { readonly at: Instant }[]): Millis | undefined {
  const gaps = points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at));
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
