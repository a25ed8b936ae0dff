import type { Locale } from "../../locale/said.ts";
import { newestStates } from "../../monitor/agent.ts";
import { sayCollectReason } from "../../monitor/collect-reason-words.ts";
import type { TargetId } from "../../monitor/target.ts";
import type { Queries } from "../../store/store.ts";
import type { Signal } from "../../triage/signal.ts";

/**
 * Alerts about a target with the reasons that its collector gave: that nothing answers says less than why. What they know
 * of themselves stands first.
 */
export async function withCollectReasons(
  signals: readonly Signal[],
  queries: Pick<Queries, "agents">,
  locale: Locale,
): Promise<readonly Signal[]> {
  if (!signals.some(isAboutTarget)) return signals;
  const states = newestStates(await queries.agents());
  return signals.map((signal) => {
    const because = isAboutTarget(signal) ? states.get(signal.labels.target as TargetId)?.state.because : undefined;
    if (because === undefined) return signal;
    const reasons = because.map((reason) => sayCollectReason(reason)[locale]);
    return { ...signal, description: [signal.description ?? [], ...reasons].flat().join("\n") };
  });
}

function isAboutTarget({ action, labels }: Signal): boolean {
  return action === "fire" && labels.target !== undefined;
}
