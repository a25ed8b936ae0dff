import { durationText } from "./page.ts";
import type { Said } from "./said.ts";

/** What a back-test says. */
export const backtestSaid = {
  modelRecorded: (): Said => ({
    ko: "기록에서 누군가 확인한 장애는, 사람을 깨우는 첫 호출부터 그때 걸린 만큼 뒤에 확인합니다. 그때 확인한 사람이 깨워졌으면 그 사람이, 아니면 처음 깨워진 사람이 합니다.",
    en: "Where somebody acknowledged in the record, it is acknowledged as long after the first page that wakes anybody as it was then: by the same person if that person was woken, else by the first who was.",
  }),
  modelOtherwise: (f: { answerAfterMs: number }): Said => ({
    ko: `기록에 확인이 없으면 처음 깨워진 사람이 ${durationText(f.answerAfterMs, "ko")} 뒤에 확인합니다. 기록에서 아무도 확인하지 않은 시간이 그보다 길면 그만큼은 기다립니다.`,
    en: `Where the record has no answer, the first who is woken acknowledges after ${durationText(f.answerAfterMs, "en")}, and not before the time for which nobody answered in the record.`,
  }),
  modelAlerts: (f: { answerAfterMs: number }): Said => ({
    ko: `처음 깨워진 사람이 ${durationText(f.answerAfterMs, "ko")} 뒤에 확인합니다.`,
    en: `The first who is woken acknowledges after ${durationText(f.answerAfterMs, "en")}.`,
  }),
  modelAsleep: (f: { names: string }): Said => ({
    ko: `응답하지 않는 것으로 둔 사람: ${f.names}. 이들에게 간 호출은 아무도 깨우지 못한 것으로 봅니다.`,
    en: `Supposed to answer nothing: ${f.names}. A page to them counts as one that woke nobody who answers.`,
  }),
  modelChannels: (): Said => ({
    ko: "채널은 모두 곧바로 도착한 것으로 봅니다. 실제로는 아무에게도 보내지 않습니다.",
    en: "Every channel is taken to deliver at once. Nothing is sent to anybody.",
  }),
  noteSupposedEnds: (f: { count: number; endAfterMs: number }): Said => ({
    ko: `복구 알림이 없는 경보 ${f.count}건은 마지막 신호 ${durationText(f.endAfterMs, "ko")} 뒤에 끝난 것으로 보았습니다.`,
    en: `Alerts of which no end was told (${f.count}) are taken to have ended ${durationText(f.endAfterMs, "en")} after their last word.`,
  }),
  noteDrills: (f: { count: number }): Said => ({
    ko: `모의 훈련 ${f.count}건은 뺐습니다.`,
    en: `Drills are left out (${f.count}).`,
  }),
  noteGraded: (f: { side: string; from: string; to: string }): Said => ({
    ko: `${f.side}의 정책에는 '${f.from}' 등급이 없어 같은 순위의 '${f.to}'로 보았습니다.`,
    en: `The policy of ${f.side} has no grade '${f.from}': '${f.to}', of the same rank, stands for it.`,
  }),
  rosterNow: (): Said => ({ ko: "지금 명부", en: "the roster of now" }),
  rosterThen: (): Said => ({ ko: "그때 명부", en: "the roster of then" }),
  replayed: (f: { incidents: number; alerts: number; from: string; to: string }): Said => {
    const ko = [
      ...(f.incidents > 0 ? [`기록된 장애 ${f.incidents}건`] : []),
      ...(f.alerts > 0 ? [`경보 ${f.alerts}건`] : []),
    ];
    const en = [
      ...(f.incidents > 0 ? [`${f.incidents} recorded incidents`] : []),
      ...(f.alerts > 0 ? [`${f.alerts} alerts`] : []),
    ];
    return {
      ko: `${ko.join("과 ")} 되돌려 보기: ${f.from} ~ ${f.to}`,
      en: `Replayed ${en.join(" and ")}: ${f.from} to ${f.to}`,
    };
  },
  side: (f: { side: string; policy: string; roster: string }): Said => ({
    ko: `${f.side}: ${f.policy}, ${f.roster}`,
    en: `${f.side}: ${f.policy}, ${f.roster}`,
  }),
  deadlines: (f: { grade: string }): Said => ({
    ko: `${f.grade} 기한 (지킴 / 초과 / 기한 전 종료)`,
    en: `${f.grade} deadline (met / missed / over before)`,
  }),
  line: (f: { line: number }): Said => ({ ko: `${f.line}번째 줄`, en: `line ${f.line}` }),
  noIncident: (): Said => ({ ko: "따로 장애가 되지 않음", en: "no incident of its own" }),
  people: (): Said => ({ ko: "사람별 호출", en: "Pages per person" }),
  peopleColumns: (): Said => ({
    ko: "담당자|깨움|야간|깬 밤|조용히",
    en: "person|wakes|at night|nights|quietly",
  }),
  differing: (f: { count: number }): Said => ({
    ko: `결과가 달라진 장애 ${f.count}건`,
    en: `${f.count} incidents go otherwise`,
  }),
  everyIncident: (f: { count: number }): Said => ({ ko: `장애 ${f.count}건`, en: `${f.count} incidents` }),
  leftOut: (f: { count: number }): Said => ({ ko: `그 밖에 ${f.count}건 더 있습니다.`, en: `${f.count} more.` }),
  verdict: (f: { worse: number; better: number; other: number; same: number }): Said => {
    if (f.worse === 0 && f.better === 0 && f.other === 0)
      return { ko: "A와 B의 결과가 같습니다.", en: "A and B come to the same." };
    const counts = {
      ko: `나빠짐 ${f.worse}, 나아짐 ${f.better}, 달라짐 ${f.other}, 같음 ${f.same}`,
      en: `${f.worse} worse, ${f.better} better, ${f.other} otherwise, ${f.same} the same`,
    };
    return f.worse > 0
      ? {
          ko: `B에서 기한을 넘기거나 아무도 깨우지 못하게 되는 장애가 있습니다. ${counts.ko}.`,
          en: `Under B there are incidents whose deadline is missed or that reach nobody, and were not so under A. ${counts.en}.`,
        }
      : { ko: `B는 A보다 나빠지지 않습니다. ${counts.ko}.`, en: `B is no worse than A. ${counts.en}.` };
  },
  outcome: (f: {
    grade: string;
    first: string;
    firstAfter: number;
    by: string;
    byAfter: number;
    deadline: string;
    wake: number;
  }): Said => ({
    ko: [
      f.grade,
      f.first === ""
        ? "아무도 깨우지 못함"
        : `${f.firstAfter === 0 ? "즉시" : `${durationText(f.firstAfter, "ko")} 뒤`} ${f.first}`,
      f.by === "" ? "확인 없음" : `${durationText(f.byAfter, "ko")} 뒤 ${f.by} 확인`,
      DEADLINES[f.deadline]?.ko ?? f.deadline,
      `깨움 ${f.wake}`,
    ].join(" · "),
    en: [
      f.grade,
      f.first === ""
        ? "nobody woken"
        : `${f.first} ${f.firstAfter === 0 ? "at once" : `after ${durationText(f.firstAfter, "en")}`}`,
      f.by === "" ? "not acknowledged" : `acknowledged by ${f.by} after ${durationText(f.byAfter, "en")}`,
      DEADLINES[f.deadline]?.en ?? f.deadline,
      `${f.wake} wake`,
    ].join(" · "),
  }),
} as const;

const DEADLINES: Readonly<Record<string, Said>> = {
  met: { ko: "기한 지킴", en: "in time" },
  missed: { ko: "기한 초과", en: "deadline missed" },
  ended: { ko: "기한 전 종료", en: "over before its deadline" },
};

export const DIFFERENCES: Readonly<Record<string, Said>> = {
  worse: { ko: "나빠짐", en: "worse" },
  better: { ko: "나아짐", en: "better" },
  other: { ko: "달라짐", en: "otherwise" },
  same: { ko: "같음", en: "same" },
};

/** Rows of the table of figures. */
export const FIGURE_ROWS: Readonly<Record<string, Said>> = {
  incidents: { ko: "장애", en: "incidents" },
  wake: { ko: "깨우는 호출", en: "pages that wake" },
  night: { ko: "그중 야간 (22–06시)", en: "of them at night (22–06)" },
  tell: { ko: "조용한 알림", en: "quiet messages" },
  peopleWoken: { ko: "깬 사람", en: "people woken" },
  firstHuman: { ko: "첫 사람까지 (중앙값 / 최장)", en: "until the first human (median / longest)" },
  acknowledged: { ko: "확인까지 (중앙값 / 최장)", en: "until acknowledged (median / longest)" },
  reachedNobody: { ko: "아무도 깨우지 못한 장애", en: "incidents that woke nobody" },
  reachedTop: { ko: "최상위까지 오른 장애", en: "escalated to the top" },
  alerts: { ko: "묶인 경보", en: "alerts in incidents" },
  bundled: { ko: "한 메시지로 묶인 호출", en: "pages bundled into one message" },
};

/** Why a line of a history is refused. */
export const LINE_PROBLEMS: Readonly<Record<string, Said>> = {
  "not-json": { ko: "JSON이 아닙니다", en: "it is not JSON" },
  "not-an-object": { ko: "JSON 객체가 아닙니다", en: "it is no JSON object" },
  "too-long": { ko: "줄이 너무 깁니다", en: "the line is too long" },
  "no-time": { ko: "'at'(또는 'time')이 없습니다", en: "'at' (or 'time') is missing" },
  "bad-time": { ko: "시각이 RFC 3339 형식이 아닙니다", en: "the time is not RFC 3339" },
  "no-title": { ko: "'title'이 없습니다", en: "'title' is missing" },
  "bad-status": { ko: "'status'는 firing 또는 resolved입니다", en: "'status' is firing or resolved" },
  "bad-field": { ko: "항목이 빠졌거나 형식이 다릅니다", en: "a field is missing or of another form" },
  "unknown-deed": { ko: "이 버전이 모르는 기록입니다", en: "a record that this version does not know" },
  "told-twice": { ko: "같은 장애가 앞줄에 이미 있습니다", en: "an earlier line has the same incident" },
  "too-many-lines": { ko: "줄이 너무 많습니다", en: "there are too many lines" },
  "too-many-incidents": { ko: "장애가 너무 많습니다", en: "there are too many incidents" },
  "nothing-to-replay": { ko: "되돌려 볼 것이 없습니다", en: "there is nothing to replay" },
  empty: { ko: "비어 있습니다", en: "it is empty" },
};
