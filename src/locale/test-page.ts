import type { Said } from "./said.ts";

/** What a test page says. */
export const testPageSaid = {
  title: (): Said => ({
    ko: "시험 호출입니다. 실제 장애가 아닙니다.",
    en: "This is a test page, not an incident.",
  }),
  description: (f: { by: string }): Said => ({
    ko: `${f.by} 님이 연락처를 확인하려고 보냈습니다. 아래 링크를 열어 확인 버튼을 누르면 시험이 끝납니다.`,
    en: `${f.by} sent this to try your contact. Open the link below and press the button to finish the test.`,
  }),
} as const;
