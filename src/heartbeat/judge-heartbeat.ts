import { HOUR_MS, type Instant, SECOND_MS } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { readCron } from "./cron.ts";
import type { Heartbeat } from "./heartbeat.ts";
import type { HeartbeatRun, HeartbeatState } from "./heartbeat-state.ts";

export type HeartbeatVerdict = {
  readonly is: "new" | "up" | "started" | "late" | "down" | "paused";
  readonly because: /** Nothing was heard yet: it is not known to be connected, and nobody is told. */
    | "never-heard"
    | "in-time"
    | "running"
    /** Expected, and within its grace. */
    | "overdue"
    | "missed"
    | "failed"
    /** It said it started, and not in time that it ended. */
    | "unfinished"
    | "paused";
  readonly since: Instant;
  /** When it is expected next, where that is known. */
  readonly due?: Instant;
  /** When the verdict can change without a ping. */
  readonly next?: Instant;
  /** Of `down`: the newest instant at which it was found so again. What ended it for good came after that. */
  readonly latest?: Instant;
  /** When Bongsu itself could not be reached in the time that counts: it waited longer because of that. */
  readonly deaf?: Interval;
};

export type JudgeFacts = {
  readonly at: Instant;
  /** When Bongsu could not hear anything; oldest first. */
  readonly deaf: readonly Interval[];
};

/** The sender's clock may be ahead: what comes so much earlier than expected is what was expected. */
const EARLY_MS = 30 * SECOND_MS;

/** What comes at least so often is waited for once more after Bongsu could not hear. */
const OFTEN_MS = HOUR_MS;

/**
 * How a heartbeat stands. Nobody is blamed for a ping that could not arrive: where Bongsu was away in the time in which
 * it was expected, its grace begins when Bongsu was back; what comes at least hourly is waited for once more. So nothing
 * is waited for longer than an hour and its grace.
 */
export function judgeHeartbeat(heartbeat: Heartbeat, state: HeartbeatState, facts: JudgeFacts): HeartbeatVerdict {
  const { at } = facts;
  const { failed, runs, lastSuccess, watchedSince, pausedAt } = state;
  if (pausedAt !== undefined) return { is: "paused", because: "paused", since: pausedAt };
  if (state.firstHeard === undefined) return { is: "new", because: "never-heard", since: watchedSince };

  const due = expectedAfter(heartbeat, state);
  const deadline = due === undefined ? undefined : deadlineOf(heartbeat, due, facts);
  const overdue = runs.map((run) => runDeadline(heartbeat, run, facts)).sort((one, other) => one.at - other.at);

  const reasons: { because: "failed" | "unfinished" | "missed"; since: Instant; latest: Instant; deaf?: Interval }[] =
    [];
  if (failed !== undefined) reasons.push({ because: "failed", since: failed.at, latest: failed.at });
  const unfinished = overdue.filter((run) => run.at <= at);
  const [first] = unfinished;
  if (first !== undefined)
    reasons.push({
      because: "unfinished",
      since: first.at,
      latest: unfinished.at(-1)?.at ?? first.at,
      ...deafOf(first.deaf),
    });
  if (deadline !== undefined && deadline.at <= at) {
    const latest = Math.max(deadline.at, lastDeadline(heartbeat, due ?? at, at));
    reasons.push({ because: "missed", since: deadline.at, latest, ...deafOf(deadline.deaf) });
  }
  const expected = due === undefined ? {} : { due };
  const [reason] = reasons;
  if (reason !== undefined) {
    const latest = Math.max(...reasons.map((one) => one.latest));
    const since = Math.min(...reasons.map((one) => one.since));
    return { is: "down", because: reason.because, since, latest, ...expected, ...deafOf(reason.deaf) };
  }

  const running = runs.at(-1);
  const isLate = due !== undefined && due <= at;
  const changes = [...(isLate ? [] : [due]), deadline?.at, overdue[0]?.at].filter((one) => one !== undefined);
  const rest = {
    ...expected,
    ...(changes.length === 0 ? {} : { next: Math.min(...changes) }),
    ...deafOf(deadline?.deaf ?? overdue[0]?.deaf),
  };
  if (running !== undefined) return { is: "started", because: "running", since: running.startedAt, ...rest };
  if (isLate) return { is: "late", because: "overdue", since: due, ...rest };
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

function deafOf(deaf: Interval | undefined): { readonly deaf?: Interval } {
  return deaf === undefined ? {} : { deaf };
}

function expectedAfter({ schedule }: Heartbeat, { lastSuccess, watchedSince }: HeartbeatState): Instant | undefined {
  const heardLast = lastSuccess !== undefined && lastSuccess >= watchedSince;
  const base = heardLast ? lastSuccess : watchedSince;
  if (schedule.kind === "every") return base + schedule.every;
  return readCron(schedule.cron, schedule.zone)?.after(heardLast ? base + EARLY_MS : base);
}

type Deadline = { readonly at: Instant; readonly deaf?: Interval };

/** Until when it may come, and which silence of ours that was put off for. */
function deadlineOf(heartbeat: Heartbeat, due: Instant, { deaf }: JudgeFacts): Deadline {
  return putOff(heartbeat, { from: due - EARLY_MS, until: due + heartbeat.grace, step: due }, deaf);
}

function runDeadline(heartbeat: Heartbeat, { startedAt }: HeartbeatRun, { deaf }: JudgeFacts): Deadline {
  return putOff(heartbeat, { from: startedAt, until: startedAt + heartbeat.grace, step: startedAt }, deaf);
}

function putOff(
  { schedule, grace }: Heartbeat,
  expected: { readonly from: Instant; readonly until: Instant; readonly step: Instant },
  deaf: readonly Interval[],
): Deadline {
  let deadline: Deadline = { at: expected.until };
  for (const interval of deaf) {
    if (interval.end <= expected.from || interval.start >= deadline.at) continue;
    const back = interval.end;
    const again =
      schedule.kind === "every"
        ? expected.step + Math.max(Math.ceil((back - expected.step) / schedule.every), 0) * schedule.every
        : readCron(schedule.cron, schedule.zone)?.after(back);
    const waited = again !== undefined && again - back <= OFTEN_MS ? Math.max(again, back) : back;
    if (waited + grace > deadline.at) deadline = { at: waited + grace, deaf: interval };
  }
  return deadline;
}

/** The newest deadline that has passed of a plan whose first missed one was due then. */
function lastDeadline({ schedule, grace }: Heartbeat, due: Instant, at: Instant): Instant {
  if (schedule.kind === "every") return due + grace + Math.floor((at - due - grace) / schedule.every) * schedule.every;
  const last = readCron(schedule.cron, schedule.zone)?.atOrBefore(at - grace);
  return (last ?? due) + grace;
}
