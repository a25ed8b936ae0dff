import type { Instant, Millis } from "../time/instant.ts";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import type { Locale, Said } from "./said.ts";

/** What pages say. The same order everywhere: grade, service and symptom, since when, who else, what to do until when. */
export const pageSaid = {
  occasion: (f: { occasion: string }): Said => OCCASIONS[f.occasion] ?? { ko: "알림", en: "notice" },
  drill: (): Said => ({ ko: "[훈련]", en: "[DRILL]" }),
  duplicate: (): Said => ({ ko: "(중복 가능)", en: "(may be a duplicate)" }),
  since: (f: { at: string }): Said => ({ ko: `발생: ${f.at}`, en: `Since: ${f.at}` }),
  respondBy: (f: { at: string; left: string }): Said => ({
    ko: `${f.at}까지 확인하십시오 (${f.left} 남음).`,
    en: `Acknowledge by ${f.at} (${f.left} left).`,
  }),
  overdue: (f: { at: string }): Said => ({
    ko: `확인 기한(${f.at})이 지났습니다. 지금 확인하십시오.`,
    en: `The deadline (${f.at}) has passed. Acknowledge now.`,
  }),
  alsoReached: (f: { names: readonly string[] }): Said => ({
    ko: `함께 호출: ${f.names.join(", ")}`,
    en: `Also called: ${f.names.join(", ")}`,
  }),
  because: (f: { clause: string; text: string; line: number }): Said => ({
    ko: `정책 ${f.line}행: ${f.clause}${f.text === "" ? "" : ` — “${f.text}”`}`,
    en: `Policy line ${f.line}: ${f.clause}${f.text === "" ? "" : ` — “${f.text}”`}`,
  }),
  bundle: (f: { count: number }): Said => ({
    ko: `1분 안에 많은 호출이 있어 ${f.count}건을 묶었습니다:`,
    en: `Many pages within a minute; these ${f.count} are together:`,
  }),
  acknowledge: (): Said => ({ ko: "확인했습니다", en: "Acknowledge" }),
  resolve: (): Said => ({ ko: "해결됨", en: "Resolve" }),
  openLink: (): Said => ({ ko: "확인 페이지 열기", en: "Open the page to acknowledge" }),
  resolvedHead: (): Said => ({ ko: "해결", en: "Resolved" }),
} as const;

const OCCASIONS: Readonly<Record<string, Said>> = {
  first: { ko: "새 장애", en: "new incident" },
  reminder: { ko: "미확인 재호출", en: "not acknowledged yet" },
  overdue: { ko: "확인 기한 초과", en: "overdue" },
  level: { ko: "상위 단계 호출", en: "escalated" },
  "repeat-at-top": { ko: "최상위 반복 호출", en: "still nobody" },
  stalled: { ko: "진행 기록 없음", en: "no progress recorded" },
  "handed-over": { ko: "인계 요청", en: "handed over to you" },
  informed: { ko: "공유", en: "for information" },
  resolved: { ko: "해결", en: "resolved" },
  mentioned: { ko: "메모에서 언급", en: "mentioned in a note" },
  bundle: { ko: "묶음 알림", en: "several together" },
  test: { ko: "시험 호출", en: "test page" },
  verify: { ko: "연락처 확인", en: "verify your contact" },
  schedule: { ko: "근무", en: "schedule" },
  watch: { ko: "Bongsu 자체 경고", en: "Bongsu itself" },
};

/** `2026. 11. 23.(월) 19:26` or `Mon, 23 Nov 2026, 19:26 GMT+9`. */
export function timeText(at: Instant, zone: string, locale: Locale): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  if (locale === "en") {
    const options = {
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hour12: false,
    } as const;
    return zoned.toLocaleString("en-GB", { ...options, timeZoneName: "short" });
  }
  const day = "월화수목금토일"[zoned.dayOfWeek - 1];
  const [hour, minute] = [zoned.hour, zoned.minute].map((part) => String(part).padStart(2, "0"));
  return `${zoned.year}. ${zoned.month}. ${zoned.day}.(${day}) ${hour}:${minute}`;
}

/** `1시간 36분`, `5분`, `40초`. */
export function durationText(length: Millis, locale: Locale): string {
  const whole = Math.round(length / 1_000) * 1_000;
  const hours = Math.floor(whole / HOUR_MS);
  const minutes = Math.floor((whole % HOUR_MS) / MINUTE_MS);
  const seconds = (whole % MINUTE_MS) / 1_000;
  const parts: string[] = [];
  if (hours > 0) parts.push(locale === "ko" ? `${hours}시간` : `${hours} h`);
  if (minutes > 0) parts.push(locale === "ko" ? `${minutes}분` : `${minutes} min`);
  if (parts.length === 0 || (hours === 0 && minutes < 1)) parts.push(locale === "ko" ? `${seconds}초` : `${seconds} s`);
  return parts.join(" ");
}

/** Whose and what, in one line: a title that begins with the service's name is not given it twice. */
export function incidentLine({ service, title }: { readonly service: string; readonly title: string }): string {
  const rest = title.startsWith(service) ? title.slice(service.length) : undefined;
  return rest !== undefined && /^(?:$|[\s:])/u.test(rest) ? title : `${service}: ${title}`;
}
