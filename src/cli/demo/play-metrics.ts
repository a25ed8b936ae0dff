import type { Engine } from "../../engine/engine.ts";
import type { AgentFacts, TargetState } from "../../monitor/agent.ts";
import type { Target } from "../../monitor/target.ts";
import { type Instant, SECOND_MS } from "../../time/instant.ts";
import { version } from "../package.ts";
import { playedTargets } from "./furnish-metrics.ts";
import { PLAYED_HOSTS, type PlayedSeries } from "./played-hosts.ts";

const EVERY_MS = 15 * SECOND_MS;

/**
 * While the demo runs, its hosts go on being measured: invented values, taken as those of agents are. Returns what stops
 * it.
 */
export function playMetrics(engine: Engine, series: readonly PlayedSeries[], server: string): () => void {
  const { clock, store } = engine.ports;
  const speak = async (): Promise<void> => {
    const at = clock.now();
    await engine.metrics.accept({
      id: `demo ${at}`,
      samples: series.map(({ metric, labels, value }) => ({ metric, labels, at, value: value(at) })),
    });
    for (const [nth, { host, platform }] of PLAYED_HOSTS.entries())
      await store.heardAgent({ host, lastAt: at, facts: factsOf("agent", host, { platform, at, skew: nth * 3 - 7 }) });
    await store.heardAgent({ host: server, lastAt: at, facts: factsOf("server", undefined, { at, skew: 0 }) });
  };
  // What could not be written once is written the next time.
  const timer = setInterval(() => void speak().catch(() => {}), EVERY_MS);
  void speak().catch(() => {});
  return () => clearInterval(timer);
}

function factsOf(
  kind: "agent" | "server",
  host: string | undefined,
  { platform = "Debian 13 x64", at, skew }: { readonly platform?: string; readonly at: Instant; readonly skew: number },
): AgentFacts {
  return {
    kind,
    version: version(),
    platform,
    every: EVERY_MS,
    clockSkew: skew,
    spoolBytes: 0,
    targets: playedTargets(host).map((target) => stateOf(target, at)),
  };
}

function stateOf({ id, collector }: Target, at: Instant): TargetState {
  return { id, collector, up: true, lastAt: at, took: TOOK_MS[collector] ?? 20, series: SERIES[collector] ?? 5 };
}

const TOOK_MS: Readonly<Partial<Record<Target["collector"], number>>> = {
  http: 182,
  mariadb: 34,
  scrape: 61,
  check: 12,
};
const SERIES: Readonly<Partial<Record<Target["collector"], number>>> = { http: 8, mariadb: 19, scrape: 26, check: 3 };
