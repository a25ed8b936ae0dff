/**
 * `POST /api/v1/rota`: who can keep these shifts within these limits? What is left out has its usual value
 * (docs/rota.md); a limit that is null is none. Writes nothing.
 */
export type RotaAsked = {
  readonly team?: string;
  readonly people?: number | readonly (string | RotaAskedPerson)[];
  readonly from?: string;
  readonly weeks?: number;
  readonly repeats?: boolean;
  readonly shifts?: string | readonly string[];
  readonly startsAt?: string;
  readonly perShift?: number;
  readonly weekHoursMax?: number | null;
  readonly restHoursMin?: number | null;
  readonly nightsInRowMax?: number | null;
  readonly daysInRowMax?: number | null;
  readonly zone?: string;
  /** How long the solver may work: 20. */
  readonly timeSeconds?: number;
};
/** Dates are local, and both in the stretch. */
export type RotaAskedPerson = {
  readonly person: string;
  readonly away?: readonly { readonly from: string; readonly to: string }[];
  readonly wishes?: readonly { readonly from: string; readonly to: string }[];
};

export type ShownRotaAnswer = {
  readonly question: ShownRotaQuestion;
  readonly tookSeconds: number;
  /** What came out, in one sentence. */
  readonly summary: string;
} & (ShownRotaFound | ShownRotaNone | { readonly is: "unknown" });

/** The question as it was read, with every usual value in it. */
export type ShownRotaQuestion = {
  readonly team: string | null;
  readonly zone: string;
  readonly from: string;
  /** The last day, local. */
  readonly to: string;
  readonly weeks: number;
  readonly repeats: boolean;
  readonly perShift: number;
  /** The shifts of a day, or the one that follows itself. */
  readonly shifts: readonly ShownRotaShiftKind[];
  readonly weekHoursMax: number | null;
  readonly restHoursMin: number | null;
  readonly nightsInRowMax: number | null;
  readonly daysInRowMax: number | null;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
};
export type ShownRotaShiftKind = { readonly name: string; readonly isNight: boolean };

export type ShownRotaFound = {
  readonly is: "rota";
  readonly fairness: "optimal" | "feasible";
  readonly fairnessText: string;
  readonly spreads: readonly string[];
  readonly wishesBroken: number;
  readonly shifts: readonly ShownRotaShift[];
  readonly tallies: readonly ShownRotaTally[];
  /** What `POST /api/v1/rota/apply` puts into the roster. */
  readonly rotations: readonly ShownRotaRotation[];
};
export type ShownRotaShift = {
  readonly start: string;
  readonly end: string;
  /** The local date on which it begins, and those it goes on through where it is longer than a day. */
  readonly dates: readonly string[];
  /** Its place among `question.shifts`. */
  readonly kind: number;
  readonly people: readonly string[];
};
export type ShownRotaTally = {
  readonly person: string;
  readonly shifts: number;
  readonly hours: number;
  readonly weekHoursMost: number;
  readonly nights: number;
  readonly weekendHours: number;
  readonly holidayHours: number;
  readonly holidays: readonly { readonly date: string; readonly name: string }[];
};
export type ShownRotaRotation = {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type ShownRotaNone = {
  readonly is: "none";
  /** How it is known. */
  readonly proof: string;
  readonly arguments: readonly { readonly kind: string; readonly text: string }[];
  readonly smallest: { readonly heads: number | null; readonly text: string };
  readonly loosened: readonly {
    readonly rule: string;
    readonly gives: "rota" | "none" | "unknown";
    readonly text: string;
  }[];
  readonly weekHoursNeeded: { readonly hours: number; readonly exact: boolean; readonly text: string } | null;
};

/** `POST /api/v1/rota/apply`: the rotations of an answer become the team's, above those that it has. */
export type RotaApply = {
  readonly team: string;
  readonly rotations: readonly ShownRotaRotation[];
  readonly confirm?: boolean;
};
export type RotaApplied = { readonly revision: number; readonly rotations: readonly string[] };
