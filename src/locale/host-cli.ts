import type { Said } from "./said.ts";

const STATES: Readonly<Record<"well" | "late" | "silent", Said>> = {
  well: { ko: "정상", en: "well" },
  late: { ko: "늦음", en: "late" },
  silent: { ko: "소식 없음", en: "silent" },
};
const KINDS: Readonly<Record<"server" | "agent" | "application" | "measured", Said>> = {
  server: { ko: "봉수 서버", en: "server" },
  agent: { ko: "에이전트", en: "agent" },
  application: { ko: "애플리케이션", en: "application" },
  measured: { ko: "다른 곳에서 잼", en: "measured by others" },
};

/** What `bongsu host` prints. */
export const hostCliSaid = {
  state: (f: { state: keyof typeof STATES }): Said => STATES[f.state],
  kind: (f: { kind: keyof typeof KINDS }): Said => KINDS[f.kind],
  none: (): Said => ({ ko: "아직 값을 보낸 호스트가 없습니다.", en: "No host has sent anything yet." }),
  removed: (f: { host: string }): Said => ({
    ko: `${f.host}을(를) 제거했습니다. 이제 기다리지 않으며, 소식이 끊겼다는 경보는 끝납니다. 모은 값은 보관 기간 동안 남습니다. 다시 값을 보내면 다시 나타납니다.`,
    en: `${f.host} is removed: nobody waits for it any more, and the alert of its silence ends. What was measured stays as long as it is kept. It is back when it sends again.`,
  }),
} as const;
