import { fingerprint } from "../ingest/prometheus/fingerprint.ts";
import { isRecord, textOf, textsOf } from "../ingest/read.ts";
import { instantOf } from "../time/fast-iso.ts";
import type { Instant } from "../time/instant.ts";
import type { HistoryAlert } from "./history.ts";
import { LineRefused } from "./line-refused.ts";

type Fields = Readonly<Record<string, unknown>>;

/** One alert of a line: `{at, title, service, severity, key, status, labels}` (docs/backtest.md). */
export function readAlertLine(fields: Fields, line: number): HistoryAlert {
  const at = timeOf(fields);
  const title = textOf(fields.title, TITLE_LENGTH_MAX);
  if (title === undefined) throw new LineRefused("no-title");
  const service = textOf(fields.service, 200);
  const severity = textOf(fields.grade ?? fields.severity, 100);
  const labels = labelsIn(fields);
  const key = textOf(fields.key, 512) ?? `${service ?? ""}/${title}`.slice(0, 512);
  return alertOf(
    { at, line, key, title, status: statusOf(fields), labels },
    { service, severity, description: textOf(fields.description, 10_000) },
  );
}

/** The alerts of one body that Alertmanager posted to a webhook, with the time at which it did. */
export function readWebhookLine(fields: Fields, alerts: readonly unknown[], line: number): readonly HistoryAlert[] {
  const at = timeOf(fields);
  return alerts.map((alert) => {
    if (!isRecord(alert)) throw new LineRefused("bad-field", { field: "alerts" });
    const labels = labelsIn(alert);
    const annotations = textsOf(alert.annotations, 10_000);
    const title = annotations.summary ?? annotations.title ?? labels.alertname ?? Object.values(labels)[0];
    if (title === undefined) throw new LineRefused("no-title");
    const base = { at, line, key: fingerprint(labels), title, status: statusOf(alert), labels };
    return alertOf(base, { service: undefined, severity: labels.severity, description: annotations.description });
  });
}

const TITLE_LENGTH_MAX = 10_000;

function alertOf(
  { labels, ...base }: Omit<HistoryAlert, "body"> & { readonly labels: Readonly<Record<string, string>> },
  said: {
    readonly service: string | undefined;
    readonly severity: string | undefined;
    readonly description: string | undefined;
  },
): HistoryAlert {
  const body: Record<string, unknown> = { key: base.key, title: base.title, status: base.status, labels };
  for (const [name, value] of Object.entries(said)) if (value !== undefined) body[name] = value;
  return { ...base, body };
}

/** `at`, or `time` as many exports call it. */
function timeOf(fields: Fields): Instant {
  const said = fields.at ?? fields.time;
  const at = instantOf(said);
  if (at === undefined) throw new LineRefused("no-time");
  if (at === "unreadable")
    throw new LineRefused("bad-time", {
      field: fields.at === undefined ? "time" : "at",
      got: JSON.stringify(said).slice(0, 60),
    });
  return at;
}

function statusOf({ status }: Fields): HistoryAlert["status"] {
  if (status === undefined || status === "firing") return "firing";
  if (status === "resolved") return "resolved";
  throw new LineRefused("bad-status", { got: JSON.stringify(status).slice(0, 60) });
}

function labelsIn({ labels }: Fields): Readonly<Record<string, string>> {
  if (labels === undefined || labels === null) return {};
  if (!isRecord(labels)) throw new LineRefused("bad-field", { field: "labels" });
  return textsOf(labels, 10_000);
}
