import type { Gauge } from "prom-client";
import { CANARY_SERVICE } from "../engine/canary/canary-policy.ts";
import type { Engine } from "../engine/engine.ts";

/** What Prometheus reads of Bongsu, computed when it asks. */
export async function metricsText(engine: Engine): Promise<string> {
  // Where nobody asks it is not loaded: it and what it brings are eighty modules.
  const prometheus = await import("prom-client");
  const { store, clock } = engine.ports;
  const registry = new prometheus.Registry();
  const gauge = (name: string, help: string, labels: readonly string[] = []): Gauge =>
    new prometheus.Gauge({ name, help, labelNames: [...labels], registers: [registry] });
  const at = clock.now();

  const open = gauge("bongsu_incidents_open", "Open incidents by state.", ["state"]);
  for (const state of ["triggered", "acknowledged"] as const) open.set({ state }, 0);
  for (const { state, service } of await store.openIncidentDues()) if (service !== CANARY_SERVICE) open.inc({ state });

  const backlog = await store.inboxBacklog();
  gauge("bongsu_inbox_backlog", "Received requests that are not worked off yet.").set(backlog.count);
  const oldest = backlog.oldest === undefined ? 0 : (at - backlog.oldest) / 1_000;
  gauge("bongsu_inbox_oldest_seconds", "Age of the oldest of them.").set(oldest);
  gauge("bongsu_alerts_remembered", "Firing alerts whose repeats cost no write.").set(engine.memory.size);

  const violations = gauge("bongsu_invariant_violations", "How often a promise was seen not to hold since the start.", [
    "invariant",
  ]);
  for (const [invariant, count] of engine.violations) violations.set({ invariant }, count);

  const lastRun = gauge("bongsu_duty_last_run_seconds", "Seconds since each duty last ran.", ["duty"]);
  const failed = gauge("bongsu_duty_failed", "1 where a duty's last run failed.", ["duty"]);
  for (const { name, endedAt, outcome } of engine.duties.lastRuns()) {
    lastRun.set({ duty: name }, (at - endedAt) / 1_000);
    failed.set({ duty: name }, outcome === "failed" ? 1 : 0);
  }
  gauge("process_resident_memory_bytes", "Resident memory of the server.").set(process.memoryUsage.rss());
  return registry.metrics();
}
