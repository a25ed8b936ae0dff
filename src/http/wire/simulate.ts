import type { DiffRow, WirePerson } from "./policy.ts";

/** What the API answers of incidents that have not happened. Sentences in the language of the request. */

/** Which document: a version by its id, the shared draft, or a text. */
export type WhichPolicy = string | { readonly text: string; readonly file?: string };

export type SimulateRequest = {
  readonly grade: string;
  readonly service?: string;
  /** RFC 3339; now, if left out. */
  readonly at?: string;
  /** How far ahead; until the last team was called, if left out. */
  readonly hours?: number;
  /** What is in force, if left out; `draft` is the shared draft. */
  readonly policy?: WhichPolicy;
  readonly dead?: { readonly people?: readonly string[]; readonly channels?: readonly string[] };
};

export type SimulatedReach = {
  readonly people: readonly WirePerson[];
  readonly room: boolean;
  readonly channel: string;
  readonly channelText: string;
  readonly mention: "channel" | "here" | null;
  /** Whether it wakes people or tells them quietly. */
  readonly urgency: "wake" | "tell";
  /** The channel that the policy names and that failed. */
  readonly insteadOf: string | null;
  readonly text: string;
};

export type SimulatedStep = {
  readonly kind: string;
  readonly kindText: string;
  readonly due: string;
  /** Milliseconds since it began. */
  readonly after: number;
  readonly level: number;
  /** True where the deadline for an acknowledgement passes with it. */
  readonly overdue: boolean;
  /** The line of the policy that demands it. */
  readonly because: {
    readonly clause: string;
    readonly line: number;
    readonly path: readonly string[];
    readonly text: string;
  } | null;
  readonly reaches: readonly SimulatedReach[];
  readonly skipped: readonly { readonly who: string; readonly because: string; readonly text: string }[];
};

export type SimulatedPlan = {
  readonly policy: {
    readonly id: string;
    readonly title: string;
    readonly file: string;
    /** False where it is the draft or a text that is no version. */
    readonly stored: boolean;
  };
  readonly grade: string;
  readonly at: string;
  readonly until: string;
  readonly steps: readonly SimulatedStep[];
  /** When somebody is first woken, in milliseconds since it began; null where nobody is within the time looked at. */
  readonly first: { readonly after: number; readonly people: readonly WirePerson[] } | null;
};

export type CompareRequest = Omit<SimulateRequest, "policy"> & {
  readonly left: WhichPolicy;
  readonly right: WhichPolicy;
};

export type ComparedRow = {
  readonly after: number;
  /** Places in the steps of each side. */
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly same: boolean;
};

export type ComparedPlans = {
  /** Null where that document has no such grade. */
  readonly left: SimulatedPlan | null;
  readonly right: SimulatedPlan | null;
  readonly rows: readonly ComparedRow[];
  /** When each person is first woken on either side; null is never. */
  readonly woken: readonly {
    readonly person: WirePerson;
    readonly left: number | null;
    readonly right: number | null;
  }[];
  readonly same: boolean;
};

/** Two versions: what was written otherwise, and what happens otherwise. */
export type PolicyDiff = {
  readonly left: SimulatedPlan["policy"];
  readonly right: SimulatedPlan["policy"];
  readonly rows: readonly DiffRow[];
  readonly behaviour: readonly ({ readonly grade: string } & ComparedPlans)[];
};
