/** 상황판의 모니터링: one row for each item of the policy. */
const ko = {
  title: "모니터링",
  tally: (watched: number, all: number) => `정책 항목 ${all}개 중 ${watched}개를 지켜봄`,
  allWatched: (all: number) => `정책 항목 ${all}개 모두 지켜봄`,
  unwatched: "지켜보지 않음",
  noValue: "값 없음",
  silentHosts: (names: string) => `소식 없는 호스트: ${names}`,
  lateHeartbeats: (names: string) => `울리지 않은 하트비트: ${names}`,
  more: (names: string, count: number) => (count > 0 ? `${names} 외 ${count}개` : names),
};
const en: typeof ko = {
  title: "Monitoring",
  tally: (watched, all) => `${watched} of ${all} policy items watched`,
  allWatched: (all) => `All ${all} policy items watched`,
  unwatched: "not watched",
  noValue: "no value",
  silentHosts: (names) => `Silent hosts: ${names}`,
  lateHeartbeats: (names) => `Heartbeats that did not come: ${names}`,
  more: (names, count) => (count > 0 ? `${names} and ${count} more` : names),
};
export const words = { ko, en };
