import { isRecord } from "../read.ts";
import type {
  Attributes,
  HistogramPoint,
  NumberPoint,
  OtlpData,
  OtlpMetric,
  OtlpMetrics,
  OtlpResource,
  SummaryPoint,
} from "./otlp.ts";

type Json = Readonly<Record<string, unknown>>;

/** The request in JSON Protobuf encoding, already parsed. Unknown members are ignored; throws where it is no request. */
export function readJson(body: unknown): OtlpMetrics {
  if (!isRecord(body)) throw new TypeError("the body is no JSON object");
  return list(body.resourceMetrics, "resourceMetrics").map(resourceIn);
}

function resourceIn(resource: Json): OtlpResource {
  return {
    attributes: attributesIn(isRecord(resource.resource) ? resource.resource.attributes : undefined),
    metrics: list(resource.scopeMetrics, "scopeMetrics").flatMap(({ metrics }) =>
      list(metrics, "metrics").map(metricIn),
    ),
  };
}

function metricIn(metric: Json): OtlpMetric {
  return { name: text(metric.name), unit: text(metric.unit), data: dataIn(metric) };
}

function dataIn({ gauge, sum, histogram, exponentialHistogram, summary }: Json): OtlpData {
  if (isRecord(gauge)) return { kind: "gauge", points: points(gauge).map(numberIn) };
  if (isRecord(sum)) {
    const { aggregationTemporality, isMonotonic } = sum;
    const temporality = Number(aggregationTemporality ?? 0);
    return { kind: "sum", points: points(sum).map(numberIn), temporality, monotonic: isMonotonic === true };
  }
  const either = isRecord(histogram) ? histogram : exponentialHistogram;
  if (isRecord(either)) {
    const temporality = Number(either.aggregationTemporality ?? 0);
    return { kind: "histogram", points: points(either).map(histogramIn), temporality };
  }
  return isRecord(summary) ? { kind: "summary", points: points(summary).map(summaryIn) } : { kind: "none" };
}

function points({ dataPoints }: Json): readonly Json[] {
  return list(dataPoints, "dataPoints");
}

function anyPoint(point: Json): Pick<NumberPoint, "attributes" | "at" | "flags"> {
  return {
    attributes: attributesIn(point.attributes),
    at: timeIn(point.timeUnixNano),
    flags: Number(point.flags ?? 0),
  };
}

function numberIn(point: Json): NumberPoint {
  return { ...anyPoint(point), value: numberOf(point.asDouble ?? point.asInt) };
}

function histogramIn(point: Json): HistogramPoint {
  const { bucketCounts, explicitBounds, count, sum } = point;
  return {
    ...anyPoint(point),
    count: numberOf(count) ?? 0,
    sum: numberOf(sum),
    bucketCounts: numbers(bucketCounts),
    bounds: numbers(explicitBounds),
  };
}

function summaryIn(point: Json): SummaryPoint {
  return {
    ...anyPoint(point),
    count: numberOf(point.count) ?? 0,
    sum: numberOf(point.sum) ?? 0,
    quantiles: list(point.quantileValues, "quantileValues").map(({ quantile, value }) => ({
      quantile: numberOf(quantile) ?? 0,
      value: numberOf(value) ?? 0,
    })),
  };
}

/** 64-bit numbers are texts, or numbers; what is not finite is written as a word. */
function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value === "") return undefined;
  return value === "NaN" ? Number.NaN : Number(value);
}

function numbers(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.map((one: unknown) => numberOf(one) ?? Number.NaN) : [];
}

/** Nanoseconds to whole milliseconds, cut where a number could not hold them; 0 is "not told". */
function timeIn(value: unknown): number | undefined {
  if (typeof value === "string" && /^\d{7,}$/u.test(value)) return Number(value.slice(0, -6));
  const nanos = numberOf(value);
  return nanos === undefined || nanos === 0 ? undefined : Math.floor(nanos / 1e6);
}

function attributesIn(value: unknown): Attributes {
  const attributes: Record<string, string> = {};
  for (const one of list(value, "attributes")) attributes[text(one.key)] = attributeText(anyIn(one.value));
  return attributes;
}

function anyIn(value: unknown): unknown {
  if (!isRecord(value)) return "";
  const { stringValue, boolValue, intValue, doubleValue, arrayValue, kvlistValue, bytesValue } = value;
  const scalar = stringValue ?? boolValue ?? doubleValue ?? bytesValue;
  if (scalar !== undefined) return scalar;
  if (intValue !== undefined) return numberOf(intValue);
  if (isRecord(arrayValue)) return list(arrayValue.values, "values").map(anyIn);
  return isRecord(kvlistValue) ? attributesIn(kvlistValue.values) : "";
}

function attributeText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function list(value: unknown, member: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every(isRecord)) return value;
  throw new TypeError(`'${member}' is no list of objects`);
}
