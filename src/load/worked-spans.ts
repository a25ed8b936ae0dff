import type { Recorded } from "../incident/event.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";

/** A stretch in which an incident was somebody's: from their acknowledgement until it was resolved or another's. */
export type WorkedSpan = Interval & { readonly person: PersonId };

/** The spans that the events of one incident tell of. One that goes on ends with `now`. Snoozed time is nobody's work. */
export function workedSpans(events: readonly Recorded[], now: Instant): readonly WorkedSpan[] {
  const spans: WorkedSpan[] = [];
  let holder: { readonly person: PersonId; readonly since: Instant } | undefined;
  const end = (at: Instant): void => {
    if (holder !== undefined && at > holder.since) spans.push({ person: holder.person, start: holder.since, end: at });
    holder = undefined;
  };
  for (const { event, at, by } of events) {
    switch (event.type) {
      case "acknowledged":
        if (by.kind === "person" && holder?.person === by.person) break;
        end(at);
        if (by.kind === "person") holder = { person: by.person, since: at };
        break;
      case "graded":
        if (event.newCycle && !event.keepsAcknowledgement) end(at);
        break;
      case "unacknowledged":
      case "snoozed":
      case "resolved":
      case "closed":
        end(at);
        break;
      default:
        break;
    }
  }
  end(now);
  return spans;
}
