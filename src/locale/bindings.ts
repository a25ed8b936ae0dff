import { durationText, timeText } from "./page.ts";
import type { Said } from "./said.ts";
import { channelName } from "./timeline.ts";

/** What the policy page says beside a line: who or what stands behind it today. */
export const bindingSaid = {
  deadline: (f: { within: number; repeat: number | null; reminders: readonly number[]; level: number }): Said => {
    const before = {
      ko:
        f.repeat === null
          ? f.reminders.map((part) => `${Math.round(part * 100)}%`).join(", ") +
            (f.reminders.length > 0 ? "에 재호출, " : "")
          : `${durationText(f.repeat, "ko")}마다 재호출, `,
      en:
        f.repeat === null
          ? f.reminders.length > 0
            ? `paged again at ${f.reminders.map((part) => `${Math.round(part * 100)} %`).join(" and ")}, `
            : ""
          : `paged again every ${durationText(f.repeat, "en")}, `,
    };
    return {
      ko: `${durationText(f.within, "ko")} 안에 확인되지 않으면 상위 단계로 올립니다 (${before.ko}그 뒤 ${durationText(f.level, "ko")}마다 한 단계).`,
      en: `One level up unless acknowledged within ${durationText(f.within, "en")} (${before.en}then another every ${durationText(f.level, "en")}).`,
    };
  },
  owner: (f: { names: readonly string[] }): Said =>
    f.names.length === 0
      ? { ko: "지금 당번이 없습니다.", en: "Nobody is on duty now." }
      : { ko: `지금 당번: ${f.names.join(", ")}`, en: `On duty now: ${f.names.join(", ")}` },
  team: (f: { members: readonly string[]; duty: readonly string[]; until: string | null }): Said => {
    if (f.members.length === 0) return { ko: "명부에 구성원이 없습니다.", en: "The roster has nobody in it." };
    const until = {
      ko: f.until === null ? "" : ` (${f.until}까지)`,
      en: f.until === null ? "" : ` (until ${f.until})`,
    };
    const duty =
      f.duty.length === 0
        ? { ko: "지금 당번이 없습니다.", en: "Nobody is on duty now." }
        : { ko: `지금 당번: ${f.duty.join(", ")}${until.ko}`, en: `On duty now: ${f.duty.join(", ")}${until.en}` };
    return {
      ko: `구성원 ${f.members.length}명: ${f.members.join(", ")}. ${duty.ko}`,
      en: `${people(f.members.length)}: ${f.members.join(", ")}. ${duty.en}`,
    };
  },
  staffing: (f: { wanted: number; names: readonly string[] }): Said => {
    const names = f.names.length === 0 ? "" : `: ${f.names.join(", ")}`;
    return {
      ko: `필요 ${f.wanted}명, 배정 ${f.names.length}명${names}`,
      en: `${f.wanted} wanted, ${f.names.length} assigned${names}`,
    };
  },
  shift: (f: { turns: number; gap: string | null }): Said => {
    if (f.gap !== null) return { ko: `${f.gap}에 당번이 없습니다.`, en: `Nobody is on duty at ${f.gap}.` };
    return f.turns === 0
      ? { ko: "교대표 없이 전원이 항상 당번입니다.", en: "No rotation: everybody is always on duty." }
      : {
          ko: `교대 ${f.turns}개, 앞으로 12개월 동안 빈 시간이 없습니다.`,
          en: `${f.turns} rotation${f.turns === 1 ? "" : "s"}; no gap in the next 12 months.`,
        };
  },
  recipient: (f: { names: readonly string[]; because: string | undefined }): Said => {
    if (f.names.length > 0) return { ko: `지금 ${f.names.join(", ")}`, en: `Now ${f.names.join(", ")}` };
    return f.because === "nobody-on-duty"
      ? { ko: "지금 당번이 없습니다.", en: "Nobody is on duty now." }
      : { ko: "명부에 해당하는 사람이 없습니다.", en: "Nobody in the roster is called that." };
  },
  channel: (f: { kind: string; usable: string; with: number | undefined; of: number }): Said => {
    const name = channelName(f.kind);
    const state =
      f.usable === "yes"
        ? { ko: "설정됨", en: "set up" }
        : f.usable === "no-driver"
          ? { ko: "이 버전에서 보낼 수 없음", en: "cannot be sent through by this version" }
          : { ko: "설정되지 않음", en: "not set up" };
    if (f.with === undefined) return { ko: `${name.ko}: ${state.ko}`, en: `${name.en}: ${state.en}` };
    return {
      ko: `${name.ko}: ${state.ko}, 대상 ${f.of}명 중 ${f.with}명에게 주소가 있습니다.`,
      en: `${name.en}: ${state.en}; ${f.with} of ${people(f.of)} have an address for it.`,
    };
  },
  checklist: (): Said => ({
    ko: "모든 장애의 체크리스트가 됩니다.",
    en: "Becomes the checklist of every incident.",
  }),
  watched: (f: {
    item: string;
    monitors: readonly Said[];
    series: number;
    last: string | null;
    advice: Said;
  }): Said => {
    if (f.series === 0) {
      return {
        ko: `${f.item}: 지켜보는 것이 없습니다. ${f.advice.ko}`,
        en: `${f.item}: nothing watches it. ${f.advice.en}`,
      };
    }
    return {
      ko: `${f.item}: ${f.monitors.map(({ ko }) => ko).join(", ")} (시계열 ${f.series}개, 마지막 값 ${f.last ?? "-"})`,
      en: `${f.item}: ${f.monitors.map(({ en }) => en).join(", ")} (${f.series} series, last value ${f.last ?? "-"})`,
    };
  },
  threshold: (f: { rules: readonly Said[] }): Said => ({
    ko: f.rules.map(({ ko }) => ko).join("\n"),
    en: f.rules.map(({ en }) => en).join("\n"),
  }),
  service: (f: { labels: readonly string[] }): Said => ({
    ko: f.labels.length === 0 ? "신호와 잇는 조건이 없습니다." : `이 레이블의 신호: ${f.labels.join(", ")}`,
    en:
      f.labels.length === 0 ? "No condition ties signals to it." : `Signals with these labels: ${f.labels.join(", ")}`,
  }),
  reportField: (f: { answeredBy: "record" | "people" | "both" }): Said =>
    ({
      record: {
        ko: "장애 보고서 초안에 기록으로 채웁니다.",
        en: "Filled in from the record when the report is drafted.",
      },
      both: {
        ko: "장애 보고서 초안에 기록의 단서를 적어 두고, 담당자가 마저 적습니다.",
        en: "The report's draft gives what the record has to go by; people write the rest.",
      },
      people: { ko: "장애 보고서에서 담당자가 적는 항목입니다.", en: "People write it in the report." },
    })[f.answeredBy],
  unwatched: (): Said => ({ ko: "이 버전은 아직 실행하지 않습니다.", en: "This version does not execute it yet." }),
  /** A time in a sentence of a page whose reader's zone the server does not know. */
  at: (f: { at: number; zone: string }): Said => ({
    ko: timeText(f.at, f.zone, "ko"),
    en: timeText(f.at, f.zone, "en"),
  }),
} as const;

/** The same in the two or three words that stand in the margin. */
export const bindingShort = {
  deadline: (f: { within: number }): Said => ({
    ko: `확인 기한 ${durationText(f.within, "ko")}`,
    en: `within ${durationText(f.within, "en")}`,
  }),
  duty: (f: { names: readonly string[] }): Said =>
    f.names.length === 0
      ? { ko: "당번 없음", en: "nobody on duty" }
      : { ko: `당번 ${someNames(f.names).ko}`, en: `${someNames(f.names).en} on duty` },
  staffing: (f: { wanted: number; have: number }): Said => ({
    ko: `필요 ${f.wanted}, 배정 ${f.have}`,
    en: `${f.wanted} wanted, ${f.have} there`,
  }),
  shift: (f: { gap: boolean }): Said =>
    f.gap ? { ko: "빈 시간 있음", en: "has a gap" } : { ko: "빈 시간 없음", en: "no gap" },
  recipient: (f: { names: readonly string[] }): Said =>
    f.names.length === 0 ? { ko: "해당자 없음", en: "nobody" } : someNames(f.names),
  channel: (f: { usable: string; with: number | undefined; of: number }): Said => {
    if (f.usable === "no-driver") return { ko: "보낼 수 없음", en: "cannot send" };
    if (f.usable !== "yes") return { ko: "설정되지 않음", en: "not set up" };
    return f.with === undefined
      ? { ko: "설정됨", en: "set up" }
      : { ko: `주소 ${f.of}명 중 ${f.with}명`, en: `${f.with} of ${f.of} have it` };
  },
  checklist: (): Said => ({ ko: "체크리스트", en: "checklist" }),
  watched: (f: { series: number }): Said =>
    f.series === 0
      ? { ko: "지켜보는 것 없음", en: "nothing watches it" }
      : { ko: `시계열 ${f.series}개`, en: `${f.series} series` },
  threshold: (f: { count: number }): Said =>
    f.count === 0
      ? { ko: "적용된 모니터 없음", en: "in no monitor" }
      : { ko: `모니터 ${f.count}개`, en: f.count === 1 ? "1 monitor" : `${f.count} monitors` },
  service: (f: { count: number }): Said => ({
    ko: `레이블 ${f.count}개`,
    en: f.count === 1 ? "1 label" : `${f.count} labels`,
  }),
  reportField: (f: { answeredBy: "record" | "people" | "both" }): Said =>
    ({
      record: { ko: "기록으로 채움", en: "from the record" },
      both: { ko: "기록 + 담당자", en: "record and people" },
      people: { ko: "담당자 작성", en: "people write it" },
    })[f.answeredBy],
  unwatched: (): Said => ({ ko: "아직 실행하지 않음", en: "not executed yet" }),
} as const;

function someNames(names: readonly string[]): Said {
  const [first = "", second] = names;
  if (names.length <= 2) return { ko: names.join(", "), en: names.join(", ") };
  return second === undefined
    ? { ko: first, en: first }
    : { ko: `${first} 외 ${names.length - 1}명`, en: `${first} and ${names.length - 1} more` };
}

function people(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}
