import type { Id } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
import type { Millis } from "../time/instant.ts";

/** The blocks of a policy document, by meaning; the document may name them in Korean or English. */
export type BlockKind =
  | "grades"
  | "teams"
  | "monitoring"
  | "notifications"
  | "initial-response"
  | "resolution"
  | "report"
  | "improvement"
  | "glossary"
  | "escalation"
  | "thresholds"
  | "services"
  | "legal-clocks";

export type ClauseId = Id<"clause">;

/**
 * One traceable line of the document: what findings, steps and evidence point at. The id is made of the block and the
 * path below it (`grades/Critical/respond-within`), so that it survives lines being added above it.
 */
export type Clause = {
  readonly id: ClauseId;
  readonly block: BlockKind;
  /** The keys and list places that lead to it, as the document writes them. */
  readonly path: readonly string[];
  /** What the document says there, trimmed. */
  readonly text: string;
  /** 1-based, in the document as a whole (not in its block). */
  readonly line: number;
  readonly column: number;
};

/** How soon a grade must be responded to. `immediate` has no number in the document; the plan uses its default. */
export type Deadline = { readonly kind: "immediate" } | { readonly kind: "within"; readonly duration: Millis };

export type Grade = {
  readonly name: string;
  /** 0 is the most severe: the first in the document. */
  readonly rank: number;
  readonly criteria: readonly Clause[];
  readonly deadline: Deadline;
  /** True where the document demands that somebody is there at every hour (`즉시 (24/7)`). */
  readonly aroundTheClock: boolean;
  /** The team that owns incidents of this grade, by the name it has in `teams`. */
  readonly owner: string;
  readonly clause: ClauseId;
  readonly deadlineClause: ClauseId;
  readonly ownerClause: ClauseId;
};

export type Staffing = { readonly role: string; readonly count: number; readonly clause: ClauseId };

export type Team = {
  readonly name: string;
  /** 0 is the first in the document: initial intake. Escalation goes to the next higher place. */
  readonly place: number;
  readonly duties: readonly Clause[];
  readonly staffing: readonly Staffing[];
  /** True where its staffing demands a shift around the clock (`24/7 교대 근무`). */
  readonly aroundTheClock: boolean;
  readonly clause: ClauseId;
};

/** The kinds of channel that a policy can name. Whether one has a driver is not the policy's business. */
export const CHANNEL_KINDS = ["email", "slack", "webhook", "console", "sms", "phone", "push"] as const;
/** `loopback` leads back into Bongsu: only the canary speaks through it. */
export type ChannelKind = (typeof CHANNEL_KINDS)[number] | "loopback";

/** `channel` is everybody in the room, `here` only those who are active: at night perhaps nobody. */
export type Mention = "channel" | "here";

export type PolicyChannel = {
  readonly kind: ChannelKind;
  readonly mention?: Mention;
  readonly clause: ClauseId;
};

/**
 * Who is to be told, as the document says it. Whether a name is a team of the document, a group or a title is settled
 * against the roster, except for the operator on duty (`담당 운영자`), who is nobody's title.
 */
export type Recipient =
  | { readonly kind: "named"; readonly name: string; readonly clause: ClauseId }
  | { readonly kind: "on-duty-operator"; readonly name: string; readonly clause: ClauseId };

export type NotificationRule = {
  /** The grade's name. */
  readonly grade: string;
  readonly channels: readonly PolicyChannel[];
  readonly recipients: readonly Recipient[];
  readonly clause: ClauseId;
};

export type Stage = { readonly title: string; readonly steps: readonly Clause[]; readonly clause: ClauseId };
export type Procedure = {
  readonly kind: "initial-response" | "resolution";
  readonly stages: readonly Stage[];
  readonly clause: ClauseId;
};

/** A watched quantity; one line of the document may name several (`CPU/메모리/디스크 사용률` names three). */
export type MonitoredItem = { readonly name: string; readonly area: string; readonly clause: ClauseId };

export type Section = { readonly title: string; readonly items: readonly Clause[]; readonly clause: ClauseId };

export type Term = { readonly term: string; readonly meaning: string; readonly clause: ClauseId };

/** One threshold rule as the document writes it; parsed by this version, executed once monitors exist. */
export type ThresholdRule = {
  readonly item: string;
  readonly grade: string;
  readonly text: string;
  readonly clause: ClauseId;
};

export type ServiceRule = {
  readonly name: string;
  /** A signal belongs to the service when all of these labels are equal. */
  readonly match: Readonly<Record<string, string>>;
  /** The grade of its incidents where the source does not tell. */
  readonly grade?: string;
  /** Names of services it stands on. */
  readonly dependsOn: readonly string[];
  readonly clause: ClauseId;
};

export type LegalClock = {
  readonly name: string;
  readonly within: Millis;
  readonly to: string;
  readonly clause: ClauseId;
};

/**
 * The numbers that the plan runs on for one grade: from the document where it says them, else the product's defaults.
 * All in milliseconds; `stalled` null is never.
 */
export type GradeTiming = {
  /** Until then somebody must have acknowledged; afterwards the incident is overdue and goes one level up. */
  readonly respondWithin: Millis;
  /** Immediate grades: a reminder every so often. Others: null, they are reminded at `reminders`. */
  readonly repeatEvery: Millis | null;
  /** Fractions of `respondWithin` at which an unacknowledged incident pages again. */
  readonly reminders: readonly number[];
  /** From the deadline on, one more level each time. */
  readonly levelEvery: Millis;
  /** Acknowledged but nothing recorded for so long: reminded, and after as long again paged. */
  readonly stalled: Millis | null;
  /** 모니터링 강화: so long after an incident of the grade is resolved what had opened it is watched harder; 0 is not at all. */
  readonly watchHarder: Millis;
};

/** A value the document left open and the product filled in, with the clause that it serves. */
export type AppliedDefault = { readonly code: string; readonly clause: ClauseId; readonly value: string };

export type PolicyId = Id<"policy">;

/** The document as a program. Immutable; every incident is pinned to the one in force when it opened. */
export type Policy = {
  /** Of the source text: the same text is the same version. */
  readonly id: PolicyId;
  readonly title: string;
  readonly locale: Locale;
  /** Most severe first. */
  readonly grades: readonly Grade[];
  /** Initial intake first. */
  readonly teams: readonly Team[];
  readonly notifications: readonly NotificationRule[];
  readonly monitoring: readonly MonitoredItem[];
  readonly procedures: readonly Procedure[];
  readonly report: readonly Section[];
  readonly improvement: readonly Section[];
  readonly glossary: readonly Term[];
  readonly thresholds: readonly ThresholdRule[];
  readonly services: readonly ServiceRule[];
  readonly legalClocks: readonly LegalClock[];
  /** By grade name. */
  readonly timing: ReadonlyMap<string, GradeTiming>;
  /** A resolved incident that fires again within this many milliseconds is reopened. */
  readonly reopenWithin: Millis;
  /** So many services may want an incident within a minute; those after them are one storm. */
  readonly stormAfter: number;
  readonly defaults: readonly AppliedDefault[];
  readonly clauses: ReadonlyMap<ClauseId, Clause>;
};
