import type { Said } from "./said.ts";

/** What `bongsu heartbeat` and `bongsu mark` print. */
export const heartbeatCliSaid = {
  none: (): Said => ({
    ko: "하트비트가 없습니다. 만들기: bongsu heartbeat add 이름 --every 1h --grace 10m",
    en: "There are no heartbeats. To make one: bongsu heartbeat add NAME --every 1h --grace 10m",
  }),
  columns: (): Said => ({
    ko: "이름|상태|주기|유예|마지막 신호|다음 예정",
    en: "name|state|plan|grace|last heard|next due",
  }),
  state: (f: { because: string }): Said => STATES[f.because] ?? { ko: f.because, en: f.because },
  every: (f: { length: Said }): Said => ({ ko: `${f.length.ko}마다`, en: `every ${f.length.en}` }),
  days: (f: { count: number }): Said => ({ ko: `${f.count}일`, en: `${f.count} d` }),
  paused: (f: { id: string }): Said => ({
    ko: `${f.id}: 멈췄습니다. 다시 시작할 때까지 오지 않아도 알리지 않습니다.`,
    en: `${f.id}: paused. Nobody is called for it until it is resumed.`,
  }),
  resumed: (f: { id: string }): Said => ({
    ko: `${f.id}: 다시 지켜봅니다. 지금부터 한 주기를 기다립니다.`,
    en: `${f.id}: watched again, from now on.`,
  }),
  removed: (f: { id: string }): Said => ({ ko: `${f.id}: 지웠습니다.`, en: `${f.id}: removed.` }),
  importState: (f: { is: "made" | "there" | "refused" }): Said =>
    ({
      made: { ko: "만듦", en: "made" },
      there: { ko: "이미 있음", en: "there already" },
      refused: { ko: "만들지 못함", en: "not made" },
    })[f.is],
  imported: (f: { plan: Said; grade: string | null; isPaused: boolean }): Said => ({
    ko: [f.plan.ko, f.grade, f.isPaused ? "멈춤" : null].filter((one) => one !== null).join(", "),
    en: [f.plan.en, f.grade, f.isPaused ? "paused" : null].filter((one) => one !== null).join(", "),
  }),
  alreadyThere: (): Said => ({ ko: "그대로 둠", en: "left as it is" }),
  importNext: (): Said => ({
    ko: "작업에서는 호스트와 키만 바꾸십시오: https://api.opsgenie.com → 봉수 주소, GenieKey → 'bongsu token create --scopes ingest'로 만든 토큰.",
    en: "In the jobs, change the host and the key: https://api.opsgenie.com to Bongsu's address, the GenieKey to a token of 'bongsu token create --scopes ingest'.",
  }),
  marked: (f: { title: string; at: string }): Said => ({
    ko: `기록했습니다: ${f.title} (${f.at})`,
    en: `Marked: ${f.title} (${f.at})`,
  }),
} as const;

const STATES: Readonly<Record<string, Said>> = {
  "never-heard": { ko: "아직 신호 없음", en: "never heard from" },
  "in-time": { ko: "정상", en: "up" },
  running: { ko: "실행 중", en: "running" },
  overdue: { ko: "늦음(유예 안)", en: "late (within grace)" },
  unheard: { ko: "알 수 없음(봉수가 받을 수 없던 때)", en: "unknown (Bongsu could not hear)" },
  missed: { ko: "끊김", en: "down: missed" },
  failed: { ko: "실패", en: "down: failed" },
  unfinished: { ko: "끝나지 않음", en: "down: unfinished" },
  paused: { ko: "멈춤", en: "paused" },
};
