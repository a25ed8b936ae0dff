import type { TimelineRow } from "../../../../src/http/wire/incident.ts";

export type DeliveryState = {
  readonly is: "queued" | "retrying" | "accepted" | "delivered" | "acknowledged" | "failed" | "bundled" | "withdrawn";
  readonly because: string | null;
};

const AFTER: Readonly<Partial<Record<TimelineRow["type"], DeliveryState["is"]>>> = {
  "delivery-accepted": "accepted",
  "delivery-delivered": "delivered",
  "delivery-failed": "failed",
  "delivery-retrying": "retrying",
  "delivery-bundled": "bundled",
};
const ENDING: ReadonlySet<TimelineRow["type"]> = new Set(["acknowledged", "resolved", "closed", "snoozed"]);

/** What became of each page, folded from the timeline: the same events that the engine recorded, no second record. */
export function deliveryStates(rows: readonly TimelineRow[]): ReadonlyMap<string, DeliveryState> {
  const states = new Map<string, DeliveryState>();
  for (const row of rows) {
    for (const { delivery } of row.reach) if (delivery !== null) states.set(delivery, { is: "queued", because: null });
    const is = AFTER[row.type];
    if (row.delivery !== null && is !== undefined) states.set(row.delivery, { is, because: row.because });
    if (!ENDING.has(row.type)) continue;
    // Nobody is paged any more for what somebody has taken: what had not left by then never will.
    for (const [delivery, state] of states)
      if (state.is === "queued" || state.is === "retrying") states.set(delivery, { is: "withdrawn", because: null });
    if (row.type === "acknowledged" && row.delivery !== null)
      states.set(row.delivery, { is: "acknowledged", because: null });
  }
  return states;
}
