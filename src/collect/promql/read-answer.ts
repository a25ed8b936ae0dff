import type { Labels } from "../../metric/sample.ts";
import type { CollectReason } from "../../monitor/collect-reason.ts";
import type { Instant } from "../../time/instant.ts";

export type Answer = {
  readonly series: readonly { readonly labels: Labels; readonly value: number; readonly at: Instant }[];
  /** What is to be said beside it: that it is not whole, say. */
  readonly notes: readonly CollectReason[];
};

/**
 * `/api/v1/query` as Prometheus, VictoriaMetrics, Thanos and Mimir answer it: a vector or a scalar. Values that are no
 * numbers (a ratio of nothing) are left out.
 */
export function readAnswer(status: number, body: string): Answer | { readonly problem: CollectReason } {
  const parsed = parsedJson(body);
  if (!isRecord(parsed)) return { problem: { code: "query-unanswered", status } };
  if (parsed.status !== "success") {
    if (typeof parsed.error !== "string") return { problem: { code: "query-unanswered", status } };
    const kind = typeof parsed.errorType === "string" ? parsed.errorType : status;
    return { problem: { code: "query-refused", detail: `${kind}: ${parsed.error}` } };
  }
  const { data } = parsed;
  const notes = notesIn(parsed);
  if (isRecord(data) && data.resultType === "scalar") return { series: [pointOf({}, data.result)].flat(), notes };
  if (isRecord(data) && data.resultType === "vector" && Array.isArray(data.result)) {
    const series = data.result.flatMap((one: unknown) =>
      isRecord(one) ? pointOf(isRecord(one.metric) ? one.metric : {}, one.value) : [],
    );
    const histograms = data.result.filter((one) => isRecord(one) && one.histogram !== undefined).length;
    return { series, notes: histograms === 0 ? notes : [...notes, { code: "histograms-left-out", count: histograms }] };
  }
  const kind = isRecord(data) ? String(data.resultType) : "nothing";
  return { problem: { code: "query-gives", kind } };
}

/** VictoriaMetrics' cluster says `isPartial`, Thanos and Mimir warn. */
function notesIn({ isPartial, warnings }: Readonly<Record<string, unknown>>): readonly CollectReason[] {
  const told = Array.isArray(warnings) ? warnings.filter((one) => typeof one === "string") : [];
  return [
    ...(isPartial === true ? [{ code: "answer-partial" } as const] : []),
    ...told.map((detail): CollectReason => ({ code: "server-warns", detail })),
  ];
}

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
