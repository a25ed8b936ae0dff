import { pagesOf, type Recorded } from "../../incident/event.ts";
import { skippedText, type Told } from "../../incident/tell.ts";
import type { Locale } from "../../locale/said.ts";
import type { ClauseId, Policy } from "../../policy/policy.ts";
import type { Roster } from "../../roster/roster.ts";
import { toIso } from "../../time/instant.ts";
import type { TimelineRow } from "../wire/incident.ts";
import { clauseRef, shownReach } from "./shown-incident.ts";

/** One event as the page shows it: its sentence, the clause that demanded it, the pages it made or speaks of. */
export function shownRow(
  { seq, at, by, event }: Recorded,
  told: Told,
  facts: { readonly policy: Policy; readonly roster: Roster; readonly locale: Locale },
): TimelineRow {
  const { policy, locale } = facts;
  const clause: ClauseId | undefined = "clause" in event ? event.clause : undefined;
  return {
    seq,
    at: toIso(at),
    type: event.type,
    by: told.by[locale],
    byKind: by.kind,
    via: "via" in by ? by.via : null,
    what: told.what[locale],
    clause: clause === undefined ? null : clauseRef(policy.clauses.get(clause)),
    reach: pagesOf(event).map((one) => shownReach(one, facts.roster, one.delivery)),
    skipped: event.type === "step-taken" ? event.skipped.map((one) => skippedText(one)[locale]) : [],
    delivery: "delivery" in event && event.delivery !== undefined ? event.delivery : null,
    because: "because" in event ? event.because : null,
  };
}
