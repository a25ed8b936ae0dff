import type { Said } from "./said.ts";

/** What is said of changes of the schedule. */
export const scheduleSaid = {
  gap: (f: { team: string; from: string; to: string }): Said => ({
    ko: `${f.team}: ${f.from}부터 ${f.to}까지 당번이 없게 됩니다.`,
    en: `${f.team}: nobody would be on duty from ${f.from} to ${f.to}.`,
  }),
  gapWhy: (): Said => ({
    ko: "그 시간에 난 장애는 이 팀에서 받을 사람이 없어 바로 윗단계를 호출합니다.",
    en: "An incident in that time finds nobody in this team and pages the next level up at once.",
  }),
  gapMend: (): Said => ({
    ko: "같은 시간에 대체 근무를 먼저 넣거나, 동료에게 대신 부탁하십시오.",
    en: "Put an override there first, or ask a colleague to cover.",
  }),
};

/** Why an exception from the schedule, or a request for one, was refused. */
const REFUSALS: Readonly<Record<string, Said>> = {
  "no-such-rotation": { ko: "그런 교대가 없습니다.", en: "There is no such rotation." },
  "no-such-person": { ko: "명부에 없는 사람입니다.", en: "The roster has no such person." },
  "bad-interval": { ko: "끝이 시작보다 늦어야 합니다.", en: "The end has to be after the beginning." },
  "too-long": {
    ko: "1년이 넘습니다. 예외로 두지 말고 교대를 고치십시오.",
    en: "That is longer than a year. Change the rotation instead of making an exception.",
  },
  "already-over": {
    ko: "이미 지난 시간입니다. 지난 근무는 바꿀 수 없습니다.",
    en: "That is over. What was cannot be changed.",
  },
  "not-their-shift": {
    ko: "그 사람은 그 시간에 이 교대의 근무가 없습니다.",
    en: "That person has no shift of this rotation in that time.",
  },
  "instead-of-oneself": { ko: "자기 자신을 대신할 수는 없습니다.", en: "Nobody can stand in for themselves." },
};

export function scheduleRefusalSaid(because: string): Said {
  return REFUSALS[because] ?? { ko: because, en: because };
}
