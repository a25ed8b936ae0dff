import { HOUR_MS, type Instant, SECOND_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { readCron } from "./cron.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { HeartbeatState } from "./heartbeat-state.ts";

export type HeartbeatVerdict = DownVerdict | QuietVerdict;

type Verdict = {
  readonly since: Instant;
  /** When it is expected next, where that is known. */
  readonly due?: Instant;
  /** When Bongsu itself could not hear in the time that counts. */
  readonly deaf?: Interval;
};

/** What incidents are told of. */
export type DownVerdict = Verdict & {
  readonly is: "down";
  readonly because:
    | "missed"
    | "failed"
    /** It said it started, and not in time that it ended. */
    | "unfinished"
    /** It has been unknown for too long whether it came. */
    | "unheard";
  /** The newest instant at which it was found so again. What ended it for good came after that. */
  readonly latest: Instant;
};

type QuietVerdict = Verdict & {
  readonly is: "new" | "up" | "started" | "late" | "unknown" | "paused";
  readonly because: /** Nothing was heard yet: it is not known to be connected, and nobody is told. */
    | "never-heard"
    | "in-time"
    | "running"
    /** Expected, and within its grace. */
    | "overdue"
    /** It was expected while Bongsu could not hear: whether it came is not known, and the next one is waited for. */
    | "unheard"
    | "paused";
  /** When the verdict can change without a ping. */
  readonly next?: Instant;
};

export type JudgeFacts = {
  readonly at: Instant;
  /** When Bongsu could not hear anything; oldest first, none touching another. */
  readonly deaf: readonly Interval[];
};

/** The sender's clock may be ahead: what comes so much earlier than expected is what was expected. */
const EARLY_MS = 30 * SECOND_MS;

/** For so long it may stay unknown in silence whether it came: a day, also the one on which the clocks go back. */
const PATIENCE_MS = 25 * HOUR_MS;

/**
 * How a heartbeat stands. Nobody is blamed for a ping that could not arrive: where Bongsu could not hear in the time in
 * which one was expected, that one is unknown, and the next that can be heard is waited for. Where that is more than a day
 * away, it is told that it is unknown.
 */
export function judgeHeartbeat(heartbeat: Heartbeat, state: HeartbeatState, facts: JudgeFacts): HeartbeatVerdict {
  const { at } = facts;
  const { failed, runs, lastSuccess, watchedSince, pausedAt } = state;
  const { grace } = heartbeat;
  if (pausedAt !== undefined) return { is: "paused", because: "paused", since: pausedAt };
  if (state.firstHeard === undefined) return { is: "new", because: "never-heard", since: watchedSince };

  const first = expectedAfter(heartbeat, state);
  const awaited = first === undefined ? undefined : awaitedFrom(heartbeat, first, facts.deaf);
  const { due, unheard, tellAt } = awaited ?? {};
  const deaf = unheard === undefined ? {} : { deaf: unheard };
  const expected = due === undefined ? {} : { due };
  // The end of a run may have come while Bongsu could not hear: then the plan tells when it is to come again.
  const ends = runs.filter((run) => !isHidden(run.startedAt, run.startedAt + grace, facts.deaf));

  const downs: Pick<DownVerdict, "because" | "since" | "latest">[] = [];
  if (failed !== undefined) downs.push({ because: "failed", since: failed.at, latest: failed.at });
  const unfinished = ends.map(({ startedAt }) => startedAt + grace).filter((end) => end <= at);
  if (unfinished.length > 0)
    downs.push({ because: "unfinished", since: Math.min(...unfinished), latest: Math.max(...unfinished) });
  if (due !== undefined && due + grace <= at)
    downs.push({ because: "missed", since: due + grace, latest: lastDeadline(heartbeat, due, facts) });
  else if (tellAt !== undefined && tellAt <= at) downs.push({ because: "unheard", since: tellAt, latest: tellAt });
  const [down] = downs;
  if (down !== undefined) {
    const since = Math.min(...downs.map((one) => one.since));
    const latest = Math.max(...downs.map((one) => one.latest));
    return { is: "down", because: down.because, since, latest, ...expected, ...deaf };
  }

  const changes = [first, due, due === undefined ? undefined : due + grace, tellAt];
  const coming = [...changes, ...ends.map(({ startedAt }) => startedAt + grace)].filter(
    (one) => one !== undefined && one > at,
  ) as Instant[];
  const rest = { ...expected, ...(coming.length === 0 ? {} : { next: Math.min(...coming) }), ...deaf };
  const running = ends.at(-1);
  if (running !== undefined) return { is: "started", because: "running", since: running.startedAt, ...rest };
  if (due !== undefined && due <= at) return { is: "late", because: "overdue", since: due, ...rest };
  if (unheard !== undefined && first !== undefined && first <= at)
    return { is: "unknown", because: "unheard", since: first, ...rest };
  return { is: "up", because: "in-time", since: Math.max(lastSuccess ?? watchedSince, watchedSince), ...rest };
}

/** The next instants at which it is expected, after `at`: what a person sees of a plan before saving it. */
export function expectedTimes(schedule: Heartbeat["schedule"], at: Instant, count: number): readonly Instant[] {
  const times: Instant[] = [];
  for (let from = at; times.length < count; ) {
    const next =
      schedule.kind === "every" ? from + schedule.every : readCron(schedule.cron, schedule.zone)?.after(from);
    if (next === undefined) return times;
    times.push(next);
    from = next;
  }
  return times;
}

function expectedAfter({ schedule }: Heartbeat, { lastSuccess, watchedSince }: HeartbeatState): Instant | undefined {
  const heardLast = lastSuccess !== undefined && lastSuccess >= watchedSince;
  const base = heardLast ? lastSuccess : watchedSince;
  if (schedule.kind === "every") return base + schedule.every;
  return readCron(schedule.cron, schedule.zone)?.after(heardLast ? base + EARLY_MS : base);
}

type Awaited = {
  /** The first expected time that can be heard from 30 seconds before it to the end of its grace. */
  readonly due: Instant;
  /** The last silence of ours that hid one before that. */
  readonly unheard?: Interval;
  /** When it is told that it is unknown, because it would be for too long. */
  readonly tellAt?: Instant;
};

function awaitedFrom({ schedule, grace }: Heartbeat, first: Instant, deaf: readonly Interval[]): Awaited {
  let due = first;
  let firstBack: Instant | undefined;
  let unheard: Interval | undefined;
  for (const silence of deaf) {
    if (silence.end <= due - EARLY_MS || silence.start >= due + grace) continue;
    firstBack ??= silence.end;
    unheard = silence;
    due = expectedNext(schedule, due, silence.end + EARLY_MS) ?? Number.POSITIVE_INFINITY;
  }
  if (firstBack === undefined || unheard === undefined) return { due };
  if (due - firstBack <= PATIENCE_MS) return { due, unheard };
  return { due, unheard, tellAt: Math.min(unheard.end, firstBack + PATIENCE_MS) + grace };
}

/** The first expected time after an instant, of a plan that expects it at `due`. */
function expectedNext(schedule: Heartbeat["schedule"], due: Instant, after: Instant): Instant | undefined {
  if (schedule.kind === "every") return due + (Math.floor((after - due) / schedule.every) + 1) * schedule.every;
  return readCron(schedule.cron, schedule.zone)?.after(after);
}

function isHidden(from: Instant, until: Instant, deaf: readonly Interval[]): boolean {
  return deaf.some(({ start, end }) => end > from && start < until);
}

/** The newest deadline that has passed and could be heard, of a plan whose first missed one was due then. */
function lastDeadline({ schedule, grace }: Heartbeat, due: Instant, { at, deaf }: JudgeFacts): Instant {
  const lastUntil = (until: Instant): Instant =>
    schedule.kind === "every"
      ? due + Math.floor((until - due) / schedule.every) * schedule.every
      : (readCron(schedule.cron, schedule.zone)?.atOrBefore(until) ?? due);
  let last = lastUntil(at - grace);
  for (const silence of deaf.toReversed()) {
    if (last > due && isHidden(last - EARLY_MS, last + grace, [silence])) last = lastUntil(silence.start - grace);
  }
  return Math.max(last, due) + grace;
}
