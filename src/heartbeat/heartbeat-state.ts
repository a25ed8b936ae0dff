import type { Instant, Millis } from "../time/instant.ts";
import type { Heartbeat, HeartbeatId } from "./heartbeat.ts";

/** One thing that was heard. */
export type HeartbeatPing = {
  readonly at: Instant;
  readonly kind: "start" | "success" | "fail" | "log";
  readonly exitCode?: number;
  /** The run that it belongs to, where the sender names runs. */
  readonly run?: string;
  /** What was sent with it, cut. */
  readonly excerpt?: string;
  /** The network address it came from. */
  readonly from?: string;
  /** The program that sent it, by its own word. */
  readonly agent?: string;
  /** How long the run took that it ends. */
  readonly took?: Millis;
  /** Its place among all that was heard, once it is kept. */
  readonly position?: number;
};

/** A run that said it started, and has not said how it ended. */
export type HeartbeatRun = { readonly run: string; readonly startedAt: Instant };

/** What is known of a heartbeat beside its definition. */
export type HeartbeatState = {
  readonly id: HeartbeatId;
  /** From when it is expected by the plan that it has now: made, resumed, or its plan changed. */
  readonly watchedSince: Instant;
  /** The plan that this state was kept by: where another one is in force, it is watched anew. */
  readonly plan: string;
  readonly pausedAt?: Instant;
  readonly pausedBy?: string;
  /** When it was first heard that something runs: before that nothing is missed. */
  readonly firstHeard?: Instant;
  readonly lastPing?: Pick<HeartbeatPing, "at" | "kind">;
  readonly lastSuccess?: Instant;
  /** The last run to end said that it failed, and this is the end of what it wrote. */
  readonly failed?: { readonly at: Instant; readonly exitCode?: number; readonly excerpt?: string };
  /** Oldest first. */
  readonly runs: readonly HeartbeatRun[];
  readonly lastDuration?: Millis;
  /** What incidents were last told of it, and at which grade. */
  readonly told?: { readonly action: "fire" | "resolve"; readonly at: Instant; readonly grade?: string };
};

/** A job that starts over and over and never ends is told long before. */
const RUNS_MAX = 50;
/** Why something failed is at the end of what it wrote; so much of it is in the incident. */
const FAILURE_LENGTH_MAX = 1_000;

/** Before anything was heard. */
export function newState(heartbeat: Heartbeat, at: Instant): HeartbeatState {
  return { id: heartbeat.id, watchedSince: at, plan: planOf(heartbeat), runs: [] };
}

export function planOf({ schedule, grace }: Heartbeat): string {
  return JSON.stringify([schedule, grace]);
}

/** The state under the definition of now: with another plan than before, what was expected until now is forgotten. */
export function underPlan(state: HeartbeatState, heartbeat: Heartbeat, at: Instant): HeartbeatState {
  const plan = planOf(heartbeat);
  return state.plan === plan ? state : { ...state, plan, watchedSince: at };
}

/**
 * The state after a ping. What ends a run that it names ends that run, and those beside it that are overdue: they were
 * told, and the job has ended since. What names none ends them all, for its sender does not tell runs apart.
 */
export function heard(state: HeartbeatState, ping: HeartbeatPing, grace: Millis): HeartbeatState {
  const { at, kind, run = "" } = ping;
  const lastPing = { at, kind };
  if (kind === "log") return { ...state, lastPing };
  const firstHeard = state.firstHeard ?? at;
  if (kind === "start") {
    // One that did not end in time stays known until something ends: that it starts again is no news of the last time.
    const others = state.runs.filter((one) => one.run !== run || one.startedAt + grace <= at);
    return { ...state, firstHeard, lastPing, runs: [...others, { run, startedAt: at }].slice(-RUNS_MAX) };
  }
  const { failed: _, lastDuration: __, ...rest } = state;
  const took = tookOf(state, ping);
  const runs = run === "" ? [] : state.runs.filter((one) => one.run !== run && one.startedAt + grace > at);
  const after = {
    ...rest,
    firstHeard,
    lastPing,
    runs,
    ...(took === undefined ? {} : { lastDuration: took }),
  };
  if (kind === "success") return { ...after, lastSuccess: at };
  const { exitCode, excerpt } = ping;
  const end = excerpt?.trimEnd().slice(-FAILURE_LENGTH_MAX);
  return {
    ...after,
    failed: { at, ...(exitCode === undefined ? {} : { exitCode }), ...(end === undefined ? {} : { excerpt: end }) },
  };
}

/** How long the run took that a ping ends; undefined where it ends none that is known to have started. */
export function tookOf({ runs }: HeartbeatState, { at, kind, run = "" }: HeartbeatPing): Millis | undefined {
  if (kind !== "success" && kind !== "fail") return undefined;
  const ended = runs.findLast((one) => one.run === run);
  return ended === undefined ? undefined : at - ended.startedAt;
}

export function paused(state: HeartbeatState, at: Instant, by: string): HeartbeatState {
  return { ...state, pausedAt: at, pausedBy: by };
}

/** Watched from now on as if it had been made now; what it last said stays known. */
export function resumed(state: HeartbeatState, at: Instant): HeartbeatState {
  const { pausedAt: _, pausedBy: __, failed: ___, ...rest } = state;
  return { ...rest, watchedSince: at, runs: [] };
}
