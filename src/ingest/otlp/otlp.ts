import type { Instant } from "../../time/instant.ts";

/**
 * `ExportMetricsServiceRequest` of the OpenTelemetry protocol, as far as it is used here: both encodings are read into
 * this. Source: opentelemetry-proto 1.x, `metrics.proto` and `metrics_service.proto`.
 */
export type OtlpMetrics = readonly OtlpResource[];

export type OtlpResource = { readonly attributes: Attributes; readonly metrics: readonly OtlpMetric[] };

/** Scalar values as text; lists and maps as JSON. */
export type Attributes = Readonly<Record<string, string>>;

export type OtlpMetric = {
  readonly name: string;
  /** UCUM: `By`, `s`, `1`, `{packets}`. */
  readonly unit: string;
  readonly data: OtlpData;
};

export type OtlpData =
  | { readonly kind: "gauge"; readonly points: readonly NumberPoint[] }
  | {
      readonly kind: "sum";
      readonly points: readonly NumberPoint[];
      readonly temporality: number;
      readonly monotonic: boolean;
    }
  | { readonly kind: "histogram"; readonly points: readonly HistogramPoint[]; readonly temporality: number }
  | { readonly kind: "summary"; readonly points: readonly SummaryPoint[] }
  /** Nothing that is known: a metric without data, or of a kind that came later. */
  | { readonly kind: "none" };

/** `AggregationTemporality`; 0 is unspecified, and not allowed. */
export const DELTA = 1;
export const CUMULATIVE = 2;
/** Bit of `DataPointFlags`: the series ended or could not be measured, there is no value. */
export const NO_RECORDED_VALUE = 1;

type AnyPoint = { readonly attributes: Attributes; readonly at: Instant | undefined; readonly flags: number };

export type NumberPoint = AnyPoint & { readonly value: number | undefined };

export type HistogramPoint = AnyPoint & {
  readonly count: number;
  readonly sum: number | undefined;
  /** In each bucket alone, one more than there are bounds; both empty for an exponential histogram. */
  readonly bucketCounts: readonly number[];
  readonly bounds: readonly number[];
};

export type SummaryPoint = AnyPoint & {
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly { readonly quantile: number; readonly value: number }[];
};
