import type { Instant, Millis } from "../time/instant.ts";
import type { CollectReason } from "./collect-reason.ts";
import type { CollectorKind, TargetId } from "./target.ts";

/** How the collecting of one target goes, as whoever runs it last saw it. */
export type TargetState = {
  readonly id: TargetId;
  readonly collector: CollectorKind;
  /** Whether the last collection could ask. */
  readonly up: boolean;
  /** Why it could not; of one that could, what is not measured or not well. */
  readonly because?: readonly CollectReason[];
  readonly lastAt: Instant;
  readonly took: Millis;
  readonly series: number;
};

/** What a host says of itself beside what it measured. */
export type AgentFacts = {
  /**
   * A node of Bongsu itself, `bongsu agent`, any other sender of a host's metrics over OTLP, an application that sends
   * OTLP (its service's name stands in the host's place), or a host that somebody else measures: by a scrape, say.
   * `removed`: somebody took it away on purpose at the time of its last word, and it has not spoken since.
   */
  readonly kind: "server" | "agent" | "otlp" | "application" | "measured" | "removed";
  /** Of an application: it was heard of all the time since. */
  readonly since?: Instant;
  readonly version?: string;
  readonly platform?: string;
  /** How often it means to speak. */
  readonly every: Millis;
  /** Its clock minus the server's. */
  readonly clockSkew?: Millis;
  readonly spoolBytes?: number;
  /** Samples that nobody will see: thrown away, damaged or refused, since its folder was made. */
  readonly lostSamples?: number;
  /** What its disk says while that does not take what is measured. */
  readonly trouble?: string;
  readonly targets: readonly TargetState[];
};

/** A host that was heard of: an agent, a node, or one that others measured. */
export type Agent = {
  readonly host: string;
  readonly lastAt: Instant;
  readonly facts: AgentFacts;
  /** Since when it is told to be silent. */
  readonly silentSince?: Instant;
};

/** The newest word about each target, of whichever host runs it. */
export function newestStates(
  agents: readonly Agent[],
): ReadonlyMap<TargetId, { readonly state: TargetState; readonly host: string; readonly every: Millis }> {
  const newest = new Map<TargetId, { state: TargetState; host: string; every: Millis }>();
  for (const { host, facts } of agents) {
    for (const state of facts.targets) {
      const other = newest.get(state.id);
      if (other === undefined || other.state.lastAt < state.lastAt)
        newest.set(state.id, { state, host, every: facts.every });
    }
  }
  return newest;
}

/** Three intervals without a word, and at least a minute. */
export function isSilent({ lastAt, facts }: Agent, at: Instant): boolean {
  if (facts.kind === "removed" || isBrief({ lastAt, facts })) return false;
  return at - lastAt > silentAfter(facts.every);
}

/** A job that sent what it measured while it ran is not waited for. */
export function isBrief({ lastAt, facts }: Pick<Agent, "lastAt" | "facts">): boolean {
  return facts.kind === "application" && lastAt - (facts.since ?? lastAt) < BRIEF_MS;
}

const BRIEF_MS = 600_000;

/** Half of that: it should have spoken by now. */
export function isLate({ lastAt, facts }: Agent, at: Instant): boolean {
  return at - lastAt > silentAfter(facts.every) / 2;
}

export function silentAfter(every: Millis): Millis {
  return Math.max(SILENT_INTERVALS * every, SILENT_MS_MIN);
}

const SILENT_INTERVALS = 3;
const SILENT_MS_MIN = 60_000;
