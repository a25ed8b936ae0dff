import type { Locale } from "../words/locale.tsx";

/** What tells how a value is to be read: the metric's unit (`src/metric/metric.ts`), and its name where that is a bare number. */
export type ValueKind = { readonly unit: string; readonly metric?: string };

/** 1 it is as it should be, 0 it is not. */
const UP = /(_up|_running|_ready|_active)$/u;
const YES = /(_read_only|_throttled)$/u;
const FLAGS = {
  ko: { up: ["중단", "동작"], yes: ["아님", "해당"] },
  en: { up: ["down", "up"], yes: ["no", "yes"] },
} as const;
const PER_SECOND = { ko: "/초", en: "/s" } as const;
const LENGTHS = { ko: ["일", "시간", "분", "초"], en: [" d", " h", " min", " s"] } as const;
const BYTES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] as const;
const KIB = 1_024;
const COMPACT_FROM = 1_000_000;

/** A measured value as a person reads it: `93.1%`, `1.4 GiB`, `212 ms`, `3분 20초`, `18.2/초`, `동작`. */
export function valueText(value: number, { unit, metric = "" }: ValueKind, locale: Locale): string {
  if (unit === "count" && (value === 0 || value === 1)) {
    if (UP.test(metric)) return FLAGS[locale].up[value];
    if (YES.test(metric)) return FLAGS[locale].yes[value];
  }
  switch (unit) {
    case "ratio":
      return `${numberText(value * 100, locale, Math.abs(value) < 0.0001 ? 4 : 2)}%`;
    case "seconds":
      return secondsText(value, locale);
    case "bytes":
      return bytesText(value, locale);
    case "bytes-per-second":
      return `${bytesText(value, locale)}/s`;
    case "per-second":
      return `${numberText(value, locale)}${PER_SECOND[locale]}`;
    case "celsius":
      return `${numberText(value, locale)}°C`;
    case "watts":
      return `${numberText(value, locale)} W`;
    default:
      return numberText(value, locale);
  }
}

function secondsText(value: number, locale: Locale): string {
  const size = Math.abs(value);
  if (size === 0) return `0${LENGTHS[locale][3]}`;
  if (size < 0.001) return `${numberText(value * 1e6, locale)} µs`;
  if (size < 1) return `${numberText(value * 1_000, locale)} ms`;
  const [days, hours, minutes, seconds] = LENGTHS[locale];
  if (size < 60) return `${numberText(value, locale)}${seconds}`;
  const whole = Math.round(size);
  const sign = value < 0 ? "-" : "";
  const two = (large: number, name: string, small: number, smallName: string): string =>
    `${sign}${numberText(large, locale)}${name}${small > 0 ? ` ${small}${smallName}` : ""}`;
  if (whole < 3_600) return two(Math.floor(whole / 60), minutes, whole % 60, seconds);
  if (whole < 172_800) return two(Math.floor(whole / 3_600), hours, Math.floor((whole % 3_600) / 60), minutes);
  return two(Math.floor(whole / 86_400), days, 0, hours);
}

function bytesText(value: number, locale: Locale): string {
  const size = Math.abs(value);
  const power = size < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log(size) / Math.log(KIB)));
  return `${numberText(value / KIB ** power, locale)} ${BYTES[power]}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Three digits that tell something; whole from a hundred on. */
function numberText(value: number, locale: Locale, most = 4): string {
  const size = Math.abs(value);
  const telling = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
  const digits = Math.min(telling, most);
  const isCompact = size >= COMPACT_FROM;
  const key = `${locale} ${digits} ${isCompact}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale === "ko" ? "ko-KR" : "en-US", {
      maximumFractionDigits: isCompact ? 1 : digits,
      ...(isCompact ? { notation: "compact" as const } : {}),
    });
    formats.set(key, format);
  }
  return format.format(value);
}
