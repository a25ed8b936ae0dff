import { type ExitMeaning, exitMeaning } from "../heartbeat/exit-code.ts";
import type { Locale, Said } from "./said.ts";

type Times = (locale: Locale) => string;
type Because = "missed" | "failed" | "unfinished" | "unheard";

/** What an incident says of a heartbeat that went down. */
export const heartbeatSaid = {
  title: (f: { name: string; because: Because; exitCode: number | undefined; grace: Times }): Said => {
    const code = exitText(f.exitCode);
    switch (f.because) {
      case "missed":
        return {
          ko: `${f.name}: 제때 하트비트가 오지 않았습니다`,
          en: `${f.name}: no heartbeat in time`,
        };
      case "failed":
        return { ko: `${f.name}: 실패를 알려 왔습니다${code.ko}`, en: `${f.name}: reported a failure${code.en}` };
      case "unfinished":
        return {
          ko: `${f.name}: 시작한 뒤 ${f.grace("ko")} 안에 끝나지 않았습니다`,
          en: `${f.name}: started and did not end within ${f.grace("en")}`,
        };
      case "unheard":
        return {
          ko: `${f.name}: 하트비트가 왔는지 알 수 없습니다`,
          en: `${f.name}: it is not known whether the heartbeat came`,
        };
    }
  },
  recovered: (f: { name: string }): Said => ({
    ko: `${f.name}: 하트비트가 다시 왔습니다`,
    en: `${f.name}: the heartbeat is back`,
  }),
  ended: (f: { name: string }): Said => ({
    ko: `${f.name}: 더는 지켜보지 않습니다`,
    en: `${f.name}: no longer watched`,
  }),
  expected: (f: { due: Times; grace: Times }): Said => ({
    ko: `예정 시각 ${f.due("ko")}, 유예 ${f.grace("ko")}.`,
    en: `Expected at ${f.due("en")}, grace ${f.grace("en")}.`,
  }),
  lastSuccess: (f: { at: Times }): Said => ({
    ko: `마지막 성공 ${f.at("ko")}.`,
    en: `Last success at ${f.at("en")}.`,
  }),
  neverSucceeded: (): Said => ({ ko: "성공한 적이 없습니다.", en: "It never succeeded." }),
  deaf: (f: { from: Times; to: Times }): Said => ({
    ko: `${f.from("ko")}부터 ${f.to("ko")}까지는 봉수가 받을 수 없었습니다. 그때 왔어야 할 것은 왔는지 알 수 없습니다.`,
    en: `Bongsu could not receive anything from ${f.from("en")} to ${f.to("en")}: whether what was expected then came is not known.`,
  }),
  output: (f: { text: string }): Said => ({ ko: `보내 온 내용:\n${f.text}`, en: `What it sent:\n${f.text}` }),
} as const;

const EXITS: Readonly<Record<ExitMeaning, Said>> = {
  "timed-out": { ko: "시간 초과", en: "timed out" },
  "not-executable": { ko: "실행할 수 없는 파일", en: "could not be executed" },
  "not-found": { ko: "명령을 찾을 수 없음", en: "command not found" },
  interrupted: { ko: "중단됨", en: "interrupted" },
  aborted: { ko: "비정상 종료", en: "aborted" },
  killed: { ko: "강제 종료, 메모리 부족일 수 있음", en: "killed, maybe out of memory" },
  crashed: { ko: "메모리 접근 오류", en: "crashed" },
  terminated: { ko: "종료 요청을 받음", en: "was told to end" },
};

function exitText(code: number | undefined): Said {
  if (code === undefined) return { ko: "", en: "" };
  const meaning = exitMeaning(code);
  const { ko, en } = meaning === undefined ? { ko: "", en: "" } : EXITS[meaning];
  return {
    ko: `(종료 코드 ${code}${ko === "" ? "" : `: ${ko}`})`,
    en: ` (exit code ${code}${en === "" ? "" : `: ${en}`})`,
  };
}
