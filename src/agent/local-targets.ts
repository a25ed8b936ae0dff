import type { Collector } from "../collect/collector.ts";
import { asId } from "../id/id.ts";
import type { CollectorKind, Target } from "../monitor/target.ts";
import type { Millis } from "../time/instant.ts";

export const LOCAL_EVERY_MS = 10_000;

/**
 * What a host measures of itself without being told: everything that wants no address. A target of the roster that
 * measures the same of this host, with settings of its own, takes the place of ours.
 */
export function localTargets(
  host: string,
  given: readonly Target[],
  {
    collectors,
    every = LOCAL_EVERY_MS,
  }: { readonly collectors: ReadonlyMap<CollectorKind, Collector>; readonly every?: Millis },
): readonly Target[] {
  const taken = new Set(given.map(({ collector }) => collector));
  return [...collectors.values()]
    .filter(({ kind, local }) => local && !taken.has(kind))
    .map(({ kind }) => ({ id: asId<"target">(`${host}/${kind}`), collector: kind, settings: {}, every, labels: {} }));
}
