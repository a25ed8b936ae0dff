import { durationText } from "./page.ts";
import type { Said } from "./said.ts";

/** What is wrong with Bongsu itself, on the board that everybody looks at. */
export const healthSaid = {
  dutyFailed: (f: { duty: string }): Said => ({
    ko: `내부 작업 ‘${f.duty}’의 마지막 실행이 실패했습니다. 로그를 확인하십시오.`,
    en: `The duty “${f.duty}” failed when it last ran. Look at the log.`,
  }),
  dutyLate: (f: { duty: string; forMs: number }): Said => ({
    ko: `내부 작업 ‘${f.duty}’이(가) ${durationText(f.forMs, "ko")} 동안 실행되지 않았습니다.`,
    en: `The duty “${f.duty}” has not run for ${durationText(f.forMs, "en")}.`,
  }),
  violated: (f: { invariant: string; count: number }): Said => ({
    ko: `불변식 ${f.invariant} 위반이 시작 이후 ${f.count}번 있었습니다. docs/invariants.md를 보십시오.`,
    en: `The invariant ${f.invariant} was seen broken ${f.count} time(s) since the start: see docs/invariants.md.`,
  }),
  backlog: (f: { count: number; forMs: number }): Said => ({
    ko: `받은 신호 ${f.count}건이 아직 처리되지 않았습니다 (가장 오래된 것 ${durationText(f.forMs, "ko")}).`,
    en: `${f.count} received requests are not worked off yet (the oldest for ${durationText(f.forMs, "en")}).`,
  }),
  nobodyOnDuty: (f: { team: string }): Said => ({
    ko: `${f.team}에 지금 당번이 없습니다. 이 팀의 장애는 바로 다음 단계로 넘어갑니다.`,
    en: `Nobody is on duty in ${f.team}: its incidents go to the next level at once.`,
  }),
  nobodyReachable: (f: { team: string }): Said => ({
    ko: `${f.team}의 당번에게 쓸 수 있는 연락처가 없습니다.`,
    en: `Nobody on duty in ${f.team} has a contact that can be used.`,
  }),
} as const;
