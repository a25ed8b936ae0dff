import type { AgentFacts, TargetState } from "../../monitor/agent.ts";
import { COLLECT_REASONS_MAX, collectReasonIn } from "../../monitor/collect-reason.ts";
import type { Instant } from "../../time/instant.ts";
import { isRecord, textOf } from "../read.ts";
import type { OtlpMetrics } from "./otlp.ts";

/** An attribute of a resource that `bongsu agent` puts before what it sends: what it says of itself, as JSON. */
export const AGENT_ATTRIBUTE = "bongsu.agent";

/** What our agent says of itself at the time of sending. */
export type AgentWord = Omit<AgentFacts, "kind" | "clockSkew"> & {
  readonly host: string;
  /** By its own clock. */
  readonly sentAt: Instant;
  readonly boot?: AgentBoot;
};

/** A run of the machine, and when it began by a clock that may have been set since. */
export type AgentBoot = { readonly id: string; readonly at: Instant };

const TEXT_LENGTH_MAX = 200;
const TARGETS_MAX = 2_000;

/** Undefined where the sender is none of ours. */
export function wordOf(metrics: OtlpMetrics): AgentWord | undefined {
  const text = metrics.find(({ attributes }) => attributes[AGENT_ATTRIBUTE] !== undefined)?.attributes[AGENT_ATTRIBUTE];
  if (text === undefined) return undefined;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(said)) return undefined;
  const host = textOf(said.host, TEXT_LENGTH_MAX);
  const { sentAt, every } = said;
  if (host === undefined || !isInstant(sentAt) || !isInstant(every)) return undefined;
  const version = textOf(said.version, TEXT_LENGTH_MAX);
  const platform = textOf(said.platform, TEXT_LENGTH_MAX);
  const trouble = textOf(said.trouble, TEXT_LENGTH_MAX);
  return {
    host,
    sentAt,
    every,
    ...(version === undefined ? {} : { version }),
    ...(platform === undefined ? {} : { platform }),
    ...(isInstant(said.spoolBytes) ? { spoolBytes: said.spoolBytes } : {}),
    ...(isInstant(said.lostSamples) ? { lostSamples: said.lostSamples } : {}),
    ...(isRecord(said.boot) && typeof said.boot.id === "string" && typeof said.boot.at === "number"
      ? { boot: { id: said.boot.id, at: said.boot.at } }
      : {}),
    ...(trouble === undefined ? {} : { trouble }),
    targets: Array.isArray(said.targets) ? said.targets.slice(0, TARGETS_MAX).flatMap(stateOf) : [],
  };
}

function stateOf(value: unknown): readonly TargetState[] {
  if (!isRecord(value)) return [];
  const { up, lastAt, took, series } = value;
  const id = textOf(value.id, TEXT_LENGTH_MAX);
  const collector = textOf(value.collector, TEXT_LENGTH_MAX);
  const because = (Array.isArray(value.because) ? value.because : [])
    .slice(0, COLLECT_REASONS_MAX)
    .flatMap((one: unknown) => (isRecord(one) ? (collectReasonIn(one) ?? []) : []));
  if (id === undefined || collector === undefined || typeof up !== "boolean") return [];
  if (!isInstant(lastAt) || !isInstant(took) || !isInstant(series)) return [];
  const state: unknown = { id, collector, up, lastAt, took, series, ...(because.length === 0 ? {} : { because }) };
  return [state as TargetState];
}

function isInstant(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
