import type { MonitorId } from "./monitor.ts";
import type { QuantityKind } from "./quantity.ts";
import type { CollectorKind } from "./target.ts";

/** One thing that somebody can do so that an item is watched: what the screens lead to, with the form filled in. */
export type WayToWatch =
  /** Bongsu's agent on the host that it is about. */
  | { readonly by: "agent" }
  /** A target of that collector, with these of its settings. */
  | { readonly by: "target"; readonly collector: CollectorKind; readonly settings: Readonly<Record<string, string>> }
  /** It is watched as soon as that monitor is on again. */
  | { readonly by: "turn-on"; readonly monitor: MonitorId }
  /** The document says it in words that nobody knows: it has to be named otherwise. */
  | { readonly by: "policy" };

const AGENT: WayToWatch = { by: "agent" };
const HOST: readonly WayToWatch[] = [AGENT, target("scrape", { exporter: "node" })];
const GPU: readonly WayToWatch[] = [AGENT, target("scrape", { exporter: "dcgm" })];
const API: readonly WayToWatch[] = [target("http"), target("scrape")];
const APPLICATION: readonly WayToWatch[] = [target("scrape")];
const DATABASE: readonly WayToWatch[] = [target("mariadb"), target("scrape", { exporter: "mysqld" })];

const WAYS: Readonly<Record<QuantityKind, readonly WayToWatch[]>> = {
  "cpu-usage": HOST,
  "memory-usage": HOST,
  "disk-usage": HOST,
  "gpu-state": GPU,
  "gpu-usage": GPU,
  "network-state": [AGENT, target("check")],
  "process-state": [AGENT, target("process")],
  "response-time": API,
  "error-rate": API,
  throughput: APPLICATION,
  "session-state": APPLICATION,
  "database-state": DATABASE,
  "query-performance": DATABASE,
  "database-connections": DATABASE,
  "database-disk": DATABASE,
};

function target(collector: CollectorKind, settings: Readonly<Record<string, string>> = {}): WayToWatch {
  return { by: "target", collector, settings };
}

/**
 * What makes an item watched, the usual way first. Where monitors about it are only switched off, nothing has to be
 * measured anew.
 */
export function waysToWatch(quantity: QuantityKind | undefined, off: readonly MonitorId[]): readonly WayToWatch[] {
  if (off.length > 0) return off.map((monitor) => ({ by: "turn-on", monitor }));
  return quantity === undefined ? [{ by: "policy" }] : WAYS[quantity];
}
