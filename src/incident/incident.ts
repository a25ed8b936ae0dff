import type { Id } from "../id/id.ts";
import type { ClauseId, PolicyId } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Actor } from "./event.ts";

export type IncidentId = Id<"incident">;

/**
 * What people respond to: the fold of its events. Everything the escalation plan needs to know of the past is here;
 * what is to come is not state but computed.
 */
export type Incident = {
  readonly id: IncidentId;
  /** As people say it: 1042 for INC-1042. */
  readonly number: number;
  readonly title: string;
  readonly service: string;
  /** By the policy's name for it. */
  readonly grade: string;
  readonly policy: PolicyId;
  readonly drill: boolean;
  readonly openedAt: Instant;
  readonly state: "triggered" | "acknowledged" | "resolved" | "closed";
  /**
   * Which run of the escalation it is in: 1 from opening; a reopening, a raised grade or the end of a snooze begins
   * another one, whose deadlines count from `cycleAt`.
   */
  readonly cycle: number;
  readonly cycleAt: Instant;
  /** Why the present cycle began. */
  readonly cycleBecause: "opened" | "reopened" | "grade-raised" | "snooze-ended" | "paging-resumed" | "returned";
  /**
   * How far each series of this cycle's steps was taken, so that no step is taken twice: `{ first: 1, late: 7 }`. Steps
   * of one series are taken in order, so the highest place tells all; a month at the top stays as small as an hour.
   */
  readonly taken: Readonly<Record<string, number>>;
  /**
   * The last taken member of a series that goes on for ever, and when it was due: the next one counts from there, so
   * that a grade with other intervals goes on at its own pace and not at a place far ahead.
   */
  readonly lastRung?: { readonly series: string; readonly due: Instant };
  /** How many levels above the owner were reached in this cycle. */
  readonly level: number;
  /** When the next level is due because a person or an unreachable step pulled it forward. */
  readonly levelDue?: { readonly at: Instant; readonly because: "asked" | "nobody-reached" };
  /** How often a level was pulled forward in this cycle; part of the step keys. */
  readonly pulls: number;
  readonly overdueAt?: Instant;
  readonly acknowledged?: { readonly by: Actor; readonly at: Instant };
  /** Somebody was asked to take over and has not acknowledged yet; `acknowledged` keeps it until then. */
  readonly handOver?: HandOver;
  /** How often it was handed over; part of the step keys. */
  readonly handOvers: number;
  readonly snoozedUntil?: Instant;
  /** Its own pages rest while another incident pages for it: the one of its cause, or the storm that it is part of. */
  readonly pagingHeld?: {
    readonly by: IncidentId;
    readonly number: number;
    readonly because: "cause" | "storm";
    readonly at: Instant;
  };
  /** The last thing a person recorded. */
  readonly lastWordAt: Instant;
  readonly resolvedAt?: Instant;
  readonly resolvedBy?: Actor;
  /** After it was resolved: how many series of monitors are watched harder, until when, what that found so far. */
  readonly harderWatch?: {
    readonly until: Instant;
    readonly series: number;
    readonly found: number;
    readonly ended: boolean;
  };
  /** Everybody a page was addressed to, in this or an earlier cycle: told when it is over. */
  readonly reached: ReadonlySet<PersonId>;
  /** The policy's criteria that a person ticked. */
  readonly ticked: ReadonlySet<ClauseId>;
  /** Alerts that still hold it open; 0 for an incident that a person opened. */
  readonly firing: number;
  readonly alerts: number;
  /** Where many services broke at once and it is the incident of all of them: how many, and when the last ones joined. */
  readonly storm?: { readonly services: number; readonly lately: readonly Instant[] };
  /** The sequence number of its last event, and that event's hash: what the next one is chained to. */
  readonly version: number;
  readonly head: string;
};

export type HandOver = {
  readonly to: HandOverTarget;
  readonly at: Instant;
  readonly by: Actor;
};

export type HandOverTarget =
  | { readonly kind: "person"; readonly person: PersonId }
  | { readonly kind: "team"; readonly team: string };
