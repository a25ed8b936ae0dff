import { readSamples } from "../../metric/sample-codec.ts";
import type { Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import type { MetricPorts } from "../ports.ts";
import type { Admitted, MetricMemory } from "./metric-memory.ts";

/** A batch as it was accepted, by this node or another: it was judged then. */
export type ReadBatch = {
  readonly id: string;
  readonly node: string;
  readonly state: string;
  readonly admitted: readonly Admitted[];
};

const BATCHES_AT_ONCE = 500;

/** Those of the ids that still hold their samples, a portion at a time. */
export async function* readBatches(
  { settings }: MetricPorts,
  queries: Queries,
  memory: MetricMemory,
  { ids, now }: { readonly ids: readonly string[]; readonly now: Instant },
): AsyncGenerator<ReadBatch> {
  for (let from = 0; from < ids.length; from += BATCHES_AT_ONCE) {
    for (const { id, node, state, samples } of await queries.sampleBatches(ids.slice(from, from + BATCHES_AT_ONCE))) {
      const { admitted } = memory.admit(readSamples(samples), now, settings.minutesKeepMs);
      yield { id, node, state, admitted };
    }
  }
}
