import type { Said } from "./said.ts";

/** What the roster reader says of a file. */
export const rosterSaid = {
  unknownKey: (f: { key: string }): Said => ({ ko: `모르는 항목입니다: ${f.key}`, en: `Unknown key: ${f.key}` }),
  expectsOneOf: (f: { words: readonly string[]; nearest?: string | undefined }): Said => ({
    ko: `${f.nearest === undefined ? "" : `'${f.nearest}'을(를) 뜻하셨습니까? `}쓸 수 있는 항목: ${f.words.join(", ")}`,
    en: `${f.nearest === undefined ? "" : `did you mean '${f.nearest}'? `}one of: ${f.words.join(", ")}`,
  }),
  wrongShape: (f: { what: string }): Said => ({
    ko: `'${f.what}'의 형식이 다릅니다.`,
    en: `'${f.what}' has another form than expected.`,
  }),
  expects: (f: { ko: string; en: string }): Said => f,
  brokenYaml: (f: { message: string }): Said => ({
    ko: `YAML 문법 오류입니다: ${f.message}`,
    en: `The YAML is broken: ${f.message}`,
  }),
  missing: (f: { what: string; field: string }): Said => ({
    ko: `'${f.what}'에 '${f.field}'이(가) 없습니다.`,
    en: `'${f.what}' has no '${f.field}'.`,
  }),
  unknownPerson: (f: { name: string }): Said => ({
    ko: `명부에 없는 사람입니다: ${f.name}`,
    en: `No such person in the roster: ${f.name}`,
  }),
  noParticipants: (f: { name: string }): Said => ({
    ko: `교대 '${f.name}'에 참여자가 없습니다`,
    en: `The rotation '${f.name}' has no participants`,
  }),
  ambiguous: (f: { name: string }): Said => ({
    ko: `같은 이름이 둘 이상입니다. 아이디로 적으십시오: ${f.name}`,
    en: `Several people have this name; write the id: ${f.name}`,
  }),
  duplicate: (f: { what: string }): Said => ({ ko: `두 번 정의되었습니다: ${f.what}`, en: `Defined twice: ${f.what}` }),
  badPhone: (f: { text: string }): Said => ({
    ko: `전화번호로 쓸 수 없습니다: ${f.text}`,
    en: `Not a number that can be called: ${f.text}`,
  }),
  badZone: (f: { text: string }): Said => ({
    ko: `모르는 시간대입니다: ${f.text}`,
    en: `Unknown time zone: ${f.text}`,
  }),
  badTime: (f: { text: string }): Said => ({
    ko: `날짜와 시각으로 읽을 수 없습니다: ${f.text}`,
    en: `Not a date and time: ${f.text}`,
  }),
  badTurn: (f: { text: string }): Said => ({
    ko: `교대 주기로 읽을 수 없습니다: ${f.text}`,
    en: `Not a length of a turn: ${f.text}`,
  }),
  badNumber: (f: { text: string }): Said => ({
    ko: `쓸 수 없는 숫자입니다: ${f.text}`,
    en: `Not a number to use: ${f.text}`,
  }),
  badHours: (f: { text: string }): Said => ({
    ko: `근무 시간으로 읽을 수 없습니다: ${f.text}`,
    en: `Not hours of a day: ${f.text}`,
  }),
  badDate: (f: { text: string }): Said => ({ ko: `날짜로 읽을 수 없습니다: ${f.text}`, en: `Not a date: ${f.text}` }),
  holidaysAlone: (f: { text: string }): Said => ({
    ko: `휴일 단위 교대는 다른 길이와 섞을 수 없습니다: ${f.text}`,
    en: `Turns by the holiday cannot be mixed with other lengths: ${f.text}`,
  }),
  badEvery: (f: { text: string }): Said => ({
    ko: `수집 주기로 쓸 수 없습니다: ${f.text}`,
    en: `Not an interval to collect at: ${f.text}`,
  }),
  badName: (f: { text: string }): Said => ({
    ko: `이름으로 쓸 수 없습니다: ${f.text}`,
    en: `Not a name to use: ${f.text}`,
  }),
  badMonitor: (f: { text: string }): Said => ({
    ko: `모니터의 '${f.text.slice(0, 60)}'를 읽을 수 없습니다.`,
    en: `'${f.text.slice(0, 60)}' of a monitor cannot be read.`,
  }),
  badCron: (f: { text: string }): Said => ({
    ko: `크론 식이 아니거나 그런 때가 오지 않습니다: ${f.text}`,
    en: `Not a line of cron, or one whose time never comes: ${f.text}`,
  }),
  badLength: (f: { text: string }): Said => ({
    ko: `길이로 쓸 수 없습니다: ${f.text}`,
    en: `Not a length to use: ${f.text}`,
  }),
  unknownRotation: (f: { name: string }): Said => ({
    ko: `없는 교대입니다: ${f.name}`,
    en: `No such rotation: ${f.name}`,
  }),
} as const;
