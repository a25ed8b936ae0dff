import type { Labels, Sample } from "../../metric/sample.ts";
import type { Instant } from "../../time/instant.ts";
import type { AgentBoot } from "./agent-word.ts";
import { translateHostMetrics } from "./host-metrics.ts";
import { labelName, metricName } from "./metric-name.ts";
import {
  type Attributes,
  CUMULATIVE,
  DELTA,
  type HistogramPoint,
  NO_RECORDED_VALUE,
  type OtlpMetric,
  type OtlpMetrics,
  type OtlpResource,
  type SummaryPoint,
} from "./otlp.ts";

/** Names one batch of our own agent: what it carries is in our vocabulary already, and is taken once. */
export const BATCH_ATTRIBUTE = "bongsu.batch";

/** `id/at`: since when the machine ran, by its clock when it measured (`bongsu.agent` has the same by that when it sends). */
export const BOOT_ATTRIBUTE = "bongsu.boot";

export type OtlpSamples = {
  /** Undefined: any sender's, which names nothing. */
  readonly batch: string | undefined;
  readonly boot?: AgentBoot;
  readonly host: string | undefined;
  readonly service: string | undefined;
  /** The values are of the host itself, not only of something that runs on it. */
  readonly isHost: boolean;
  readonly samples: readonly Sample[];
};

export type ReadSamples = {
  readonly parts: readonly OtlpSamples[];
  readonly points: number;
  /** Data points that are not kept, and why: the most frequent reason first. */
  readonly rejected: number;
  readonly because: string | undefined;
};

/**
 * What the data points are as samples. A gauge and a sum give one each; a histogram its `_count`, `_sum` and cumulative
 * `_bucket{le}`; a summary its quantiles. Of the resource's attributes `host.name`, `service.name` and
 * `service.instance.id` become the labels `host`, `service` and `instance`; the others are told to nobody, as in
 * Prometheus. Deltas are refused: they can only be added up where every one of them comes, and comes once.
 */
export function toSamples(metrics: OtlpMetrics, at: Instant): ReadSamples {
  const rejected = new Map<string, number>();
  let points = 0;
  const reject = (why: string, count: number): void => void rejected.set(why, (rejected.get(why) ?? 0) + count);
  const parts = metrics.map((resource): OtlpSamples => {
    points += resource.metrics.reduce((sum, { data }) => sum + ("points" in data ? data.points.length : 0), 0);
    return partOf(resource, at, reject);
  });
  const reasons = [...rejected].sort(([, one], [, other]) => other - one);
  return {
    parts,
    points,
    rejected: reasons.reduce((sum, [, count]) => sum + count, 0),
    because: reasons.length === 0 ? undefined : reasons.map(([why, count]) => `${count}: ${why}`).join("; "),
  };
}

type Reject = (why: string, count: number) => void;

function partOf({ attributes, metrics }: OtlpResource, at: Instant, reject: Reject): OtlpSamples {
  const batch = attributes[BATCH_ATTRIBUTE];
  const host = attributes["host.name"] === "" ? undefined : attributes["host.name"];
  const of = batch === undefined ? labelsOf(attributes) : {};
  const { translated, used } =
    batch === undefined && host !== undefined
      ? translateHostMetrics(metrics)
      : { translated: [], used: new Set<OtlpMetric>() };
  const boot = bootOf(attributes[BOOT_ATTRIBUTE]);
  return {
    batch,
    ...(boot === undefined ? {} : { boot }),
    host,
    service: attributes["service.name"] === "" ? undefined : attributes["service.name"],
    isHost: translated.length > 0,
    samples: [
      ...translated.map((one) => ({ ...one, at: one.at ?? at, labels: { ...of, ...one.labels } })),
      ...metrics.flatMap((metric) => (used.has(metric) ? [] : samplesOf(metric, of, at, reject))),
    ],
  };
}

function bootOf(text: string | undefined): AgentBoot | undefined {
  const [, id, at] = /^(.{1,100})\/(-?\d{1,15})$/u.exec(text ?? "") ?? [];
  return id === undefined ? undefined : { id, at: Number(at) };
}

function labelsOf(attributes: Attributes): Labels {
  const labels: Record<string, string> = {};
  for (const [attribute, label] of RESOURCE_LABELS) {
    const value = attributes[attribute];
    if (value !== undefined && value !== "") labels[label] = value;
  }
  return labels;
}

const RESOURCE_LABELS = [
  ["host.name", "host"],
  ["service.name", "service"],
  ["service.instance.id", "instance"],
] as const;

function samplesOf({ name, unit, data }: OtlpMetric, of: Labels, now: Instant, reject: Reject): readonly Sample[] {
  if (data.kind === "none") return [];
  const metric = metricName(name, unit, data);
  if (metric === "") {
    reject("a metric without a name", data.points.length);
    return [];
  }
  if ((data.kind === "sum" || data.kind === "histogram") && data.temporality !== CUMULATIVE) {
    reject(
      data.temporality === DELTA
        ? "delta temporality (send cumulative values, or put the collector's deltatocumulative processor before)"
        : "a sum or histogram that does not tell its temporality",
      data.points.length,
    );
    return [];
  }
  const samples: Sample[] = [];
  for (const point of data.points) {
    if ((point.flags & NO_RECORDED_VALUE) !== 0) continue;
    const at = point.at ?? now;
    const labels = { ...of, ...pointLabels(point.attributes) };
    const add = (suffix: string, more: Labels, value: number | undefined): void => {
      if (value !== undefined && Number.isFinite(value))
        samples.push({ metric: metric + suffix, labels: { ...labels, ...more }, at, value });
    };
    if ("quantiles" in point) addSummary(point, add);
    else if ("bucketCounts" in point) addHistogram(point, add);
    else if (point.value === undefined || !Number.isFinite(point.value)) reject("a value that is no finite number", 1);
    else add("", {}, point.value);
  }
  return samples;
}

function pointLabels(attributes: Attributes): Labels {
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== "") labels[labelName(name)] = value;
  return labels;
}

type Add = (suffix: string, more: Labels, value: number | undefined) => void;

function addHistogram({ count, sum, bucketCounts, bounds }: HistogramPoint, add: Add): void {
  add("_count", {}, count);
  add("_sum", {}, sum);
  if (bucketCounts.length !== bounds.length + 1) return;
  let below = 0;
  for (const [index, inBucket] of bucketCounts.entries()) {
    below += inBucket;
    const bound = bounds[index];
    add("_bucket", { le: bound === undefined ? "+Inf" : String(bound) }, below);
  }
}

function addSummary({ count, sum, quantiles }: SummaryPoint, add: Add): void {
  add("_count", {}, count);
  add("_sum", {}, sum);
  for (const { quantile, value } of quantiles) add("", { quantile: String(quantile) }, value);
}
