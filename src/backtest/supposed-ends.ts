import type { Millis } from "../time/instant.ts";
import type { HistoryAlert } from "./history.ts";

/**
 * The ends of alerts of which nobody told one: so long after their last word. Without them an incident of a history that
 * has only beginnings would stay open for ever and swallow every later alert of its service. A key that tells its ends
 * is believed: what it says twice is a repetition, however long after.
 */
export function supposedEnds(alerts: readonly HistoryAlert[], endAfter: Millis): readonly HistoryAlert[] {
  const tellsEnds = new Set(alerts.filter(({ status }) => status === "resolved").map(({ key }) => key));
  const open = new Map<string, HistoryAlert>();
  const ends: HistoryAlert[] = [];
  for (const alert of alerts) {
    const last = open.get(alert.key);
    if (last !== undefined && alert.at - last.at > endAfter && !tellsEnds.has(alert.key))
      ends.push(endOf(last, endAfter));
    if (alert.status === "resolved") open.delete(alert.key);
    else open.set(alert.key, alert);
  }
  for (const last of open.values()) ends.push(endOf(last, endAfter));
  return ends;
}

function endOf({ at, key, title }: HistoryAlert, endAfter: Millis): HistoryAlert {
  return { at: at + endAfter, line: 0, key, title, status: "resolved", body: { key, title, status: "resolved" } };
}
