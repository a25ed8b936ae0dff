import type { Said } from "./said.ts";

/** What is said of the load of duty. */
export const loadSaid = {
  payrollColumns: (f: { byShift: boolean }): Said => ({
    ko: `날짜|담당자 ID|이름|팀|${f.byShift ? "시작|끝|" : ""}대기(분)|야간 대기(분)|주말 대기(분)|휴일 대기(분)|휴일|호출(건)|야간 호출(건)|대응(분)|야간 대응(분)`,
    en: `date|person id|name|team|${f.byShift ? "from|to|" : ""}standby (min)|night standby (min)|weekend standby (min)|holiday standby (min)|holiday|pages|night pages|worked (min)|worked at night (min)`,
  }),
  weekOver: (f: { monday: string; hours: number }): Said => ({
    ko: `${f.monday} 주: 대기 ${f.hours}시간. 주 52시간을 넘습니다(대기를 모두 센 시간).`,
    en: `Week of ${f.monday}: ${f.hours} h on standby, more than 52 h (standby counted in full).`,
  }),
  restUnder: (f: { at: string; hours: number }): Said => ({
    ko: `${f.at} 근무 전 휴식이 ${f.hours}시간입니다(11시간 미만).`,
    en: `${f.hours} h of rest before the shift at ${f.at} (under 11 h).`,
  }),
  alone: (f: { team: string; hours: number; heads: number }): Said => ({
    ko: `${f.team}에서 ${f.hours}시간 동안 혼자 당번입니다(정책 구성은 ${f.heads}명).`,
    en: `Alone on duty in ${f.team} for ${f.hours} h (the policy states ${f.heads} people).`,
  }),
  columns: (): Said => ({
    ko: "담당자|대기(시간)|야간(시간)|야간(번)|주말(일)|휴일(일)|깨움|대응(시간)|가장 긴 근무|가장 짧은 휴식",
    en: "person|standby (h)|night (h)|nights|weekend days|holidays|woken|worked (h)|longest stretch|shortest rest",
  }),
  none: (): Said => ({
    ko: "이 기간에는 근무도 호출도 없습니다.",
    en: "There was neither duty nor a page in this time.",
  }),
  counted: (): Said => ({
    ko: "대기는 당번인 시간 전부, 야간은 22시–06시, 대응은 확인부터 해결까지입니다. 근로시간으로 인정되는지는 이 수로 정해지지 않습니다.",
    en: "Standby is all time on duty, night is 22–06, worked is from acknowledging to resolving. What counts as working time does not follow from these numbers.",
  }),
  withoutTurns: (f: { teams: readonly string[] }): Said => ({
    ko: `교대가 없어 늘 모두 당번인 팀은 대기에 넣지 않았습니다: ${f.teams.join(", ")}`,
    en: `Teams without turns, whose members are always on duty, are not counted as standby: ${f.teams.join(", ")}`,
  }),
} as const;
