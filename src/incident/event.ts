import { asId, type Id } from "../id/id.ts";
import type { ChannelKind, ClauseId, Mention, PolicyId } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { AlertId } from "../triage/alert.ts";
import type { HandOverTarget, IncidentId } from "./incident.ts";

/** Who did it: a person (and through what), a source, or Bongsu itself. */
export type Actor =
  | { readonly kind: "person"; readonly person: PersonId; readonly via: string }
  /** Somebody who held a token that names no person. */
  | { readonly kind: "token"; readonly name: string; readonly via: string }
  | { readonly kind: "source"; readonly source: string; readonly integration: string }
  | { readonly kind: "bongsu" };

export type DeliveryId = Id<"delivery">;

/** `<cycle>.<series>.<nth>`: names one step of one incident, the same each time the plan is computed. */
export type StepKey = Id<"step">;

export function stepKey(cycle: number, series: string, nth: number): StepKey {
  return asId(`${cycle}.${series}.${nth}`);
}

export function readStepKey(key: StepKey): { readonly cycle: number; readonly series: string; readonly nth: number } {
  const parts = key.split(".");
  return { cycle: Number(parts[0]), series: parts.slice(1, -1).join("."), nth: Number(parts.at(-1)) };
}

/** Why a step is there: the rule of the plan that made it. */
export type StepKind =
  | "first"
  | "reminder"
  | "overdue"
  | "level"
  | "repeat-at-top"
  | "stalled"
  | "handed-over"
  | "informed"
  | "resolved";

/** One page: one message that must reach one person, or one room in which people are mentioned. */
export type Reach = {
  readonly target: { readonly kind: "person"; readonly person: PersonId } | { readonly kind: "room" };
  readonly channel: ChannelKind;
  /** `wake` demands attention now; `tell` may wait until the person looks. */
  readonly urgency: "wake" | "tell";
  readonly mention?: Mention;
  /** The people it speaks to: the one person, or those of the room whom it mentions by name. */
  readonly people: readonly PersonId[];
  /** The clause that demands it. */
  readonly clause: ClauseId;
  /** Set where it stands in for a channel that the policy demands but that could not be used. */
  readonly insteadOf?: ChannelKind;
};

export type SkipReason =
  | "nobody-on-duty"
  | "no-such-recipient"
  | "no-contact"
  | "no-driver"
  | "not-configured"
  | "already-reached"
  | "superseded";

/** Somebody or something the document demands that this step cannot reach, and why: shown, never silent. */
export type Skipped = {
  readonly who: string;
  readonly channel?: ChannelKind;
  readonly because: SkipReason;
  readonly clause: ClauseId;
};

/** What happened to an incident. Past tense, append-only, each attributed and chained by hash. */
export type IncidentEvent =
  | {
      readonly type: "opened";
      readonly number: number;
      readonly title: string;
      readonly service: string;
      readonly grade: string;
      readonly gradeBecause: GradeBecause;
      readonly policy: PolicyId;
      readonly drill: boolean;
    }
  | {
      readonly type: "alerts-joined";
      /** How many joined; `sample` names at most ten of them. */
      readonly count: number;
      readonly firing: number;
      readonly sample: readonly AlertSummary[];
      /** They are of what the incident's services depend on: the cause, known after its consequences. */
      readonly cause?: string;
      /** They are of services that a storm brought along: how many of these are new to it. */
      readonly storm?: number;
      /** What the incident is called from here on. */
      readonly title?: string;
    }
  /** Alerts of services that depend on this incident's: it is the cause, they open and join nothing. */
  | {
      readonly type: "alerts-inhibited";
      readonly count: number;
      readonly services: readonly string[];
      readonly sample: readonly AlertSummary[];
    }
  /** Another incident pages for this one: the one of its cause, or the storm that it is part of. Its own pages rest. */
  | {
      readonly type: "paging-held";
      readonly by: IncidentId;
      readonly number: number;
      readonly because: "cause" | "storm";
    }
  /** It pages for these, which opened before it was known: their pages are held. */
  | { readonly type: "others-held"; readonly numbers: readonly number[]; readonly because: "cause" | "storm" }
  /** The other one does so no more: the escalation starts again. */
  | { readonly type: "paging-resumed"; readonly number: number; readonly because: ResumedBecause }
  | { readonly type: "flapping-began"; readonly count: number; readonly sample: readonly AlertSummary[] }
  | {
      readonly type: "flapping-ended";
      readonly count: number;
      readonly sample: readonly AlertSummary[];
      /** Since when and how often they changed, where that was counted. */
      readonly since?: Instant;
      readonly changes?: number;
    }
  | {
      readonly type: "alerts-cleared";
      readonly count: number;
      readonly firing: number;
      readonly because: "resolved-by-source";
      readonly sample: readonly AlertSummary[];
    }
  | { readonly type: "source-silent"; readonly count: number; readonly sample: readonly AlertSummary[] }
  | { readonly type: "source-spoke-again"; readonly count: number; readonly sample: readonly AlertSummary[] }
  | {
      readonly type: "graded";
      readonly from: string;
      readonly to: string;
      readonly because: GradeBecause;
      readonly ticked: readonly ClauseId[];
      /** The escalation starts again for the new grade. */
      readonly newCycle: boolean;
      /** Whoever had acknowledged keeps it: being of the team that owns the new grade. */
      readonly keepsAcknowledgement: boolean;
    }
  | {
      readonly type: "step-taken";
      readonly step: StepKey;
      readonly kind: StepKind;
      readonly due: Instant;
      readonly clause: ClauseId;
      readonly level: number;
      /** The response deadline passed with this step. */
      readonly overdue: boolean;
      readonly reaches: readonly (Reach & { readonly delivery: DeliveryId })[];
      readonly skipped: readonly Skipped[];
    }
  | {
      readonly type: "step-superseded";
      readonly step: StepKey;
      readonly kind: StepKind;
      readonly due: Instant;
      readonly clause: ClauseId;
    }
  | {
      readonly type: "nobody-reached";
      readonly step: StepKey;
      /** When the next level is tried: at once, and at the top again after a while. */
      readonly next: Instant;
    }
  | {
      readonly type: "delivery-accepted";
      readonly delivery: DeliveryId;
      readonly receipt: string;
      readonly attempt: number;
    }
  | { readonly type: "delivery-delivered"; readonly delivery: DeliveryId }
  | {
      readonly type: "delivery-failed";
      readonly delivery: DeliveryId;
      readonly because: string;
      readonly attempt: number;
      /** What stands in for it, for each person who has another channel. */
      readonly instead?: readonly (Reach & { readonly delivery: DeliveryId })[];
    }
  | {
      readonly type: "delivery-retrying";
      readonly delivery: DeliveryId;
      readonly because: string;
      readonly attempt: number;
      readonly next: Instant;
    }
  | { readonly type: "delivery-bundled"; readonly delivery: DeliveryId; readonly into: DeliveryId }
  | { readonly type: "delivery-unrenderable"; readonly delivery: DeliveryId; readonly because: string }
  | { readonly type: "acknowledged"; readonly delivery?: DeliveryId }
  | { readonly type: "unacknowledged" }
  | { readonly type: "handed-over"; readonly to: HandOverTarget }
  | { readonly type: "escalated"; readonly note?: string }
  | { readonly type: "snoozed"; readonly until: Instant }
  | { readonly type: "snooze-ended" }
  | {
      readonly type: "noted";
      readonly text: string;
      /** The quiet pages to those whom the note mentions. */
      readonly told?: readonly (Reach & { readonly delivery: DeliveryId })[];
    }
  | { readonly type: "ticked"; readonly clause: ClauseId; readonly done: boolean }
  /** What monitors had told of it is watched harder from here on. */
  | { readonly type: "watch-began"; readonly until: Instant; readonly series: number }
  /** A tighter line was crossed; the incident stays as it is. */
  | {
      readonly type: "watch-found";
      readonly alert: AlertSummary;
      /** As the monitor wrote them. */
      readonly value: string;
      readonly line: string;
    }
  /** `unseen`: how many of the series brought nothing when it ended, so that nothing could be found in them either. */
  | { readonly type: "watch-ended"; readonly found: number; readonly unseen?: number }
  | { readonly type: "resolved"; readonly because: "all-alerts-cleared" | "by-person" }
  | { readonly type: "reopened"; readonly because: "fired-again" | "by-person" }
  | { readonly type: "closed" };

export type GradeBecause =
  | "source-severity"
  | "service-rule"
  | "unknown-severity"
  | "person"
  | "criteria"
  | "unrenderable";

/**
 * Why an incident whose pages another one held pages for itself again: that one is over, or the cause within it; it pages
 * nobody (snoozed, or it reached nobody); it is less severe; or this one has alerts that do not come of it.
 */
export type ResumedBecause = "over" | "cause-over" | "not-paged" | "less-severe" | "not-its-cause";

export type AlertSummary = { readonly alert: AlertId; readonly title: string };

/** An event where it stands: in which incident, as which, when, by whom, chained to the one before. */
export type Recorded<E = IncidentEvent> = {
  readonly seq: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly event: E;
  /** SHA-256 (hex) over the one before and this event's canonical text; the first one's `previous` is 64 zeros. */
  readonly hash: string;
};

/** The pages that an event made. */
export function pagesOf(event: IncidentEvent): readonly (Reach & { readonly delivery: DeliveryId })[] {
  switch (event.type) {
    case "step-taken":
      return event.reaches;
    case "delivery-failed":
      return event.instead ?? [];
    case "noted":
      return event.told ?? [];
    default:
      return [];
  }
}
