import type { Said } from "./said.ts";

/** Why an action on an incident was refused. */
export const REFUSALS: Readonly<Record<string, Said>> = {
  "no-such-incident": { ko: "그런 장애가 없습니다", en: "there is no such incident" },
  "already-acknowledged": { ko: "이미 다른 담당자가 확인했습니다", en: "somebody has acknowledged it already" },
  "not-acknowledged": { ko: "아직 확인하지 않은 장애입니다", en: "nobody has acknowledged it" },
  "already-resolved": { ko: "이미 해결된 장애입니다", en: "it is resolved already" },
  "not-resolved": { ko: "해결되지 않아 종결할 수 없습니다", en: "it is not resolved yet" },
  "already-closed": { ko: "이미 종결된 장애입니다", en: "it is closed already" },
  "same-grade": { ko: "이미 그 등급입니다", en: "it has that grade already" },
  "snooze-in-the-past": { ko: "이미 지난 시각입니다", en: "that time has passed" },
  "already-open": { ko: "이미 열려 있는 장애입니다", en: "it is open already" },
  "not-snoozed": { ko: "미뤄 둔 장애가 아닙니다", en: "it is not snoozed" },
  "empty-note": { ko: "메모가 비어 있습니다", en: "the note is empty" },
  "nothing-to-record": { ko: "바뀐 것이 없습니다", en: "nothing changed" },
  "no-such-grade": { ko: "정책에 없는 등급입니다", en: "the policy has no such grade" },
  "no-such-team": { ko: "정책에 없는 팀입니다", en: "the policy has no such team" },
  "no-such-person": { ko: "명부에 없는 담당자입니다", en: "the roster has no such person" },
  "no-such-criterion": { ko: "정책에 없는 기준입니다", en: "the policy has no such criterion" },
  "store-unavailable": { ko: "저장소에 접근할 수 없었습니다", en: "the store could not be reached" },
};

export function refusalSaid(because: string): Said {
  return REFUSALS[because] ?? { ko: because, en: because };
}
