import { withJosa } from "./josa.ts";
import type { Said } from "./said.ts";

/** What is said of a pasted table of people, row by row. */
export const peopleTableSaid = {
  unknownColumn: (f: { column: string }): Said => ({
    ko: `모르는 열이라 읽지 않았습니다: ${f.column}`,
    en: `This column is not known and was not read: ${f.column}`,
  }),
  noName: (): Said => ({ ko: "이름이 없습니다.", en: "There is no name." }),
  noContact: (f: { name: string }): Said => ({
    ko: `${f.name} 님의 연락처가 없습니다. 호출할 수 없습니다.`,
    en: `${f.name} has no contact and cannot be paged.`,
  }),
  badEmail: (f: { text: string }): Said => ({
    ko: `메일 주소로 쓸 수 없습니다: ${f.text}`,
    en: `Not an e-mail address: ${f.text}`,
  }),
  notASlackId: (f: { text: string }): Said => ({
    ko: `Slack 사용자 아이디가 아닌 것 같습니다(U로 시작). 이름을 적으면 멘션되지 않습니다: ${f.text}`,
    en: `This does not look like a Slack user id (it begins with U); a name is not mentioned: ${f.text}`,
  }),
  phone: {
    company: (f: { text: string }): Said => ({
      ko: `대표번호는 휴대전화가 아니어서 담당자를 호출할 수 없습니다: ${f.text}`,
      en: `A company number is no mobile phone and reaches no person: ${f.text}`,
    }),
    emergency: (f: { text: string }): Said => ({
      ko: `긴급·특수번호는 연락처로 쓸 수 없습니다: ${f.text}`,
      en: `An emergency or service number cannot be a contact: ${f.text}`,
    }),
    unreadable: (f: { text: string }): Said => ({
      ko: `전화번호로 쓸 수 없습니다: ${f.text} (예: 010-1234-5678)`,
      en: `Not a number that can be called: ${f.text} (such as 010-1234-5678)`,
    }),
    "old-mobile": (f: { text: string }): Said => ({
      ko: `2G 번호입니다. 서비스가 끝난 번호인지 확인하십시오: ${f.text}`,
      en: `A 2G number, whose network is gone; check that it still works: ${f.text}`,
    }),
  },
  twice: (f: { name: string; line: number }): Said => ({
    ko: `${f.line}행과 같은 사람입니다: ${f.name}`,
    en: `The same person as in line ${f.line}: ${f.name}`,
  }),
  managed: (f: { name: string; file: string }): Said => ({
    ko: `${withJosa(f.name, "은/는")} ${f.file} 파일이 관리합니다. 파일을 고쳐 적용하십시오.`,
    en: `${f.name} is managed by the file ${f.file}; change the file and apply it.`,
  }),
  newTeam: (f: { team: string }): Said => ({
    ko: `정책에 없는 팀입니다: ${f.team}`,
    en: `The policy knows no team of this name: ${f.team}`,
  }),
  noTeam: (f: { name: string }): Said => ({
    ko: `${f.name} 님의 팀이 없습니다. 당번이 되지 않습니다.`,
    en: `${f.name} is in no team and never on duty.`,
  }),
} as const;
