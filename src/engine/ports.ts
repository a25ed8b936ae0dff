import type { Calendars } from "../calendar/calendars.ts";
import type { Drivers } from "../escalation/means.ts";
import type { Chance } from "../id/chance.ts";
import type { Read } from "../ingest/source.ts";
import type { Said } from "../locale/said.ts";
import type { Channel } from "../notify/channel.ts";
import type { ChannelKind, Policy, PolicyId } from "../policy/policy.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";
import { DAY_MS, type Instant } from "../time/instant.ts";

/** Everything the engine has of the world. Built by the composition root, or by a test. */
export type Ports = {
  readonly store: Store;
  /** Never goes back (`steadyClock`). */
  readonly clock: Clock;
  readonly chance: Chance;
  readonly sha256: (text: string) => string;
  /** Names this node and this run of it; leases carry it. */
  readonly node: string;
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  /** Reads a stored request again; the same bytes give the same signals. */
  readonly readSignals: (source: string, body: string, facts: { at: Instant; integration: string }) => Read;
  readonly readPolicy: (version: { id: PolicyId; file: string; text: string }) => Policy;
  /** Calendars of others; absent where nothing outside is asked (back-tests). */
  readonly calendars?: Calendars;
  readonly log: Log;
  readonly settings: EngineSettings;
};

/** What of that the metric store has. */
export type MetricPorts = Pick<Ports, "store" | "clock" | "chance" | "sha256" | "node" | "settings">;

export type Log = (level: "info" | "warn" | "error", event: string, facts?: Readonly<Record<string, unknown>>) => void;

export type EngineSettings = {
  /** Where people reach this server; the address in pages. */
  readonly publicUrl: string;
  /** The zone in which times are written in messages. */
  readonly zone: string;
  /** How long the engine sleeps at most when no row is due: how late it sees what another node wrote. */
  readonly pollMs: number;
  /** How often the invariants are looked at, and how often silent alerts. */
  readonly watchMs: number;
  readonly canaryEveryMs: number;
  /** False where time is only played: nobody is to be reached there. */
  readonly proves: boolean;
  /** False where time is only played: nothing is measured there, and nothing is held against thresholds. */
  readonly measures: boolean;
  readonly leaseMs: number;
  readonly sendTimeoutMs: number;
  /** How long minutes of what was measured are kept, and how long hours. */
  readonly minutesKeepMs: number;
  readonly hoursKeepMs: number;
  /** Named failpoints for the crash tests; does nothing otherwise. */
  readonly failpoint: (name: string) => void;
};

export const DEFAULT_SETTINGS: EngineSettings = {
  publicUrl: "http://127.0.0.1:7119",
  zone: "Asia/Seoul",
  pollMs: 1_000,
  watchMs: 10_000,
  canaryEveryMs: 300_000,
  proves: true,
  measures: true,
  // Five times the longest stall of a cluster that loses a node (6.1 s, measured on three Galera nodes).
  leaseMs: 30_000,
  sendTimeoutMs: 20_000,
  minutesKeepMs: 15 * DAY_MS,
  hoursKeepMs: 400 * DAY_MS,
  failpoint: () => {},
};

export function driversOf(channels: ReadonlyMap<ChannelKind, Channel>): Drivers {
  return new Map([...channels.values()].map((channel) => [channel.kind, channel.speaksTo]));
}

/** What a duty's run tells: small and printable. */
export type DutyStatus = Readonly<Record<string, number | string | boolean | null>>;

/**
 * A part of the engine's work: an idempotent function that reads a snapshot, decides on values and writes the result.
 * It takes no input: a hint about what changed would split the code into a common path and a rarely run one. A nudge
 * only lowers latency; the path after a crash is the path of a good day.
 */
export type Duty = {
  readonly name: DutyName;
  readonly promise: Said;
  /** Runs at least so often. */
  readonly everyMs: number;
  run(at: Instant): Promise<DutyOutcome>;
};

export const DUTY_NAMES = [
  "triage",
  "escalate",
  "deliver",
  "expire",
  "watch",
  "canary",
  "housekeep",
  "index",
  "schedule",
  "prove",
  "contacts",
  "evaluate",
  "aggregate",
  "heartbeats",
  "hosts",
  "harder-watch",
] as const;
export type DutyName = (typeof DUTY_NAMES)[number];

/** Those that have something to do only where something is measured (`settings.measures`). */
export const MEASURING_DUTIES: readonly DutyName[] = ["evaluate", "heartbeats", "hosts", "harder-watch"];

export type DutyOutcome = {
  readonly status: DutyStatus;
  /** When there is something to do again, where that is known. */
  readonly next?: Instant | undefined;
  /** Which duties have something to do because of this run. */
  readonly nudge?: readonly DutyName[];
};
