import { canonical, firstBreak } from "../../incident/chain.ts";
import { pagesOf, type Recorded } from "../../incident/event.ts";
import { evolve } from "../../incident/evolve.ts";
import type { Incident, IncidentId } from "../../incident/incident.ts";
import type { Attempt, Delivery, Queries } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";

/** A promise that did not hold, with the thing it did not hold for. */
export type Violation = { readonly invariant: InvariantName; readonly subject: string; readonly detail: string };

/** See docs/invariants.md for each in words. */
export type InvariantName = "I1" | "I3" | "I4" | "I5" | "I7" | "I8" | "I9" | "I10" | "I11" | "I16";

export type IncidentRecord = {
  readonly incident: Incident;
  readonly dueAt: Instant | null;
  readonly events: readonly Recorded[];
  readonly deliveries: readonly Delivery[];
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
};

export type InvariantFacts = {
  readonly at: Instant;
  readonly leaseMs: number;
  readonly sha256: (text: string) => string;
};

/** A step may be this late, and a page this long under way, before it counts as silence: one poll and one commit. */
const LATE_MS_MAX = 5_000;
const EARLY_MS_MAX = 1_000;

/** Every promise about one incident, checked on its rows alone. Pure: run live every few seconds, and after every test. */
export function violationsOf(record: IncidentRecord, facts: InvariantFacts): readonly Violation[] {
  const checks = [
    noSilence,
    oneDelivery,
    oneAcknowledgement,
    inOrder,
    nothingPending,
    chainHolds,
    noLostClaim,
    bundlesArrive,
  ];
  return checks.flatMap((check) => check(record, facts));
}

/** I1: open, not acknowledged, not snoozed: a step is due in the future or just now, or a page is on its way. */
function noSilence({ incident, dueAt, deliveries }: IncidentRecord, { at }: InvariantFacts): readonly Violation[] {
  const open = incident.state === "triggered" || incident.handOver !== undefined;
  if (!open || incident.snoozedUntil !== undefined) return [];
  if (dueAt !== null && dueAt >= at - LATE_MS_MAX) return [];
  const underWay = deliveries.some(({ state }) => state === "queued" || state === "sending");
  if (underWay) return [];
  return [violation("I1", incident, `open without a step to come (due ${dueAt ?? "never"}) and nothing under way`)];
}

/**
 * I3: each page of the timeline has its row, and a provider accepted it at most once, and once more for each attempt
 * whose outcome was unknown.
 */
function oneDelivery({ incident, events, deliveries, attempts }: IncidentRecord): readonly Violation[] {
  const rows = new Set(deliveries.map(({ id }) => id));
  const missing = events
    .flatMap(({ event }) => pagesOf(event).map(({ delivery }) => delivery))
    .filter((page) => !rows.has(page))
    .map((page) => violation("I3", incident, `${page} has no delivery`));
  const repeated = deliveries.flatMap((delivery) => {
    const tries = attempts.get(delivery.id) ?? [];
    const accepted = tries.filter(({ outcome }) => outcome === "accepted").length;
    const unknown = tries.filter(({ outcome }) => outcome === "unknown" || outcome === undefined).length;
    return accepted > 1 + unknown ? [violation("I3", incident, `${delivery.id} accepted ${accepted} times`)] : [];
  });
  return [...missing, ...repeated];
}

/** I4: one acknowledgement, the first, until something ends it; and no attempt begins after its commit. */
function oneAcknowledgement({ incident, events, deliveries, attempts }: IncidentRecord): readonly Violation[] {
  const found: Violation[] = [];
  let held = false;
  let handingOver = false;
  let snoozed = false;
  let heldSince: Instant | undefined;
  for (const { event, at } of events) {
    if (event.type === "acknowledged") {
      if (held && !handingOver && !snoozed) found.push(violation("I4", incident, "acknowledged while acknowledged"));
      held = true;
      handingOver = false;
      snoozed = false;
      heldSince ??= at;
    } else if (event.type === "handed-over") {
      held = true;
      handingOver = true;
      snoozed = false;
    } else if (event.type === "snoozed") {
      held = true;
      handingOver = false;
      snoozed = true;
    } else if (endsHolding(event)) {
      held = false;
      handingOver = false;
      snoozed = false;
      heldSince = undefined;
    }
  }
  if (incident.state !== "acknowledged" || heldSince === undefined || incident.handOvers > 0) return found;
  for (const delivery of deliveries) {
    if (delivery.kind === "stalled" || delivery.reach.urgency === "tell" || delivery.createdAt > heldSince) continue;
    const after = (attempts.get(delivery.id) ?? []).some(
      ({ startedAt, outcome }) => startedAt > (heldSince ?? 0) && outcome === undefined,
    );
    if (after) found.push(violation("I4", incident, `${delivery.id} began after the acknowledgement`));
  }
  return found;
}

function endsHolding(event: Recorded["event"]): boolean {
  return (
    event.type === "unacknowledged" ||
    event.type === "snooze-ended" ||
    event.type === "reopened" ||
    (event.type === "graded" && event.newCycle && !event.keepsAcknowledgement)
  );
}

/** I5: no step before its time. That none is skipped silently is in the events: each is taken or superseded. */
function inOrder({ incident, events }: IncidentRecord): readonly Violation[] {
  return events.flatMap(({ event, at }) =>
    event.type === "step-taken" && at < event.due - EARLY_MS_MAX
      ? [violation("I5", incident, `${event.step} taken ${event.due - at} ms early`)]
      : [],
  );
}

/** I7: nothing that wakes is pending for an incident that is over. */
function nothingPending({ incident, deliveries }: IncidentRecord): readonly Violation[] {
  if (incident.state !== "resolved" && incident.state !== "closed") return [];
  return deliveries
    .filter(({ state, kind, reach }) => state === "queued" && kind !== "resolved" && reach.urgency === "wake")
    .map(({ id }) => violation("I7", incident, `${id} still queued`));
}

/** I8, I9: the state is the fold of the events, their chain holds, the pinned policy is the one it opened under. */
function chainHolds({ incident, events }: IncidentRecord, { sha256 }: InvariantFacts): readonly Violation[] {
  const broken = firstBreak(incident.id, events, sha256);
  if (broken !== undefined) return [violation("I9", incident, `chain broken at ${broken.seq}: ${broken.because}`)];
  let state: Incident | undefined;
  for (const recorded of events) state = evolve(state, recorded, incident.id);
  if (state === undefined || comparable(state) !== comparable(incident)) {
    return [violation("I9", incident, "the stored state is not the fold of its events")];
  }
  const opened = events[0]?.event;
  const pinned = opened?.type === "opened" && opened.policy === incident.policy;
  return pinned ? [] : [violation("I8", incident, "runs another policy than it opened under")];
}

/** I10: no claim is older than two leases. */
function noLostClaim({ incident, deliveries }: IncidentRecord, { at, leaseMs }: InvariantFacts): readonly Violation[] {
  return deliveries
    .filter(({ state, leaseUntil }) => state === "sending" && (leaseUntil ?? 0) + leaseMs < at)
    .map(({ id }) => violation("I10", incident, `${id} claimed for more than two leases`));
}

/** I11: whatever was held back is in a bundle that was sent, is being sent, or goes by itself. */
function bundlesArrive({ incident, deliveries }: IncidentRecord): readonly Violation[] {
  return deliveries
    .filter(({ state, into }) => state === "bundled" && into === undefined)
    .map(({ id }) => violation("I11", incident, `${id} is held back for no bundle`));
}

function comparable(incident: Incident): string {
  const { reached, ticked, ...rest } = incident;
  return canonical({ ...rest, reached: [...reached].sort(), ticked: [...ticked].sort() });
}

function violation(invariant: InvariantName, incident: Incident, detail: string): Violation {
  return { invariant, subject: `INC-${incident.number}`, detail };
}

/** Reads what the checks need of one incident; undefined too where it is changed again and again meanwhile. */
export async function recordOf(
  queries: Queries,
  id: IncidentId,
  dueAt: Instant | null,
): Promise<IncidentRecord | undefined> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    const incident = await queries.incident(id);
    if (incident === undefined) return undefined;
    const deliveries = await queries.deliveriesOfIncident(id);
    const attempts = Map.groupBy(await queries.attemptsOfIncident(id), ({ delivery }) => delivery);
    const events = await queries.eventsOf(id, 0, EVENTS_MAX);
    if (events.length === incident.version) return { incident, dueAt, events, deliveries, attempts };
    if (look === LOOKS_MAX - 1 && (await queries.incident(id))?.version === incident.version)
      return { incident, dueAt, events, deliveries, attempts };
  }
  return undefined;
}

const LOOKS_MAX = 3;

const EVENTS_MAX = 100_000;

/** I14: a duty that has not run for so long that its promise is broken. */
export function restingDuties(
  lastEnds: ReadonlyMap<string, Instant>,
  everyMs: ReadonlyMap<string, number>,
  at: Instant,
): readonly string[] {
  const isResting = ([name, end]: readonly [string, Instant]): boolean =>
    at - end > (everyMs.get(name) ?? 60_000) * 3 + DUTY_FLUSH_MS * 3;
  return [...lastEnds].filter(isResting).map(([name]) => name);
}

/** How often a duty's last run is written down. */
export const DUTY_FLUSH_MS = 10_000;
