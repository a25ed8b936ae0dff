import type { Unit } from "../metric/metric.ts";
import { readDuration } from "../policy/phrases.ts";
import type { Millis } from "../time/instant.ts";
import { WINDOW_MS_MAX, WINDOW_MS_MIN } from "./measure.ts";
import type { Baseline, Comparison, Measure } from "./monitor.ts";

/** What the number of a threshold counts, as it was written. */
export type WrittenUnit =
  | "percent"
  | "seconds"
  | "bytes"
  | "bytes-per-second"
  | "per-second"
  | "celsius"
  | "watts"
  | "count";

/** A threshold as a document says it. `state`: not as it should be (중지, down); `unusual`: unlike this hour of other weeks. */
export type ThresholdWords =
  | {
      readonly is: "line";
      readonly when: Comparison;
      /** In the written unit's base: 90 for 90 %, seconds, bytes. */
      readonly bound: number;
      readonly unit: WrittenUnit;
      readonly hold?: Millis;
      readonly measure?: Measure;
    }
  | { readonly is: "state"; readonly hold?: Millis }
  | { readonly is: "unusual"; readonly side: Baseline["side"]; readonly hold?: Millis };

const DURATION = String.raw`\d+(?:\.\d+)?\s*(?:일|시간|분|초|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])`;
const FORM = String.raw`평균|최대|최소|백분위|average|avg|mean|maximum|max|minimum|min|p\d{1,2}(?:\.\d+)?`;
const FORM_AFTER = new RegExp(String.raw`(${DURATION})\s*(?:간|동안의?)?\s*(${FORM})(?![a-z])(?:값?(?:이|가))?`, "iu");
const FORM_BEFORE = new RegExp(
  String.raw`(?<![a-z])(${FORM})\s+(?:over|of|in)\s+(?:the\s+last\s+)?(${DURATION})`,
  "iu",
);
const COMPARISONS: readonly (readonly [RegExp, Comparison])[] = [
  [/>=|≥|이상|\bat least\b/iu, "at-least"],
  [/<=|≤|이하|\bat most\b/iu, "at-most"],
  [/>|초과|\b(?:above|over|more than|exceeds|higher than)\b/iu, "above"],
  [/<|미만|\b(?:below|under|less than|lower than)\b/iu, "below"],
];
/** In powers of 1,024, however they are written: `MB` is `MiB`. */
const BYTES: readonly (readonly [string, number])[] = [
  ["pi?", 1024 ** 5],
  ["ti?", 1024 ** 4],
  ["gi?", 1024 ** 3],
  ["mi?", 1024 ** 2],
  ["ki?", 1024],
  ["", 1],
];
/** `초당 5건`: the time before the number. */
const PER: readonly (readonly [RegExp, number])[] = [
  [/초당\s*(?=-?\d)/u, 1],
  [/분당\s*(?=-?\d)/u, 1 / 60],
  [/시간당\s*(?=-?\d)/u, 1 / 3_600],
];
const UNITS: readonly (readonly [RegExp, WrittenUnit, number])[] = [
  [/^(?:%|퍼센트|percent)/iu, "percent", 1],
  [
    /^(?:(?:건|회|개|requests?|queries)?\s*\/\s*(?:초|s|sec(?:ond)?)|tps|rps|qps|per second|a second)(?![a-z])/iu,
    "per-second",
    1,
  ],
  [
    /^(?:(?:건|회|개|requests?|queries)?\s*\/\s*(?:분|min(?:ute)?s?)|rpm|per minute|a minute)(?![a-z])/iu,
    "per-second",
    1 / 60,
  ],
  [
    /^(?:(?:건|회|개|requests?|queries)?\s*\/\s*(?:시간|h(?:ours?)?)|per hour|an hour)(?![a-z])/iu,
    "per-second",
    1 / 3_600,
  ],
  ...BYTES.map(([prefix, factor]): readonly [RegExp, WrittenUnit, number] => [
    new RegExp(String.raw`^${prefix}b(?:ytes?)?\s*(?:\/\s*(?:초|s(?:ec(?:ond)?)?)|per second|a second)(?![a-z])`, "iu"),
    "bytes-per-second",
    factor,
  ]),
  [/^(?:ms|밀리초|milliseconds?)(?![a-z])/iu, "seconds", 0.001],
  [/^(?:초|seconds?|secs?|s)(?![a-z])/iu, "seconds", 1],
  [/^(?:분|minutes?|mins?|m)(?![a-z])/iu, "seconds", 60],
  [/^(?:시간|hours?|hrs?|h)(?![a-z])/iu, "seconds", 3_600],
  [/^(?:일|days?|d)(?![a-z])/iu, "seconds", 86_400],
  ...BYTES.map(([prefix, factor]): readonly [RegExp, WrittenUnit, number] => [
    new RegExp(String.raw`^${prefix}b(?:ytes?)?(?![a-z/])`, "iu"),
    "bytes",
    factor,
  ]),
  [/^(?:w(?:atts?)?|와트)(?![a-z])/iu, "watts", 1],
  [/^(?:°\s*c|℃|도)/iu, "celsius", 1],
  [/^(?:건|회|개|명|번|times|sessions?|connections?|errors?)/iu, "count", 1],
];
const STATE =
  /^(?:비정상|중지|중단|정지|다운|끊김|실패|미동작|이상\s*발생|abnormal|down|stopped|failed|lost|not running)/iu;
/** What stands between the parts and says nothing more. */
const FILLERS =
  /(?:지속|유지|연속|동안|이어지면|인 상태로|상태|^이상|\bfor\b|\bduring\b|\bin a row\b|(?<=[분초일]|시간)간(?=\s|$)|[,을를이가로])/giu;

/** `90% 초과 5분`, `5분 평균 3초 이상 10분 지속`, `above 90 % for 5 minutes`, `중지 1분`, `평소와 다름 15분`. */
export function readThreshold(text: string): ThresholdWords | undefined {
  const clean = text.normalize("NFC").trim();
  const state = STATE.exec(clean);
  if (state !== null) {
    const hold = holdIn(clean.slice(state[0].length));
    return hold === undefined ? undefined : { is: "state", ...hold };
  }
  if (/평소|usual/iu.test(clean)) return unusual(clean);
  const { measure, rest } = measureIn(clean);
  return measure === null ? undefined : line(rest, measure);
}

function unusual(text: string): ThresholdWords | undefined {
  const found =
    /(?:평소(?:보다|와|의)?\s*(낮음|낮|적음|적|높음|높|많음|많|다름|다르)|(lower|less|higher|more|different|unlike)\s*(?:than|from|the)?\s*(?:the\s+)?usual)/iu.exec(
      text,
    );
  const word = found?.[1] ?? found?.[2];
  if (found === null || word === undefined) return undefined;
  const side = /낮|적|lower|less/iu.test(word) ? "below" : /높|많|higher|more/iu.test(word) ? "above" : "both";
  const hold = holdIn(text.replace(found[0], " ").replace(/^[면음은]+/u, " "));
  return hold === undefined ? undefined : { is: "unusual", side, ...hold };
}

/** `null` where a window is written that is too short or too long to be looked at. */
function measureIn(text: string): { readonly measure: Measure | undefined | null; readonly rest: string } {
  const after = FORM_AFTER.exec(text);
  const before = after === null ? FORM_BEFORE.exec(text) : null;
  const found = after ?? before;
  if (found === null) return { measure: undefined, rest: text };
  const window = readDuration((after === null ? found[2] : found[1]) ?? "");
  const word = ((after === null ? found[1] : found[2]) ?? "").toLowerCase();
  const rest = text.replace(found[0], " ");
  if (window === undefined || window < WINDOW_MS_MIN || window > WINDOW_MS_MAX) return { measure: null, rest };
  const percentile = /^p(\d.*)$/u.exec(word)?.[1];
  if (percentile !== undefined)
    return { measure: { form: "percentile", percentile: Number(percentile), window }, rest };
  const form = /^(?:최대|max)/u.test(word) ? "max" : /^(?:최소|min)/u.test(word) ? "min" : "avg";
  return { measure: word === "백분위" ? null : { form, window }, rest };
}

function line(text: string, measure: Measure | undefined): ThresholdWords | undefined {
  let rest = text;
  let hold: Millis | undefined;
  const lasting = new RegExp(String.raw`^\s*(${DURATION})\s*(?:간|동안)\s+`, "iu").exec(rest);
  if (lasting !== null) {
    hold = readDuration(lasting[1] ?? "");
    rest = rest.slice(lasting[0].length);
  }
  // A second 이상 belongs to the time: `90% 초과 5분 이상`.
  const places = COMPARISONS.flatMap(([pattern, when]) => {
    const found = pattern.exec(rest);
    return found === null ? [] : [{ when, at: found.index, length: found[0].length }];
  }).sort((one, other) => one.at - other.at || other.length - one.length);
  const [place] = places;
  if (place !== undefined) rest = `${rest.slice(0, place.at)} ${rest.slice(place.at + place.length)}`;
  const per = PER.find(([pattern]) => pattern.test(rest));
  if (per !== undefined) rest = rest.replace(per[0], "");
  const number = /^\s*(-?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?)\s*/iu.exec(rest);
  if (number === null) return undefined;
  rest = rest.slice(number[0].length);
  const found = UNITS.find(([pattern]) => pattern.test(rest));
  if (found !== undefined) rest = rest.replace(found[0], " ");
  const unit = per === undefined ? found : perTime(found, per[1]);
  if (unit === null) return undefined;
  const held = holdIn(rest);
  if (held === undefined || (held.hold !== undefined && hold !== undefined)) return undefined;
  hold ??= held.hold;
  return {
    is: "line",
    when: place?.when ?? "at-least",
    bound: asWritten(Number((number[1] ?? "").replaceAll(",", "")) * (unit?.[2] ?? 1)),
    unit: unit?.[1] ?? "count",
    ...(hold === undefined ? {} : { hold }),
    ...(measure === undefined ? {} : { measure }),
  };
}

/** What is counted in so much time; null where it is no count. */
function perTime(
  unit: (typeof UNITS)[number] | undefined,
  factor: number,
): readonly [RegExp, WrittenUnit, number] | null {
  if (unit === undefined || unit[1] === "count") return [/^/u, "per-second", factor];
  return unit[1] === "bytes" ? [/^/u, "bytes-per-second", unit[2] * factor] : null;
}

/** `5분 지속`, `for 5 minutes`, nothing; undefined where something else stands there. */
function holdIn(text: string): { readonly hold?: Millis } | undefined {
  const rest = text
    .replace(/이상|at least/giu, " ")
    .replace(FILLERS, " ")
    .trim();
  if (rest === "") return {};
  const hold = readDuration(rest);
  return hold === undefined ? undefined : { hold };
}

/** A written number in a metric's own unit; undefined where it counts something else. */
export function inUnit(bound: number, written: WrittenUnit, unit: Unit): number | undefined {
  switch (unit) {
    case "ratio":
      return written === "percent" ? asWritten(bound / 100) : written === "count" && bound <= 1 ? bound : undefined;
    case "seconds":
      return written === "seconds" ? bound : undefined;
    case "bytes":
      return written === "bytes" ? bound : undefined;
    case "bytes-per-second":
      return written === "bytes" || written === "bytes-per-second" ? bound : undefined;
    case "per-second":
      return written === "per-second" || written === "count" ? bound : undefined;
    case "celsius":
      return written === "celsius" || written === "count" ? bound : undefined;
    case "watts":
      return written === "watts" || written === "count" ? bound : undefined;
    case "count":
      return written === "count" || written === "per-second" ? bound : undefined;
  }
}

/** 175.2 % is 1.752 and not 1.7519999999999998. */
function asWritten(value: number): number {
  return Number(value.toPrecision(12));
}
