import { gradeNamed, topLevel } from "../escalation/levels.ts";
import { timingOf } from "../escalation/plan.ts";
import { assert } from "../fault/fault.ts";
import { type Actor, type DeliveryId, pagesOf, type Reach, type Recorded, type StepKind } from "../incident/event.ts";
import { evolve } from "../incident/evolve.ts";
import type { Incident } from "../incident/incident.ts";
import type { ChannelKind, Policy } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";
import type { PlayedIncident } from "./replay.ts";

/** A page that arrived. */
export type PlayedPage = {
  /** Pages of one bundle are one message. */
  readonly message: string;
  readonly at: Instant;
  readonly people: readonly PersonId[];
  readonly isRoom: boolean;
  readonly channel: ChannelKind;
  readonly urgency: Reach["urgency"];
  readonly kind: StepKind | "mentioned";
};

/**
 * Whether every deadline for an acknowledgement was kept. `ended`: it was over, or the history was, before the first of
 * them passed and before anybody answered.
 */
export type DeadlineVerdict = "met" | "missed" | "ended";

/** What became of one incident on one side. */
export type Outcome = {
  readonly from: PlayedIncident["from"];
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly openedAt: Instant;
  readonly grade: string;
  readonly alerts: number;
  readonly pages: readonly PlayedPage[];
  /** The first whom a page woke and who is not asleep; `after` it opened. */
  readonly first: { readonly person: PersonId; readonly after: Millis } | undefined;
  readonly acknowledged: { readonly by: Actor; readonly after: Millis } | undefined;
  readonly deadline: DeadlineVerdict;
  /** It climbed to the last team and the highest grade's recipients. */
  readonly reachedTop: boolean;
  readonly bundled: number;
  readonly events: readonly Recorded[];
};

/** Reads off an incident's events how it went. `end` is when the replay stopped looking. */
export function outcomeOf(
  { id, from, events }: PlayedIncident,
  facts: { readonly policy: Policy; readonly asleep: readonly PersonId[]; readonly end: Instant },
): Outcome {
  const { policy } = facts;
  const reaches = new Map<DeliveryId, { readonly reach: Reach; readonly kind: PlayedPage["kind"] }>();
  const bundles = new Map<DeliveryId, string>();
  const pages: PlayedPage[] = [];
  const deadlines = new Deadlines(policy);
  let state: Incident | undefined;
  let acknowledged: Outcome["acknowledged"];
  let reachedTop = false;
  for (const recorded of events) {
    const { event, at, by } = recorded;
    const before = state;
    state = evolve(state, recorded, id);
    deadlines.read(before, state, at);
    const kind = event.type === "step-taken" ? event.kind : "mentioned";
    for (const page of pagesOf(event)) reaches.set(page.delivery, { reach: page, kind });
    if (event.type === "step-taken" && event.level > 0)
      reachedTop ||= event.level >= topLevel(policy, gradeNamed(policy, state.grade));
    if (event.type === "delivery-bundled") bundles.set(event.delivery, event.into);
    if (event.type === "delivery-accepted") {
      const page = reaches.get(event.delivery);
      if (page !== undefined) pages.push(playedPage(page, bundles.get(event.delivery) ?? event.delivery, at));
    }
    if (event.type === "acknowledged") acknowledged ??= { by, after: at - state.openedAt };
  }
  assert(state !== undefined, "what was replayed has opened");
  const { number, title, service, openedAt, grade, alerts } = state;
  return {
    from,
    number,
    title,
    service,
    openedAt,
    grade,
    alerts,
    pages,
    first: firstHuman(pages, openedAt, facts.asleep),
    acknowledged,
    deadline: deadlines.verdict(state, facts.end),
    reachedTop,
    bundled: bundles.size,
    events,
  };
}

function playedPage(
  { reach, kind }: { readonly reach: Reach; readonly kind: PlayedPage["kind"] },
  message: string,
  at: Instant,
): PlayedPage {
  const { people, channel, urgency, target } = reach;
  return { message, at, people, isRoom: target.kind === "room", channel, urgency, kind };
}

function firstHuman(pages: readonly PlayedPage[], openedAt: Instant, asleep: readonly PersonId[]): Outcome["first"] {
  for (const { urgency, people, at } of pages) {
    const person = urgency === "wake" ? people.find((one) => !asleep.includes(one)) : undefined;
    if (person !== undefined) return { person, after: at - openedAt };
  }
  return undefined;
}

/** The deadline of each cycle, held against when its waiting ended. */
class Deadlines {
  readonly #policy: Policy;
  #met = false;
  #missed = false;

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  read(before: Incident | undefined, after: Incident, at: Instant): void {
    if (before?.state !== "triggered") return;
    if (after.state === "triggered" && after.cycle === before.cycle) return;
    const inTime = at <= this.#deadlineOf(before);
    if (!inTime) this.#missed = true;
    else if (after.state === "acknowledged") this.#met = true;
  }

  verdict(state: Incident, end: Instant): DeadlineVerdict {
    const isWaiting = state.state === "triggered" && end > this.#deadlineOf(state);
    if (this.#missed || isWaiting) return "missed";
    return this.#met ? "met" : "ended";
  }

  #deadlineOf({ cycleAt, grade }: Incident): Instant {
    return cycleAt + timingOf(this.#policy, grade).respondWithin;
  }
}
