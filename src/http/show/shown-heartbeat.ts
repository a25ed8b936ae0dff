import { exitMeaning } from "../../heartbeat/exit-code.ts";
import type { Heartbeat } from "../../heartbeat/heartbeat.ts";
import { slugOf } from "../../heartbeat/heartbeat.ts";
import { type HeartbeatPing, newState, underPlan } from "../../heartbeat/heartbeat-state.ts";
import { judgeHeartbeat } from "../../heartbeat/judge-heartbeat.ts";
import type { HeartbeatRow, RosterItem } from "../../store/store.ts";
import { type Instant, SECOND_MS, toIso } from "../../time/instant.ts";
import type { Interval } from "../../time/interval.ts";
import type { ShownHeartbeat, ShownPing, ShownStretch } from "../wire/monitors.ts";

export type HeartbeatFacts = {
  readonly at: Instant;
  readonly deaf: readonly Interval[];
  readonly incident: number | undefined;
  readonly pings: readonly HeartbeatPing[];
  /** Whether they are shown with what was sent and from where. */
  readonly mayReadPings: boolean;
};

/** Of what was sent so much is shown with the ping; all of it has an address of its own. */
const EXCERPT_LENGTH_MAX = 2_000;

export function shownHeartbeat(
  item: RosterItem,
  row: HeartbeatRow | undefined,
  { at, deaf, incident, pings, mayReadPings }: HeartbeatFacts,
): ShownHeartbeat {
  const heartbeat = item.data as Heartbeat;
  const { id, schedule, grace, grade, service } = heartbeat;
  const state = row === undefined ? newState(heartbeat, at) : underPlan(row.state, heartbeat, at);
  const verdict = judgeHeartbeat(heartbeat, state, { at, deaf });
  const iso = (instant: Instant | undefined): string | null => (instant === undefined ? null : toIso(instant));
  return {
    id,
    schedule:
      schedule.kind === "every"
        ? { everySeconds: schedule.every / SECOND_MS }
        : { cron: schedule.cron, zone: schedule.zone },
    graceSeconds: grace / SECOND_MS,
    grade: grade ?? null,
    service: service ?? null,
    managedBy: item.managedBy ?? null,
    revision: item.revision,
    slug: slugOf(id),
    hasAddress: row !== undefined && row.addressHash !== "",
    state: verdict.is,
    because: verdict.because,
    since: toIso(verdict.since),
    pausedBy: state.pausedBy ?? null,
    lastPing: iso(state.lastPing?.at),
    lastSuccess: iso(state.lastSuccess),
    nextDue: iso(verdict.due),
    lastDurationMs: state.lastDuration ?? null,
    deaf: verdict.deaf === undefined ? null : shownStretch(verdict.deaf),
    incident: incident ?? null,
    pings: pings.map((ping) => shownPing(ping, mayReadPings)),
  };
}

export function shownStretch({ start, end }: Interval): ShownStretch {
  return { from: toIso(start), to: toIso(end) };
}

function shownPing(ping: HeartbeatPing, mayRead: boolean): ShownPing {
  const { at, kind, exitCode, run, excerpt, from, agent, took, position } = ping;
  const meaning = exitCode === undefined ? undefined : exitMeaning(exitCode);
  return {
    at: toIso(at),
    kind,
    exitCode: exitCode ?? null,
    exitMeaning: meaning ?? null,
    run: run ?? null,
    tookMs: took ?? null,
    position: position ?? null,
    excerpt: (mayRead ? excerpt?.slice(0, EXCERPT_LENGTH_MAX) : undefined) ?? null,
    isCut: mayRead && (excerpt?.length ?? 0) > EXCERPT_LENGTH_MAX,
    from: (mayRead ? from : undefined) ?? null,
    agent: (mayRead ? agent : undefined) ?? null,
  };
}
