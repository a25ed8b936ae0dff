import { durationText } from "./page.ts";
import type { Said } from "./said.ts";

/** The incident report: what the record says of each field, and what people have to write. */
export const reportSaid = {
  heading: (f: { number: number; title: string }): Said => ({
    ko: `장애 보고서 초안: INC-${f.number} ${f.title}`,
    en: `Incident report, draft: INC-${f.number} ${f.title}`,
  }),
  lead: (f: { at: string }): Said => ({
    ko: `${f.at}까지의 기록으로 Bongsu가 작성한 초안입니다. ‘작성 필요’로 표시된 곳은 담당자가 채웁니다.`,
    en: `Drafted by Bongsu from the record as of ${f.at}. What is marked “to be written” is for people to fill in.`,
  }),
  toWrite: (): Said => ({ ko: "작성 필요", en: "to be written" }),
  clause: (f: { line: number }): Said => ({ ko: `정책 ${f.line}행`, en: `policy line ${f.line}` }),

  basics: (): Said => ({ ko: "기본 정보", en: "Basics" }),
  course: (): Said => ({ ko: "상세 내용", en: "What happened" }),
  unasked: (): Said => ({ ko: "그 밖의 기록", en: "Also on record" }),
  afterwards: (): Said => ({ ko: "후속 조치", en: "Follow-up" }),
  /** Where the document has no report of its own. */
  fields: {
    occurred: { ko: "발생 일시", en: "When it occurred" },
    grade: { ko: "장애 등급", en: "Grade" },
    scope: { ko: "영향 범위", en: "Impact" },
    phenomena: { ko: "장애 현상", en: "What was seen" },
    cause: { ko: "원인 분석", en: "Cause" },
    actions: { ko: "조치 내용", en: "What was done" },
    prevention: { ko: "재발 방지 대책", en: "Countermeasures" },
    watching: { ko: "모니터링 강화", en: "Watching harder" },
  },

  write: (): Said => ({
    ko: "기록으로는 알 수 없는 항목입니다. 담당자가 적습니다.",
    en: "The record cannot know this; people write it.",
  }),
  writeCause: (f: { leads: number }): Said =>
    f.leads === 0
      ? { ko: "근본 원인(RCA)을 적습니다.", en: "The root cause." }
      : {
          ko: "근본 원인(RCA)을 적습니다. 위에 적힌 것은 단서일 뿐 원인으로 판단한 것이 아닙니다.",
          en: "The root cause. What stands above are leads, not a judgement.",
        },
  writePrevention: (): Said => ({
    ko: "같은 장애가 다시 나지 않게 할 대책을 담당자·기한과 함께 적습니다.",
    en: "What keeps it from happening again, each with an owner and a due date.",
  }),
  writeActions: (): Said => ({
    ko: "기록된 조치가 없습니다. 무엇을 했는지 적습니다.",
    en: "Nothing was recorded. Say what was done.",
  }),
  writeScope: (): Said => ({
    ko: "이용자에게 미친 영향(대상, 규모)을 적습니다.",
    en: "What it meant to users: whom, how many.",
  }),

  began: (): Said => ({ ko: "첫 경보 발생", en: "first alert" }),
  opened: (): Said => ({ ko: "장애 접수", en: "incident opened" }),
  acknowledged: (f: { who: Said; afterMs: number }): Said => ({
    ko: `${f.who.ko} 확인 (접수 후 ${durationText(f.afterMs, "ko")})`,
    en: `acknowledged by ${f.who.en}, ${durationText(f.afterMs, "en")} after it opened`,
  }),
  neverAcknowledged: (): Said => ({ ko: "확인한 사람이 없습니다", en: "nobody acknowledged it" }),
  overdue: (): Said => ({ ko: "대응시간 초과", en: "response deadline missed" }),
  reopened: (f: { times: number }): Said => ({
    ko: `다시 열림 ${f.times}회`,
    en: `reopened ${f.times === 1 ? "once" : `${f.times} times`}`,
  }),
  resolved: (f: { afterMs: number }): Said => ({
    ko: `해결 (발생부터 ${durationText(f.afterMs, "ko")})`,
    en: `resolved, ${durationText(f.afterMs, "en")} after it began`,
  }),
  notResolved: (): Said => ({ ko: "아직 해결되지 않았습니다", en: "not resolved yet" }),

  grade: (f: { grade: string; drill: boolean }): Said => ({
    ko: f.drill ? `${f.grade} (훈련)` : f.grade,
    en: f.drill ? `${f.grade} (drill)` : f.grade,
  }),
  criteria: (): Said => ({ ko: "해당한다고 판단한 정책의 등급 기준", en: "criteria of the policy that were ticked" }),

  services: (f: { names: string; count: number }): Said => ({
    ko: `경보가 난 서비스 ${f.count}개: ${f.names}`,
    en: `${f.count} service${f.count === 1 ? "" : "s"} with alerts: ${f.names}`,
  }),
  hosts: (f: { names: string; count: number }): Said => ({
    ko: `호스트 ${f.count}대: ${f.names}`,
    en: `${f.count} host${f.count === 1 ? "" : "s"}: ${f.names}`,
  }),
  dependents: (f: { names: string; count: number }): Said => ({
    ko: `이에 의존해 함께 영향을 받은 서비스 ${f.count}개: ${f.names}`,
    en: `${f.count} service${f.count === 1 ? "" : "s"} that depend${f.count === 1 ? "s" : ""} on it: ${f.names}`,
  }),

  alert: (f: {
    title: string;
    lastedMs: number | undefined;
    status: "firing" | "silent" | "resolved";
    count: number;
  }): Said => {
    const times = f.count > 1 ? { ko: `, 신호 ${f.count}건`, en: `, ${f.count} signals` } : { ko: "", en: "" };
    const state = ALERT_STATES[f.status];
    return f.lastedMs !== undefined
      ? {
          ko: `${f.title} (${durationText(f.lastedMs, "ko")} 만에 복구${times.ko})`,
          en: `${f.title} (cleared after ${durationText(f.lastedMs, "en")}${times.en})`,
        }
      : { ko: `${f.title} (${state.ko}${times.ko})`, en: `${f.title} (${state.en}${times.en})` };
  },
  moreAlerts: (f: { count: number }): Said => ({ ko: `그 밖의 경보 ${f.count}건`, en: `${f.count} more alerts` }),

  changed: (f: { title: string; kind: string; by: string; beforeMs: number }): Said => ({
    ko: `접수 ${durationText(f.beforeMs, "ko")} 전의 변경: ${f.title} (${f.kind}, ${f.by})`,
    en: `changed ${durationText(f.beforeMs, "en")} before it opened: ${f.title} (${f.kind}, ${f.by})`,
  }),
  takenForCause: (f: { service: string }): Said => ({
    ko: `의존하는 ${f.service}의 경보를 원인으로 보았습니다`,
    en: `alerts of ${f.service}, on which it depends, were taken for the cause`,
  }),

  called: (f: { pages: number; names: string; people: number }): Said => ({
    ko: `호출 ${f.pages}건, 대상 ${f.people}명${f.names === "" ? "" : `: ${f.names}`}`,
    en: `${f.pages} page${f.pages === 1 ? "" : "s"} to ${f.people === 1 ? "1 person" : `${f.people} people`}${f.names === "" ? "" : `: ${f.names}`}`,
  }),

  watchBegan: (f: { series: number; forMs: number }): Said => ({
    ko: `${durationText(f.forMs, "ko")} 동안 메트릭 ${f.series}개를 더 엄격한 임계치로 감시`,
    en: `${f.series} series on tighter thresholds for ${durationText(f.forMs, "en")}`,
  }),
  /** The title of what was found carries the value and the tighter line. */
  watchFound: (f: { title: string }): Said => ({ ko: `발견: ${f.title}`, en: `found: ${f.title}` }),
  watchEnded: (f: { found: number; unseen: number }): Said => ({
    ko: `${f.found === 0 ? "종료, 발견한 것 없음" : `종료, 발견 ${f.found}건`}${f.unseen === 0 ? "" : `. 메트릭 ${f.unseen}개는 측정값이 끊겨 볼 수 없었음`}`,
    en: `over; it found ${f.found === 0 ? "nothing" : f.found}${f.unseen === 0 ? "" : `; ${f.unseen} series had fallen silent and could not be seen`}`,
  }),
  watchAfterwards: (): Said => ({
    ko: "해결된 뒤 강화 감시를 시작합니다",
    en: "begins once the incident is resolved",
  }),
  notWatched: (): Said => ({
    ko: "강화 감시를 하지 않았습니다. 모니터가 알린 경보가 없거나 정책의 강화 감시 시간이 0입니다",
    en: "nothing was watched harder: no monitor had told of it, or the policy's period for this grade is 0",
  }),
} as const;

const ALERT_STATES = {
  firing: { ko: "발생 중", en: "firing" },
  silent: { ko: "신호 끊김", en: "source silent" },
  resolved: { ko: "복구", en: "cleared" },
} as const satisfies Record<string, Said>;
