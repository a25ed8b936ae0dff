import type { Heartbeat } from "../../heartbeat/heartbeat.ts";
import { type HeartbeatPing, heard, newState, paused, tookOf } from "../../heartbeat/heartbeat-state.ts";
import { judgeHeartbeat } from "../../heartbeat/judge-heartbeat.ts";
import { asId } from "../../id/id.ts";
import type { Mark } from "../../monitor/mark.ts";
import type { Store } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";

type Played = {
  readonly heartbeat: Heartbeat;
  readonly pings: readonly HeartbeatPing[];
  readonly isPaused?: boolean;
};

/** Jobs that are heard from, and what was deployed. None of them is due within the next hours. */
export async function furnishHeartbeats(store: Store, now: Instant, zone: string): Promise<void> {
  const played = playedHeartbeats(now, zone);
  const items = played.map(({ heartbeat }) => ({
    kind: "heartbeat" as const,
    id: heartbeat.id,
    data: heartbeat,
    updatedAt: now - 20 * DAY_MS,
  }));
  await store.changeRoster(items, [], now);
  for (const { heartbeat, pings, isPaused } of played) {
    const begun = newState(heartbeat, now - 20 * DAY_MS);
    const last = pings.reduce((state, ping) => heard(state, ping, heartbeat.grace), begun);
    const state = isPaused === true ? paused(last, now - 26 * HOUR_MS, "kim") : last;
    const verdict = judgeHeartbeat(heartbeat, state, { at: now, deaf: [] });
    // Nobody knows its address: one that is to be pinged gets a new one.
    await store.addHeartbeat({ state, addressHash: "", dueAt: verdict.is === "down" ? now : (verdict.next ?? null) });
    for (let before = begun, nth = 0; nth < pings.length; nth++) {
      const ping = pings[nth] as HeartbeatPing;
      const took = tookOf(before, ping);
      await store.addHeartbeatPing(heartbeat.id, took === undefined ? ping : { ...ping, took });
      before = heard(before, ping, heartbeat.grace);
    }
  }
  for (const mark of playedMarks(now)) await store.addMark(mark);
}

function playedHeartbeats(now: Instant, zone: string): readonly Played[] {
  const local = Temporal.Instant.fromEpochMilliseconds(now - 3 * HOUR_MS).toZonedDateTimeISO(zone);
  const lastBackup = local.with({ second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 }).epochMilliseconds;
  const from = "10.0.4.21";
  const agent = "curl/7.88.1";
  const daily = (last: Instant, days: number, took: number): readonly HeartbeatPing[] =>
    Array.from({ length: days }, (_, nth) => last - (days - 1 - nth) * DAY_MS).flatMap((at, nth) => [
      { at: at + 800, kind: "start", from, agent },
      nth === days - 4
        ? {
            at: at + took,
            kind: "fail",
            exitCode: 2,
            from,
            agent,
            excerpt: "pg_dump: error: connection to server was lost\n",
          }
        : { at: at + took, kind: "success", exitCode: 0, from, agent },
    ]);
  const heartbeat = (id: string, more: Omit<Heartbeat, "id">): Heartbeat => ({ id: asId(id), ...more });
  const every = (length: number): Heartbeat["schedule"] => ({ kind: "every", every: length });
  return [
    {
      heartbeat: heartbeat("db-backup", {
        schedule: { kind: "cron", cron: `${local.minute} ${local.hour} * * *`, zone },
        grace: HOUR_MS,
        grade: "Major",
        service: "결제",
      }),
      pings: daily(lastBackup, 14, 21 * MINUTE_MS),
    },
    {
      heartbeat: heartbeat("정산 배치", { schedule: every(DAY_MS), grace: 2 * HOUR_MS, service: "주문" }),
      pings: daily(now - 5 * HOUR_MS, 9, 74 * MINUTE_MS).filter(({ kind }) => kind !== "start"),
    },
    {
      heartbeat: heartbeat("매출 리포트", { schedule: every(DAY_MS), grace: 8 * HOUR_MS, grade: "Minor" }),
      pings: [
        ...daily(now - DAY_MS - 20 * MINUTE_MS, 5, 12 * MINUTE_MS).filter(({ kind }) => kind !== "start"),
        { at: now - 6 * MINUTE_MS, kind: "start", from },
      ],
    },
    { heartbeat: heartbeat("인증서 갱신", { schedule: every(7 * DAY_MS), grace: DAY_MS }), pings: [] },
    {
      heartbeat: heartbeat("로그 보관", { schedule: every(HOUR_MS), grace: 10 * MINUTE_MS, grade: "Minor" }),
      pings: Array.from({ length: 8 }, (_, nth) => ({
        at: now - (34 - nth) * HOUR_MS,
        kind: "success" as const,
        from: "10.0.4.30",
      })),
      isPaused: true,
    },
  ];
}

function playedMarks(now: Instant): readonly Mark[] {
  const mark = (id: string, ago: number, title: string, service: string | undefined, kind = "deploy"): Mark => ({
    id: asId(`kdemo${id}`),
    at: now - ago,
    title,
    kind,
    labels: service === undefined ? {} : { service },
    by: "사내 스크립트",
  });
  return [
    mark("1", 2 * DAY_MS + 3 * HOUR_MS, "payment 2.14.0 배포", "payment"),
    mark("2", 26 * HOUR_MS, "방화벽 규칙 변경", undefined, "change"),
    mark("3", 4 * HOUR_MS, "search 1.8.2 배포", "search"),
    mark("4", 75 * MINUTE_MS, "payment 2.14.1 배포", "payment"),
  ];
}
