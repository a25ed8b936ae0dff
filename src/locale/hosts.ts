import { durationText } from "./page.ts";
import type { Said } from "./said.ts";

/** What is said of hosts that measure. */
export const hostSaid = {
  silentTitle: (f: { host: string }): Said => ({
    ko: `${f.host}: 측정값이 오지 않음`,
    en: `${f.host}: nothing measured arrives`,
  }),
  silentText: (f: { host: string; kind: string; afterMs: number }): Said => ({
    ko: `${durationText(f.afterMs, "ko")} 넘게 ${f.host}의 소식이 없습니다. 호스트가 꺼졌거나 네트워크가 끊겼거나 ${SENDERS[f.kind]?.ko ?? "보내는 쪽이"} 멈췄습니다. 소식이 없는 것은 복구가 아닙니다. 일부러 뺀 호스트라면 호스트 화면에서 제거하십시오.`,
    en: `${f.host} has not been heard of for more than ${durationText(f.afterMs, "en")}: the host is down, the network is cut, or ${SENDERS[f.kind]?.en ?? "its sender"} has stopped. Silence is not recovery. A host that was taken away on purpose is removed on the page of hosts.`,
  }),
} as const;

const SENDERS: Readonly<Record<string, Said>> = {
  server: { ko: "Bongsu 서버 노드가", en: "this node of Bongsu" },
  agent: { ko: "에이전트가", en: "the agent" },
  otlp: { ko: "OpenTelemetry 수집기가", en: "the OpenTelemetry collector" },
};
