import type { PlayedTime } from "../../engine/played-time.ts";
import { asId } from "../../id/id.ts";
import type { Policy } from "../../policy/policy.ts";
import type { RosterItem, Store } from "../../store/store.ts";
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Maintenance } from "../../triage/maintenance.ts";
import type { Silence } from "../../triage/silence.ts";
import { CONDITIONS } from "./conditions.ts";
import { noise } from "./noise.ts";
import { type Happening, type Integrations, localTime } from "./play-stories.ts";
import type { Trouble } from "./played-channels.ts";
import { requestsOf } from "./requests.ts";

export type Facts = { readonly now: Instant; readonly zone: string; readonly integrations: Integrations };
export type Version = { readonly id: Policy["id"]; readonly file: string; readonly text: string };

/** What goes wrong with the played providers beyond their usual temper: an outage of the chat, a full mailbox. */
export function troublesOf({ now, zone }: Pick<Facts, "now" | "zone">): readonly Trouble[] {
  return [
    {
      channel: "slack",
      from: localTime({ now, zone }, 8, "02:00"),
      until: localTime({ now, zone }, 8, "02:24"),
      outcome: { is: "later", because: "503 service_unavailable", after: 60_000 },
    },
    {
      channel: "phone",
      to: "+821000000006",
      from: localTime({ now, zone }, 9, "00:00"),
      until: localTime({ now, zone }, 7, "00:00"),
      outcome: { is: "refused", because: "480 Temporarily Unavailable" },
    },
    {
      channel: "email",
      to: "jo@example.com",
      from: localTime({ now, zone }, 12, "00:00"),
      until: now - 6 * HOUR_MS,
      outcome: { is: "refused", because: "552 5.2.2 Mailbox full" },
    },
    {
      channel: "phone",
      to: "+821000000003",
      from: now - HOUR_MS,
      until: now,
      outcome: { is: "refused", because: "486 Busy Here" },
    },
  ];
}

/** What happens beside the incidents: a new version of the policy, silences, exchanged shifts, alerts that open nothing. */
export function backdrop(time: PlayedTime, facts: Facts, policy: Version): readonly Happening[] {
  const { store } = time;
  const { now, zone } = facts;
  return [
    {
      at: localTime(facts, 12, "14:00"),
      happens: () => activate(store, policy, localTime(facts, 12, "14:00"), "kim"),
    },
    ...silencesOf(now, zone).map((silence) => ({
      at: silence.updatedAt,
      async happens(): Promise<void> {
        await store.putSilence(silence);
        const { id, createdBy: by, updatedAt: at, comment } = silence;
        await store.appendAudit([{ at, by, action: "silence.created", facts: { id, comment } }]);
      },
    })),
    ...maintenancesOf(now, zone).map((window) => ({
      at: window.updatedAt,
      async happens(): Promise<void> {
        await store.putMaintenance(window);
        const { id, createdBy: by, updatedAt: at, title } = window;
        await store.appendAudit([{ at, by, action: "maintenance.changed", facts: { id, title } }]);
      },
    })),
    {
      at: localTime(facts, 3, "17:20"),
      happens: () => exchange(store, localTime(facts, 3, "17:20"), { now, zone }),
    },
    { at: now - 95 * MINUTE_MS, happens: () => tell(time, facts, "gpuHot", 4) },
    // Muted by the maintenance that is under way.
    { at: now - 20 * MINUTE_MS, happens: () => tell(time, facts, "authDown", 1) },
    { at: now - 70 * MINUTE_MS, happens: () => tell(time, facts, "batchFinished", 1) },
    // Its source stops speaking of it soon after.
    { at: now - 25 * MINUTE_MS, happens: () => tell(time, facts, "backofficeErrors", 2, now - 14 * MINUTE_MS) },
    { at: now - 35 * MINUTE_MS, happens: () => tell(time, facts, "searchSlow", 2) },
    // Muted by the incident of the database, on which both stand.
    { at: now - 47 * MINUTE_MS, happens: () => tell(time, facts, "orderErrors", 2) },
    { at: now - 45 * MINUTE_MS, happens: () => tell(time, facts, "paymentSlow", 1) },
    ...noise(time, facts),
  ];
}

/** Puts a version of the policy in force. */
export async function activate(store: Store, version: Version, at: Instant, by: string): Promise<void> {
  await store.putPolicy({ ...version, activatedAt: at, by });
  const { id, file } = version;
  await store.appendAudit([{ at, by, action: "policy.activated", facts: { id, file } }]);
}

function silencesOf(now: Instant, zone: string): readonly Silence[] {
  const equals = (name: string, value: string, isRegex = false) => ({ name, value, isRegex, isEqual: true });
  const workBegan = localTime({ now, zone }, 9, "18:00");
  return [
    {
      id: asId("s-demo-1"),
      matchers: [equals("job", "network"), equals("instance", "core-sw-9.*", true)],
      startsAt: workBegan,
      endsAt: workBegan + 4 * HOUR_MS,
      updatedAt: workBegan,
      createdBy: "park",
      comment: "통신사 회선 이중화 작업",
    },
    {
      id: asId("s-demo-2"),
      matchers: [equals("alertname", "Gpu.*", true), equals("cluster", "seoul-1")],
      startsAt: now - 2 * HOUR_MS,
      endsAt: now + 6 * HOUR_MS,
      updatedAt: now - 2 * HOUR_MS,
      createdBy: "yoon",
      comment: "랙 3 냉각팬 교체 작업. 온도 경보는 예상된 것입니다.",
    },
    {
      id: asId("s-demo-3"),
      matchers: [equals("service", "search"), equals("alertname", "SearchLatencyHigh")],
      startsAt: now - 40 * MINUTE_MS,
      endsAt: now + 25 * MINUTE_MS,
      updatedAt: now - 40 * MINUTE_MS,
      createdBy: "demo",
      comment: "색인 재구축 중입니다. 한 시간 안에 끝납니다.",
    },
  ];
}

/** Recurring work, and one that is under way as the demo begins. */
function maintenancesOf(now: Instant, zone: string): readonly Maintenance[] {
  const local = (at: Instant): string =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(zone)
      .toPlainDateTime()
      .toString({ smallestUnit: "minute" });
  const none = { services: [], matchers: [], zone, createdBy: "park" };
  return [
    {
      ...none,
      id: asId("m-demo-1"),
      title: "정기 점검: 데이터베이스 통계 갱신",
      services: ["데이터베이스"],
      start: local(localTime({ now, zone }, 20, "04:00")),
      durationMinutes: 90,
      repeat: { kind: "weekly", weekdays: [7] },
      updatedAt: localTime({ now, zone }, 20, "11:10"),
    },
    {
      ...none,
      id: asId("m-demo-2"),
      title: "월간 보안 패치: 관리자 포털",
      services: ["관리자 포털", "정산 배치"],
      start: local(localTime({ now, zone }, -6, "02:00")),
      durationMinutes: 180,
      repeat: { kind: "monthly-weekday", nth: 2, weekday: 3 },
      updatedAt: localTime({ now, zone }, 10, "15:30"),
    },
    {
      ...none,
      id: asId("m-demo-3"),
      title: "회원 인증 서버 이중화 작업",
      services: ["회원 인증"],
      start: local(now - 50 * MINUTE_MS),
      durationMinutes: 150,
      repeat: { kind: "none" },
      updatedAt: localTime({ now, zone }, 2, "10:00"),
    },
  ];
}

/** Two shifts that somebody takes for somebody else, two who are away, and a day on which the company rests. */
async function exchange(store: Store, at: Instant, facts: { now: Instant; zone: string }): Promise<void> {
  const shift = (id: string, rotation: string, person: string, start: Instant, hours: number) => ({
    kind: "override" as const,
    id,
    data: { id, rotation, person, start, end: start + hours * HOUR_MS },
    updatedAt: at,
  });
  const put: Omit<RosterItem, "revision">[] = [
    shift("o-demo-1", "L1 교대", "moon", localTime(facts, -1, "07:00"), 8),
    shift("o-demo-2", "L2 시스템", "seo", localTime(facts, -2, "09:00"), (2 * DAY_MS) / HOUR_MS),
  ];
  const away = (id: string, person: string, daysAhead: number, days: number, note: string): void => {
    const data = {
      id,
      person,
      start: localTime(facts, -daysAhead, "00:00"),
      end: localTime(facts, -daysAhead - days, "00:00"),
      note,
    };
    put.push({ kind: "leave", id, data, updatedAt: at });
  };
  away("l-demo-1", "jung", 4, 5, "휴가");
  away("l-demo-2", "seo", 1, 2, "교육");
  const day = Temporal.Instant.fromEpochMilliseconds(facts.now).toZonedDateTimeISO(facts.zone).add({ days: 9 });
  const date = day.toPlainDate().toString();
  put.push({ kind: "holiday", id: date, data: { date, name: "창립기념일", off: true }, updatedAt: at });
  await store.changeRoster(put, [], at);
  await store.appendAudit([{ at, by: "kim", action: "roster.changed", facts: { overrides: put.map(({ id }) => id) } }]);
}

async function tell(
  time: PlayedTime,
  { integrations }: Facts,
  name: keyof typeof CONDITIONS,
  instances: number,
  until?: Instant,
): Promise<void> {
  const condition = CONDITIONS[name];
  const bodies = requestsOf({
    condition,
    from: 0,
    to: instances,
    began: time.now(),
    occurrence: name,
    ...(until === undefined ? {} : { until }),
  });
  for (const body of bodies) await time.receive(condition.source, integrations[condition.source], body);
}
