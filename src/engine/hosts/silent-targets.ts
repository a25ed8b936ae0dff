import type { Agent } from "../../monitor/agent.ts";
import { isSilent } from "../../monitor/agent.ts";
import type { Target, TargetId } from "../../monitor/target.ts";
import type { Instant, Millis } from "../../time/instant.ts";

const INTERVALS = 3;
const SILENT_MS_MIN = 120_000;

/**
 * Targets that nobody asks any more, or ever did, although somebody should: one that its agent never took up, one whose
 * node is gone. Where the agent itself is silent that is told, and not once more for each of its targets. `since`: from
 * when on each of them was to be asked.
 */
export function silentTargets(
  targets: readonly Target[],
  agents: readonly Agent[],
  { since, at }: { readonly since: (target: TargetId) => Instant; readonly at: Instant },
): readonly { readonly target: Target; readonly lastAt: Instant | undefined }[] {
  const asked = new Map<TargetId, Instant>();
  for (const { facts } of agents)
    for (const { id, lastAt } of facts.targets)
      asked.set(id, Math.max(asked.get(id) ?? Number.NEGATIVE_INFINITY, lastAt - (facts.clockSkew ?? 0)));
  const silentHosts = new Set(agents.filter((agent) => isSilent(agent, at)).map(({ host }) => host));
  return targets.flatMap((target) => {
    if (target.agent !== undefined && silentHosts.has(target.agent)) return [];
    const lastAt = asked.get(target.id);
    const waited = at - Math.max(lastAt ?? Number.NEGATIVE_INFINITY, since(target.id));
    return waited > silentAfter(target.every) ? [{ target, lastAt }] : [];
  });
}

function silentAfter(every: Millis): Millis {
  return Math.max(INTERVALS * every, SILENT_MS_MIN);
}
