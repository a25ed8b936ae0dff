import type { Id } from "../id/id.ts";
import type { Labels } from "../metric/sample.ts";
import type { Millis } from "../time/instant.ts";

export type TargetId = Id<"target">;

export const COLLECTOR_KINDS = [
  "host",
  "process",
  "network",
  "gpu",
  "check",
  "http",
  "mariadb",
  "scrape",
  "promql",
] as const;
/**
 * `host`, `process`, `network` and `gpu` measure the machine they run on; `check` asks by ping, TCP, DNS or TLS; `scrape`
 * reads an exporter or an application; `promql` asks a Prometheus-compatible server.
 */
export type CollectorKind = (typeof COLLECTOR_KINDS)[number];

/** What a collector is to measure, and from where. */
export type Target = {
  /** Also its name: the label `target` of what it measures. */
  readonly id: TargetId;
  readonly collector: CollectorKind;
  /** Read by the collector; a secret in it is named by `{ env }` or `{ file }` of the machine that runs it. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly every: Millis;
  /** The host whose agent runs it; absent: the server. */
  readonly agent?: string;
  /** Added to every series of it: `service`, `site`, ... */
  readonly labels: Labels;
};

export const TARGET_EVERY_MS_DEFAULT = 30_000;
export const TARGET_EVERY_MS_MIN = 5_000;
export const TARGET_EVERY_MS_MAX = 3_600_000;
