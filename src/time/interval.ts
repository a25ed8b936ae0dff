import type { Instant } from "./instant.ts";

/** Half-open: `start` belongs to it, `end` does not. */
export type Interval = { readonly start: Instant; readonly end: Instant };

export function overlap(one: Interval, other: Interval): boolean {
  return one.start < other.end && other.start < one.end;
}

/** What both cover; undefined where they only touch. */
export function common(one: Interval, other: Interval): Interval | undefined {
  const start = Math.max(one.start, other.start);
  const end = Math.min(one.end, other.end);
  return start < end ? { start, end } : undefined;
}

/** What is left of `whole` without the others, in order of time. */
export function minus(whole: Interval, others: readonly Interval[]): readonly Interval[] {
  let left: readonly Interval[] = whole.start < whole.end ? [whole] : [];
  for (const other of others) {
    if (!overlap(whole, other)) continue;
    left = left.flatMap((part) =>
      overlap(part, other)
        ? [
            { start: part.start, end: other.start },
            { start: other.end, end: part.end },
          ].filter(({ start, end }) => start < end)
        : [part],
    );
  }
  return left;
}

/** Cuts an interval at those of the instants that lie inside it. */
export function cutAt(whole: Interval, instants: Iterable<Instant>): readonly Interval[] {
  const inside = [...new Set(instants)].filter((at) => whole.start < at && at < whole.end).sort((a, b) => a - b);
  const edges = [whole.start, ...inside, whole.end];
  return edges.slice(1).map((end, index) => ({ start: edges[index] as Instant, end }));
}

/** Joins those that touch or overlap. */
export function joined(intervals: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const one of intervals.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && one.start <= last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, one.end) };
    else result.push(one);
  }
  return result;
}
