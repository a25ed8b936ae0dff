import type { ClauseId, PolicyId } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";
import type { AlertSummary, DeliveryId, GradeBecause, IncidentEvent, Reach, ResumedBecause } from "./event.ts";
import type { HandOverTarget, IncidentId } from "./incident.ts";

/** What somebody or something wants of an incident. Imperative; `decide` answers with events or a reason why not. */
export type Command =
  | {
      readonly do: "open";
      readonly number: number;
      readonly title: string;
      readonly service: string;
      readonly grade: string;
      readonly gradeBecause: GradeBecause;
      readonly policy: PolicyId;
      readonly drill: boolean;
    }
  | {
      readonly do: "join-alerts";
      readonly count: number;
      readonly firing: number;
      readonly sample: readonly AlertSummary[];
      readonly cause?: string;
      readonly storm?: number;
      readonly title?: string;
    }
  | {
      readonly do: "note-inhibited";
      readonly count: number;
      readonly services: readonly string[];
      readonly sample: readonly AlertSummary[];
    }
  | {
      readonly do: "hold-paging";
      readonly by: IncidentId;
      readonly number: number;
      readonly because: "cause" | "storm";
    }
  | { readonly do: "note-held"; readonly numbers: readonly number[]; readonly because: "cause" | "storm" }
  | { readonly do: "resume-paging"; readonly because: ResumedBecause }
  | {
      readonly do: "note-flapping";
      readonly began: boolean;
      /** Where it has ended. */
      readonly since?: Instant;
      readonly changes?: number;
      readonly sample: readonly AlertSummary[];
      readonly count: number;
    }
  | {
      readonly do: "clear-alerts";
      readonly count: number;
      readonly firing: number;
      readonly sample: readonly AlertSummary[];
    }
  | { readonly do: "note-silence"; readonly count: number; readonly sample: readonly AlertSummary[] }
  | { readonly do: "note-return"; readonly count: number; readonly sample: readonly AlertSummary[] }
  | {
      readonly do: "grade";
      readonly to: string;
      /** True where `to` is more severe than the present grade. */
      readonly raises: boolean;
      readonly because: GradeBecause;
      readonly ticked: readonly ClauseId[];
      readonly keepsAcknowledgement: boolean;
    }
  | { readonly do: "record"; readonly event: Recordable }
  | { readonly do: "acknowledge"; readonly delivery?: DeliveryId }
  | { readonly do: "unacknowledge" }
  | { readonly do: "hand-over"; readonly to: HandOverTarget }
  /** `toTeam`: who is asked to take an incident that somebody holds already. */
  | { readonly do: "escalate"; readonly toTeam: string; readonly note?: string }
  | { readonly do: "snooze"; readonly until: Instant }
  | { readonly do: "end-snooze" }
  | {
      readonly do: "note";
      readonly text: string;
      readonly told?: readonly (Reach & { readonly delivery: DeliveryId })[];
    }
  | { readonly do: "tick"; readonly clause: ClauseId; readonly done: boolean }
  | { readonly do: "watch-harder"; readonly until: Instant; readonly series: number }
  | { readonly do: "note-found"; readonly alert: AlertSummary; readonly value: string; readonly line: string }
  | { readonly do: "end-watch"; readonly unseen: number }
  | { readonly do: "resolve" }
  | { readonly do: "reopen"; readonly because: "fired-again" | "by-person" }
  | { readonly do: "close" };

/** What the engine reports of its own doing: facts, to which there is no "no". */
export type Recordable = Extract<
  IncidentEvent,
  {
    type:
      | "step-taken"
      | "step-superseded"
      | "nobody-reached"
      | "delivery-accepted"
      | "delivery-delivered"
      | "delivery-failed"
      | "delivery-retrying"
      | "delivery-bundled"
      | "delivery-unrenderable";
  }
>;
