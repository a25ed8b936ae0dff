import { withJosa } from "../locale/josa.ts";
import { durationText } from "../locale/page.ts";
import type { Locale, Said } from "../locale/said.ts";
import { measuredUnit, titleOf, type Unit } from "../metric/metric.ts";
import type { Labels } from "../metric/sample.ts";
import type { Instant } from "../time/instant.ts";
import { type Learning, type TaughtHour, type Usual, WEEKS_KNOWN_MIN } from "./baseline.ts";
import type { Baseline, Comparison, Measure, Missing, Monitor, Threshold } from "./monitor.ts";
import type { Area, QuantityKind } from "./quantity.ts";

const AREA_WORDS: Readonly<Record<Area, Said>> = {
  system: { ko: "시스템", en: "System" },
  application: { ko: "애플리케이션", en: "Applications" },
  database: { ko: "데이터베이스", en: "Databases" },
  other: { ko: "그 밖", en: "Other" },
};

const AGENT: Said = {
  ko: "이 호스트를 재는 에이전트를 설치하거나 node_exporter를 수집 대상으로 추가하십시오.",
  en: "Install an agent on the host, or add its node_exporter as a target.",
};
const GPU: Said = {
  ko: "GPU 서버에 에이전트를 설치하거나(nvidia-smi 또는 amd-smi, rocm-smi 필요) DCGM exporter를 수집 대상으로 추가하십시오.",
  en: "Install an agent on the GPU host (it needs nvidia-smi, amd-smi or rocm-smi), or add a DCGM exporter as a target.",
};
const APPLICATION: Said = {
  ko: "애플리케이션의 /metrics를 수집 대상(scrape)으로 추가하거나 OTLP로 보내십시오.",
  en: "Add the application's /metrics as a target (scrape), or have it send OTLP.",
};
const DATABASE: Said = {
  ko: "MariaDB를 수집 대상으로 추가하십시오(주소와 감시 계정).",
  en: "Add the MariaDB as a target (its address and an account for monitoring).",
};
const ADVICE: Readonly<Record<QuantityKind, Said>> = {
  "cpu-usage": AGENT,
  "memory-usage": AGENT,
  "disk-usage": AGENT,
  "gpu-state": GPU,
  "gpu-usage": GPU,
  "network-state": {
    ko: "에이전트를 설치하거나, 핑·TCP·DNS·TLS 점검을 수집 대상(check)으로 추가하십시오.",
    en: "Install an agent, or add a ping, TCP, DNS or TLS check as a target.",
  },
  "process-state": {
    ko: "지켜볼 프로세스나 systemd 유닛을 수집 대상(process)으로 추가하십시오.",
    en: "Add the processes or systemd units to be watched as a target (process).",
  },
  "response-time": {
    ko: "API 주소를 HTTP 점검 대상으로 추가하거나 애플리케이션의 /metrics를 수집하십시오.",
    en: "Add the API's address as an HTTP check, or scrape the application's /metrics.",
  },
  "error-rate": {
    ko: "API 주소를 HTTP 점검 대상으로 추가하거나 애플리케이션의 /metrics를 수집하십시오.",
    en: "Add the API's address as an HTTP check, or scrape the application's /metrics.",
  },
  throughput: APPLICATION,
  "session-state": APPLICATION,
  "database-state": DATABASE,
  "query-performance": DATABASE,
  "database-connections": DATABASE,
  "database-disk": DATABASE,
};

type Range = { readonly low: number; readonly high: number } | undefined;

/** What monitors say: the titles of their alerts, and their rules in words. */
export const monitorSaid = {
  title: (f: {
    subject: string;
    title: string;
    metric: string;
    value: number;
    unit: Unit;
    line: Threshold | undefined;
    usual: Range;
  }): Said => {
    const state = stateWords(f.metric, f.value);
    const said = (locale: Locale): string => {
      const named = [f.subject, f.title].filter((part) => part !== "").join(" ");
      if (state !== undefined) return state[locale] === "" ? named : `${named}: ${state[locale]}`;
      const value = valueText(f.value, f.unit, locale);
      const line = f.line === undefined ? usualText(f.usual, f.unit, locale) : lineText(f.line, f.unit, locale);
      return [f.subject, f.title, value, line === "" ? "" : `(${line})`].filter((part) => part !== "").join(" ");
    };
    return { ko: said("ko"), en: said("en") };
  },
  line: (f: { line: Threshold; unit: Unit }): Said => ({
    ko: lineText(f.line, f.unit, "ko"),
    en: lineText(f.line, f.unit, "en"),
  }),
  harderTitle: (f: { title: string }): Said => ({
    ko: `${f.title} [모니터링 강화]`,
    en: `${f.title} [watching harder]`,
  }),
  harderDescription: (): Said => ({
    ko: "얼마 전 해결된 장애의 메트릭이라 평소보다 엄격한 임계치로 보고 있습니다. 평소 임계치는 넘지 않았습니다.",
    en: "A metric of an incident that was resolved lately, and so held against a tighter line than usual. It has not crossed the usual one.",
  }),
  noDataTitle: (f: { subject: string; title: string }): Said => ({
    ko: `${f.subject} ${f.title}: 값이 들어오지 않음`.trim(),
    en: `${f.subject} ${f.title}: no values arrive`.trim(),
  }),
  description: (f: { monitor: Monitor; line: Threshold | undefined; usual: Range }): Said => {
    const unit = measuredUnit(f.monitor.query.metric, f.monitor.measure);
    const usual = { ko: usualText(f.usual, unit, "ko"), en: usualText(f.usual, unit, "en") };
    const rule = ruleText(f.monitor);
    return {
      ko: [rule.ko, usual.ko].filter((part) => part !== "").join("\n"),
      en: [rule.en, usual.en].filter((part) => part !== "").join("\n"),
    };
  },
  /** What is usual at this hour, and of which hours of other weeks that was learned; or from when it will be judged. */
  usualFrom: (f: {
    learned: Usual | Learning;
    range: Range;
    unit: Unit;
    from: Instant | undefined;
    zone: string;
  }): Said => ({ ko: usualFromText(f, "ko"), en: usualFromText(f, "en") }),
  area: (f: { area: Area }): Said => AREA_WORDS[f.area],
  /** What to do where nothing watches an item. */
  advice: (f: { quantity: QuantityKind | undefined; off: readonly Said[] }): Said => {
    if (f.off.length > 0)
      return {
        ko: `이 항목의 모니터가 꺼져 있습니다(${f.off.map(({ ko }) => ko).join(", ")}). 다시 켜십시오.`,
        en: `Its monitors are off (${f.off.map(({ en }) => en).join(", ")}). Turn them on again.`,
      };
    return f.quantity === undefined
      ? {
          ko: "봉수가 무엇을 측정해야 하는지 모르는 항목입니다. ‘CPU 사용률’이나 ‘API 응답시간’처럼 측정할 것을 알 수 있는 이름으로 정책에 적으십시오.",
          en: "Bongsu does not know what this item measures. Name in the policy what is to be measured, such as “CPU usage” or “API response time”.",
        }
      : ADVICE[f.quantity];
  },
  /** Where the numbers of a default come from. */
  defaultRule: (f: { item: string; rule: Said; source: Said }): Said => ({
    ko: `${f.item}: ${f.rule.ko} [출처: ${f.source.ko}]`,
    en: `${f.item}: ${f.rule.en} [from: ${f.source.en}]`,
  }),
  demandedRule: (f: { item: string; rule: Said; line: number }): Said => ({
    ko: `${f.item}: ${f.rule.ko} [문서 ${f.line}행]`,
    en: `${f.item}: ${f.rule.en} [line ${f.line} of the document]`,
  }),
} as const;

const MEASURES: Readonly<Record<Exclude<Measure["form"], "percentile">, Said>> = {
  last: { ko: "마지막 값", en: "the last value" },
  avg: { ko: "평균", en: "average" },
  min: { ko: "최소", en: "lowest" },
  max: { ko: "최대", en: "highest" },
  rate: { ko: "초당 증가율", en: "growth per second" },
  increase: { ko: "증가량", en: "growth" },
};

/** `5분 평균`, `average of 5 min`. */
export function measureText(measure: Measure, locale: Locale): string {
  if (measure.form === "last") return MEASURES.last[locale];
  const window = durationText(measure.window, locale);
  const form =
    measure.form === "percentile"
      ? { ko: `${measure.percentile}번째 백분위`, en: `${measure.percentile}th percentile` }[locale]
      : MEASURES[measure.form][locale];
  return locale === "ko" ? `${window} ${form}` : `${form} of ${window}`;
}

const COMPARISONS: Readonly<Record<Comparison, Said>> = {
  above: { ko: "초과", en: "above" },
  "at-least": { ko: "이상", en: "at least" },
  below: { ko: "미만", en: "below" },
  "at-most": { ko: "이하", en: "at most" },
};

/** `95% 이상`, `at least 95 %`. */
export function lineText({ when, bound }: Pick<Threshold, "when" | "bound">, unit: Unit, locale: Locale): string {
  const value = valueText(bound, unit, locale);
  const word = COMPARISONS[when][locale];
  return locale === "ko" ? `${value} ${word}` : `${word} ${value}`;
}

function usualText(usual: Range, unit: Unit, locale: Locale): string {
  if (usual === undefined) return "";
  const low = valueText(usual.low, unit, locale);
  const high = valueText(usual.high, unit, locale);
  // `초당 60~140`: what is so much a second is said once.
  return locale === "ko"
    ? `평소 이 시간 ${low}~${high.replace(/^초당 /u, "")}`
    : `usual at this hour: ${low} to ${high}`;
}

const UNTAUGHT: Readonly<Record<NonNullable<TaughtHour["because"]>, Said>> = {
  "no-value": { ko: "값이 없음", en: "no values" },
  incident: { ko: "장애 중", en: "in an incident" },
  silence: { ko: "무음 중", en: "silenced" },
  maintenance: { ko: "점검 중", en: "in maintenance" },
};

function usualFromText(
  { learned, range, unit, from, zone }: Parameters<typeof monitorSaid.usualFrom>[0],
  locale: Locale,
): string {
  const hours = (which: (hour: TaughtHour) => boolean): string =>
    learned.hours
      .filter(which)
      .map(({ at, because }) => {
        const why = because === undefined ? "" : ` (${UNTAUGHT[because][locale]})`;
        return `${hourText(at, zone, locale)}${why}`;
      })
      .join(", ");
  const taught = hours(({ because }) => because === undefined);
  const left = hours(({ because }) => because !== undefined);
  const isKo = locale === "ko";
  const without = left === "" ? "" : isKo ? ` · 뺀 시간: ${left}` : ` · left out: ${left}`;
  if ("learning" in learned) {
    const until = from === undefined ? "" : hourText(from, zone, locale);
    const known = taught === "" ? "" : isKo ? ` · 배운 시간: ${taught}` : ` · learned of: ${taught}`;
    return isKo
      ? `학습 중: 같은 시각의 값이 ${WEEKS_KNOWN_MIN}주는 있어야 합니다(지금 ${learned.learning}주). 값이 계속 오면 ${until}부터 판단하고, 그때까지 ‘평소와 다름’으로는 울리지 않습니다${known}${without}`
      : `learning: it takes ${WEEKS_KNOWN_MIN} weeks of this hour (${learned.learning} known). If values go on coming it judges from ${until} on; until then nothing fires as unlike usual${known}${without}`;
  }
  const usual = usualText(range, unit, locale);
  return isKo ? `${usual} · 배운 시간: ${taught}${without}` : `${usual} · learned of: ${taught}${without}`;
}

/** `11월 19일 14시`, `19 Nov 14:00`; with its minutes where the zone's hours are not the world's. */
function hourText(at: Instant, zone: string, locale: Locale): string {
  const { month, day, hour, minute } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  if (locale === "ko") return `${month}월 ${day}일 ${hour}시${minute === 0 ? "" : ` ${minute}분`}`;
  const name = MONTHS[month - 1] ?? "";
  return `${day} ${name} ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The whole rule in a sentence. */
export function ruleText(
  monitor: Pick<Monitor, "query" | "measure" | "thresholds" | "baseline"> & Partial<Pick<Monitor, "missing">>,
): Said {
  const { query, measure, thresholds, baseline, missing } = monitor;
  const unit = measuredUnit(query.metric, measure);
  const lines = (locale: Locale): readonly string[] => [
    ...thresholds.map((threshold) => thresholdText(threshold, unit, locale)),
    ...(baseline === undefined ? [] : [baselineText(baseline, locale)]),
    ...(missing === undefined || missing.then === "keep" ? [] : [missingText(missing, locale)]),
  ];
  const subject = { ko: subjectText(query, "ko"), en: subjectText(query, "en") };
  if (thresholds.length === 0 && baseline === undefined)
    return { ko: `${subject.ko}: 기준 없음`, en: `${subject.en}: no line` };
  return {
    ko: `${subject.ko}의 ${withJosa(measureText(measure, "ko"), "이/가")} ${lines("ko").join(", ")}`,
    en: `${subject.en}, ${measureText(measure, "en")}: ${lines("en").join("; ")}`,
  };
}

function missingText(missing: Exclude<Missing, { then: "keep" }>, locale: Locale): string {
  const length = durationText(missing.after, locale);
  const then = missing.then === "alert" ? missing.grade : { ko: "끝난 것으로 봄", en: "its end" }[locale];
  return locale === "ko" ? `값이 ${length} 동안 오지 않으면 ${then}` : `no value for ${length} is ${then}`;
}

function subjectText(query: Monitor["query"], locale: Locale): string {
  const named = query.matchers.map(
    ({ name, value, isRegex, isEqual }) => `${name}${isEqual ? (isRegex ? "=~" : "=") : isRegex ? "!~" : "!="}${value}`,
  );
  const title = titleOf(query.metric)[locale];
  return named.length === 0 ? title : `${title} (${named.join(", ")})`;
}

function thresholdText(threshold: Threshold, unit: Unit, locale: Locale): string {
  const { grade, hold, hours } = threshold;
  const line = lineText(threshold, unit, locale);
  const held =
    hold === 0
      ? { ko: "이면", en: "" }
      : { ko: `인 채 ${durationText(hold, "ko")} 이어지면`, en: ` for ${durationText(hold, "en")}` };
  const clear =
    threshold.clear === undefined
      ? { ko: "", en: "" }
      : {
          ko: ` (${valueText(threshold.clear, unit, "ko")}까지 돌아오면 해제)`,
          en: ` (over once back at ${valueText(threshold.clear, unit, "en")})`,
        };
  const when =
    hours === undefined
      ? { ko: "", en: "" }
      : { ko: ` [${hours.from}~${hours.to}]`, en: ` [${hours.from} to ${hours.to}]` };
  return locale === "ko"
    ? `${line}${held.ko} ${grade}${clear.ko}${when.ko}`
    : `${line}${held.en} is ${grade}${clear.en}${when.en}`;
}

function baselineText({ grade, weeks, side, hold, spreads }: Baseline, locale: Locale): string {
  const away = {
    both: { ko: "크게 다른 채", en: "unlike" },
    above: { ko: "크게 높은 채", en: "well above" },
    below: { ko: "크게 낮은 채", en: "well below" },
  }[side][locale];
  const length = durationText(hold, locale);
  return locale === "ko"
    ? `지난 ${weeks}주 같은 시각보다 ${away} ${length} 이어지면 ${grade} (평소 편차의 ${spreads}배)`
    : `${away} the same hour of the last ${weeks} weeks for ${length} is ${grade} (${spreads} times the usual spread)`;
}

/** A value in its unit, as people read it. */
export function valueText(value: number, unit: Unit, locale: Locale): string {
  const gap = locale === "ko" ? "" : " ";
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100)}${gap}%`;
    case "seconds":
      return secondsText(value, locale);
    case "bytes":
      return bytesText(value);
    case "bytes-per-second":
      return `${bytesText(value)}/s`;
    case "per-second":
      return locale === "ko" ? `초당 ${rounded(value)}` : `${rounded(value)}/s`;
    case "celsius":
      return `${rounded(value)}${gap}°C`;
    case "watts":
      return `${rounded(value)}${gap}W`;
    case "count":
      return rounded(value);
  }
}

function secondsText(value: number, locale: Locale): string {
  const size = Math.abs(value);
  const said = (count: number, ko: string, en: string): string =>
    locale === "ko" ? `${rounded(count)}${ko}` : `${rounded(count)} ${en}`;
  if (size >= 2 * 86_400) return said(value / 86_400, "일", "days");
  if (size >= 2 * 3_600) return said(value / 3_600, "시간", "h");
  if (size >= 120) return said(value / 60, "분", "min");
  if (size >= 1 || size === 0) return said(value, "초", "s");
  return said(value * 1_000, "ms", "ms");
}

function bytesText(value: number): string {
  const units = ["B", "KB", "MB", "GB", "TB", "PB"];
  let size = value;
  let nth = 0;
  while (Math.abs(size) >= 1_024 && nth < units.length - 1) {
    size /= 1_024;
    nth++;
  }
  return `${rounded(size)} ${units[nth]}`;
}

function rounded(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

/** Of what is only well or not the number says nothing; empty where the rule's own name says it. */
export function stateWords(metric: string, value: number): Said | undefined {
  if (value !== 0 && value !== 1) return undefined;
  const words = STATES.find(({ of }) => of.test(metric));
  return words === undefined ? undefined : words[value];
}

const NOTHING: Said = { ko: "", en: "" };
const STATES: readonly { readonly of: RegExp; readonly 0: Said; readonly 1: Said }[] = [
  { of: /^target_up$/u, 0: NOTHING, 1: { ko: "정상", en: "well" } },
  { of: /^(network_check|http)_up$/u, 0: { ko: "실패", en: "failed" }, 1: { ko: "정상", en: "well" } },
  { of: /_(up|running|ready|active)$/u, 0: { ko: "중단", en: "down" }, 1: { ko: "동작", en: "up" } },
  { of: /_(read_only|throttled)$/u, 0: { ko: "아님", en: "no" }, 1: NOTHING },
];

/** `db-1 /var`: what of it, in few words. */
export function subjectOf(labels: Labels): string {
  const { host, target, service, instance } = labels;
  const whose = host ?? target ?? instance ?? service ?? "";
  const parts = PARTS.map((name) => partOf(name, labels[name])).filter((part) => part !== undefined && part !== whose);
  return [whose, ...parts].filter((part) => part !== "").join(" ");
}

/** A GPU's number alone says nothing. */
function partOf(name: string, value: string | undefined): string | undefined {
  return name === "gpu" && value !== undefined && /^\d+$/u.test(value) ? `GPU ${value}` : value;
}

const PARTS = ["mount", "interface", "gpu", "process", "unit", "check", "channel", "phase", "resource"] as const;
