import type { IncidentEvent, StepKind } from "../../incident/event.ts";
import type { ShownFlapping } from "./alerts.ts";

/** A line of the policy document that something follows from. */
export type ClauseRef = {
  readonly id: string;
  readonly line: number;
  readonly path: readonly string[];
  readonly text: string;
};

/** One message, to one person or one room. */
export type ShownReach = {
  /** Absent for what is only planned. */
  readonly delivery: string | null;
  readonly who: readonly { readonly id: string; readonly name: string }[];
  readonly room: boolean;
  readonly channel: string;
  readonly urgency: "wake" | "tell";
  readonly mention: string | null;
  readonly insteadOf: string | null;
};

export type ShownStep = {
  readonly key: string;
  readonly kind: StepKind;
  readonly what: string;
  readonly due: string;
  readonly level: number;
  /** The response deadline passes with this step. */
  readonly overdue: boolean;
  readonly clause: ClauseRef | null;
  readonly reach: readonly ShownReach[];
  /** Whom or what it passes over, and why, in words. */
  readonly skipped: readonly string[];
};

/** `GET /api/v1/incidents/:number/overview`: everything of the incident page but its timeline. */
export type IncidentOverview = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: string;
  readonly gradeRank: number;
  readonly state: "triggered" | "acknowledged" | "resolved" | "closed";
  readonly drill: boolean;
  readonly openedAt: string;
  readonly overdueAt: string | null;
  readonly respondBy: string | null;
  readonly snoozedUntil: string | null;
  /** Its own pages rest: the incident of its cause, or the storm that it is part of, is paged for it. */
  readonly pagingHeld: { readonly number: number; readonly because: "cause" | "storm"; readonly at: string } | null;
  /** The incidents whose pages this one holds. */
  readonly holds: readonly {
    readonly number: number;
    readonly title: string;
    readonly service: string;
    readonly grade: string;
    readonly gradeRank: number;
  }[];
  readonly resolvedAt: string | null;
  readonly holder: { readonly name: string; readonly person: string | null; readonly at: string } | null;
  readonly handOver: { readonly to: string; readonly at: string } | null;
  readonly firing: number;
  readonly policy: { readonly id: string; readonly title: string; readonly inForce: boolean };
  /** What happens by itself if nobody does anything, for a day ahead; the same plan that the engine carries out. */
  readonly steps: readonly ShownStep[];
  readonly grades: readonly {
    readonly name: string;
    readonly rank: number;
    readonly owner: string;
    readonly deadline: ClauseRef | null;
    readonly criteria: readonly (ClauseRef & { readonly ticked: boolean })[];
  }[];
  readonly procedures: readonly {
    readonly kind: "initial-response" | "resolution";
    readonly stages: readonly {
      readonly title: string;
      readonly steps: readonly (ClauseRef & { readonly done: boolean })[];
    }[];
  }[];
  readonly responders: readonly Responder[];
  readonly teams: readonly string[];
  readonly glossary: readonly { readonly term: string; readonly meaning: string }[];
  readonly alerts: {
    readonly total: number;
    readonly shown: readonly ShownAlert[];
    /** Where it holds alerts of several services (a storm, a cause): which, those with the most that fire first. */
    readonly services: readonly { readonly service: string; readonly firing: number; readonly total: number }[];
  };
  /** Alerts of what depends on it: they page nobody while it is open. */
  readonly inhibited: {
    readonly count: number;
    readonly services: readonly { readonly service: string; readonly count: number }[];
  };
  /** After it was resolved: how many series of monitors are on tighter lines, until when, and what that found. */
  readonly harderWatch: {
    readonly until: string;
    readonly series: number;
    readonly found: number;
    readonly isOver: boolean;
    /** What crossed a tighter line, as it was told then: the value and the line. */
    readonly findings: readonly {
      readonly at: string;
      readonly alert: string;
      readonly title: string;
      readonly value: string;
      readonly line: string;
    }[];
  } | null;
};

export type Responder = {
  readonly id: string;
  readonly name: string;
  readonly titles: readonly string[];
  readonly roles: readonly ("holder" | "asked" | "on-duty" | "reached")[];
  readonly team: string | null;
  readonly contacts: readonly { readonly channel: string; readonly usable: boolean }[];
};

export type ShownAlert = {
  readonly id: string;
  readonly title: string;
  readonly status: "firing" | "silent" | "resolved";
  readonly severity: string | null;
  readonly flapping: ShownFlapping | null;
  readonly count: number;
  readonly startsAt: string;
  readonly updatedAt: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
};

export type TimelineRow = {
  readonly seq: number;
  readonly at: string;
  readonly type: IncidentEvent["type"];
  readonly by: string;
  readonly byKind: "person" | "token" | "source" | "bongsu";
  readonly via: string | null;
  readonly what: string;
  readonly clause: ClauseRef | null;
  readonly reach: readonly ShownReach[];
  readonly skipped: readonly string[];
  /** The delivery that the event is about. */
  readonly delivery: string | null;
  readonly because: string | null;
};

/** `GET /api/v1/incidents/:number/told?after=SEQ`: the timeline in words, oldest first, from after that event on. */
export type ToldTimeline = { readonly rows: readonly TimelineRow[] };
