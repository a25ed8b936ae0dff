import type { Instant } from "../time/instant.ts";
import { withJosa } from "./josa.ts";
import { timeText } from "./page.ts";
import type { Said } from "./said.ts";

type Words = { readonly message: Said; readonly why: Said; readonly mend: Said };
type At = { readonly at: Instant; readonly zone: string };

const when = ({ at, zone }: At, locale: "ko" | "en"): string => timeText(at, zone, locale);

/** What `bongsu check` says of rotations, of exceptions from them, and of what will end them. */
export const rotationSaid = {
  inNoTeam: (f: { rotation: string }): Words => ({
    message: {
      ko: `교대 ${withJosa(`'${f.rotation}'`, "이/가")} 어느 팀에도 없습니다.`,
      en: `The rotation '${f.rotation}' is in no team.`,
    },
    why: {
      ko: "차례가 돌아가도 아무도 호출되지 않습니다. 호출은 팀의 당번에게 갑니다.",
      en: "Its turns go round and nobody is paged for it: pages go to who is on duty in a team.",
    },
    mend: { ko: `팀:\n  …:\n    교대: ["${f.rotation}"]`, en: `teams:\n  …:\n    rotations: ["${f.rotation}"]` },
  }),
  outsideTeam: (f: {
    rotation: string;
    teams: readonly string[];
    people: readonly string[];
    ids: readonly string[];
  }): Words => ({
    message: {
      ko: `교대 '${f.rotation}'의 ${withJosa(f.people.join(", "), "이/가")} ${f.teams.join(", ")} 구성원이 아닙니다.`,
      en: `${f.people.join(", ")} of the rotation '${f.rotation}' ${f.people.length === 1 ? "is" : "are"} no member of ${f.teams.join(", ")}.`,
    },
    why: {
      ko: "차례가 오면 호출되지만, 정책이 약속한 인원에는 들어가지 않습니다. 팀을 떠난 사람이 교대에 남은 것일 수 있습니다.",
      en: "They are paged in their turn but do not count for the staffing that the policy promises; perhaps they left the team and stayed in the rotation.",
    },
    mend: {
      ko: `팀:\n  ${f.teams[0]}:\n    구성원:\n      운영자: [${f.ids.join(", ")}]`,
      en: `teams:\n  ${f.teams[0]}:\n    members:\n      operator: [${f.ids.join(", ")}]`,
    },
  }),
  unreachable: (f: { rotation: string; person: string; id: string }): Words => ({
    message: {
      ko: `교대 '${f.rotation}'의 ${f.person}에게 닿을 수 있는 채널이 하나도 없습니다.`,
      en: `${f.person} of the rotation '${f.rotation}' cannot be reached through any channel.`,
    },
    why: {
      ko: "이 사람의 차례에는 당번이 있어 보이지만 아무도 받지 못합니다.",
      en: "In their turn somebody seems to be on duty, and nobody can be called.",
    },
    mend: {
      ko: `사람:\n  ${f.id}:\n    연락처: { email: …, slack: U…, phone: 010-… }   # 설정된 채널의 주소`,
      en: `people:\n  ${f.id}:\n    contacts: { email: …, slack: U…, phone: +82… }   # for a channel that is set up`,
    },
  }),
  overrideIdle: (f: { rotation: string; person: string } & At): Words => ({
    message: {
      ko: `교대 '${f.rotation}'에서 ${when(f, "ko")}부터 ${withJosa(f.person, "이/가")} 서는 대체 근무는 아무것도 바꾸지 않습니다.`,
      en: `The override of the rotation '${f.rotation}' by ${f.person} from ${when(f, "en")} changes nothing.`,
    },
    why: {
      ko: "대신 서기로 한 사람과 당번표가 다르게 알고 있을 수 있습니다. 교대가 바뀌어 그 시간이 비었거나 이미 본인 차례입니다.",
      en: "What was agreed and what the schedule does may differ: the rotation has changed since, or it is their own turn anyway.",
    },
    mend: {
      ko: `# 당번표에서 이 대체 근무의 시간을 고치거나 지우십시오.\n교대:\n  "${f.rotation}":\n    대체 근무: []`,
      en: `# In the schedule, change the time of this override or remove it.\nrotations:\n  "${f.rotation}":\n    overrides: []`,
    },
  }),
  noStandIn: (f: { rotation: string; person: string } & At): Words => ({
    message: {
      ko: `${f.person}의 휴가에 교대 ${withJosa(`'${f.rotation}'`, "을/를")} 대신 설 사람이 없습니다: ${when(f, "ko")}부터 당번이 빕니다.`,
      en: `Nobody can stand in for ${f.person} in the rotation '${f.rotation}': from ${when(f, "en")} nobody is on duty.`,
    },
    why: {
      ko: "휴가인 사람은 차례에서 빠지고, 교대의 다른 사람도 모두 자리에 없습니다.",
      en: "Who is away takes no turn, and everybody else of the rotation is away as well.",
    },
    mend: {
      ko: `교대:\n  "${f.rotation}":\n    대체 근무:\n      - { 담당자: …, 부터: …, 까지: … }`,
      en: `rotations:\n  "${f.rotation}":\n    overrides:\n      - { person: …, from: …, to: … }`,
    },
  }),
  endsSoon: (f: { rotation: string; team: string } & At): Words => ({
    message: {
      ko: `교대 ${withJosa(`'${f.rotation}'`, "이/가")} ${when(f, "ko")}에 끝나고, 그 뒤로 ${f.team}에 당번이 없습니다.`,
      en: `The rotation '${f.rotation}' ends at ${when(f, "en")}, and after it nobody is on duty in ${f.team}.`,
    },
    why: {
      ko: "끝나는 날은 조용히 옵니다. 그 밤의 장애가 처음으로 알게 합니다.",
      en: "The day comes silently; the incident of that night is the first to notice.",
    },
    mend: {
      ko: `# 종료를 미루거나 다음 교대를 팀에 넣으십시오.\n교대:\n  "다음 ${f.rotation}":\n    참여자: [...]\n    시작: ${localText(f)}`,
      en: `# Put the end off, or put the next rotation into the team.\nrotations:\n  "next ${f.rotation}":\n    participants: [...]\n    start: ${localText(f)}`,
    },
  }),
  isOver: (f: { rotation: string } & At): Words => ({
    message: {
      ko: `교대 ${withJosa(`'${f.rotation}'`, "은/는")} ${when(f, "ko")}에 끝났습니다.`,
      en: `The rotation '${f.rotation}' was over at ${when(f, "en")}.`,
    },
    why: {
      ko: "팀에 남아 있어도 아무도 당번이 아닙니다. 계속 쓰려던 것이라면 종료를 고치고, 아니면 빼십시오.",
      en: "It is still in its team, and nobody is on duty by it. Put off its end if it was to go on, or remove it.",
    },
    mend: {
      ko: `교대:\n  "${f.rotation}":\n    참여자: [...]\n    시작: ${localText(f)}   # '종료' 없이`,
      en: `rotations:\n  "${f.rotation}":\n    participants: [...]\n    start: ${localText(f)}   # without 'end'`,
    },
  }),
  holidaysUnknown: (f: { rotation: string; zone: string; until: string | undefined }): Words => ({
    message:
      f.until === undefined
        ? {
            ko: `교대 ${withJosa(`'${f.rotation}'`, "은/는")} 휴일을 따르는데, ${f.zone}의 공휴일을 Bongsu가 모릅니다.`,
            en: `The rotation '${f.rotation}' follows holidays, and Bongsu knows none of ${f.zone}.`,
          }
        : {
            ko: `교대 ${withJosa(`'${f.rotation}'`, "은/는")} 휴일을 따르는데, 공휴일은 ${f.until}까지만 알려져 있습니다.`,
            en: `The rotation '${f.rotation}' follows holidays, and public holidays are known until ${f.until} only.`,
          },
    why: {
      ko: "모르는 휴일은 평일로 셉니다. 그날의 당번이 실제와 다릅니다.",
      en: "A holiday that is not known counts as a working day, with other people on duty than was meant.",
    },
    mend: {
      ko: `# 새 공휴일이 정해지면 Bongsu의 새 버전에 담깁니다. 그 전에는 직접 적으십시오.\n휴일:\n  ${yearAfter(f.until)}-01-01: 새해 첫날`,
      en: `# New public holidays come with new versions of Bongsu. Until then, write them yourself.\nholidays:\n  ${yearAfter(f.until)}-01-01: New Year's Day`,
    },
  }),
  zonesDiffer: (f: { team: string; zones: readonly string[] }): Words => ({
    message: {
      ko: `${f.team}의 교대들이 서로 다른 시간대를 씁니다: ${f.zones.join(", ")}.`,
      en: `The rotations of ${f.team} are in different zones: ${f.zones.join(", ")}.`,
    },
    why: {
      ko: "일부러 그런 것이면 괜찮습니다. 아니라면 서머타임이 바뀌는 날 교대 사이가 비거나 겹칩니다.",
      en: "Fine where it is meant. Where it is not, the day on which clocks change leaves a hole or an overlap between them.",
    },
    mend: {
      ko: `교대:\n  …:\n    시간대: ${f.zones[0]}`,
      en: `rotations:\n  …:\n    zone: ${f.zones[0]}`,
    },
  }),
} as const;

function localText({ at, zone }: At): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return zoned.toPlainDateTime().toString({ smallestUnit: "minute" });
}

function yearAfter(until: string | undefined): string {
  return until === undefined ? "2027" : String(Number(until.slice(0, 4)) + 1);
}
