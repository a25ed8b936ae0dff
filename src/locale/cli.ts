import type { Said } from "./said.ts";

/** What the command line says. */
export const cliSaid = {
  overview: (): Said => ({
    ko: "봉수: 이미 가지고 있는 장애 대응 정책 문서가 그대로 실행됩니다.\n\n  bongsu <명령> [옵션]",
    en: "Bongsu: the incident policy you already have is the program that runs.\n\n  bongsu <command> [options]",
  }),
  overviewMore: (): Said => ({
    ko: "각 명령의 쓰는 법: bongsu <명령> --help. 모든 명령은 --json 을 받습니다.",
    en: "How each is used: bongsu <command> --help. Every command takes --json.",
  }),
  options: (): Said => ({ ko: "옵션", en: "Options" }),
  listening: (f: { url: string; data: string }): Said => ({
    ko: `봉수가 ${f.url} 에서 신호를 기다립니다. 데이터: ${f.data}
  정책 점검:       bin/bongsu check policies/example-policy.ko.md --roster policies/example-roster.yaml
  토큰 만들기:     bin/bongsu token create --scopes ingest
  시험 장애 열기:  bin/bongsu page "시험" --service 시험 --grade Minor`,
    en: `Bongsu listens for signals at ${f.url}. Data: ${f.data}
  check the policy:     bin/bongsu check policies/example-policy.ko.md --roster policies/example-roster.yaml
  make a token:         bin/bongsu token create --scopes ingest
  open a test incident: bin/bongsu page "test" --service test --grade Minor`,
  }),
  setUp: (f: { link: string }): Said => ({
    ko: `  첫 관리자 만들기: ${f.link}
                   (한 번만 쓸 수 있습니다. 다시 시작하면 새 링크가 나옵니다.)`,
    en: `  make the first administrator: ${f.link}
                        (works once; the next start prints a new one)`,
  }),
  userInvited: (f: { login: string; link: string; expires: string }): Said => ({
    ko: `${f.login}: 이 링크를 본인에게 전하십시오. 한 번만, ${f.expires}까지 쓸 수 있습니다.\n${f.link}`,
    en: `${f.login}: give this link to its owner. It works once, until ${f.expires}.\n${f.link}`,
  }),
  userDisabled: (f: { login: string }): Said => ({
    ko: `${f.login} 계정을 중지하고 모든 세션을 끝냈습니다.`,
    en: `${f.login} is disabled and signed out everywhere.`,
  }),
  userColumns: (): Said => ({
    ko: "아이디|이름|역할|상태|담당자|마지막 로그인",
    en: "login|name|role|state|person|last signed in",
  }),
  playing: (): Said => ({
    ko: "데모를 준비합니다. 지어낸 회사의 3주를 다시 살아 봅니다(10초 안팎).",
    en: "Preparing the demo: three weeks of an invented company are lived through (some 10 seconds).",
  }),
  demoListening: (f: { url: string; login: string; password: string; data: string }): Said => ({
    ko: `봉수 데모가 ${f.url} 에서 돌고 있습니다. 사람과 기록은 모두 지어낸 것이고, 아무것도 이 컴퓨터 밖으로 보내지 않습니다.
  로그인:   ${f.login}
  비밀번호: ${f.password}
  데이터:   ${f.data} (데모를 시작할 때마다 새로 만듭니다)`,
    en: `The Bongsu demo runs at ${f.url}. Everybody and everything in it is invented, and nothing leaves this machine.
  sign in as: ${f.login}
  password:   ${f.password}
  data:       ${f.data} (made anew each time the demo starts)`,
  }),
  policyKept: (f: { file: string }): Said => ({
    ko: `${f.file} 에 오류가 있어 적용하지 않았습니다. 지금 정책을 그대로 씁니다.`,
    en: `${f.file} has errors and was not put in force; the running policy stays.`,
  }),
  policyNewer: (f: { file: string; id: string; by: string; at: string }): Said => ({
    ko: `${f.file} 은(는) 지난번에 읽은 뒤로 바뀌지 않았습니다. ${f.by}님이 ${f.at}에 적용한 정책 ${f.id}을(를) 그대로 씁니다.`,
    en: `${f.file} has not changed since it was last read; the policy ${f.id}, which ${f.by} put in force at ${f.at}, stays.`,
  }),
  unknownCommand: (f: { command: string }): Said => ({
    ko: `모르는 명령입니다: ${f.command}. 'bongsu --help'를 보십시오.`,
    en: `Unknown command: ${f.command}. See 'bongsu --help'.`,
  }),
  opened: (f: { number: number; grade: string }): Said => ({
    ko: `INC-${f.number} (${f.grade}) 장애를 열었습니다. 진행: bongsu incident timeline ${f.number}`,
    en: `INC-${f.number} (${f.grade}) is open. Follow it: bongsu incident timeline ${f.number}`,
  }),
  acted: (f: { number: number; state: string }): Said => ({
    ko: `INC-${f.number}: ${f.state}`,
    en: `INC-${f.number}: ${f.state}`,
  }),
  states: (): Readonly<Record<string, Said>> => ({
    triggered: { ko: "미확인", en: "triggered" },
    acknowledged: { ko: "확인됨", en: "acknowledged" },
    resolved: { ko: "해결됨", en: "resolved" },
    closed: { ko: "종결", en: "closed" },
  }),
  noIncidents: (): Said => ({ ko: "해당하는 장애가 없습니다.", en: "There are no such incidents." }),
  incidentColumns: (): Said => ({ ko: "번호|등급|상태|발생|내용", en: "number|grade|state|since|what" }),
  since: (f: { at: string }): Said => ({ ko: `발생: ${f.at}`, en: `since ${f.at}` }),
  heldBy: (f: { who: string }): Said => ({ ko: `담당: ${f.who}`, en: `held by ${f.who}` }),
  next: (): Said => ({ ko: "다음에 일어날 일", en: "What happens next" }),
  nothingNext: (): Said => ({ ko: "앞으로 예정된 단계가 없습니다.", en: "No step is to come." }),
  inTime: (f: { left: string }): Said => ({ ko: `${f.left} 뒤`, en: `in ${f.left}` }),
  now: (): Said => ({ ko: "지금", en: "now" }),
  nobodyOnDuty: (): Said => ({ ko: "당번 없음", en: "nobody" }),
  always: (): Said => ({ ko: "항상", en: "always" }),
  shadow: (): Said => ({ ko: "[참관]", en: "[shadow]" }),
  insteadOf: (f: { names: string }): Said => ({ ko: `[${f.names} 대신]`, en: `[for ${f.names}]` }),
  requestMade: (f: { id: string; told: number }): Said => ({
    ko: `${f.id}: 부탁했습니다. ${f.told === 0 ? "조용히 알릴 연락처가 없어 아무에게도 알리지 못했습니다." : `${f.told}명에게 알립니다.`}`,
    en: `${f.id}: asked. ${f.told === 0 ? "Nobody has a quiet contact, so nobody is told." : `${f.told} told.`}`,
  }),
  requestStates: (): Readonly<Record<string, Said>> => ({
    asked: { ko: "답을 기다림", en: "asked" },
    accepted: { ko: "맡음", en: "accepted" },
    declined: { ko: "거절함", en: "declined" },
    withdrawn: { ko: "거둠", en: "withdrawn" },
    expired: { ko: "답 없이 끝남", en: "unanswered" },
  }),
  calendarImported: (f: { id: string; entries: number }): Said => ({
    ko: `${f.id}: 달력을 가져왔습니다. 일정 ${f.entries}개.`,
    en: `${f.id}: imported, ${f.entries} entries.`,
  }),
  noCalendars: (): Said => ({ ko: "가져온 달력이 없습니다.", en: "No calendar is imported." }),
  noRequests: (): Said => ({ ko: "부탁이 없습니다.", en: "There are no requests." }),
  untilTime: (f: { at: string }): Said => ({ ko: `${f.at}까지`, en: `until ${f.at}` }),
  managedElsewhere: (f: { what: string; by: string }): Said => ({
    ko: `! ${f.what}: 다른 파일(${f.by})이 관리합니다. 그 파일에서 고치십시오.`,
    en: `! ${f.what}: managed by another file (${f.by}); change it there.`,
  }),
  applied: (f: { create: number; update: number; remove: number; unchanged: number; done: boolean }): Said => ({
    ko: `${f.done ? "적용했습니다" : "적용하지 않았습니다(계획)"}: 추가 ${f.create}, 변경 ${f.update}, 삭제 ${f.remove}, 그대로 ${f.unchanged}`,
    en: `${f.done ? "Applied" : "Not applied (plan)"}: ${f.create} to add, ${f.update} to change, ${f.remove} to remove, ${f.unchanged} unchanged`,
  }),
  backedUp: (f: { file: string; rows: number }): Said => ({
    ko: `${f.file} 에 ${f.rows}행을 백업했습니다.`,
    en: `Backed up ${f.rows} rows to ${f.file}.`,
  }),
  restored: (f: { file: string; rows: number; waiting: number }): Said => ({
    ko: `${f.file} 에서 ${f.rows}행을 되돌렸습니다.${f.waiting === 0 ? "" : ` 백업 당시 열려 있던 장애 ${f.waiting}건의 다음 호출은 10분 뒤로 미뤘습니다. 서버를 시작하고 그 안에 'bongsu incident list'로 확인하십시오.`}`,
    en: `Restored ${f.rows} rows from ${f.file}.${f.waiting === 0 ? "" : ` The next step of ${f.waiting} incidents that were open then waits for 10 minutes: start the server and look at 'bongsu incident list' meanwhile.`}`,
  }),
  revokedAt: (f: { at: string }): Said => ({ ko: `폐기 ${f.at}`, en: `revoked ${f.at}` }),
  lastUsed: (f: { at: string }): Said => ({ ko: `마지막 사용 ${f.at}`, en: `last used ${f.at}` }),
  revoked: (f: { id: string }): Said => ({ ko: `${f.id} 토큰을 폐기했습니다.`, en: `Token ${f.id} is revoked.` }),
  simulated: (f: { grade: string; at: string }): Said => ({
    ko: `${f.grade} 장애가 ${f.at}에 발생하고 아무도 확인하지 않으면:`,
    en: `If a ${f.grade} incident happens at ${f.at} and nobody acknowledges it:`,
  }),
  simulatedFor: (f: { name: string; duty: boolean }): Said => ({
    ko: f.duty ? `${f.name} 님이 당번이라면 이렇게 깨웁니다.` : `명부대로라면 ${f.name} 님을 이렇게 깨웁니다.`,
    en: f.duty ? `${f.name} is woken like this, if on duty.` : `${f.name} is woken like this as the roster stands.`,
  }),
  neverCalled: (): Said => ({ ko: "이 사람은 부르지 않습니다.", en: "This person is not called." }),
  line: (f: { line: number }): Said => ({ ko: `${f.line}행`, en: `line ${f.line}` }),
  why: (): Said => ({ ko: "새벽 3시에", en: "at 3 a.m." }),
  mend: (): Said => ({ ko: "고치는 글", en: "text that mends it" }),
  watchHead: (): Said => ({
    ko: "모니터링 항목을 지켜보는 기본 규칙:",
    en: "The rules by which the monitored items are watched:",
  }),
  defaultsHead: (): Said => ({
    ko: "문서에 없어 기본값을 쓴 항목",
    en: "Defaults applied where the document is silent",
  }),
  withoutRoster: (): Said => ({
    ko: "명부를 주면(--roster) 사람, 연락처, 인원도 대조합니다.",
    en: "With --roster, people, contacts and head counts are checked too.",
  }),
  checked: (f: { file: string; errors: number; warnings: number; clauses: number }): Said => ({
    ko: `${f.file}: 조항 ${f.clauses}개, 오류 ${f.errors}건, 경고 ${f.warnings}건`,
    en: `${f.file}: ${f.clauses} clauses, ${f.errors} errors, ${f.warnings} warnings`,
  }),
  serverAnswers: (): Said => ({ ko: "서버 응답", en: "the server answers" }),
  promisesHold: (): Said => ({ ko: "불변식 위반 없음", en: "no invariant is broken" }),
  notRun: (): Said => ({ ko: "아직", en: "not yet" }),
  ranAt: (f: { at: string }): Said => ({ ko: `${f.at}Z`, en: `${f.at}Z` }),
  allWell: (): Said => ({ ko: "모두 정상입니다.", en: "All is well." }),
  notWell: (): Said => ({ ko: "✗ 표시된 항목을 확인하십시오.", en: "Look at what is marked ✗." }),
} as const;
