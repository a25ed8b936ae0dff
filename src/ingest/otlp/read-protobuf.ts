import { PbfReader } from "pbf";
import type {
  HistogramPoint,
  NumberPoint,
  OtlpData,
  OtlpMetric,
  OtlpMetrics,
  OtlpResource,
  SummaryPoint,
} from "./otlp.ts";

/**
 * The request in binary Protobuf. Field numbers stand beside the names of the proto files; what is not named here is
 * skipped, as the protocol wants it. Throws where the bytes are no such message.
 */
export function readProtobuf(bytes: Uint8Array): OtlpMetrics {
  const reader = new Reader(bytes);
  const resources: OtlpResource[] = [];
  fields(reader, reader.length, (field) => {
    if (field === REQUEST.resourceMetrics) resources.push(resourceIn(reader));
  });
  return resources;
}

/** Small messages take much more room once they are read: a body that is made of nothing else is not read to its end. */
const MESSAGES_MAX = 1_000_000;

class Reader extends PbfReader {
  messages = 0;
}

const REQUEST = { resourceMetrics: 1 };
const RESOURCE_METRICS = { resource: 1, scopeMetrics: 2 };
const RESOURCE = { attributes: 1 };
const SCOPE_METRICS = { metrics: 2 };
const METRIC = { name: 1, unit: 3, gauge: 5, sum: 7, histogram: 9, exponentialHistogram: 10, summary: 11 };
/** The same in each kind of data. */
const DATA = { points: 1, temporality: 2, monotonic: 3 };
const NUMBER = { time: 3, asDouble: 4, asInt: 6, attributes: 7, flags: 8 };
const HISTOGRAM = { time: 3, count: 4, sum: 5, bucketCounts: 6, bounds: 7, attributes: 9, flags: 10 };
const EXPONENTIAL = { attributes: 1, time: 3, count: 4, sum: 5, flags: 10 };
const SUMMARY = { time: 3, count: 4, sum: 5, quantiles: 6, attributes: 7, flags: 8 };
const QUANTILE = { quantile: 1, value: 2 };
const KEY_VALUE = { key: 1, value: 2 };
const ANY = { string: 1, bool: 2, int: 3, double: 4, array: 5, map: 6, bytes: 7 };
const LIST = { values: 1 };

/** Messages within messages: attributes may be nested, and a body that only nests must not end the process. */
const DEPTH_MAX = 10;

function fields(reader: Reader, end: number, read: (field: number) => void): void {
  if (end > reader.length) throw new RangeError("the body ends within a message");
  if (++reader.messages > MESSAGES_MAX) throw new RangeError("more messages than one request may hold");
  for (let field = reader.nextField(end); field !== 0; field = reader.nextField(end)) read(field);
  if (reader.pos !== end) throw new RangeError("a field is longer than the message that holds it");
}

/** Reads the message that follows. */
function message(reader: Reader, read: (field: number) => void): void {
  fields(reader, reader.readVarint() + reader.pos, read);
}

function resourceIn(reader: Reader): OtlpResource {
  const attributes: Record<string, string> = {};
  const metrics: OtlpMetric[] = [];
  message(reader, (field) => {
    if (field === RESOURCE_METRICS.resource)
      message(reader, (inner) => {
        if (inner === RESOURCE.attributes) attributeInto(attributes, reader, 0);
      });
    else if (field === RESOURCE_METRICS.scopeMetrics)
      message(reader, (inner) => {
        if (inner === SCOPE_METRICS.metrics) metrics.push(metricIn(reader));
      });
  });
  return { attributes, metrics };
}

function metricIn(reader: Reader): OtlpMetric {
  let name = "";
  let unit = "";
  let data: OtlpData = { kind: "none" };
  message(reader, (field) => {
    if (field === METRIC.name) name = reader.readString();
    else if (field === METRIC.unit) unit = reader.readString();
    else if (field === METRIC.gauge) data = { kind: "gauge", points: dataIn(reader, numberIn).points };
    else if (field === METRIC.sum) data = { kind: "sum", ...dataIn(reader, numberIn) };
    else if (field === METRIC.histogram) data = { kind: "histogram", ...dataIn(reader, histogramIn) };
    else if (field === METRIC.exponentialHistogram) data = { kind: "histogram", ...dataIn(reader, exponentialIn) };
    else if (field === METRIC.summary) data = { kind: "summary", points: dataIn(reader, summaryIn).points };
  });
  return { name, unit, data };
}

function dataIn<P>(
  reader: Reader,
  point: (reader: Reader) => P,
): { readonly points: readonly P[]; readonly temporality: number; readonly monotonic: boolean } {
  const points: P[] = [];
  let temporality = 0;
  let monotonic = false;
  message(reader, (field) => {
    if (field === DATA.points) points.push(point(reader));
    else if (field === DATA.temporality) temporality = reader.readVarint();
    else if (field === DATA.monotonic) monotonic = reader.readBoolean();
  });
  return { points, temporality, monotonic };
}

function numberIn(reader: Reader): NumberPoint {
  const attributes: Record<string, string> = {};
  const point: { at?: number | undefined; value?: number; flags: number } = { flags: 0 };
  message(reader, (field) => {
    if (field === NUMBER.time) point.at = timeIn(reader);
    else if (field === NUMBER.asDouble) point.value = reader.readDouble();
    else if (field === NUMBER.asInt) point.value = reader.readSFixed64();
    else if (field === NUMBER.attributes) attributeInto(attributes, reader, 0);
    else if (field === NUMBER.flags) point.flags = reader.readVarint();
  });
  return { attributes, at: point.at, value: point.value, flags: point.flags };
}

function histogramIn(reader: Reader): HistogramPoint {
  const attributes: Record<string, string> = {};
  const point: { at?: number | undefined; sum?: number; count: number; flags: number } = { count: 0, flags: 0 };
  const bucketCounts: number[] = [];
  const bounds: number[] = [];
  message(reader, (field) => {
    if (field === HISTOGRAM.time) point.at = timeIn(reader);
    else if (field === HISTOGRAM.count) point.count = reader.readFixed64();
    else if (field === HISTOGRAM.sum) point.sum = reader.readDouble();
    else if (field === HISTOGRAM.bucketCounts) reader.readPackedFixed64(bucketCounts);
    else if (field === HISTOGRAM.bounds) reader.readPackedDouble(bounds);
    else if (field === HISTOGRAM.attributes) attributeInto(attributes, reader, 0);
    else if (field === HISTOGRAM.flags) point.flags = reader.readVarint();
  });
  return { attributes, at: point.at, flags: point.flags, count: point.count, sum: point.sum, bucketCounts, bounds };
}

/** Its count and sum; its buckets have no fixed bounds. */
function exponentialIn(reader: Reader): HistogramPoint {
  const attributes: Record<string, string> = {};
  const point: { at?: number | undefined; sum?: number; count: number; flags: number } = { count: 0, flags: 0 };
  message(reader, (field) => {
    if (field === EXPONENTIAL.time) point.at = timeIn(reader);
    else if (field === EXPONENTIAL.count) point.count = reader.readFixed64();
    else if (field === EXPONENTIAL.sum) point.sum = reader.readDouble();
    else if (field === EXPONENTIAL.attributes) attributeInto(attributes, reader, 0);
    else if (field === EXPONENTIAL.flags) point.flags = reader.readVarint();
  });
  const { at, flags, count, sum } = point;
  return { attributes, at, flags, count, sum, bucketCounts: [], bounds: [] };
}

function summaryIn(reader: Reader): SummaryPoint {
  const attributes: Record<string, string> = {};
  const point: { at?: number | undefined; sum: number; count: number; flags: number } = { sum: 0, count: 0, flags: 0 };
  const quantiles: { quantile: number; value: number }[] = [];
  message(reader, (field) => {
    if (field === SUMMARY.time) point.at = timeIn(reader);
    else if (field === SUMMARY.count) point.count = reader.readFixed64();
    else if (field === SUMMARY.sum) point.sum = reader.readDouble();
    else if (field === SUMMARY.quantiles) {
      const one = { quantile: 0, value: 0 };
      message(reader, (inner) => {
        if (inner === QUANTILE.quantile) one.quantile = reader.readDouble();
        else if (inner === QUANTILE.value) one.value = reader.readDouble();
      });
      quantiles.push(one);
    } else if (field === SUMMARY.attributes) attributeInto(attributes, reader, 0);
    else if (field === SUMMARY.flags) point.flags = reader.readVarint();
  });
  return { attributes, at: point.at, flags: point.flags, count: point.count, sum: point.sum, quantiles };
}

/** Nanoseconds to whole milliseconds; 0 is "not told". */
function timeIn(reader: Reader): number | undefined {
  const nanos = reader.readFixed64();
  return nanos === 0 ? undefined : Math.floor(nanos / 1e6);
}

function attributeInto(attributes: Record<string, string>, reader: Reader, depth: number): void {
  let key = "";
  let value: unknown = "";
  message(reader, (field) => {
    if (field === KEY_VALUE.key) key = reader.readString();
    else if (field === KEY_VALUE.value) value = anyIn(reader, depth);
  });
  attributes[key] = attributeText(value);
}

function anyIn(reader: Reader, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new RangeError("attributes are nested too deeply");
  let value: unknown = "";
  message(reader, (field) => {
    if (field === ANY.string) value = reader.readString();
    else if (field === ANY.bool) value = reader.readBoolean();
    else if (field === ANY.int) value = reader.readVarint(true);
    else if (field === ANY.double) value = reader.readDouble();
    else if (field === ANY.array) {
      const list: unknown[] = [];
      message(reader, (inner) => {
        if (inner === LIST.values) list.push(anyIn(reader, depth + 1));
      });
      value = list;
    } else if (field === ANY.map) {
      const map: Record<string, string> = {};
      message(reader, (inner) => {
        if (inner === LIST.values) attributeInto(map, reader, depth + 1);
      });
      value = map;
    } else if (field === ANY.bytes) value = Buffer.from(reader.readBytes()).toString("base64");
  });
  return value;
}

function attributeText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
