import type { Said } from "./said.ts";

/** What the command line says. */
export const cliSaid = {
  listening: (f: { url: string; data: string }): Said => ({
    ko: `봉수가 ${f.url} 에서 신호를 기다립니다. 데이터: ${f.data}
  정책 점검:       bin/bongsu check policies/example-policy.ko.md --roster policies/example-roster.yaml
  토큰 만들기:     bin/bongsu token create --scopes ingest
  시험 장애 열기:  bin/bongsu page "시험" --service 시험 --grade Minor`,
    en: `Bongsu listens for signals at ${f.url}. Data: ${f.data}
  check the policy:    bin/bongsu check policies/example-policy.ko.md --roster policies/example-roster.yaml
  make a token:        bin/bongsu token create --scopes ingest
  open a test incident: bin/bongsu page "test" --service test --grade Minor`,
  }),
  policyKept: (f: { file: string }): Said => ({
    ko: `${f.file} 에 오류가 있어 적용하지 않았습니다. 지금 정책을 그대로 씁니다.`,
    en: `${f.file} has errors and was not put in force; the running policy stays.`,
  }),
  unknownCommand: (f: { command: string }): Said => ({
    ko: `모르는 명령입니다: ${f.command}. 'bongsu --help'를 보십시오.`,
    en: `Unknown command: ${f.command}. See 'bongsu --help'.`,
  }),
} as const;
