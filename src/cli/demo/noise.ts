import type { Action } from "../../engine/actions.ts";
import { firingSignal, harderSignal, resolvingSignal } from "../../engine/evaluate/signal-of.ts";
import { newSeries, type WatchedSeries } from "../../engine/evaluate/watched-series.ts";
import type { PlayedTime } from "../../engine/played-time.ts";
import { assert } from "../../fault/fault.ts";
import { MONITOR_SOURCE } from "../../ingest/monitor/monitor.ts";
import { seriesKey } from "../../metric/sample.ts";
import { harderKey, monitorKey } from "../../monitor/alert-key.ts";
import { harderThresholds } from "../../monitor/harder.ts";
import type { Threshold } from "../../monitor/monitor.ts";
import { monitorsOf } from "../../monitor/monitors-of.ts";
import { onDuty } from "../../roster/on-duty.ts";
import { type Instant, MINUTE_MS, SECOND_MS, toIso } from "../../time/instant.ts";
import type { Signal } from "../../triage/signal.ts";
import type { Happening, Integrations } from "./play-stories.ts";

type Facts = { readonly now: Instant; readonly integrations: Integrations };

/** What comes in numbers or goes to and fro, and what triage makes of it: a storm, flapping, a recovery that is watched. */
export function noise(time: PlayedTime, facts: Facts): readonly Happening[] {
  return [...storm(time, facts), ...flapping(time, facts), ...watchedHarder(time, facts)];
}

const SHOPS = "강남 건대 광화문 노원 마포 명동 서초 송파 신촌 여의도 영등포 용산 잠실 홍대".split(" ");
const TOLD_ALONE = 3;
const APART_MS = 6 * SECOND_MS;

/** The line that all shops share is gone: three are told one after the other, then the others together. */
function storm(time: PlayedTime, { now, integrations }: Facts): readonly Happening[] {
  const began = now - 42 * MINUTE_MS;
  const told = (shop: string): object => ({
    key: `gateway/${shop}`,
    status: "firing",
    title: `매장 ${shop} 게이트웨이 연결 끊김`,
    description: "상태 확인이 3회 연속 실패했습니다.",
    severity: "warning",
    service: `매장 ${shop}`,
    labels: { instance: `shop-gw-${SHOPS.indexOf(shop) + 1}` },
    startsAt: toIso(time.now()),
  });
  const tell = (body: unknown): Promise<void> => time.receive("signals", integrations.signals, body);
  const does = async (action: Action): Promise<void> => {
    const incident = (await time.store.incidents({ limit: 20 })).find((one) => one.storm !== undefined);
    assert(incident !== undefined, "so many at once are a storm");
    const { roster } = await time.engine.knowledge.planFacts(time.store, incident, time.now(), time.now());
    const person = onDuty(roster, "L1 지원팀", time.now())[0];
    assert(person !== undefined, "somebody is on duty at every hour of the demo");
    await time.act(incident, action, { kind: "person", person, via: "web" });
  };
  return [
    ...SHOPS.slice(0, TOLD_ALONE).map((shop, nth) => ({ at: began + nth * APART_MS, happens: () => tell(told(shop)) })),
    { at: began + TOLD_ALONE * APART_MS, happens: () => tell(SHOPS.slice(TOLD_ALONE).map(told)) },
    { at: began + 6 * MINUTE_MS, happens: () => does({ do: "acknowledge" }) },
    {
      at: began + 11 * MINUTE_MS,
      happens: () => does({ do: "note", text: "매장 회선을 쓰는 통신사의 장애입니다. 30분 안에 복구된다고 합니다." }),
    },
  ];
}

/** A check that fails every other time: it changed seven times, the last time three minutes ago. */
function flapping(time: PlayedTime, { now, integrations }: Facts): readonly Happening[] {
  return Array.from({ length: 7 }, (_, nth) => ({
    at: now - (15 - nth * 2) * MINUTE_MS,
    happens: () =>
      time.receive("signals", integrations.signals, {
        key: "backoffice/ldap",
        status: nth % 2 === 0 ? "firing" : "resolved",
        title: "관리자 포털 LDAP 연결 확인 실패",
        description: "연결 확인이 성공과 실패를 되풀이합니다.",
        severity: "warning",
        service: "backoffice",
        labels: { instance: "ldap-2" },
        startsAt: toIso(time.now()),
      }),
  }));
}

const SEARCH_HOST = { service: "search", host: "search-1" };
const CPU_RULE = "cpu-high";

/**
 * The processor of the search host was busy while the index was built anew, which belonged to that incident. Since that is
 * resolved it is on a tighter line, which it has crossed for some minutes (`played-hosts.ts` has the values).
 */
function watchedHarder(time: PlayedTime, { now }: Facts): readonly Happening[] {
  const say = async (signals: (rule: Rule) => readonly Signal[]): Promise<void> => {
    const policy = await time.engine.knowledge.currentPolicy(time.store);
    const monitor = monitorsOf(policy, []).find(({ id }) => id === CPU_RULE);
    const grade = policy.grades.at(-1)?.name;
    assert(monitor !== undefined && grade !== undefined, "the demo's policy watches processors");
    const series = seriesKey(monitor.query.metric, SEARCH_HOST);
    const key = monitorKey(monitor.id, time.engine.ports.sha256(series));
    const facts = { at: time.now(), grade, locale: policy.locale, publicUrl: time.engine.ports.settings.publicUrl };
    const fires = (of: string, value: number, thresholds: readonly Threshold[], since: Instant): Signal => {
      const line = thresholds.findLastIndex((one) => one.grade === grade);
      const crossed: WatchedSeries = {
        ...newSeries(series, SEARCH_HOST),
        thresholds,
        verdict: { state: "firing", grade, since, line },
      };
      crossed.standing = { ...crossed.standing, value };
      const { expiresAt: _, ...signal } = firingSignal(monitor, crossed, { ...facts, key: of, since });
      return of === key ? signal : harderSignal(signal, monitor, crossed, policy.locale);
    };
    const over = (of: string): Signal => resolvingSignal(of, time.now(), monitor, SEARCH_HOST);
    const tighter = harderThresholds(monitor, monitor.thresholds, grade);
    const body = signals({ key, fires, over, lines: monitor.thresholds, tighter });
    await time.receive(MONITOR_SOURCE, MONITOR_SOURCE, { signals: body });
  };
  return [
    {
      at: now - 116 * MINUTE_MS,
      happens: () => say(({ key, fires, lines }) => [fires(key, 0.94, lines, now - 131 * MINUTE_MS)]),
    },
    { at: now - 31 * MINUTE_MS, happens: () => say(({ key, over }) => [over(key)]) },
    {
      at: now - 9 * MINUTE_MS,
      happens: () => say(({ key, fires, tighter }) => [fires(harderKey(key), 0.86, tighter, now - 17 * MINUTE_MS)]),
    },
    { at: now - 4 * MINUTE_MS, happens: () => say(({ key, over }) => [over(harderKey(key))]) },
  ];
}

/** One rule at one series: its alert's key, and what it says at its own lines and at the tighter ones. */
type Rule = {
  readonly key: string;
  readonly fires: (key: string, value: number, thresholds: readonly Threshold[], since: Instant) => Signal;
  readonly over: (key: string) => Signal;
  readonly lines: readonly Threshold[];
  readonly tighter: readonly Threshold[];
};
