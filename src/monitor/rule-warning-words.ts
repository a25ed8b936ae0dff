import { durationText } from "../locale/page.ts";
import type { Said } from "../locale/said.ts";
import type { Unit } from "../metric/metric.ts";
import type { Threshold } from "./monitor.ts";
import { lineText, valueText } from "./words.ts";

type OfLine = { readonly line: Threshold; readonly unit: Unit };

const ko = ({ line, unit }: OfLine): string => `${line.grade} ‘${lineText(line, unit, "ko")}’`;
const en = ({ line, unit }: OfLine): string => `${line.grade} “${lineText(line, unit, "en")}”`;

/** What is said of a rule that does not do what it seems to. */
export const ruleWarningSaid = {
  noLine: (): Said => ({
    ko: "임계치도 ‘평소와 다를 때’도 없어서 절대 울리지 않습니다.",
    en: "It has no threshold and nothing of what is usual, so it never fires.",
  }),
  unknownMetric: (f: { metric: string; meant: string }): Said => ({
    ko: `${f.metric}(이)라는 메트릭을 수집하는 것이 없습니다. ‘${f.meant}’을(를) 뜻하셨습니까?`,
    en: `Nothing collects a metric called ${f.metric}. Did you mean “${f.meant}”?`,
  }),
  unknownGrade: (f: { grade: string; known: readonly string[]; meant: string | undefined }): Said => ({
    ko: `‘${f.grade}’ 등급이 정책에 없습니다${f.meant === undefined ? "" : ` (‘${f.meant}’을(를) 뜻하셨습니까?)`}. 있는 등급: ${f.known.join(", ")}`,
    en: `The policy has no grade “${f.grade}”${f.meant === undefined ? "" : ` (did you mean “${f.meant}”?)`}. It has: ${f.known.join(", ")}`,
  }),
  beyond: (f: OfLine & { least: number; most: number }): Said => ({
    ko: `${ko(f)}: 이 값은 ${range(f, "ko")} 절대 울리지 않습니다.`,
    en: `${en(f)}: the value is ${range(f, "en")}, so it never fires.`,
  }),
  always: (f: OfLine & { least: number; most: number }): Said => ({
    ko: `${ko(f)}: 이 값은 ${range(f, "ko")} 항상 울립니다.`,
    en: `${en(f)}: the value is ${range(f, "en")}, so it always fires.`,
  }),
  clearBeyond: (f: OfLine): Said => ({
    ko: `${ko(f)}: 해제 값 ${valueText(f.line.clear ?? 0, f.unit, "ko")}이 임계치의 비정상 쪽에 있어, 울리자마자 끝납니다.`,
    en: `${en(f)}: its end at ${valueText(f.line.clear ?? 0, f.unit, "en")} is on the wrong side, so it is over as soon as it fires.`,
  }),
  holdTooLong: (f: OfLine): Said => ({
    ko: `${ko(f)}: ${durationText(f.line.hold, "ko")} 동안 이어져야 하는데, 지속 시간은 24시간까지입니다.`,
    en: `${en(f)}: it has to hold for ${durationText(f.line.hold, "en")}; a hold may be 24 hours at most.`,
  }),
  noDay: (f: OfLine): Said => ({
    ko: `${ko(f)}: 적용되는 요일이 없어서 절대 울리지 않습니다.`,
    en: `${en(f)}: it applies on no day, so it never fires.`,
  }),
  hoursTooShort: (f: OfLine & { length: number }): Said => ({
    ko: `${ko(f)}: 적용 시간은 ${durationText(f.length, "ko")}인데 ${durationText(f.line.hold, "ko")} 이어져야 하므로 절대 울리지 않습니다.`,
    en: `${en(f)}: it applies for ${durationText(f.length, "en")} and has to hold for ${durationText(f.line.hold, "en")}, so it never fires.`,
  }),
  crossed: (f: { severe: Threshold; mild: Threshold; unit: Unit }): Said => ({
    ko: `${ko({ line: f.severe, unit: f.unit })}이 ${ko({ line: f.mild, unit: f.unit })}보다 먼저 울립니다. 등급과 값이 서로 바뀌지 않았는지 보십시오.`,
    en: `${en({ line: f.severe, unit: f.unit })} fires before ${en({ line: f.mild, unit: f.unit })}. See whether grades and values are the wrong way round.`,
  }),
  matchesNothing: (f: { series: number }): Said => ({
    ko: `조건에 맞는 시계열이 없어 아무것도 지켜보지 않습니다. 이 메트릭의 시계열은 ${f.series}개 있습니다.`,
    en: `No series fits its matchers, so nothing is watched. There are ${f.series} series of the metric.`,
  }),
  exceptionOfNothing: (f: { matchers: string }): Said => ({
    ko: `예외 ‘${f.matchers}’에 맞는 시계열이 없습니다.`,
    en: `No series fits the exception “${f.matchers}”.`,
  }),
} as const;

function range({ least, most, unit }: OfLine & { least: number; most: number }, locale: "ko" | "en"): string {
  const low = valueText(least, unit, locale);
  if (!Number.isFinite(most)) return locale === "ko" ? `${low} 이상이어서` : `at least ${low}`;
  const high = valueText(most, unit, locale);
  return locale === "ko" ? `${low}~${high} 사이여서` : `between ${low} and ${high}`;
}
