import { unreachable } from "../fault/fault.ts";
import type { Said } from "../locale/said.ts";
import { timelineSaid as said } from "../locale/timeline.ts";
import type { Clause, ClauseId } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import {
  type Actor,
  type AlertSummary,
  type DeliveryId,
  type IncidentEvent,
  pagesOf,
  type Reach,
  type Recorded,
  type Skipped,
} from "./event.ts";

export type TellFacts = {
  readonly nameOf: (person: string) => string;
  readonly clauseOf: (clause: ClauseId) => Clause | undefined;
  readonly timeOf: (at: Instant) => string;
  /** What the incident's events up to here say of each delivery: filled by `tellTimeline`. */
  readonly pages: ReadonlyMap<DeliveryId, Reach>;
};

/** One line of the timeline in words: who, what, and below it whom a step reached and whom it passed over. */
export type Told = { readonly at: Instant; readonly by: Said; readonly what: Said; readonly details: readonly Said[] };

/** The whole timeline of an incident in words. Pure: page, command line and golden tests show the same sentences. */
export function tellTimeline(events: readonly Recorded[], facts: Omit<TellFacts, "pages">): readonly Told[] {
  const pages = new Map<DeliveryId, Reach>();
  return events.map((recorded) => {
    const { event } = recorded;
    for (const reach of pagesOf(event)) pages.set(reach.delivery, reach);
    return tell(recorded, { ...facts, pages });
  });
}

function tell({ at, by, event }: Recorded, facts: TellFacts): Told {
  const reached = event.type === "step-taken" || event.type === "noted" ? pagesOf(event) : [];
  const skipped = event.type === "step-taken" ? event.skipped : [];
  const details = [...reached.map((reach) => reachText(reach, facts)), ...skipped.map(skippedText)];
  return { at, by: actorText(by, facts), what: whatOf(event, at, facts), details };
}

/** Who did it, as people say it. */
export function actorText(by: Actor, { nameOf }: Pick<TellFacts, "nameOf">): Said {
  switch (by.kind) {
    case "person":
      return both(nameOf(by.person));
    case "token":
      return both(by.name);
    case "source":
      return said.source({ source: by.source });
    case "bongsu":
      return said.bongsu();
  }
}

export function reachText(reach: Reach, { nameOf }: Pick<TellFacts, "nameOf">): Said {
  const people = reach.people.map(nameOf).join(", ");
  const toRoom = reach.target.kind === "room";
  return said.reach({
    who: toRoom && people === "" ? `(${reach.channel})` : people,
    channel: reach.channel,
    mention: reach.mention === undefined ? "" : ` @${reach.mention}`,
    urgency: reach.urgency,
    insteadOf: reach.insteadOf ?? "",
  });
}

export function skippedText({ who, channel, because }: Skipped): Said {
  return said.skipped({ who, channel: channel ?? "", because });
}

function whatOf(event: IncidentEvent, at: Instant, facts: TellFacts): Said {
  switch (event.type) {
    case "opened":
      return said.opened({ ...event, because: event.gradeBecause });
    case "alerts-joined":
      return said.alertsJoined({
        ...event,
        cause: event.cause ?? "",
        storm: event.storm ?? 0,
        titles: titlesOf(event.sample),
      });
    case "alerts-inhibited":
      return said.alertsInhibited({ ...event, titles: titlesOf(event.sample) });
    case "paging-held":
      return said.pagingHeld(event);
    case "others-held":
      return said.othersHeld({ ...event, names: event.numbers.map((number) => `INC-${number}`) });
    case "paging-resumed":
      return said.pagingResumed(event);
    case "flapping-began":
      return said.flappingBegan({ ...event, titles: titlesOf(event.sample) });
    case "flapping-ended":
      return said.flappingEnded({
        count: event.count,
        titles: titlesOf(event.sample),
        since: event.since === undefined ? "" : facts.timeOf(event.since),
        changes: event.changes ?? 0,
      });
    case "alerts-cleared":
      return said.alertsCleared({ ...event, titles: titlesOf(event.sample) });
    case "source-silent":
      return said.sourceSilent({ ...event, titles: titlesOf(event.sample) });
    case "source-spoke-again":
      return said.sourceSpokeAgain({ ...event, titles: titlesOf(event.sample) });
    case "graded":
      return said.graded(event);
    case "step-taken": {
      const clause = facts.clauseOf(event.clause);
      return said.stepTaken({ ...event, clause: clause?.path.join(" › ") ?? "", line: clause?.line ?? 0 });
    }
    case "step-superseded":
      return said.stepSuperseded(event);
    case "nobody-reached":
      return said.nobodyReached({ inMs: event.next - at });
    case "delivery-accepted":
      return said.accepted({ ...pageOf(event.delivery, facts), attempt: event.attempt });
    case "delivery-delivered":
      return said.delivered(pageOf(event.delivery, facts));
    case "delivery-failed": {
      const page = pageOf(event.delivery, facts);
      const instead = [...new Set((event.instead ?? []).map(({ channel }) => channel))];
      return said.failed({ ...page, because: event.because, instead });
    }
    case "delivery-retrying":
      return said.retrying({ ...pageOf(event.delivery, facts), because: event.because, attempt: event.attempt });
    case "delivery-bundled":
      return said.bundled(pageOf(event.delivery, facts));
    case "delivery-unrenderable":
      return said.unrenderable(event);
    case "acknowledged":
      return said.acknowledged();
    case "unacknowledged":
      return said.unacknowledged();
    case "handed-over":
      return said.handedOver({ to: event.to.kind === "team" ? event.to.team : facts.nameOf(event.to.person) });
    case "escalated":
      return said.escalated({ note: event.note ?? "" });
    case "snoozed":
      return said.snoozed({ until: facts.timeOf(event.until) });
    case "snooze-ended":
      return said.snoozeEnded();
    case "noted":
      return said.noted(event);
    case "ticked":
      return said.ticked({ text: facts.clauseOf(event.clause)?.text ?? event.clause, done: event.done });
    case "watch-began":
      return said.watchBegan({ series: event.series, until: facts.timeOf(event.until) });
    case "watch-found":
      return said.watchFound({ title: event.alert.title });
    case "watch-ended":
      return said.watchEnded({ found: event.found, unseen: event.unseen ?? 0 });
    case "resolved":
      return said.resolved(event);
    case "reopened":
      return said.reopened(event);
    case "closed":
      return said.closed();
    default:
      return unreachable(event);
  }
}

function pageOf(
  delivery: DeliveryId,
  { pages, nameOf }: TellFacts,
): { readonly who: string; readonly channel: string } {
  const reach = pages.get(delivery);
  if (reach === undefined) return { who: "", channel: "" };
  return { who: reach.people.map(nameOf).join(", "), channel: reach.channel };
}

function titlesOf(sample: readonly AlertSummary[]): readonly string[] {
  return sample.map(({ title }) => title);
}

function both(text: string): Said {
  return { ko: text, en: text };
}
