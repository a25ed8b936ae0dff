import type { Said } from "./said.ts";

type Status = {
  readonly host: string;
  readonly at: string;
  readonly sentAt: string | null;
  readonly problem: string | null;
  readonly trouble: string | null;
  readonly spool: { readonly records: number; readonly samples: number; readonly bytes: number };
  readonly lostSamples: number;
  readonly targets: readonly { readonly id: string; readonly up: boolean; readonly because: string | null }[];
};

/** What `bongsu agent` prints. */
export const agentSaid = {
  running: (f: { host: string; url: string; data: string }): Said => ({
    ko: `${f.host}을(를) 측정하여 ${f.url}(으)로 보냅니다. 스풀: ${f.data}`,
    en: `Measuring ${f.host} for ${f.url}. Spool: ${f.data}`,
  }),
  unreachable: (f: { url: string; because: string }): Said => ({
    ko: `지금은 ${f.url}에 연결할 수 없습니다(${f.because}). 측정은 시작하고, 연결될 때까지 스풀에 쌓습니다.`,
    en: `${f.url} cannot be reached now (${f.because}). Measuring begins; what is measured is kept until it can.`,
  }),
  refused: (f: { url: string; advice: string }): Said => ({
    ko: `${f.url}에서 이 에이전트를 받아 주지 않습니다. ${f.advice} 그동안 측정은 계속하고 스풀에 쌓습니다.`,
    en: `${f.url} does not take this agent. ${f.advice} Measuring goes on meanwhile, and what is measured is kept.`,
  }),
  status: (f: Status): Said => ({
    ko: [
      `${f.host}: ${f.problem === null ? "정상" : `보내지 못함: ${f.problem}`}`,
      `마지막 전송 ${f.sentAt ?? "없음"} · 기록 시각 ${f.at}`,
      `스풀 ${f.spool.bytes}바이트(측정값 ${f.spool.samples}개) · 잃은 측정값 ${f.lostSamples}개`,
      ...(f.trouble === null ? [] : [`디스크에 쓰지 못해 메모리에 두고 있습니다: ${f.trouble}`]),
      ...f.targets.map(
        ({ id, up, because }) => `  ${up ? "정상" : "실패"} ${id}${because === null ? "" : `: ${because}`}`,
      ),
    ].join("\n"),
    en: [
      `${f.host}: ${f.problem === null ? "well" : `cannot send: ${f.problem}`}`,
      `last sent ${f.sentAt ?? "never"} · as of ${f.at}`,
      `spool ${f.spool.bytes} bytes (${f.spool.samples} samples) · lost ${f.lostSamples} samples`,
      ...(f.trouble === null ? [] : [`the disk takes nothing, what is measured waits in memory: ${f.trouble}`]),
      ...f.targets.map(
        ({ id, up, because }) => `  ${up ? "up" : "failed"} ${id}${because === null ? "" : `: ${because}`}`,
      ),
    ].join("\n"),
  }),
} as const;
