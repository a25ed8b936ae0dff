import type { Id } from "../id/id.ts";
import type { IncidentId } from "../incident/incident.ts";
import type { Instant } from "../time/instant.ts";
import type { Link } from "./signal.ts";

export type AlertId = Id<"alert">;

/** It changes between firing and resolved all the time, and is held open until it has been calm for a while. */
export type Flapping = {
  readonly since: Instant;
  /** When it will have been calm for long enough, if nothing changes until then. */
  readonly calmAt: Instant;
  /** The source's last word was that it is over. */
  readonly over: boolean;
  /** How often it has changed, those changes included by which it was told. */
  readonly changes: number;
};

/**
 * A deduplicated condition. `silent`: its source stopped renewing it; nobody said it is over, so it holds its incident
 * open exactly as `firing` does.
 */
export type Alert = {
  readonly id: AlertId;
  readonly source: string;
  readonly integration: string;
  readonly key: string;
  readonly status: "firing" | "silent" | "resolved";
  readonly severity?: string;
  readonly title: string;
  readonly description?: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly links: readonly Link[];
  readonly startsAt: Instant;
  readonly expiresAt?: Instant;
  readonly resolvedAt?: Instant;
  readonly updatedAt: Instant;
  /** How many signals it has absorbed. */
  readonly count: number;
  readonly incident?: IncidentId;
  /**
   * Why it opened or joined no incident, and what did that: the silence, the maintenance window, the severity, the
   * incident of what it depends on.
   */
  readonly suppressed?: {
    readonly because: "silenced" | "maintenance" | "record-only" | "dependency";
    readonly by: string;
  };
  /** When it lately changed between firing and resolved, oldest first; no more than flapping is told by. */
  readonly changes?: readonly Instant[];
  readonly flapping?: Flapping;
};
