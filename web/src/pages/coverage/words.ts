import type { WayToWatch } from "../../../../src/monitor/ways-to-watch.ts";

/** 정책 항목: each line of the document that says something is watched, and what watches it. */
const ko = {
  title: "정책 항목",
  lead: "정책 문서에 적힌 모니터링 항목마다 무엇이, 어디를, 언제까지 지켜봤는지 보여 줍니다. 인쇄하면 그대로 증적이 됩니다.",
  print: "인쇄",
  tally: (watched: number, all: number) => `모니터링 항목 ${all}개 중 ${watched}개를 지켜보고 있습니다.`,
  allWatched: (all: number) => `모니터링 항목 ${all}개를 모두 지켜보고 있습니다.`,
  bare: (count: number) => `지켜보지 않는 항목 ${count}개`,
  bareLead: "아래 항목은 지금 장애가 나도 봉수가 알 수 없습니다.",
  prometheus: "이미 Prometheus로 모으고 있다면 그 서버의 값을 가져와도 됩니다.",
  failing: (id: string) => `수집 대상 ${id}:`,
  toItem: (item: string) => `‘${item}’ 항목 보기`,
  columns: { item: "정책 항목", monitors: "모니터", places: "지켜보는 곳", last: "마지막 값" },
  line: (line: number) => `정책 ${line}행`,
  series: (count: number) => `값 ${count}개`,
  more: (count: number) => `외 ${count}곳`,
  moreMonitors: (count: number) => `모니터 ${count}개 더 보기`,
  lost: (count: number) => `값 끊긴 곳 ${count}곳`,
  none: "없음",
  watched: "지켜봄",
  unwatched: "지켜보지 않음",
  waiting: (count: number) => `값을 기다리는 모니터 ${count}개`,
  way: (way: WayToWatch): string => {
    if (way.by === "agent") return "에이전트 추가";
    if (way.by === "turn-on") return "모니터 다시 켜기";
    if (way.by === "policy") return "정책 고치기";
    return `${targets.ko[way.settings["exporter"] ?? way.collector] ?? way.collector} 추가`;
  },
  nothing: "정책 문서에 모니터링 항목이 없습니다. 지켜봐야 할 것을 정책에 적으면 여기에 나타납니다.",
  toPolicy: "정책 보기",
};
const en: typeof ko = {
  title: "Policy items",
  lead: "For each item that the policy says is watched: by what, where, and when its last value came. Printed, it is evidence as it stands.",
  print: "Print",
  tally: (watched, all) => `${watched} of ${all} monitored items are watched.`,
  allWatched: (all) => `All ${all} monitored items are watched.`,
  bare: (count) => (count === 1 ? "1 item that nothing watches" : `${count} items that nothing watches`),
  bareLead: "If one of these breaks now, Bongsu will not notice.",
  prometheus: "Where a Prometheus collects already, its values can be taken from there.",
  failing: (id) => `Target ${id}:`,
  toItem: (item) => `See “${item}”`,
  columns: { item: "Policy item", monitors: "Monitors", places: "Where", last: "Last value" },
  line: (line) => `line ${line} of the policy`,
  series: (count) => `${count} series`,
  more: (count) => `and ${count} more`,
  moreMonitors: (count) => (count === 1 ? "1 more monitor" : `${count} more monitors`),
  lost: (count) => (count === 1 ? "1 place without values" : `${count} places without values`),
  none: "none",
  watched: "watched",
  unwatched: "not watched",
  waiting: (count) => (count === 1 ? "1 monitor waits for a value" : `${count} monitors wait for a value`),
  way: (way) => {
    if (way.by === "agent") return "Add an agent";
    if (way.by === "turn-on") return "Turn the monitor on";
    if (way.by === "policy") return "Edit the policy";
    return `Add ${targets.en[way.settings["exporter"] ?? way.collector] ?? way.collector}`;
  },
  nothing: "The policy document lists nothing to watch. What it lists will stand here.",
  toPolicy: "See the policy",
};

/** By the exporter where there is one, else by the collector. */
const targets: Readonly<Record<"ko" | "en", Readonly<Record<string, string>>>> = {
  ko: {
    http: "HTTP 점검",
    check: "ping·TCP·DNS·TLS 점검",
    process: "프로세스",
    mariadb: "MariaDB",
    scrape: "애플리케이션 /metrics",
    promql: "Prometheus 서버",
    node: "node_exporter",
    dcgm: "DCGM exporter",
    mysqld: "mysqld_exporter",
  },
  en: {
    http: "an HTTP check",
    check: "a ping, TCP, DNS or TLS check",
    process: "processes",
    mariadb: "a MariaDB",
    scrape: "an application’s /metrics",
    promql: "a Prometheus server",
    node: "a node_exporter",
    dcgm: "a DCGM exporter",
    mysqld: "a mysqld_exporter",
  },
};
export const words = { ko, en };
