import type { TimelineRow } from "../../../../src/http/wire/incident.ts";

export type Filter = "main" | "people" | "pages" | "alerts" | "all";

/** Told by the chips of the step they belong to. */
const IN_CHIPS: ReadonlySet<TimelineRow["type"]> = new Set([
  "delivery-accepted",
  "delivery-delivered",
  "delivery-retrying",
  "delivery-bundled",
]);
const ALERTS: ReadonlySet<TimelineRow["type"]> = new Set([
  "alerts-joined",
  "alerts-cleared",
  "alerts-inhibited",
  "flapping-began",
  "flapping-ended",
  "watch-began",
  "watch-found",
  "watch-ended",
  "source-silent",
  "source-spoke-again",
]);

export function isShown(row: TimelineRow, filter: Filter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "main":
      return !IN_CHIPS.has(row.type);
    case "people":
      return row.byKind === "person" || row.byKind === "token";
    case "pages":
      return /^(delivery|step|paging)-/.test(row.type) || row.type === "nobody-reached" || row.type === "others-held";
    case "alerts":
      return ALERTS.has(row.type);
  }
}
