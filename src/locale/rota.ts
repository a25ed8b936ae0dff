import { withJosa } from "./josa.ts";
import type { Said } from "./said.ts";

/** What is said of a question for a rota that cannot be read, and of its answer. */
export const rotaSaid = {
  badZone: (f: { text: string }): Said => ({
    ko: `시간대 '${f.text}'을(를) 알 수 없습니다. Asia/Seoul 같은 IANA 이름을 쓰십시오.`,
    en: `There is no zone '${f.text}'. Use an IANA name such as Asia/Seoul.`,
  }),
  badDate: (f: { text: string }): Said => ({
    ko: `날짜 '${f.text}'을(를) 읽을 수 없습니다. 2026-12-07처럼 쓰고, 기간은 시작이 끝보다 앞서야 합니다.`,
    en: `The date '${f.text}' cannot be read. Write it as 2026-12-07; a stretch begins before it ends.`,
  }),
  badTime: (f: { text: string }): Said => ({
    ko: `시각 '${f.text}'을(를) 읽을 수 없습니다. 08:00처럼 쓰십시오.`,
    en: `The time '${f.text}' cannot be read. Write it as 08:00.`,
  }),
  badNumber: (f: { text: string; min: number; max: number }): Said => ({
    ko: `${f.text}: ${f.min}부터 ${f.max}까지의 수를 쓰십시오.`,
    en: `${f.text}: give a number from ${f.min} to ${f.max}.`,
  }),
  badHours: (f: { text: string }): Said => ({
    ko: `근무 시간 '${f.text}'을(를) 읽을 수 없습니다. '월-금 09:00-18:00'처럼 쓰십시오.`,
    en: `The hours '${f.text}' cannot be read. Write them as 'mon-fri 09:00-18:00'.`,
  }),
  badShifts: (f: { text: string }): Said => ({
    ko: `근무 '${f.text}'을(를) 읽을 수 없습니다. 하루를 나누는 12h·8h·24h, 이어지는 1d·1w, 또는 '월-금 09:00-18:00' 같은 시간을 쓰십시오.`,
    en: `The shifts '${f.text}' cannot be read. Use 12h, 8h or 24h (they divide a day), 1d or 1w (they follow each other), or hours such as 'mon-fri 09:00-18:00'.`,
  }),
  noTeam: (f: { team: string; known: readonly string[] }): Said => ({
    ko: `'${f.team}' 팀이 명부에 없습니다. 있는 팀: ${f.known.join(", ")}`,
    en: `There is no team '${f.team}' in the roster. There are: ${f.known.join(", ")}`,
  }),
  noPerson: (f: { name: string }): Said => ({
    ko: `'${f.name}'은(는) 명부에 없습니다. 이름이나 id를 확인하십시오.`,
    en: `There is no '${f.name}' in the roster. Check the name or the id.`,
  }),
  severalPeople: (f: { name: string }): Said => ({
    ko: `'${f.name}'이(가) 여러 명입니다. id를 쓰십시오.`,
    en: `There are several people named '${f.name}'. Use the id.`,
  }),
  twice: (f: { name: string }): Said => ({
    ko: `'${f.name}'이(가) 두 번 나옵니다.`,
    en: `'${f.name}' is there twice.`,
  }),
  noPeople: (): Said => ({
    ko: "사람이 없습니다. 팀이나 이름, 또는 사람 수를 정하십시오.",
    en: "There is nobody. Name a team or people, or say how many.",
  }),
  noShifts: (): Said => ({
    ko: "이 기간에는 근무가 하나도 없습니다. 기간을 늘리거나 근무를 짧게 하십시오.",
    en: "There is no shift in this time. Make it longer, or the shifts shorter.",
  }),
  noWholeRound: (f: { weeks: number }): Said => ({
    ko: `되풀이하려면 ${f.weeks}주가 근무 길이로 나누어떨어져야 합니다.`,
    en: `To repeat, ${f.weeks} weeks have to be a whole number of shifts.`,
  }),
  tooLarge: (f: { people: number; shifts: number; max: number }): Said => ({
    ko: `${f.people}명 × 근무 ${f.shifts}개는 너무 큽니다(곱이 ${f.max}까지). 주 수를 줄이십시오.`,
    en: `${f.people} people × ${f.shifts} shifts is too much (at most ${f.max} together). Take fewer weeks.`,
  }),

  tooManyHours: (f: Heads & { hours: number; hoursEach: number; limit: number }): Said => ({
    ko: `${peopleKo(f)}으로 ${hoursOfWeekKo(f)} 한 사람에 주 ${number(f.hoursEach)}시간입니다. 상한은 ${number(f.limit)}시간입니다.`,
    en: `${peopleEn(f)} for ${number(f.hours)} h a week${f.perShift > 1 ? ` × ${f.perShift} on each shift` : ""} is ${number(f.hoursEach)} h a week each. The limit is ${number(f.limit)} h.`,
  }),
  tooManyShifts: (f: Heads & { shifts: number; shiftsEach: number; shiftHours: number; limit: number }): Said => ({
    ko: `${number(f.shiftHours)}시간 근무는 주 ${number(f.limit)}시간 안에서 한 사람이 ${f.shiftsEach}번까지입니다. ${f.heads}명이면 ${f.heads * f.shiftsEach}번인데 한 주에 적어도 ${f.shifts * f.perShift}자리가 있습니다.`,
    en: `Within ${number(f.limit)} h a week one person can take ${f.shiftsEach} shifts of ${number(f.shiftHours)} h. ${f.heads} people are ${f.heads * f.shiftsEach}, and a week has at least ${f.shifts * f.perShift} to fill.`,
  }),
  shiftTooLong: (f: { at: string; hours: number; limit: number }): Said => ({
    ko: `${f.at}에 시작하는 근무는 한 주에만 ${number(f.hours)}시간이어서 상한 ${number(f.limit)}시간을 혼자 넘습니다.`,
    en: `The shift from ${f.at} alone has ${number(f.hours)} h in one week, and the limit is ${number(f.limit)} h.`,
  }),
  tooClose: (f: Heads & { at: string; shifts: number; rest: number }): Said => ({
    ko: `${f.at}부터 이어지는 근무 ${f.shifts}개는 휴식 ${number(f.rest)}시간 때문에 모두 다른 사람이 서야 해서 ${f.shifts * f.perShift}명이 필요한데 ${f.heads}명입니다.`,
    en: `The ${f.shifts} shifts from ${f.at} on are so close that ${number(f.rest)} h of rest need other people on each: ${f.shifts * f.perShift}, and there are ${f.heads}.`,
  }),
  tooManyNights: (f: Heads & { nights: number; inRow: number }): Said => ({
    ko: `연속 야간 ${f.inRow}번 제한이면 이어지는 ${f.nights}일 밤에 ${f.heads}명이 설 수 있는 것은 ${f.heads * f.inRow}번인데 ${f.nights * f.perShift}번이 필요합니다.`,
    en: `With at most ${f.inRow} nights in a row, ${f.heads} people can take ${f.heads * f.inRow} of any ${f.nights} nights, and ${f.nights * f.perShift} are needed.`,
  }),
  tooFewThere: (f: { at: string; there: number; perShift: number }): Said => ({
    ko: `${f.at}에 시작하는 근무에는 ${f.perShift}명이 필요한데 휴가를 빼면 ${f.there}명입니다.`,
    en: `The shift from ${f.at} takes ${f.perShift}, and with leave ${f.there} are there.`,
  }),

  rule: (f: { rule: string }): Said => RULES[f.rule] ?? { ko: f.rule, en: f.rule },
  loosened: (f: { rule: string; gives: string }): Said => {
    const { ko, en } = RULES[f.rule] ?? { ko: f.rule, en: f.rule };
    switch (f.gives) {
      case "rota":
        return { ko: `${withJosa(ko, "을/를")} 풀면 편성할 수 있습니다.`, en: `Without ${en} there would be one.` };
      case "none":
        return { ko: `${withJosa(ko, "을/를")} 풀어도 없습니다.`, en: `Without ${en} there would still be none.` };
      default:
        return {
          ko: `${withJosa(ko, "을/를")} 풀면 되는지 시간 안에 알아내지 못했습니다.`,
          en: `Whether there would be one without ${en} was not found out in time.`,
        };
    }
  },
  weekHoursNeeded: (f: { hours: number; exact: boolean }): Said => ({
    ko: `나머지 조건을 그대로 두면 가장 긴 주가 ${number(f.hours)}시간${f.exact ? "이어야 합니다" : "이면 됩니다(더 짧을 수도 있습니다)"}.`,
    en: `With everything else as it is, the longest week ${f.exact ? "has to be" : "can be"} ${number(f.hours)} h${f.exact ? "" : " (perhaps less)"}.`,
  }),

  smallest: (f: { heads: number; fewer: string }): Said => {
    const ko = {
      solver: "솔버로 확인",
      argument: "계산으로 확인",
      both: "솔버와 계산으로 확인",
      unknown: "확인하지 못함",
    };
    const en = {
      solver: "shown by the solver",
      argument: "shown by arithmetic",
      both: "shown by the solver and by arithmetic",
      unknown: "not shown",
    };
    const how = f.fewer as keyof typeof ko;
    return {
      ko: `최소 ${f.heads}명입니다. ${f.heads}명이면 편성이 있고, ${f.heads - 1}명이면 없습니다(${ko[how]}).`,
      en: `It takes ${f.heads}: with ${f.heads} there is a rota, with ${f.heads - 1} there is none (${en[how]}).`,
    };
  },
  smallestMoreThan: (f: { heads: number }): Said => ({
    ko: `${f.heads}명으로도 편성이 없습니다. 사람 수의 문제가 아닙니다.`,
    en: `Not even ${f.heads} people are enough: it is not a matter of head count.`,
  }),
  smallestUnknown: (f: { heads: number }): Said => ({
    ko: `적어도 ${f.heads}명입니다. 몇 명이면 되는지는 시간 안에 알아내지 못했습니다.`,
    en: `It takes at least ${f.heads}. How many are enough was not found out in time.`,
  }),

  none: (): Said => ({ ko: "이 조건을 모두 지키는 편성은 없습니다.", en: "No rota keeps all of these limits." }),
  proofBoth: (): Said => ({
    ko: "솔버(HiGHS)가 해가 없음을 증명했고, 아래 계산으로도 확인됩니다.",
    en: "The solver (HiGHS) proved that there is none, and the arithmetic below shows it too.",
  }),
  proofSolver: (): Said => ({
    ko: "솔버(HiGHS)가 해가 없음을 증명했습니다. 한 줄로 보일 계산은 없고, 조건들이 함께 막습니다.",
    en: "The solver (HiGHS) proved that there is none. No single line shows it: the limits stand in the way together.",
  }),
  proofArgument: (): Said => ({
    ko: "솔버는 시간 안에 끝내지 못했지만, 아래 계산만으로 없음이 확인됩니다.",
    en: "The solver did not finish in time, but the arithmetic below shows it alone.",
  }),
  unknown: (f: { because: string; detail: string }): Said =>
    f.because === "time"
      ? {
          ko: "시간 안에 편성이 있는지 없는지 알아내지 못했습니다. 시간을 늘리거나 주 수를 줄이십시오.",
          en: "Whether there is one was not found out in time. Give it more time, or take fewer weeks.",
        }
      : {
          ko: `솔버가 답하지 못했습니다: ${f.detail}. 시간을 늘려도 같으면 로그와 함께 알려 주십시오.`,
          en: `The solver could not answer: ${f.detail}. If it stays so with more time, report it with the log.`,
        },
  found: (f: { people: number; shifts: number }): Said => ({
    ko: `${f.people}명이 근무 ${f.shifts}개를 모든 조건 안에서 맡는 편성입니다.`,
    en: `${f.people} people keep ${f.shifts} shifts within every limit.`,
  }),
  fairest: (): Said => ({ ko: "이보다 고른 편성은 없습니다.", en: "None is fairer." }),
  fairEnough: (): Said => ({
    ko: "시간 안에 찾은 가장 고른 편성입니다. 더 고른 편성이 없다고는 증명하지 못했습니다.",
    en: "The fairest that was found in time; that none is fairer was not proved.",
  }),
  spread: (f: { name: string; spread: number; least: number; withLeave: boolean }): Said => {
    const what = MEASURES[f.name] ?? { ko: f.name, en: f.name, unitKo: "", unitEn: "" };
    if (f.spread === 0) return { ko: `${what.ko}: 차이 없음`, en: `${what.en}: all the same` };
    const spread = Math.round(f.spread * 10) / 10;
    // With leave the shares that are due differ, and the difference is from these.
    const [ofKo, ofEn] = f.withLeave
      ? ["휴가를 뺀 몫에서 ", "from the shares that leave makes due"]
      : ["사람 사이 ", "between people"];
    const isLeast = f.spread <= f.least;
    return {
      ko: `${what.ko}: ${ofKo}차이 ${spread}${what.unitKo}${isLeast ? " (더 줄일 수 없음)" : ""}`,
      en: `${what.en}: ${spread}${what.unitEn} ${ofEn}${isLeast ? " (cannot be less)" : ""}`,
    };
  },
  wishesBroken: (f: { count: number }): Said => ({
    ko: `희망과 다른 근무 ${f.count}개`,
    en: `${f.count} shifts against a wish`,
  }),
  rotationName: (f: { team: string; from: string; shift: string }): Said => ({
    ko: `${f.team} 편성 ${f.from} ${f.shift}`,
    en: `${f.team} rota ${f.from} ${f.shift}`,
  }),
  columns: (): Said => ({
    ko: "담당자|근무|시간|가장 긴 주|야간|주말 시간|휴일",
    en: "person|shifts|hours|longest week|nights|weekend hours|holidays",
  }),
} as const;

type Heads = { readonly heads: number; readonly perShift: number };

const RULES: Readonly<Record<string, Said>> = {
  "week-hours": { ko: "주 근무 시간 상한", en: "the limit of week hours" },
  rest: { ko: "최소 휴식 시간", en: "the rest between shifts" },
  "nights-in-row": { ko: "연속 야간 제한", en: "the limit of nights in a row" },
  "days-in-row": { ko: "연속 근무일 제한", en: "the limit of days in a row" },
  "per-shift": { ko: "혼자 서지 않는 조건", en: "the rule that nobody is alone" },
  leave: { ko: "휴가", en: "the leave" },
};

const MEASURES: Readonly<Record<string, { ko: string; en: string; unitKo: string; unitEn: string }>> = {
  hours: { ko: "근무 시간", en: "hours", unitKo: "시간", unitEn: " h" },
  nights: { ko: "야간", en: "nights", unitKo: "번", unitEn: "" },
  weekend: { ko: "주말 시간", en: "weekend hours", unitKo: "시간", unitEn: " h" },
  holidays: { ko: "휴일 시간", en: "holiday hours", unitKo: "시간", unitEn: " h" },
};

function peopleKo({ heads }: Heads): string {
  return `${heads}명`;
}

function hoursOfWeekKo({ hours, perShift }: Heads & { readonly hours: number }): string {
  const aroundTheClock = hours === 168 ? "24시간 365일은" : `한 주 ${number(hours)}시간은`;
  return perShift > 1 ? `매번 ${perShift}명씩 ${aroundTheClock}` : aroundTheClock;
}

function peopleEn({ heads }: Heads): string {
  return heads === 1 ? "One person" : `${heads} people`;
}

/** A number without a tail of noughts. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100);
}
