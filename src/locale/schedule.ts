import { withJosa } from "./josa.ts";
import type { Locale, Said } from "./said.ts";

type RequestFacts = {
  readonly kind: "cover" | "swap";
  readonly from: string;
  /** Who is asked, or who answered; empty where everybody is asked. */
  readonly by: string;
  readonly part: Said;
  readonly give: Said | undefined;
  readonly note: string | undefined;
  readonly until: Said;
  readonly link: string;
};

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
  busy: (f: { name: string; rotation: string | undefined; from: string; to: string }): Said => ({
    ko: `${withJosa(f.name, "은/는")} ${f.from}부터 ${f.to}까지 ${f.rotation === undefined ? "휴가입니다" : `'${f.rotation}' 근무가 있습니다`}.`,
    en: `${f.name} ${f.rotation === undefined ? "is on leave" : `has a shift of '${f.rotation}'`} from ${f.from} to ${f.to}.`,
  }),
  busyWhy: (): Said => ({
    ko: "두 근무가 겹치면 한쪽 호출을 놓치기 쉽습니다.",
    en: "Who is on duty twice at once is likely to miss one of the two.",
  }),
  busyMend: (): Said => ({
    ko: "다른 사람에게 부탁하거나, 알고도 맡는다면 그대로 확인하십시오.",
    en: "Ask somebody else, or confirm it if you know of it.",
  }),
  importedGap: (f: { name: string }): Said => ({
    ko: `달력 '${f.name}'의 휴가 때문에 당번 없는 시간이 생겼습니다`,
    en: `The calendar '${f.name}' leaves a time with nobody on duty`,
  }),
  /** `'주간' 교대 2026. 1. 5.(월) 09:00 ~ …` */
  part: (f: { rotation: string; from: string; to: string }): Said => ({
    ko: `${f.rotation}, ${f.from} ~ ${f.to}`,
    en: `${f.rotation}, ${f.from} – ${f.to}`,
  }),
  noticeTitle: {
    asked: (f: RequestFacts): Said =>
      f.kind === "swap"
        ? { ko: `${f.from} 님이 근무를 바꾸자고 합니다`, en: `${f.from} asks to swap shifts` }
        : { ko: `${f.from} 님이 근무를 대신 부탁합니다`, en: `${f.from} asks for cover` },
    accepted: (f: RequestFacts): Said =>
      f.kind === "swap"
        ? { ko: `${f.by} 님이 근무를 바꿔 주기로 했습니다`, en: `${f.by} swaps shifts with you` }
        : { ko: `${f.by} 님이 근무를 대신 맡았습니다`, en: `${f.by} takes your shift` },
    declined: (f: RequestFacts): Said => ({
      ko: `${f.by} 님이 부탁을 거절했습니다`,
      en: `${f.by} declined your request`,
    }),
    withdrawn: (f: RequestFacts): Said => ({
      ko: `${f.from} 님이 근무 부탁을 거두었습니다`,
      en: `${f.from} withdrew the request`,
    }),
    expired: (): Said => ({
      ko: "아무도 답하지 않아 근무가 그대로입니다",
      en: "Nobody answered: the shift is still yours",
    }),
  },
  noticeText: (what: "asked" | "accepted" | "declined" | "withdrawn" | "expired", f: RequestFacts): Said => {
    const lines = (locale: Locale): string => {
      const ko = locale === "ko";
      const asked = what === "asked";
      return [
        f.give === undefined || !asked
          ? f.part[locale]
          : `${ko ? `${f.from} 님의 근무` : `Their shift`}: ${f.part[locale]}`,
        f.give === undefined
          ? ""
          : `${ko ? (asked ? "내 근무" : "바꿔 맡을 근무") : asked ? "Yours" : "In exchange"}: ${f.give[locale]}`,
        asked && f.note !== undefined ? `“${f.note}”` : "",
        asked ? (ko ? `${f.until.ko}까지 답할 수 있습니다.` : `It can be answered until ${f.until.en}.`) : "",
        f.link,
      ]
        .filter((line) => line !== "")
        .join("\n");
    };
    return { ko: lines("ko"), en: lines("en") };
  },
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
  "from-calendar": {
    ko: "가져온 달력의 일정입니다. 원래 달력에서 고치면 한 시간 안에 따라옵니다.",
    en: "It comes from an imported calendar. Change it there; it follows within the hour.",
  },
  "asks-oneself": { ko: "자기 자신에게는 부탁할 수 없습니다.", en: "Nobody can ask themselves." },
  "not-your-shift": {
    ko: "그 시간에 이 교대의 근무가 내 것이 아닙니다.",
    en: "You do not have that shift of this rotation, or not all of it.",
  },
  "already-asked": {
    ko: "이미 부탁했고 답을 기다리는 중입니다.",
    en: "You asked for that already; the answer is awaited.",
  },
  "nobody-to-ask": { ko: "이 교대에 부탁할 사람이 없습니다.", en: "There is nobody in this rotation to ask." },
  "same-time": {
    ko: "같은 교대의 같은 시간끼리는 바꿀 수 없습니다.",
    en: "The same time of one rotation cannot be swapped with itself.",
  },
  "swap-needs-both": {
    ko: "근무를 바꾸려면 누구의 어느 근무와 바꿀지 있어야 합니다.",
    en: "A swap needs the other person and the shift of theirs.",
  },
  "nobody-of-the-roster": {
    ko: "이 계정은 명부의 사람과 이어져 있지 않습니다. 관리자에게 계정을 이어 달라고 하십시오.",
    en: "This account is linked to nobody of the roster. Ask an administrator to link it.",
  },
  "already-answered": { ko: "이미 답이 나온 부탁입니다.", en: "That request has been answered already." },
  "not-asked": { ko: "나에게 온 부탁이 아닙니다.", en: "You were not asked." },
  "asked-of-all": {
    ko: "모두에게 한 부탁이라 거절할 것이 없습니다. 맡지 않으려면 그대로 두면 됩니다.",
    en: "Everybody was asked, so there is nothing to decline: leave it to the others.",
  },
  "not-yours-to-withdraw": { ko: "내가 한 부탁이 아닙니다.", en: "That is not a request of yours." },
  "changed-meanwhile": {
    ko: "그사이 근무표가 바뀌어 그 근무가 더는 그 사람 것이 아닙니다.",
    en: "The schedule was changed meanwhile: the shift is not theirs any more.",
  },
  "would-leave-gap": {
    ko: "그렇게 바꾸면 당번이 없는 시간이 생깁니다.",
    en: "That would leave a time with nobody on duty.",
  },
  "cannot-be-written": {
    ko: "파일이나 다른 대체 근무와 얽혀 있어 여기서 바꿀 수 없습니다. 근무표를 고칠 수 있는 사람에게 부탁하십시오.",
    en: "Other overrides stand in the way. Ask somebody who may edit the schedule.",
  },
  "instead-of-oneself": { ko: "자기 자신을 대신할 수는 없습니다.", en: "Nobody can stand in for themselves." },
};

export function scheduleRefusalSaid(because: string): Said {
  return REFUSALS[because] ?? { ko: because, en: because };
}

const IMPORT_FAILURES: Readonly<Record<string, Said>> = {
  "refused-address": {
    ko: "부를 수 없는 주소입니다. http나 https여야 하고, 사설망 주소는 설정 calendar_networks에 있어야 합니다.",
    en: "The address cannot be asked: it has to be http or https, and a private network has to be named in calendar_networks.",
  },
  "not-reached": { ko: "주소에 연결하지 못했습니다.", en: "The address could not be reached." },
  redirected: {
    ko: "주소가 다른 곳으로 넘깁니다. 마지막으로 도착하는 주소를 넣으십시오.",
    en: "The address redirects. Give the one that it ends at.",
  },
  refused: {
    ko: "서버가 달력을 주지 않았습니다. 주소가 아직 유효한지 확인하십시오.",
    en: "The server gave no calendar. Check that the address still works.",
  },
  "too-large": { ko: "달력이 4 MiB보다 큽니다.", en: "The calendar is larger than 4 MiB." },
  "not-a-calendar": {
    ko: "iCalendar(.ics)가 아닙니다. 달력의 '비공개 주소(iCal)'를 넣었는지 확인하십시오.",
    en: "That is no iCalendar (.ics). Check that it is the calendar's private address in iCal format.",
  },
  "takes-too-long": { ko: "반복 일정을 펼치는 데 너무 오래 걸립니다.", en: "Spreading its series takes too long." },
  "too-many-entries": { ko: "일정이 2,000개를 넘습니다.", en: "It has more than 2,000 entries." },
  "roster-refused": {
    ko: "명부에 다른 오류가 있어 가져오지 못했습니다. 명부를 먼저 고치십시오.",
    en: "The roster has other errors, so nothing was taken over. Mend the roster first.",
  },
  "no-network": { ko: "이 서버는 바깥에 묻지 않습니다.", en: "This server asks nothing outside." },
};

export function importFailureSaid(because: string): Said {
  return IMPORT_FAILURES[because] ?? { ko: because, en: because };
}
