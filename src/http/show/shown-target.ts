import type { Locale } from "../../locale/said.ts";
import type { TargetState } from "../../monitor/agent.ts";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import { sayCollectReason } from "../../monitor/collect-reason-words.ts";
import type { Target } from "../../monitor/target.ts";
import { maskedSettings } from "../../monitor/target-secrets.ts";
import { SECOND_MS, toIso } from "../../time/instant.ts";
import type { ShownReason, ShownTarget } from "../wire/monitors.ts";

export function shownTarget(
  target: Target,
  facts: {
    readonly state: TargetState | undefined;
    readonly managedBy: string | undefined;
    readonly revision: number | null;
    readonly locale: Locale;
  },
): ShownTarget {
  const { id, collector, settings, every, agent, labels } = target;
  const { state, managedBy, revision, locale } = facts;
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
    because: shownReasons(state?.because ?? [], locale),
    lastAt: state === undefined ? null : toIso(state.lastAt),
    tookMs: state === undefined ? null : Math.round(state.took),
    seriesCount: state?.series ?? 0,
  };
}

export function shownReasons(reasons: readonly CollectReason[], locale: Locale): readonly ShownReason[] {
  return reasons.map((reason) => ({ code: reason.code, text: sayCollectReason(reason)[locale] }));
}
