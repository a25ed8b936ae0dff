import type { Said } from "./said.ts";

const DAY_HOURS = 24;
const MONTH_HOURS = 30 * DAY_HOURS;

/** What silences and maintenance windows say before they mute much. */
export const mutingSaid = {
  topGrade: (f: { grade: string; hours: number }): Said => ({
    ko: `${f.grade} 등급 경보까지 ${lengthText(f.hours).ko} 쉬지 않고 막습니다. 그동안 이 조건의 장애는 누구에게도 호출되지 않습니다.`,
    en: `Mutes alerts up to ${f.grade} without a break ${lengthText(f.hours).en}. Meanwhile nobody is called for what they are about.`,
  }),
} as const;

/** What the incident of a storm, and one that its cause has joined, are called. */
export const stormSaid = {
  service: (): Said => ({ ko: "여러 서비스", en: "several services" }),
  title: (f: { services: number }): Said => ({
    ko: `경보 폭주: 서비스 ${f.services}곳`,
    en: `alert storm: ${f.services} service${f.services === 1 ? "" : "s"}`,
  }),
  causeTitle: (f: { cause: string; title: string }): Said => ({
    ko: `원인 ${f.cause}: ${f.title}`,
    en: `cause ${f.cause}: ${f.title}`,
  }),
} as const;

function lengthText(hours: number): Said {
  if (hours > MONTH_HOURS) return { ko: "한 달 넘게", en: "for more than a month" };
  if (hours >= 3 * DAY_HOURS) {
    const days = Math.floor(hours / DAY_HOURS);
    return { ko: `${days}일 동안`, en: `for ${days} days` };
  }
  return { ko: `${hours}시간 동안`, en: `for ${hours} hours` };
}
