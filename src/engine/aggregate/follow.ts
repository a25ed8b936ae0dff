import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { MetricMemory } from "../metrics/metric-memory.ts";
import { readBatches } from "../metrics/read-batches.ts";
import type { MetricPorts } from "../ports.ts";

/** What another node accepted may be seen so late: its commit was slow, or its clock is not ours. */
const LOOK_BACK_MS = 2 * MINUTE_MS;
/** A node folds what it accepted within a minute or two. What lies longer belongs to nobody any more. */
const LEFT_LYING_MS = 3 * MINUTE_MS;
const AT_ONCE = 2_000;

/**
 * Takes in what other nodes accepted, so that each of them judges and draws by everything that was measured, and what
 * this node cannot tell whether it became durable. Returns how many batches.
 */
export async function followOthers(ports: MetricPorts, memory: MetricMemory, now: Instant): Promise<number> {
  const { store, node } = ports;
  const range = { from: now - LOOK_BACK_MS, to: Number.MAX_SAFE_INTEGER, notOf: node };
  // SQLite has no other nodes.
  const theirs =
    store.kind === "sqlite"
      ? []
      : [...(await store.sampleBatchIds("new", range)), ...(await store.sampleBatchIds("folded", range))];
  if (theirs.length === 0 && memory.unsure.size === 0) return 0;
  const ids = [...theirs, ...memory.unsure].filter((id) => !memory.knows(id));
  let taken = 0;
  for await (const batch of readBatches(ports, store, memory, { ids, now })) {
    memory.take(batch.id, batch.admitted, now, { minutes: true, waits: batch.node === node && batch.state === "new" });
    taken++;
  }
  // What is not there did not become durable: its sender was told so and sends it again.
  memory.unsure.clear();
  return taken;
}

/** Takes over what a node that is gone accepted and did not fold; true: all of it. */
export async function adoptLeftLying(ports: MetricPorts, memory: MetricMemory, now: Instant): Promise<boolean> {
  const range = { from: 0, to: now - LEFT_LYING_MS, limit: AT_ONCE };
  const lying = await ports.store.sampleBatchIds("new", range);
  const ids = lying.filter((id) => !memory.waiting.has(id));
  for await (const { id, admitted } of readBatches(ports, ports.store, memory, { ids, now })) {
    memory.take(id, admitted, now, { minutes: true, waits: false });
    memory.wait(id, admitted);
  }
  return lying.length < AT_ONCE;
}
