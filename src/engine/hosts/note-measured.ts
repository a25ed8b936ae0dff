import type { Agent } from "../../monitor/agent.ts";
import { HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Ports } from "../ports.ts";

/** As rarely as an exporter may be scraped: three times as long, and the host is silent. */
const EVERY_MS = 100_000;
const SINCE_MS = HOUR_MS;
/** So much older than it is may its last word look. */
const WRITE_EVERY_MS = MINUTE_MS / 2;

/**
 * A host that somebody else measures (by a scrape of its exporter, by a Prometheus that is asked) has no word of its own:
 * its last sample is it. Written down, so that nobody forgets it when it falls silent.
 */
export async function noteMeasured(
  { store }: Pick<Ports, "store">,
  metrics: Pick<Metrics, "hosts">,
  { agents, at }: { readonly agents: readonly Agent[]; readonly at: Instant },
): Promise<void> {
  const known = new Map(agents.map((agent) => [agent.host, agent]));
  for (const { host, itselfAt } of await metrics.hosts(at - SINCE_MS)) {
    if (itselfAt === undefined || host.length > HOST_LENGTH_MAX) continue;
    const lastAt = Math.min(itselfAt, at);
    const agent = known.get(host);
    const isOthers = agent === undefined || agent.facts.kind === "measured" || agent.facts.kind === "removed";
    if (!isOthers || (agent !== undefined && lastAt - agent.lastAt < WRITE_EVERY_MS)) continue;
    await store.heardAgent({ host, lastAt, facts: { kind: "measured", every: EVERY_MS, targets: [] } });
  }
}

const HOST_LENGTH_MAX = 200;
