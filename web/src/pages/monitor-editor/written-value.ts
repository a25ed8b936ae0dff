import type { Unit } from "../../../../src/metric/metric.ts";
import type { Measure } from "../../../../src/monitor/monitor.ts";
import type { Locale } from "../../words/locale.tsx";

/** Names of a size, the first of each language written, all of them read. */
type Size = { readonly of: number; readonly ko: string; readonly en: string; readonly read: RegExp };

const SECOND: Size = { of: 1, ko: "초", en: " s", read: /^(?:초|s|secs?|seconds?)$/iu };
const LENGTHS: readonly Size[] = [
  { of: 86_400, ko: "일", en: " d", read: /^(?:일|d|days?)$/iu },
  { of: 3_600, ko: "시간", en: " h", read: /^(?:시간|h|hrs?|hours?)$/iu },
  { of: 60, ko: "분", en: " min", read: /^(?:분|m|mins?|minutes?)$/iu },
  SECOND,
  { of: 0.001, ko: " ms", en: " ms", read: /^(?:ms|밀리초|milliseconds?)$/iu },
  { of: 0.000_001, ko: " µs", en: " µs", read: /^(?:[µμu]s|마이크로초|microseconds?)$/iu },
];
const KIB = 1_024;
/** In powers of 1,024, however they are written. */
const BYTES: readonly Size[] = [
  { of: KIB ** 4, ko: " TiB", en: " TiB", read: /^ti?b?$/iu },
  { of: KIB ** 3, ko: " GiB", en: " GiB", read: /^gi?b?$/iu },
  { of: KIB ** 2, ko: " MiB", en: " MiB", read: /^mi?b?$/iu },
  { of: KIB, ko: " KiB", en: " KiB", read: /^ki?b?$/iu },
  { of: 1, ko: " B", en: " B", read: /^(?:b|bytes?|바이트)$/iu },
];
const PLAIN: Readonly<Partial<Record<Unit, RegExp>>> = {
  "per-second": /^(?:건|회|개)?\/(?:초|s|sec)$|^(?:tps|rps|qps)$/iu,
  celsius: /^(?:°c|℃|c|도)$/iu,
  watts: /^(?:w|와트|watts?)$/iu,
  count: /^(?:개|건|회|명|번)$/u,
};
const PART = /^(-?\d[\d,]*(?:\.\d+)?|-?\.\d+)\s*([^\d\s.,/-]*(?:\s*\/\s*(?:초|s|sec))?)\s*/iu;

/** What the lines of a measure count in: of a counter it is how fast or by how much it grows. */
export function unitOfMeasure(unit: Unit, form: Measure["form"]): Unit {
  if (form !== "rate") return unit;
  return unit === "bytes" ? "bytes-per-second" : unit === "seconds" ? "ratio" : "per-second";
}

/** What the metric itself is measured in, of which the lines count in `unit`. */
export function unitOfMetric(unit: Unit, form: Measure["form"]): Unit {
  if (form !== "rate") return unit;
  return unit === "bytes-per-second" ? "bytes" : unit === "ratio" ? "seconds" : "count";
}

/**
 * A value as somebody types it, in the metric's unit: `95%`, `250ms`, `1시간 30분`, `20GB`, `3.5`. A number alone is in
 * percent, seconds, bytes. Undefined: not one of this unit.
 */
export function readValue(text: string, unit: Unit): number | undefined {
  const clean = text.normalize("NFC").trim();
  switch (unit) {
    case "ratio": {
      const percent = readPlain(clean, /^(?:%|퍼센트|percent)$/iu);
      return percent === undefined ? undefined : rounded(percent / 100);
    }
    case "seconds":
      return readSizes(clean, LENGTHS, SECOND);
    case "bytes":
      return readSizes(clean, BYTES);
    case "bytes-per-second":
      return readSizes(clean.replace(/\s*\/\s*(?:초|s|sec)$/iu, ""), BYTES);
    default:
      return readPlain(clean, PLAIN[unit] ?? /^$/u);
  }
}

/** As `readValue` reads it back, to the last digit that counts. */
export function writeValue(value: number, unit: Unit, locale: Locale): string {
  switch (unit) {
    case "ratio":
      return `${rounded(value * 100)}%`;
    case "seconds":
      return writeSize(value, LENGTHS, SECOND, locale);
    case "bytes":
      return writeSize(value, BYTES, undefined, locale);
    case "bytes-per-second":
      return `${writeSize(value, BYTES, undefined, locale)}/s`;
    case "per-second":
      return `${rounded(value)}${locale === "ko" ? "/초" : "/s"}`;
    case "celsius":
      return `${rounded(value)}°C`;
    case "watts":
      return `${rounded(value)} W`;
    case "count":
      return String(rounded(value));
  }
}

/** A length of time in milliseconds; a number alone is minutes. */
export function readLength(text: string): number | undefined {
  const clean = text.normalize("NFC").trim();
  const minutes = readPlain(clean, /^$/u);
  const seconds = minutes === undefined ? readSizes(clean, LENGTHS, SECOND) : minutes * 60;
  return seconds === undefined || seconds < 0 ? undefined : Math.round(seconds * 1_000);
}

/** As `readLength` reads it back: `5분`, `1시간 30분`, `90초`. */
export function writeLength(ms: number, locale: Locale): string {
  if (ms === 0) return locale === "ko" ? "0분" : "0 min";
  const parts: string[] = [];
  let left = ms / 1_000;
  for (const size of LENGTHS.slice(0, 4)) {
    // A minute and a half is ninety seconds; an hour and a half is not ninety minutes.
    if (size.of === 60 && parts.length === 0 && left < 120 && left % 60 !== 0) continue;
    const count = size === SECOND ? rounded(left) : Math.floor(left / size.of);
    if (count === 0) continue;
    parts.push(`${count}${size[locale]}`);
    left -= count * size.of;
  }
  return parts.join(" ");
}

/** One number, with the unit's name or without. */
function readPlain(text: string, name: RegExp): number | undefined {
  const found = PART.exec(text);
  if (found === null || found[0].length < text.length) return undefined;
  const unit = (found[2] ?? "").replace(/\s/gu, "");
  return unit === "" || name.test(unit) ? numberOf(found[1]) : undefined;
}

/** Numbers with their sizes one after the other, each smaller than the one before it. */
function readSizes(text: string, sizes: readonly Size[], bare: Size | undefined = sizes.at(-1)): number | undefined {
  let rest = text;
  let sum = 0;
  let before = Number.POSITIVE_INFINITY;
  let count = 0;
  while (rest !== "") {
    const found = PART.exec(rest);
    if (found === null) return undefined;
    const name = found[2] ?? "";
    // A number without a size stands alone.
    const size = name === "" ? (count === 0 && found[0] === rest ? bare : undefined) : sizeNamed(name, sizes);
    if (size === undefined || size.of >= before) return undefined;
    sum += numberOf(found[1]) * size.of;
    before = size.of;
    count++;
    rest = rest.slice(found[0].length);
  }
  return count === 0 ? undefined : rounded(sum);
}

function sizeNamed(name: string, sizes: readonly Size[]): Size | undefined {
  return sizes.find(({ read }) => read.test(name));
}

/** In the largest size of which it is a number with few digits. */
function writeSize(value: number, sizes: readonly Size[], whole: Size | undefined, locale: Locale): string {
  const size =
    sizes.find(({ of }) => Math.abs(value) >= of && hasFewDigits(value / of, of <= 1 || whole === undefined)) ??
    whole ??
    sizes.at(-1);
  return size === undefined ? String(value) : `${rounded(value / size.of)}${size[locale]}`;
}

/** Lengths of more than a second are told in whole minutes, hours and days; sizes and parts of seconds with two decimals. */
function hasFewDigits(value: number, allowsDecimals: boolean): boolean {
  const scaled = rounded(value * (allowsDecimals ? 100 : 1));
  return Number.isInteger(scaled);
}

function numberOf(text: string | undefined): number {
  return Number((text ?? "").replaceAll(",", ""));
}

/** Without what binary fractions add to a decimal number. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
