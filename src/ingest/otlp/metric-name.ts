import type { OtlpData } from "./otlp.ts";

/**
 * A metric's name as the Prometheus exporters of OpenTelemetry write it: what is not a letter or digit becomes `_`, the
 * unit is added in words, a ratio ends in `_ratio`, a counter in `_total`. Source: opentelemetry-collector-contrib
 * pkg/translator/prometheus.
 */
export function metricName(name: string, unit: string, data: OtlpData): string {
  const words = name.split(/[^a-zA-Z0-9]+/u).filter((word) => word !== "");
  const isCounter = data.kind === "sum" && data.monotonic;
  // Already a name of that kind: what our agent sends, and what a collector scraped from an exporter.
  if (unit === "" && /^[a-zA-Z_:][a-zA-Z0-9_:]*$/u.test(name))
    return isCounter && !name.endsWith("_total") ? `${name}_total` : name;
  const suffixes = [
    ...unitWords(unit),
    ...(unit === "1" && data.kind === "gauge" ? ["ratio"] : []),
    ...(isCounter ? ["total"] : []),
  ];
  const rest = words.filter((word) => !(isCounter && word === "total"));
  const joined = [...rest, ...suffixes.filter((suffix) => !rest.includes(suffix))].join("_");
  return /^\d/u.test(joined) ? `_${joined}` : joined;
}

/** A label's name: what is not a letter or digit becomes `_`; it never begins with a digit. */
export function labelName(attribute: string): string {
  const name = attribute.replace(/[^a-zA-Z0-9_]/gu, "_");
  return /^[a-zA-Z_]/u.test(name) ? name : `key_${name}`;
}

/** `By/s` is `bytes`, `per_second`. A unit in braces is a remark, and no unit. */
function unitWords(unit: string): readonly string[] {
  const [above = "", below] = unit.replace(/\{[^}]*\}/gu, "").split("/", 2);
  const per = PER[below?.trim() ?? ""] ?? clean(below ?? "");
  return [
    ...(UNITS[above.trim()] ?? clean(above)).split("_").filter((word) => word !== ""),
    ...(per === "" ? [] : ["per", per]),
  ];
}

function clean(unit: string): string {
  return unit.trim() === "1" ? "" : unit.replace(/[^a-zA-Z0-9]+/gu, "_");
}

const UNITS: Readonly<Record<string, string>> = {
  d: "days",
  h: "hours",
  min: "minutes",
  s: "seconds",
  ms: "milliseconds",
  us: "microseconds",
  ns: "nanoseconds",
  By: "bytes",
  KiBy: "kibibytes",
  MiBy: "mebibytes",
  GiBy: "gibibytes",
  TiBy: "tibibytes",
  KBy: "kilobytes",
  MBy: "megabytes",
  GBy: "gigabytes",
  TBy: "terabytes",
  m: "meters",
  V: "volts",
  A: "amperes",
  J: "joules",
  W: "watts",
  g: "grams",
  Cel: "celsius",
  Hz: "hertz",
  "%": "percent",
  $: "dollars",
};

const PER: Readonly<Record<string, string>> = {
  s: "second",
  m: "minute",
  min: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  y: "year",
};
