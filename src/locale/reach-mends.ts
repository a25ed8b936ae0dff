import { settingsText } from "./proof.ts";
import type { Said } from "./said.ts";

/** Roster text that mends a gap in reach: a fragment as `bongsu apply` reads it. */
export const reachMend = {
  hours: (f: { rotation: string; ko: readonly string[]; en: readonly string[] }): Said => ({
    ko: `교대:\n  ${f.rotation}:\n    근무 시간: [${f.ko.map(quoted).join(", ")}]`,
    en: `rotations:\n  ${f.rotation}:\n    hours: [${f.en.map(quoted).join(", ")}]`,
  }),
  holidays: (f: { rotation: string }): Said => ({
    ko: `교대:\n  ${f.rotation}:\n    휴일에는: 평소대로`,
    en: `rotations:\n  ${f.rotation}:\n    on holidays: as usual`,
  }),
  endless: (f: { rotation: string; end: string }): Said => ({
    ko: `교대:\n  ${f.rotation}:\n    종료: ${f.end}   # 또는 이 줄을 지우십시오`,
    en: `rotations:\n  ${f.rotation}:\n    end: ${f.end}   # or remove this line`,
  }),
  earlier: (f: { rotation: string; start: string }): Said => ({
    ko: `교대:\n  ${f.rotation}:\n    시작: ${f.start}`,
    en: `rotations:\n  ${f.rotation}:\n    start: ${f.start}`,
  }),
  participants: (f: { rotation: string; participants: readonly (readonly string[])[] }): Said => ({
    ko: `교대:\n  ${f.rotation}:\n    참여자: [${turnsText(f.participants)}]`,
    en: `rotations:\n  ${f.rotation}:\n    participants: [${turnsText(f.participants)}]`,
  }),
  rotation: (f: { team: string; participants: readonly string[]; start: string; zone: string }): Said => ({
    ko: `교대:\n  ${f.team} 상시:\n    참여자: [${f.participants.join(", ")}]\n    교대 주기: 1주\n    시작: ${f.start}\n    시간대: ${f.zone}\n# 팀의 '교대' 목록에도 넣으십시오.`,
    en: `rotations:\n  ${f.team} always:\n    participants: [${f.participants.join(", ")}]\n    turn: 1 week\n    start: ${f.start}\n    zone: ${f.zone}\n# And name it among the team's rotations.`,
  }),
  members: (f: { team: string; person: string }): Said => ({
    ko: `팀:\n  ${f.team}:\n    구성원:\n      운영자: [${f.person}]`,
    en: `teams:\n  ${f.team}:\n    members:\n      operator: [${f.person}]`,
  }),
  contact: (f: { person: string; channel: string }): Said => ({
    ko: `사람:\n  ${f.person}:\n    연락처: { ${f.channel}: … }`,
    en: `people:\n  ${f.person}:\n    contacts: { ${f.channel}: … }`,
  }),
  channel: (f: { channel: string }): Said => ({
    ko: `채널:\n  ${f.channel}: ${settingsText(f.channel)}`,
    en: `channels:\n  ${f.channel}: ${settingsText(f.channel)}`,
  }),
  title: (f: { person: string; title: string }): Said => ({
    ko: `사람:\n  ${f.person}:\n    직책: ${f.title}`,
    en: `people:\n  ${f.person}:\n    title: ${f.title}`,
  }),
} as const;

function turnsText(participants: readonly (readonly string[])[]): string {
  return participants.map((turn) => (turn.length === 1 ? turn[0] : `[${turn.join(", ")}]`)).join(", ");
}

function quoted(text: string): string {
  return `"${text}"`;
}
