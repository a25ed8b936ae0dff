import type { Instant, Millis } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import { withJosa } from "./josa.ts";
import { durationText } from "./page.ts";
import type { Locale, Said } from "./said.ts";
import { channelName } from "./timeline.ts";

type Words = { readonly message: Said; readonly why: Said; readonly mend: Said };

/** Intervals as `proof/recurrence.ts` puts them together. */
type Recurring =
  | ({ readonly is: "once" } & Interval)
  | {
      readonly is: "weekly";
      readonly days: readonly number[];
      readonly from: string;
      readonly to: string;
      readonly toDay: number;
      readonly every: boolean;
      readonly count: number;
    };

/** Patterns that are said; of the rest their number. */
const PATTERNS_SAID = 3;

/** What the proof of reach says: when whom nobody reaches, and what would mend it. */
export const reachProofSaid = {
  when: (f: { patterns: readonly Recurring[]; zone: string }): Said => ({
    ko: whenText(f, "ko"),
    en: whenText(f, "en"),
  }),
  times: (f: { count: number }): Said => ({ ko: `${f.count}회`, en: `${f.count} times` }),
  always: (): Said => ({ ko: "기간 내내", en: "throughout" }),
  verdict: (f: { verdict: string }): Said => VERDICTS[f.verdict] ?? { ko: f.verdict, en: f.verdict },
  nobody: (f: { grade: string; when: Said; asked: Said }): Words => ({
    message: {
      ko: `${f.grade} 장애가 나도 아무에게도 닿지 않습니다: ${f.when.ko}.`,
      en: `A ${f.grade} incident reaches nobody: ${f.when.en}.`,
    },
    why: {
      ko: `호출이 조용히 사라집니다. 있어서는 안 되는 일입니다. ${f.asked.ko}`,
      en: `The page is lost in silence: the one thing that must not be. ${f.asked.en}`,
    },
    mend: { ko: "", en: "" },
  }),
  late: (f: { grade: string; when: Said; after: Millis; deadline: Millis; asked: Said }): Words => ({
    message: {
      ko: `${f.grade} 장애가 나면 ${durationText(f.after, "ko")} 뒤에야 처음 사람을 깨웁니다(기한 ${durationText(f.deadline, "ko")}): ${f.when.ko}.`,
      en: `A ${f.grade} incident wakes the first human only after ${durationText(f.after, "en")}, with a deadline of ${durationText(f.deadline, "en")}: ${f.when.en}.`,
    },
    why: {
      ko: `기한 안에 아는 사람이 없습니다. ${f.asked.ko}`,
      en: `Nobody knows of it in time. ${f.asked.en}`,
    },
    mend: { ko: "", en: "" },
  }),
  fallsThrough: (f: { grade: string; when: Said; others: readonly string[]; asked: Said }): Words => ({
    message: {
      ko: `${f.grade} 장애가 나도 정책이 부르라고 한 사람은 아무도 깨지 않고 ${namesText(f.others, "ko")}에게 넘어갑니다: ${f.when.ko}.`,
      en: `A ${f.grade} incident wakes nobody whom the policy names and falls through to ${namesText(f.others, "en")}: ${f.when.en}.`,
    },
    why: {
      ko: `깨어난 사람은 자기가 당번인 줄 모릅니다. ${f.asked.ko}`,
      en: `Whoever wakes up does not know that it is theirs. ${f.asked.en}`,
    },
    mend: { ko: "", en: "" },
  }),
  unverified: (f: { grade: string; when: Said; people: readonly string[] }): Words => ({
    message: {
      ko: `${f.grade} 장애가 깨울 사람(${namesText(f.people, "ko")}) 가운데 연락처가 확인된 사람이 없습니다: ${f.when.ko}.`,
      en: `Of those whom a ${f.grade} incident wakes (${namesText(f.people, "en")}) nobody has a contact that was proven: ${f.when.en}.`,
    },
    why: {
      ko: "번호 하나가 틀려도 그날 밤에야 압니다.",
      en: "A wrong number is found out that very night.",
    },
    mend: unprovenMend(f.people),
  }),
  gap: (f: { team: string; when: Said }): Words => ({
    message: {
      ko: `${withJosa(f.team, "은/는")} 24시간 있어야 하는데 당번이 없는 시간이 있습니다: ${f.when.ko}.`,
      en: `${f.team} is to be there around the clock, and nobody is on duty: ${f.when.en}.`,
    },
    why: { ko: "그 시간에 난 장애는 이 팀에 닿지 않습니다.", en: "An incident at that time does not reach this team." },
    mend: { ko: "", en: "" },
  }),
  single: (f: {
    grade: string;
    verdict: string;
    without: readonly { readonly name: Said; readonly when: Said }[];
    others: readonly string[];
  }): Words => {
    const list = (locale: Locale): string => {
      const said = f.without.slice(0, PATTERNS_SAID).map(({ name, when }) => `${name[locale]} (${when[locale]})`);
      const more = f.without.length - said.length;
      const rest = more <= 0 ? "" : locale === "ko" ? ` 외 ${more}` : ` and ${more} more`;
      return `${said.join(", ")}${rest}`;
    };
    const ends: Said =
      f.verdict === "fallen-through"
        ? {
            ko: `정책이 부르라고 한 사람을 아무도 깨우지 못하고 ${namesText(f.others, "ko")}에게 넘어갑니다`,
            en: `wakes nobody whom the policy names and falls through to ${namesText(f.others, "en")}`,
          }
        : f.verdict === "late"
          ? { ko: "기한이 지나서야 사람을 깨웁니다", en: "wakes the first human after the deadline" }
          : f.verdict === "unverified"
            ? { ko: "확인된 연락처로는 아무에게도 닿지 않습니다", en: "reaches nobody through a proven contact" }
            : { ko: "아무에게도 닿지 않습니다", en: "reaches nobody" };
    return {
      message: {
        ko: `다음 가운데 하나만 끊겨도 ${f.grade} 장애는 ${ends.ko}: ${list("ko")}.`,
        en: `With one of these out of reach a ${f.grade} incident ${ends.en}: ${list("en")}.`,
      },
      why: {
        ko: "전화기 한 대가 꺼지거나 업체 하나가 멈추는 일은 해마다 있습니다.",
        en: "A phone that is off, or a provider that is down, happens every year.",
      },
      mend: { ko: "", en: "" },
    };
  },
  /** The smallest counterexample: when, and why each who was asked for was passed over. */
  asked: (f: { at: Instant; zone: string; skipped: readonly Said[] }): Said => {
    const more = f.skipped.length - ASKED_SAID;
    const list = (locale: Locale): string =>
      f.skipped
        .slice(0, ASKED_SAID)
        .map((one) => one[locale])
        .join(", ");
    return {
      ko: `예를 들어 ${momentText(f.at, f.zone, "ko")}: ${list("ko")}${more > 0 ? ` 외 ${more}건` : ""}.`,
      en: `For example ${momentText(f.at, f.zone, "en")}: ${list("en")}${more > 0 ? ` and ${more} more` : ""}.`,
    };
  },
  /** Where nothing was passed over: nobody was asked for. */
  askedNobody: (f: { at: Instant; zone: string }): Said => ({
    ko: `예를 들어 ${momentText(f.at, f.zone, "ko")}.`,
    en: `For example ${momentText(f.at, f.zone, "en")}.`,
  }),
  channel: (f: { kind: string }): Said => ({
    ko: `${channelName(f.kind).ko} 채널`,
    en: `the channel ${channelName(f.kind).en}`,
  }),
  provider: (f: { name: string }): Said => ({ ko: `업체 ${f.name}`, en: `the provider ${f.name}` }),
} as const;

/** What somebody does whose contacts nothing proves. */
export function unprovenMend(people: readonly string[]): Said {
  return {
    ko: `# ${namesText(people, "ko")}: 내 당번 화면에서 연락처를 확인하거나 시험 호출에 응답하십시오.`,
    en: `# ${namesText(people, "en")}: verify the contacts on your own page, or answer a test page.`,
  };
}

/** How many of those who were passed over are said. */
const ASKED_SAID = 6;

const VERDICTS: Readonly<Record<string, Said>> = {
  reached: { ko: "닿음", en: "reached" },
  unverified: { ko: "닿음 (연락처 미확인)", en: "reached, unproven contacts" },
  "fallen-through": { ko: "다른 사람에게 넘어감", en: "falls through" },
  late: { ko: "기한 뒤에 닿음", en: "reached late" },
  nobody: { ko: "아무에게도 닿지 않음", en: "nobody" },
};

const DAYS_KO = "월화수목금토일";
const DAYS_EN = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS_EN = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function whenText({ patterns, zone }: { patterns: readonly Recurring[]; zone: string }, locale: Locale): string {
  const said = patterns.slice(0, PATTERNS_SAID).map((pattern) => patternText(pattern, zone, locale));
  const more = patterns.length - said.length;
  const rest = more <= 0 ? "" : locale === "ko" ? ` 외 ${more}구간` : ` and ${more} more`;
  return `${said.join(", ")}${rest}`;
}

function patternText(pattern: Recurring, zone: string, locale: Locale): string {
  if (pattern.is === "once") return spanText(pattern, zone, locale);
  const { days, from, to, toDay, every, count } = pattern;
  const endsNext = locale === "ko" ? "다음 날 " : "next day ";
  const midnight = toDay === 1 && to === "00:00";
  const last = (((days[0] ?? 1) - 1 + toDay) % 7) + 1;
  const end = midnight
    ? "24:00"
    : toDay === 0
      ? to
      : toDay === 1
        ? `${endsNext}${to}`
        : `${dayName(last, locale)} ${to}`;
  const times = locale === "ko" ? `${count}회` : `${count} times`;
  // What lasts longer than a week needs its length: the day alone would name another.
  const length = toDay >= 7 ? (locale === "ko" ? `, ${toDay}일 동안` : `, for ${toDay} days`) : "";
  return `${daysText(days, every, locale)} ${from}–${end} (${times}${length})`;
}

function daysText(days: readonly number[], every: boolean, locale: Locale): string {
  const list = days.join("");
  // On every day of the week, and yet not every day.
  if (!every && list === "1234567") return locale === "ko" ? "여러 날" : "on several days";
  if (!every && list === "12345") return locale === "ko" ? "여러 평일" : "on several weekdays";
  if (list === "1234567") return locale === "ko" ? "매일" : "daily";
  if (list === "12345") return locale === "ko" ? "평일" : "weekdays";
  const names = days.map((day) => dayName(day, locale)).join(locale === "ko" ? "·" : ", ");
  if (!every) return names;
  return locale === "ko" ? `매주 ${names}` : `every ${names}`;
}

function dayName(day: number, locale: Locale): string {
  return (locale === "ko" ? DAYS_KO[day - 1] : DAYS_EN[day - 1]) ?? "";
}

/** `2026. 12. 5.(토) 18:00–12. 7.(월) 09:00`, `Sat 5 Dec 2026 18:00–Mon 7 Dec 09:00`. */
function spanText({ start, end }: Interval, zone: string, locale: Locale): string {
  const [first, last] = [zonedAt(start, zone), zonedAt(end, zone)];
  const sameDay = first.toPlainDate().equals(last.toPlainDate());
  const until = sameDay
    ? clockText(last)
    : `${dateText(last, locale, { withYear: first.year !== last.year })} ${clockText(last)}`;
  return `${momentText(start, zone, locale)}–${until}`;
}

export function momentText(at: Instant, zone: string, locale: Locale): string {
  const zoned = zonedAt(at, zone);
  return `${dateText(zoned, locale, { withYear: true })} ${clockText(zoned)}`;
}

function dateText(at: Temporal.ZonedDateTime, locale: Locale, { withYear }: { readonly withYear: boolean }): string {
  const day = dayName(at.dayOfWeek, locale);
  return locale === "ko"
    ? `${withYear ? `${at.year}. ` : ""}${at.month}. ${at.day}.(${day})`
    : `${day} ${at.day} ${MONTHS_EN[at.month - 1]}${withYear ? ` ${at.year}` : ""}`;
}

function clockText(at: Temporal.ZonedDateTime): string {
  return at.toPlainTime().toString({ smallestUnit: "minute" });
}

function zonedAt(at: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

const NAMES_SAID = 4;

export function namesText(names: readonly string[], locale: Locale): string {
  const more = names.length - NAMES_SAID;
  const said = names.slice(0, NAMES_SAID).join(", ");
  if (more <= 0) return said;
  return locale === "ko" ? `${said} 외 ${more}명` : `${said} and ${more} more`;
}
