import type { Labels } from "../../metric/sample.ts";
import type { Instant } from "../../time/instant.ts";

export type Answer = {
  readonly series: readonly { readonly labels: Labels; readonly value: number; readonly at: Instant }[];
  /** What the server says beside it: results that are not whole, say. */
  readonly warnings: readonly string[];
};

/**
 * `/api/v1/query` as Prometheus, VictoriaMetrics, Thanos and Mimir answer it: a vector or a scalar. Values that are no
 * numbers (a ratio of nothing) are left out.
 */
export function readAnswer(status: number, body: string): Answer | { readonly problem: string } {
  const parsed = parsedJson(body);
  if (!isRecord(parsed)) return { problem: `status ${status}, and what came is not the answer of a query` };
  if (parsed.status !== "success") {
    const kind = typeof parsed.errorType === "string" ? parsed.errorType : `status ${status}`;
    const words = typeof parsed.error === "string" ? parsed.error : "without a reason";
    return { problem: `${kind}: ${words}`.slice(0, PROBLEM_LENGTH_MAX) };
  }
  const { data } = parsed;
  const warnings = Array.isArray(parsed.warnings) ? parsed.warnings.filter((one) => typeof one === "string") : [];
  if (isRecord(data) && data.resultType === "scalar") return { series: [pointOf({}, data.result)].flat(), warnings };
  if (isRecord(data) && data.resultType === "vector" && Array.isArray(data.result)) {
    const series = data.result.flatMap((one: unknown) =>
      isRecord(one) ? pointOf(isRecord(one.metric) ? one.metric : {}, one.value) : [],
    );
    return { series, warnings };
  }
  const kind = isRecord(data) ? String(data.resultType) : "nothing";
  return { problem: `the query gives ${kind}; it has to give one value a series, now` };
}

const PROBLEM_LENGTH_MAX = 300;

function pointOf(metric: Readonly<Record<string, unknown>>, told: unknown): Answer["series"] {
  if (!Array.isArray(told)) return [];
  const [seconds, text] = told as readonly unknown[];
  const value = Number(text);
  if (typeof seconds !== "number" || typeof text !== "string" || !Number.isFinite(value)) return [];
  const labels = Object.entries(metric).filter(
    (entry): entry is [string, string] => entry[0] !== "__name__" && typeof entry[1] === "string" && entry[1] !== "",
  );
  return [{ labels: Object.fromEntries(labels), value, at: Math.round(seconds * 1_000) }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
