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
  unaskedTitle: (f: { target: string }): Said => ({
    ko: `${f.target}: 수집하는 곳이 없음`,
    en: `${f.target}: nobody measures it`,
  }),
  unaskedText: (f: { target: string; agent: string | undefined; wasAsked: boolean }): Said => ({
    ko: `대상 ${f.target}의 값을 ${f.wasAsked ? "더는 아무도 수집하지 않습니다" : "아직 아무도 수집한 적이 없습니다"}. ${
      f.agent === undefined
        ? "Bongsu 서버가 수집할 대상입니다. 서버의 로그를 확인하십시오."
        : `수집을 맡은 에이전트는 ${f.agent}입니다. 그 호스트에서 에이전트가 이 이름으로 돌고 있는지 확인하십시오.`
    } 값이 오지 않는 동안 이 대상의 이상은 알 수 없습니다.`,
    en: `${f.wasAsked ? `Nobody measures the target ${f.target} any more` : `Nobody has measured the target ${f.target} yet`}. ${
      f.agent === undefined
        ? "The server is to measure it: see its log."
        : `The agent on ${f.agent} is to measure it: check that an agent of that name runs there.`
    } While nothing is measured, nothing that is wrong with it can be seen.`,
  }),
  fullTitle: (f: { seriesMax: number }): Said => ({
    ko: `측정값의 시계열이 ${f.seriesMax.toLocaleString("ko")}개를 넘어 새 시계열을 받지 못함`,
    en: `more than ${f.seriesMax.toLocaleString("en")} series: new ones are refused`,
  }),
  fullText: (f: { seriesMax: number }): Said => ({
    ko: `두 시간 안에 값이 온 시계열이 한도(${f.seriesMax.toLocaleString("ko")}개)에 이르렀습니다. 새 호스트나 새 대상의 값을 받지 못하므로 그 이상은 알 수 없습니다. 요청 ID처럼 늘 바뀌는 값을 레이블로 보내는 곳을 찾아 멈추십시오. 레이블을 줄이면 두 시간 안에 자리가 납니다.`,
    en: `As many series as there is room for (${f.seriesMax.toLocaleString("en")}) brought something in the last two hours. Values of new hosts and targets are refused, so nothing that is wrong with them can be seen. Find who sends labels that change all the time, such as a request's id, and stop it; there is room again within two hours.`,
  }),
} as const;

const SENDERS: Readonly<Record<string, Said>> = {
  server: { ko: "Bongsu 서버 노드가", en: "this node of Bongsu" },
  agent: { ko: "에이전트가", en: "the agent" },
  application: { ko: "애플리케이션이", en: "the application" },
  measured: { ko: "그 값을 내보내던 exporter가", en: "the exporter that told of it" },
  otlp: { ko: "OpenTelemetry 수집기가", en: "the OpenTelemetry collector" },
};
