import type { SeriesId } from "./sample.ts";

/** Many series are kept in parts by how their ids begin, in bits: a shorter shard holds all longer ones that begin like it. */
export type Shard = string;

export const SHARD_BITS_MAX = 12;

export function shardOf(series: SeriesId, bits: number): Shard {
  return Number.parseInt(series.slice(0, SHARD_BITS_MAX / 4), 16)
    .toString(2)
    .padStart(SHARD_BITS_MAX, "0")
    .slice(0, bits);
}

/** Every shard, of whatever length, that may hold one of these. */
export function shardsOf(series: readonly SeriesId[]): readonly Shard[] {
  const shards = new Set<Shard>();
  for (const id of series) {
    const whole = shardOf(id, SHARD_BITS_MAX);
    for (let bits = 0; bits <= SHARD_BITS_MAX; bits++) shards.add(whole.slice(0, bits));
  }
  return [...shards];
}
