import type { Actor, GradeBecause } from "../incident/event.ts";
import type { HandOverTarget } from "../incident/incident.ts";
import type { ClauseId } from "../policy/policy.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant, Millis } from "../time/instant.ts";

/** What is replayed: incidents as they were recorded, alerts as they came, each in order of time. */
export type History = {
  readonly incidents: readonly RecordedIncident[];
  readonly alerts: readonly HistoryAlert[];
};

/** One message of a source, in the product's own form of `POST /api/v1/signals`. */
export type HistoryAlert = {
  readonly at: Instant;
  /** Where it stands in the file; 0 for an end that nobody told and that is supposed. */
  readonly line: number;
  readonly key: string;
  readonly title: string;
  readonly status: "firing" | "resolved";
  readonly body: Readonly<Record<string, unknown>>;
};

/** A grade by the name it had, and by its place (0 the most severe), for documents that name theirs otherwise. */
export type NamedGrade = { readonly name: string; readonly rank: number };

/** An incident as it was: what happened to it from outside, and how long people took to answer. */
export type RecordedIncident = {
  readonly number: number;
  readonly title: string;
  readonly service: string;
  readonly grade: NamedGrade;
  readonly gradeBecause: GradeBecause;
  readonly openedAt: Instant;
  readonly by: Actor;
  readonly drill: boolean;
  /** In order of time. */
  readonly deeds: readonly RecordedDeed[];
  /** One for each time that somebody was woken to take it, in order. */
  readonly answers: readonly Answer[];
  /** Until when the record goes: what was open then is replayed so far. */
  readonly until: Instant;
};

/**
 * How long after the first page that woke anybody it was acknowledged; or for how long nobody did, until it was resolved,
 * graded anew or the record ends.
 */
export type Answer =
  | { readonly is: "answered"; readonly after: Millis; readonly by?: PersonId }
  | { readonly is: "silent"; readonly during: Millis };

export type RecordedDeed = {
  readonly at: Instant;
  readonly by: Actor;
  readonly deed: Deed;
  /** Set where a person did it after they had answered: they do it as long after that answer again. */
  readonly anchor?: { readonly answer: number; readonly since: Millis };
};

export type Deed =
  | { readonly do: "join" | "clear"; readonly count: number }
  | { readonly do: "grade"; readonly to: NamedGrade; readonly because: GradeBecause }
  | { readonly do: "reopen" | "resolve" | "unacknowledge" | "close" }
  | { readonly do: "note"; readonly text: string }
  | { readonly do: "escalate"; readonly note?: string }
  | { readonly do: "hand-over"; readonly to: HandOverTarget }
  | { readonly do: "snooze"; readonly during: Millis }
  | { readonly do: "tick"; readonly clause: ClauseId; readonly done: boolean };

/** More than a team lives through in years; what a run does grows with them. */
export const INCIDENTS_MAX = 5_000;
export const LINES_MAX = 50_000;
