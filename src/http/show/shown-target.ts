import type { TargetState } from "../../monitor/agent.ts";
import type { Target } from "../../monitor/target.ts";
import { SECOND_MS, toIso } from "../../time/instant.ts";
import { maskedSettings } from "../target-data.ts";
import type { ShownTarget } from "../wire/monitors.ts";

export function shownTarget(
  target: Target,
  facts: {
    readonly state: TargetState | undefined;
    readonly managedBy: string | undefined;
    readonly revision: number | null;
  },
): ShownTarget {
  const { id, collector, settings, every, agent, labels } = target;
  const { state, managedBy, revision } = facts;
  return {
    id,
    collector,
    settings: maskedSettings(settings),
    everySeconds: every / SECOND_MS,
    agent: agent ?? null,
    labels,
    managedBy: managedBy ?? null,
    revision,
    up: state?.up ?? null,
    because: state?.because ?? null,
    lastAt: state === undefined ? null : toIso(state.lastAt),
    tookMs: state === undefined ? null : Math.round(state.took),
    seriesCount: state?.series ?? 0,
  };
}
