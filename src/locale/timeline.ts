import { withJosa } from "./josa.ts";
import { durationText, incidentLine } from "./page.ts";
import type { Said } from "./said.ts";

/** What the timeline says of each event: one sentence, whoever did it first. */
export const timelineSaid = {
  bongsu: (): Said => ({ ko: "봉수", en: "Bongsu" }),
  source: (f: { source: string }): Said => ({ ko: `신호원 ${f.source}`, en: `source ${f.source}` }),
  opened: (f: { grade: string; service: string; title: string; because: string; drill: boolean }): Said => ({
    ko: `${f.drill ? "[훈련] " : ""}${f.grade} 장애가 열렸습니다. ${incidentLine(f)} (등급 근거: ${GRADE_BECAUSE[f.because]?.ko ?? f.because})`,
    en: `${f.drill ? "[DRILL] " : ""}opened as ${f.grade}. ${incidentLine(f)} (graded by ${GRADE_BECAUSE[f.because]?.en ?? f.because})`,
  }),
  alertsJoined: (f: {
    count: number;
    firing: number;
    titles: readonly string[];
    cause: string;
    storm: number;
  }): Said => {
    const what = {
      ko: `경보 ${f.count}건이 더해졌습니다 (발생 중 ${f.firing}건): ${f.titles.join(", ")}`,
      en: `${f.count} alert${f.count === 1 ? "" : "s"} joined (${f.firing} firing): ${f.titles.join(", ")}`,
    };
    if (f.cause !== "")
      return {
        ko: `이 장애의 서비스가 의존하는 ${f.cause}의 ${what.ko}. 원인으로 봅니다`,
        en: `${what.en}; of ${f.cause}, on which this incident's services depend: taken for the cause`,
      };
    if (f.storm > 0)
      return {
        ko: `경보 폭주: 서비스 ${f.storm}곳의 ${what.ko}`,
        en: `alert storm, ${f.storm} more service${f.storm === 1 ? "" : "s"}: ${what.en}`,
      };
    return what;
  },
  alertsInhibited: (f: { count: number; services: readonly string[]; titles: readonly string[] }): Said => ({
    ko: `연쇄 억제: 이 장애에 의존하는 ${f.services.join(", ")}의 경보 ${f.count}건은 따로 호출하지 않습니다: ${f.titles.join(", ")}`,
    en: `inhibited by dependency: ${f.count} alert${f.count === 1 ? "" : "s"} of ${f.services.join(", ")} page${f.count === 1 ? "s" : ""} nobody meanwhile: ${f.titles.join(", ")}`,
  }),
  pagingHeld: (f: { number: number; because: string }): Said =>
    f.because === "cause"
      ? {
          ko: `원인인 ${withJosa(`INC-${f.number}`, "이/가")} 호출되고 있어 이 장애의 호출을 보류합니다`,
          en: `INC-${f.number}, its cause, is being paged: the pages of this one are held`,
        }
      : {
          ko: `경보 폭주로 보고 ${withJosa(`INC-${f.number}`, "으로/로")} 묶어 호출합니다. 이 장애의 호출은 보류합니다`,
          en: `part of the alert storm INC-${f.number}, which is being paged: the pages of this one are held`,
        },
  othersHeld: (f: { names: readonly string[]; because: string }): Said =>
    f.because === "cause"
      ? {
          ko: `이 장애가 원인이므로 먼저 열린 ${f.names.join(", ")}의 호출을 보류합니다`,
          en: `it is the cause of ${f.names.join(", ")}, whose pages are held`,
        }
      : {
          ko: `먼저 열린 ${f.names.join(", ")}도 이 경보 폭주로 보고 호출을 보류합니다`,
          en: `${f.names.join(", ")} opened before and ${f.names.length === 1 ? "is" : "are"} part of this storm; the pages are held`,
        },
  pagingResumed: (f: { number: number; because: string }): Said => ({
    ko: `${resumed(f.because, f.number).ko}. 호출을 새로 시작합니다`,
    en: `${resumed(f.because, f.number).en}; the escalation starts again`,
  }),
  flappingBegan: (f: { count: number; titles: readonly string[] }): Said => ({
    ko: `경보 ${f.count}건이 발생과 복구를 되풀이합니다(플래핑). 잠잠해질 때까지 열어 둡니다: ${f.titles.join(", ")}`,
    en: `${f.count} alert${f.count === 1 ? "" : "s"} flap${f.count === 1 ? "s" : ""}; held open until calm: ${f.titles.join(", ")}`,
  }),
  flappingEnded: (f: { count: number; titles: readonly string[]; since: string; changes: number }): Said => ({
    ko: `경보 ${f.count}건의 플래핑이 끝났습니다.${f.changes === 0 ? "" : ` ${f.since}부터 ${f.changes}번 바뀌었습니다`}: ${f.titles.join(", ")}`,
    en: `${f.count} alert${f.count === 1 ? "" : "s"} flap${f.count === 1 ? "s" : ""} no more${f.changes === 0 ? "" : `, after ${f.changes} changes since ${f.since}`}: ${f.titles.join(", ")}`,
  }),
  alertsCleared: (f: { count: number; firing: number; titles: readonly string[] }): Said => ({
    ko: `신호원이 경보 ${f.count}건의 복구를 알렸습니다 (남은 경보 ${f.firing}건): ${f.titles.join(", ")}`,
    en: `the source cleared ${f.count} alert${f.count === 1 ? "" : "s"} (${f.firing} left): ${f.titles.join(", ")}`,
  }),
  sourceSilent: (f: { count: number; titles: readonly string[] }): Said => ({
    ko: `경보 ${f.count}건의 신호가 끊겼습니다. 복구된 것으로 보지 않습니다: ${f.titles.join(", ")}`,
    en: `the source fell silent on ${f.count} alert${f.count === 1 ? "" : "s"}; that is not a recovery: ${f.titles.join(", ")}`,
  }),
  sourceSpokeAgain: (f: { count: number; titles: readonly string[] }): Said => ({
    ko: `경보 ${f.count}건의 신호가 다시 들어옵니다: ${f.titles.join(", ")}`,
    en: `the source speaks again of ${f.count} alert${f.count === 1 ? "" : "s"}: ${f.titles.join(", ")}`,
  }),
  graded: (f: { from: string; to: string; because: string; newCycle: boolean }): Said => ({
    ko: `등급을 ${f.from}에서 ${withJosa(f.to, "으로/로")} 바꿨습니다 (근거: ${GRADE_BECAUSE[f.because]?.ko ?? f.because})${f.newCycle ? ". 에스컬레이션을 새로 시작합니다" : ""}`,
    en: `changed the grade from ${f.from} to ${f.to} (by ${GRADE_BECAUSE[f.because]?.en ?? f.because})${f.newCycle ? "; the escalation starts again" : ""}`,
  }),
  stepTaken: (f: { kind: string; level: number; overdue: boolean; clause: string; line: number }): Said => {
    const kind = STEP_KINDS[f.kind] ?? { ko: f.kind, en: f.kind };
    const level =
      f.level > 0 && f.kind !== "stalled"
        ? { ko: ` (${f.level}단계 위)`, en: ` (level ${f.level})` }
        : { ko: "", en: "" };
    return {
      ko: `${kind.ko}${level.ko}${clauseText(f).ko}`,
      en: `${kind.en}${level.en}${clauseText(f).en}`,
    };
  },
  stepSuperseded: (f: { kind: string }): Said => ({
    ko: `놓친 단계를 건너뜁니다: ${STEP_KINDS[f.kind]?.ko ?? f.kind} (더 나중 단계가 대신합니다)`,
    en: `a missed step is passed over: ${STEP_KINDS[f.kind]?.en ?? f.kind} (a later one stands for it)`,
  }),
  nobodyReached: (f: { inMs: number }): Said => ({
    ko: `이 단계로는 아무에게도 닿지 못했습니다. ${f.inMs <= 0 ? "다음 단계를 바로 시작합니다" : `${durationText(f.inMs, "ko")} 뒤에 다시 시도합니다`}`,
    en: `this step reached nobody; ${f.inMs <= 0 ? "the next level is due at once" : `tried again in ${durationText(f.inMs, "en")}`}`,
  }),
  reach: (f: { who: string; channel: string; mention: string; urgency: string; insteadOf: string }): Said => ({
    ko: `${f.who} ← ${channelName(f.channel).ko}${f.mention}${f.urgency === "tell" ? " (조용히)" : ""}${f.insteadOf === "" ? "" : ` (${channelName(f.insteadOf).ko} 대신)`}`,
    en: `${f.who} ← ${channelName(f.channel).en}${f.mention}${f.urgency === "tell" ? " (quietly)" : ""}${f.insteadOf === "" ? "" : ` (instead of ${channelName(f.insteadOf).en})`}`,
  }),
  skipped: (f: { who: string; channel: string; because: string }): Said => {
    const because = SKIPPED[f.because] ?? { ko: f.because, en: f.because };
    const channel = f.channel === "" ? { ko: "", en: "" } : channelName(f.channel);
    // Where a channel as a whole is passed over, nobody in particular is named.
    const who = f.who === f.channel ? "" : f.who;
    return {
      ko: `${[who, channel.ko].filter((part) => part !== "").join(" ")}: ${because.ko}`,
      en: `${[who, channel.en].filter((part) => part !== "").join(" ")}: ${because.en}`,
    };
  },
  accepted: (f: { who: string; channel: string; attempt: number }): Said => ({
    ko: `${f.who} ${channelName(f.channel).ko}: 전송됨${f.attempt > 1 ? ` (${f.attempt}번째 시도)` : ""}`,
    en: `${f.who} by ${channelName(f.channel).en}: sent${f.attempt > 1 ? ` (attempt ${f.attempt})` : ""}`,
  }),
  delivered: (f: { who: string; channel: string }): Said => ({
    ko: `${f.who} ${channelName(f.channel).ko}: 도착 확인`,
    en: `${f.who} by ${channelName(f.channel).en}: delivered`,
  }),
  failed: (f: { who: string; channel: string; because: string; instead: readonly string[] }): Said => ({
    ko: `${f.who} ${channelName(f.channel).ko}: 실패 (${f.because})${f.instead.length === 0 ? "" : `. 바로 ${withJosa(f.instead.map((kind) => channelName(kind).ko).join(", "), "으로/로")} 보냅니다`}`,
    en: `${f.who} by ${channelName(f.channel).en}: failed (${f.because})${f.instead.length === 0 ? "" : `; ${f.instead.map((kind) => channelName(kind).en).join(", ")} is tried at once`}`,
  }),
  retrying: (f: { who: string; channel: string; because: string; attempt: number }): Said => ({
    ko: `${f.who} ${channelName(f.channel).ko}: ${f.attempt}번째 시도 실패 (${f.because}), 다시 보냅니다`,
    en: `${f.who} by ${channelName(f.channel).en}: attempt ${f.attempt} failed (${f.because}), to be tried again`,
  }),
  bundled: (f: { who: string; channel: string }): Said => ({
    ko: `${f.who} ${channelName(f.channel).ko}: 호출이 많아 다음 묶음에 담았습니다`,
    en: `${f.who} by ${channelName(f.channel).en}: held for the next bundle, there are many`,
  }),
  unrenderable: (f: { because: string }): Said => ({
    ko: `메시지를 만들 수 없어 원문 발췌를 보냅니다 (${f.because})`,
    en: `the message could not be made; an excerpt is sent instead (${f.because})`,
  }),
  acknowledged: (): Said => ({ ko: "확인했습니다. 호출을 멈춥니다", en: "acknowledged; the paging stops" }),
  unacknowledged: (): Said => ({
    ko: "확인을 되돌렸습니다. 호출을 다시 시작합니다",
    en: "took the acknowledgement back; the paging starts again",
  }),
  handedOver: (f: { to: string }): Said => ({
    ko: `${f.to}에게 인계를 요청했습니다. 받을 때까지 지금 담당자가 계속 맡습니다`,
    en: `asked ${f.to} to take over; the present holder keeps it until then`,
  }),
  escalated: (f: { note: string }): Said => ({
    ko: `상위 단계로 올렸습니다${f.note === "" ? "" : `: ${f.note}`}`,
    en: `escalated${f.note === "" ? "" : `: ${f.note}`}`,
  }),
  snoozed: (f: { until: string }): Said => ({ ko: `${f.until}까지 미뤘습니다`, en: `snoozed until ${f.until}` }),
  snoozeEnded: (): Said => ({
    ko: "미룬 시간이 끝났습니다. 에스컬레이션을 새로 시작합니다",
    en: "the snooze is over; the escalation starts again",
  }),
  noted: (f: { text: string }): Said => ({ ko: `메모: ${f.text}`, en: `note: ${f.text}` }),
  ticked: (f: { text: string; done: boolean }): Said => ({
    ko: `${f.done ? "☑" : "☐"} ${f.text}`,
    en: `${f.done ? "☑" : "☐"} ${f.text}`,
  }),
  watchBegan: (f: { series: number; until: string }): Said => ({
    ko: `모니터링 강화: ${f.until}까지 메트릭 ${f.series}개를 더 엄격한 임계치로 봅니다`,
    en: `watching harder: ${f.series} series by tighter lines until ${f.until}`,
  }),
  watchFound: (f: { title: string }): Said => ({
    ko: `해결 뒤 발견: ${f.title}`,
    en: `found after the recovery: ${f.title}`,
  }),
  watchEnded: (f: { found: number; unseen: number }): Said => ({
    ko: `모니터링 강화가 끝났습니다. ${f.found === 0 ? "발견한 것이 없습니다" : `발견 ${f.found}건`}${f.unseen === 0 ? "" : `. 메트릭 ${f.unseen}개는 측정값이 끊겨 볼 수 없었습니다`}`,
    en: `watching harder is over; it found ${f.found === 0 ? "nothing" : String(f.found)}${f.unseen === 0 ? "" : `; ${f.unseen} series had fallen silent and could not be seen`}`,
  }),
  resolved: (f: { because: string }): Said =>
    f.because === "by-person"
      ? { ko: "해결했습니다", en: "resolved it" }
      : { ko: "모든 경보가 복구되어 해결되었습니다", en: "all alerts cleared: resolved" },
  reopened: (f: { because: string }): Said =>
    f.because === "by-person"
      ? { ko: "다시 열었습니다", en: "reopened it" }
      : { ko: "같은 조건이 다시 발생해 다시 열렸습니다", en: "it fired again: reopened" },
  closed: (): Said => ({ ko: "종결했습니다", en: "closed it" }),
  room: (): Said => ({ ko: "채널방", en: "the room" }),
} as const;

/** The plan's steps by the rule that makes them. */
export const STEP_KINDS: Readonly<Record<string, Said>> = {
  first: { ko: "첫 호출", en: "first page" },
  reminder: { ko: "재호출", en: "reminder" },
  overdue: { ko: "대응시간 초과, 상위 호출", en: "overdue, next level" },
  level: { ko: "상위 단계 호출", en: "next level" },
  "repeat-at-top": { ko: "최상위 반복 호출", en: "repeat at the top" },
  stalled: { ko: "진행 기록 없음, 담당자 호출", en: "no word for a while" },
  "handed-over": { ko: "인계 호출", en: "hand-over" },
  informed: { ko: "초기 접수팀 공유", en: "initial intake informed" },
  resolved: { ko: "해결 알림", en: "told that it is over" },
};

/** Why an incident pages for itself again. */
function resumed(because: string, number: number): Said {
  const name = `INC-${number}`;
  switch (because) {
    case "not-paged":
      return { ko: `${name}의 호출이 멈춰 있습니다`, en: `nobody is being paged for ${name} now` };
    case "cause-over":
      return {
        ko: `${name}에 있던 원인이 해소된 뒤에도 이어집니다`,
        en: `the cause within ${name} is over and this one goes on`,
      };
    case "less-severe":
      return { ko: `${name}보다 심각합니다`, en: `it is more severe than ${name}` };
    case "not-its-cause":
      return {
        ko: `${withJosa(name, "으로/로")} 설명되지 않는 경보가 있습니다`,
        en: `it has alerts that ${name} does not account for`,
      };
    default:
      return { ko: `${withJosa(name, "이/가")} 끝난 뒤에도 이어집니다`, en: `${name} is over and this one goes on` };
  }
}

const GRADE_BECAUSE: Readonly<Record<string, Said>> = {
  "source-severity": { ko: "신호의 심각도", en: "the signal's severity" },
  "service-rule": { ko: "서비스 설정", en: "the service's rule" },
  "unknown-severity": { ko: "심각도를 알 수 없어 엄격한 쪽", en: "the stricter side, the severity being unknown" },
  person: { ko: "담당자 판단", en: "a person" },
  criteria: { ko: "정책의 등급 기준 체크", en: "the policy's criteria" },
  unrenderable: { ko: "해석할 수 없는 경보", en: "an alert that cannot be read" },
};

const SKIPPED: Readonly<Record<string, Said>> = {
  "nobody-on-duty": { ko: "당번 없음", en: "nobody on duty" },
  "no-such-recipient": { ko: "명부에 없는 대상", en: "not in the roster" },
  "no-contact": { ko: "연락처 없음", en: "no contact" },
  "no-driver": { ko: "이 버전에 없는 채널", en: "no driver in this version" },
  "not-configured": { ko: "채널 설정 없음", en: "the channel is not set up" },
  "already-reached": { ko: "이미 호출됨", en: "reached already" },
  superseded: { ko: "더 나중 단계가 대신함", en: "a later step stands for it" },
  "supposed-dead": { ko: "닿지 않는다고 가정함", en: "supposed to be out of reach" },
};

const CHANNELS: Readonly<Record<string, Said>> = {
  phone: { ko: "전화", en: "phone" },
  sms: { ko: "SMS", en: "SMS" },
  email: { ko: "이메일", en: "email" },
  slack: { ko: "Slack", en: "Slack" },
  webhook: { ko: "웹훅", en: "webhook" },
  console: { ko: "콘솔", en: "console" },
  push: { ko: "푸시", en: "push" },
};

export function channelName(kind: string): Said {
  return CHANNELS[kind] ?? { ko: kind, en: kind };
}

function clauseText(f: { clause: string; line: number }): Said {
  if (f.line === 0) return { ko: "", en: "" };
  return { ko: ` — 정책 ${f.line}행: ${f.clause}`, en: ` — policy line ${f.line}: ${f.clause}` };
}
