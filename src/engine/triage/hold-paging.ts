import type { ResumedBecause } from "../../incident/event.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { Alert } from "../../triage/alert.ts";
import { rankOf } from "../../triage/grade-of.ts";
import { type Cause, causesOf } from "../../triage/inhibit.ts";
import { STORM_WINDOW_MS } from "../../triage/storm.ts";
import { change } from "../change.ts";
import { type CauseFacts, findCauses, isPaged, LATE_CAUSE_MS } from "./find-causes.ts";
import type { ApplyFacts } from "./join-incident.ts";

/**
 * 호출 보류: an incident that paged before its cause was known, or before a storm was, stays as it is, but its further
 * pages rest while the other incident is really paged for.
 *
 * triggered → (a cause at least as severe opens within 15 minutes, and all that fires stands on it; or a storm takes in
 * what broke within the last minute: `paging-held`) → held → (looked at twice a minute and whenever it or the other
 * incident changes; the reason is gone: `paging-resumed`) → triggered, from its first page on. A person who takes it,
 * snoozes it or escalates it ends the hold as well.
 */
export const HELD_LOOK_MS = MINUTE_MS / 2;

/** Holds the pages of the incidents whose consequences these causes, known just now, explain. */
export async function holdDependents(
  causes: readonly Cause[],
  recent: readonly Incident[],
  queries: Queries,
  facts: ApplyFacts & CauseFacts,
): Promise<void> {
  if (causes.length === 0) return;
  const explained = new Map<IncidentId, Incident[]>();
  for (const known of recent) {
    if (!mayBeHeld(known, facts.at - LATE_CAUSE_MS)) continue;
    const alerts = await firingOf(known.id, queries);
    const rank = rankOf(facts.policy, known.grade);
    if (alerts === undefined || rank === undefined) continue;
    const cause = commonCause(alerts, rank, causes, facts, known.id);
    if (cause !== undefined) explained.set(cause.incident, [...(explained.get(cause.incident) ?? []), known]);
  }
  for (const [cause, dependents] of explained) await hold(dependents, cause, "cause", queries, facts);
}

/** What opened while a storm was gathering, where it is no more severe than the storm. */
export function gatheredIn(
  recent: readonly Incident[],
  grade: string,
  { policy, at }: ApplyFacts,
): readonly Incident[] {
  const storm = rankOf(policy, grade);
  return recent.filter((known) => {
    const rank = rankOf(policy, known.grade);
    const isOfIt = known.storm === undefined && mayBeHeld(known, at - STORM_WINDOW_MS);
    return isOfIt && storm !== undefined && rank !== undefined && storm <= rank;
  });
}

/** Whether a held incident is held still: by what, or why not. */
export async function lookAtHeld(
  incident: Incident,
  queries: Queries,
  facts: CauseFacts,
): Promise<
  { readonly is: "held"; readonly by: IncidentId } | { readonly is: "resumes"; readonly because: ResumedBecause }
> {
  const { pagingHeld } = incident;
  const holder = pagingHeld === undefined ? undefined : await queries.incident(pagingHeld.by);
  const rank = rankOf(facts.policy, incident.grade) ?? -1;
  const isOfCause = pagingHeld?.because === "cause";
  const alerts = isOfCause ? ((await firingOf(incident.id, queries)) ?? []) : [];
  const causes = await findCauses(alerts, queries, facts);
  // The same where it still is one, so that nothing changes without need.
  const [cause] = causes
    .filter((one) => commonCause(alerts, rank, [one], facts, incident.id) !== undefined)
    .sort((one, other) => Number(other.incident === pagingHeld?.by) - Number(one.incident === pagingHeld?.by));
  if (cause !== undefined) return { is: "held", by: cause.incident };
  if (holder === undefined || (holder.state !== "triggered" && holder.state !== "acknowledged"))
    return { is: "resumes", because: "over" };
  if (!isPaged(holder)) return { is: "resumes", because: "not-paged" };
  if ((rankOf(facts.policy, holder.grade) ?? Number.POSITIVE_INFINITY) > rank)
    return { is: "resumes", because: "less-severe" };
  if (!isOfCause) return { is: "held", by: holder.id };
  const isCauseYet = causes.some(({ incident: id }) => id === holder.id);
  return { is: "resumes", because: isCauseYet ? "not-its-cause" : "cause-over" };
}

function mayBeHeld({ state, drill, pagingHeld, alerts, openedAt }: Incident, since: Instant): boolean {
  return state === "triggered" && !drill && pagingHeld === undefined && alerts > 0 && openedAt > since;
}

/** Undefined: none, or too many to say of each what it stands on. */
async function firingOf(id: IncidentId, queries: Queries): Promise<readonly Alert[] | undefined> {
  const alerts = await queries.alertsOfIncident(id, ALERTS_MAX);
  const firing = alerts.filter(({ status, suppressed }) => status !== "resolved" && suppressed === undefined);
  return alerts.length === ALERTS_MAX || firing.length === 0 ? undefined : firing;
}

/** The most severe cause upon which every one of the alerts stands. */
function commonCause(
  alerts: readonly Alert[],
  rank: number,
  causes: readonly Cause[],
  { dependencies }: CauseFacts,
  self: IncidentId,
): Cause | undefined {
  const [first, ...others] = alerts;
  if (first === undefined) return undefined;
  return causesOf(first, rank, causes, dependencies).find(
    (cause) =>
      cause.incident !== self && others.every((alert) => causesOf(alert, rank, [cause], dependencies).length > 0),
  );
}

/** Lets the one incident be paged for the others, from now on, and both sides say so. */
export async function hold(
  others: readonly Incident[],
  by: IncidentId,
  because: "cause" | "storm",
  queries: Queries,
  facts: ApplyFacts,
): Promise<void> {
  // All as they are now: each may have changed in this very transaction.
  const holder = await queries.incident(by);
  if (holder === undefined || !isPaged(holder)) return;
  const as = { ...facts, by: { kind: "bongsu" } } as const;
  const command = { do: "hold-paging", by, number: holder.number, because } as const;
  const numbers: number[] = [];
  for (const { id, number } of others.toSorted((one, other) => one.number - other.number)) {
    const state = await queries.incident(id);
    if (state !== undefined && !("no" in (await change(queries, { id, state }, [command], as)))) numbers.push(number);
  }
  await change(queries, { id: by, state: holder }, [{ do: "note-held", numbers, because }], as);
}

/** More than one incident's conditions ever are; an incident of more than that pages for itself. */
const ALERTS_MAX = 1_000;
