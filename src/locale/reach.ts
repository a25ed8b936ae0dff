import type { Said } from "./said.ts";

/** What is said to keep contacts proven: codes, silent tests, and the warning of people whom nothing proves. */
export const reachSaid = {
  codeTitle: (): Said => ({ ko: "연락처 확인 코드", en: "Code to verify your contact" }),
  codeDescription: (f: { minutes: number }): Said => ({
    ko: `Bongsu의 ‘내 당번’ 화면에 이 코드를 입력하면 이 연락처가 확인됩니다. ${f.minutes}분 안에 입력하십시오. 요청하지 않았다면 무시해도 됩니다. 아무에게도 알려 주지 마십시오.`,
    en: `Enter this code on “My duty” in Bongsu to verify this contact, within ${f.minutes} minutes. If you did not ask for it, ignore it. Tell it to nobody.`,
  }),
  silentTitle: (): Said => ({
    ko: "[시험] 주간 연락처 점검입니다. 실제 장애가 아닙니다.",
    en: "[TEST] Weekly check of your contact, not an incident.",
  }),
  silentDescription: (): Said => ({
    ko: "호출이 이 연락처로 닿는지 일주일에 한 번 조용히 확인합니다. 아래 링크를 열어 확인 버튼을 누르면 닿은 것으로 기록됩니다. 지금 누르지 않아도 아무도 다시 부르지 않습니다.",
    en: "Once a week we quietly check that pages reach you here. Open the link below and press the button to record that they do. Nobody calls you again if you do not.",
  }),
  unprovenTitle: (f: { count: number }): Said => ({
    ko: `일주일 안에 당번인데 호출이 닿는다고 입증되지 않은 담당자 ${f.count}명`,
    en: `${f.count} on duty within a week of whom nothing proves that pages reach them`,
  }),
  unprovenDescription: (f: { names: readonly string[]; days: number }): Said => ({
    ko: `최근 ${f.days}일 동안 어떤 연락처로도 응답한 적이 없습니다: ${f.names.join(", ")}. ‘연락 점검’ 화면에서 시험 호출을 보내거나 연락처를 확인하십시오.`,
    en: `No contact of theirs was answered in the last ${f.days} days: ${f.names.join(", ")}. Send a test page or verify a contact on the “Reachability” page.`,
  }),
} as const;
