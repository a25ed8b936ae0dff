import { isRecord } from "../ingest/read.ts";
import type { Millis } from "../time/instant.ts";
import { type History, type HistoryAlert, LINES_MAX, type RecordedIncident } from "./history.ts";
import { type LineProblem, LineRefused } from "./line-refused.ts";
import { readAlertLine, readWebhookLine } from "./read-alert-line.ts";
import { readRecorded } from "./read-recorded.ts";
import { supposedEnds } from "./supposed-ends.ts";

export type ReadHistory =
  | { readonly is: "read"; readonly history: History; readonly supposedEnds: number; readonly drills: number }
  | {
      readonly is: "refused";
      readonly line: number;
      readonly because: LineProblem | "too-many-lines" | "empty";
      readonly facts: Readonly<Record<string, string>>;
    };

const LINE_LENGTH_MAX = 1_000_000;

/**
 * A history out of JSONL: a line is an alert, a body that Alertmanager posted, or an incident of Bongsu's own export
 * (docs/backtest.md). One bad line refuses all of it: what is half read proves nothing. Drills are left out.
 */
export function readHistory(text: string, { endAfter }: { readonly endAfter: Millis }): ReadHistory {
  const incidents: RecordedIncident[] = [];
  const alerts: HistoryAlert[] = [];
  const seen = new Set<string>();
  let drills = 0;
  let count = 0;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .entries()) {
    if (raw.trim() === "") continue;
    const line = index + 1;
    count++;
    if (count > LINES_MAX)
      return { is: "refused", line, because: "too-many-lines", facts: { linesMax: String(LINES_MAX) } };
    try {
      const fields = fieldsOf(raw);
      if (fields.incident !== undefined) {
        const incident = readRecorded(fields.incident);
        const name = `INC-${incident.number} ${incident.openedAt}`;
        if (seen.has(name)) throw new LineRefused("told-twice", { incident: `INC-${incident.number}` });
        seen.add(name);
        if (incident.drill) drills++;
        else incidents.push(incident);
      } else if (Array.isArray(fields.alerts)) alerts.push(...readWebhookLine(fields, fields.alerts, line));
      else alerts.push(readAlertLine(fields, line));
    } catch (error) {
      if (!(error instanceof LineRefused)) throw error;
      return { is: "refused", line, because: error.because, facts: error.facts };
    }
  }
  if (count === 0) return { is: "refused", line: 1, because: "empty", facts: {} };
  alerts.sort((one, other) => one.at - other.at);
  const ends = supposedEnds(alerts, endAfter);
  const all = [...alerts, ...ends].sort((one, other) => one.at - other.at);
  incidents.sort((one, other) => one.openedAt - other.openedAt || one.number - other.number);
  return { is: "read", history: { incidents, alerts: all }, supposedEnds: ends.length, drills };
}

function fieldsOf(raw: string): Readonly<Record<string, unknown>> {
  if (raw.length > LINE_LENGTH_MAX) throw new LineRefused("too-long", { lengthMax: String(LINE_LENGTH_MAX) });
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    throw new LineRefused("not-json", { got: String((error as Error).message).slice(0, 120) });
  }
  if (!isRecord(value)) throw new LineRefused("not-an-object");
  return value;
}
