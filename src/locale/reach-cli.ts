import type { Said } from "./said.ts";

/** What `bongsu reach` prints. */
export const reachCliSaid = {
  nobody: (): Said => ({ ko: "해당하는 담당자가 없습니다.", en: "There is nobody of that kind." }),
  personState: (f: { state: string }): Said => PERSONS[f.state] ?? { ko: "알 수 없음", en: "unknown" },
  contactState: (f: { state: string }): Said => CONTACTS[f.state] ?? { ko: "알 수 없음", en: "unknown" },
} as const;

const PERSONS: Readonly<Record<string, Said>> = {
  proven: { ko: "입증됨", en: "proven" },
  unproven: { ko: "입증 안 됨", en: "not proven" },
  unreachable: { ko: "닿지 않음", en: "not reached" },
};

const CONTACTS: Readonly<Record<string, Said>> = {
  proven: { ko: "입증됨", en: "proven" },
  stale: { ko: "오래됨", en: "long ago" },
  accepted: { ko: "접수만 됨", en: "only accepted" },
  failing: { ko: "실패", en: "failing" },
  untried: { ko: "시험 전", en: "not tried" },
  "no-address": { ko: "주소 없음", en: "no address" },
  "not-configured": { ko: "채널 미설정", en: "channel not set up" },
  "no-driver": { ko: "보낼 수 없음", en: "cannot be sent" },
};
