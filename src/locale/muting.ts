import type { Said } from "./said.ts";

/** What silences and maintenance windows say before they mute much. */
export const mutingSaid = {
  topGrade: (f: { grade: string; hours: number }): Said => ({
    ko: `${f.grade} 등급 경보까지 ${f.hours}시간 동안 막습니다. 그동안 이 조건의 장애는 누구에게도 호출되지 않습니다.`,
    en: `Mutes alerts up to ${f.grade} for ${f.hours} hours. Meanwhile nobody is called for what they are about.`,
  }),
} as const;
