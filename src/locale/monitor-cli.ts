import type { Said } from "./said.ts";

const STATES: Readonly<Record<string, Said>> = {
  ok: { ko: "정상", en: "normal" },
  pending: { ko: "기준을 넘음", en: "past the line" },
  firing: { ko: "경보", en: "firing" },
  "no-data": { ko: "값 없음", en: "no data" },
  unseen: { ko: "수집 안 됨", en: "not measured" },
  off: { ko: "꺼짐", en: "off" },
  learning: { ko: "학습 중", en: "learning" },
};

/** What `bongsu monitor` prints. */
export const monitorCliSaid = {
  state: (f: { state: string; grade: string | null }): Said => {
    const word = STATES[f.state] ?? { ko: f.state, en: f.state };
    return f.grade === null ? word : { ko: `${word.ko} ${f.grade}`, en: `${word.en} ${f.grade}` };
  },
  /** Of one item of the document, or of the monitors beside them. */
  nothing: (f: { advice: string | null }): Said => ({
    ko: `지켜보는 것이 없습니다. ${f.advice ?? ""}`.trim(),
    en: `nothing watches it. ${f.advice ?? ""}`.trim(),
  }),
  more: (f: { count: number }): Said => ({ ko: `시계열 ${f.count}개`, en: `${f.count} series` }),
  rule: (f: { words: string; from: string }): Said => ({
    ko: `${f.words} (${{ default: "기본 규칙", policy: "정책 문서", people: "사람이 정함" }[f.from] ?? f.from})`,
    en: `${f.words} (${{ default: "default", policy: "the policy document", people: "set by people" }[f.from] ?? f.from})`,
  }),
} as const;
