import { createHash } from "node:crypto";
import { aggregateDuty } from "../../src/engine/aggregate/aggregate-duty.ts";
import { MetricMemory } from "../../src/engine/metrics/metric-memory.ts";
import { createMetrics } from "../../src/engine/metrics/metric-store.ts";
import { warmUpMetrics } from "../../src/engine/metrics/warm-up-metrics.ts";
import { DEFAULT_SETTINGS } from "../../src/engine/ports.ts";
import { systemChance } from "../../src/id/system-chance.ts";
import { openStore } from "../../src/store/open-store.ts";
import { SimClock } from "../../src/time/sim-clock.ts";

/**
 * Accepts a batch of samples for every five minutes of a time that runs ahead, until it is killed, and writes the number of
 * each that was accepted. Begins with the number that it is given.
 */
const [file = "", first = "0"] = process.argv.slice(2);
const store = await openStore(file);
const clock = new SimClock(Date.UTC(2026, 2, 2) + Number(first) * 300_000);
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const ports = { store, clock, chance: systemChance, sha256, node: "node", settings: DEFAULT_SETTINGS };
const memory = new MetricMemory(ports);
const metrics = createMetrics(ports, memory);
const duty = aggregateDuty(ports, memory);
await warmUpMetrics(ports, memory);
for (let n = Number(first); ; n++) {
  const at = clock.now();
  const samples = Array.from({ length: 10 }, (_, host) => ({ metric: "m", labels: { host: `${host}` }, at, value: n }));
  await Promise.all([metrics.accept({ id: `${n}`, samples }), n % 2 === 0 ? duty.run(at) : undefined]);
  process.stdout.write(`${n}\n`);
  clock.jump(300_000);
}
