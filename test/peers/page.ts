import { seededChance } from "../../src/id/chance.ts";
import type { Address, Page, SendFacts } from "../../src/notify/channel.ts";
import { systemClock } from "../../src/time/system-clock.ts";

const AT = Date.parse("2026-11-23T10:26:00Z");

/** A page as the engine makes it: a critical one, of which the tests change what they are about. */
export function pageWith(
  more: Partial<Omit<Page, "incident">> & { readonly incident?: Partial<Page["incident"]> } = {},
): Page {
  return {
    delivery: "s1/boss/email/1",
    occasion: "first",
    because: { clause: "알림 규칙 › Critical", text: "채널: [Email]", line: 25 },
    respondBy: AT + 300_000,
    alsoReached: ["박조치"],
    description: "모든 결제가 실패합니다.\n두 번째 줄",
    links: [
      { href: "http://bongsu.example/api/v1/incidents/7", text: "INC-7" },
      { href: "https://p.example/graph?a=1&b=2", text: "Prometheus" },
    ],
    acknowledgeUrl: "http://bongsu.example/a/0123456789abcdefghjkmnpqrs",
    bundled: [],
    urgency: "wake",
    drill: false,
    mayBeDuplicate: false,
    locale: "ko",
    zone: "Asia/Seoul",
    at: AT,
    ...more,
    incident: {
      number: 7,
      title: "결제가 응답하지 않음",
      service: "결제",
      grade: "Critical",
      gradeRank: 0,
      state: "triggered",
      openedAt: AT - 60_000,
      ...more.incident,
    },
  };
}

export const BOSS: Address = { kind: "person", name: "김팀장", address: "boss@example.com" };

export function sendFacts(more: Partial<SendFacts> = {}): SendFacts {
  return { key: "s1/boss/email/1", timeout: 5_000, clock: systemClock, chance: seededChance(1), ...more };
}
