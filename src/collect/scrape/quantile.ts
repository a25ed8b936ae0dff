/** A cumulative bucket: how many were at most `upTo`. */
export type Bucket = { readonly upTo: number; readonly count: number };

/**
 * The value that the share `quantile` of all is at most, as Prometheus' histogram_quantile has it: evenly spread inside
 * a bucket; in the open last one its lower bound, because nothing else is known. Undefined where nothing was counted.
 */
export function quantileOf(quantile: number, buckets: readonly Bucket[]): number | undefined {
  const sorted = [...buckets].sort((one, other) => one.upTo - other.upTo);
  const last = sorted.at(-1);
  if (last === undefined || last.upTo !== Number.POSITIVE_INFINITY || !(last.count > 0)) return undefined;
  const rank = quantile * last.count;
  let [lower, before] = [0, 0];
  for (const { upTo, count: told } of sorted) {
    // Read while it changed, a bucket may hold less than the one below it.
    const count = Math.max(told, before);
    if (count >= rank && count > before) {
      if (upTo === Number.POSITIVE_INFINITY) return lower;
      const from = lower === 0 && upTo <= 0 ? upTo : lower;
      return from + ((upTo - from) * (rank - before)) / (count - before);
    }
    [lower, before] = [upTo, count];
  }
  return undefined;
}
