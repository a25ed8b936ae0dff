import { heartbeatSource } from "./heartbeat/heartbeat.ts";
import { monitorSource } from "./monitor/monitor.ts";
import { pagerdutySource } from "./pagerduty/pagerduty.ts";
import { prometheusSource } from "./prometheus/prometheus.ts";
import { signalsSource } from "./signals/signals.ts";
import type { Source } from "./source.ts";

/** Every kind of sender that is understood: one line each. */
export const sources: ReadonlyMap<string, Source> = new Map(
  [prometheusSource, pagerdutySource, signalsSource, monitorSource, heartbeatSource].map((source) => [
    source.name,
    source,
  ]),
);
