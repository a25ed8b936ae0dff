import { readDuration } from "../policy/phrases.ts";
import { SECOND_MS } from "../time/instant.ts";
import { WINDOW_MS_MAX, WINDOW_MS_MIN } from "./measure.ts";
import type { Measure } from "./monitor.ts";

const FORMS: readonly (readonly [Exclude<Measure["form"], "percentile">, string, RegExp])[] = [
  ["rate", "초당 증가율", /초당\s*증가율|\brate\b/iu],
  ["increase", "증가량", /증가량|\bincrease\b/iu],
  ["last", "마지막 값", /마지막\s*값|\blast\b/iu],
  ["avg", "평균", /평균|\b(?:avg|average|mean)\b/iu],
  ["min", "최소", /최소|\bmin(?:imum)?\b/iu],
  ["max", "최대", /최대|\bmax(?:imum)?\b/iu],
];

/** `5분 평균`, `5m max`, `5분 p95`: a window and what is made of it. */
export function readMeasureWords(text: string): Measure | undefined {
  const clean = text.normalize("NFC").trim();
  const percentile = /\bp(\d{1,2}(?:\.\d+)?)\b/iu.exec(clean);
  const form = FORMS.find(([, , pattern]) => pattern.test(clean));
  const rest = percentile === null ? clean.replace(form?.[2] ?? /$^/u, " ") : clean.replace(percentile[0], " ");
  const window = readDuration(rest);
  if (window === undefined || window < WINDOW_MS_MIN || window > WINDOW_MS_MAX) return undefined;
  if (percentile !== null) {
    const place = Number(percentile[1]);
    return place > 0 && place < 100 ? { form: "percentile", percentile: place, window } : undefined;
  }
  return form === undefined ? undefined : { form: form[0], window };
}

export function writeMeasure(measure: Measure): string {
  const window = `${measure.window / SECOND_MS}초`;
  if (measure.form === "percentile") return `${window} p${measure.percentile}`;
  return `${window} ${FORMS.find(([form]) => form === measure.form)?.[1] ?? ""}`;
}
