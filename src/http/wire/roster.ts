import type { Locale } from "../../locale/said.ts";

/** Whose an item is, and which version of it was read: what a change of it sends back. */
export type Owned = {
  /** The file that declares it; null where people change it here. */
  readonly managedBy: string | null;
  readonly revision: number;
  readonly updatedAt: string;
};

export type ShownContact = { readonly channel: string; readonly address: string };
export type ShownPerson = Owned & {
  readonly id: string;
  readonly name: string;
  readonly titles: readonly string[];
  readonly locale: Locale;
  readonly contacts: readonly ShownContact[];
  readonly admin: boolean;
};
export type ShownGroup = Owned & { readonly name: string; readonly members: readonly string[] };
export type ShownMember = { readonly person: string; readonly role: string };
export type ShownTeam = Owned & {
  readonly name: string;
  readonly members: readonly ShownMember[];
  readonly rotations: readonly string[];
};
export type ShownRotation = Owned & {
  readonly id: string;
  readonly name: string;
  readonly zone: string;
  readonly participants: readonly (readonly string[])[];
  readonly turns: readonly ShownTurnLength[];
  /** Local, in `zone`. */
  readonly start: string;
  readonly end?: string;
  readonly priority: number;
  readonly hours: readonly ShownHours[];
  readonly holidays: "as-usual" | "off" | "only";
  readonly shadow: boolean;
  /** How many overrides it has, those that are over included: they go with it. */
  readonly overrides: number;
};
export type ShownTurnLength = {
  readonly unit: "hours" | "days" | "weeks" | "months" | "holidays";
  readonly count: number;
};
/** `days` are 1 (Monday) to 7 (Sunday); `from` and `to` are `HH:MM`, and `to` at or before `from` is on the next day. */
export type ShownHours = { readonly days: readonly number[]; readonly from: string; readonly to: string };
export type ShownService = Owned & {
  readonly name: string;
  readonly match: Readonly<Record<string, string>>;
  readonly grade: string | null;
  readonly dependsOn: readonly string[];
};

/** `GET /api/v1/roster` */
export type ShownRoster = {
  readonly revision: number;
  /** False where the caller sees contacts masked. */
  readonly contactsShown: boolean;
  /** The built-in example is still in use. */
  readonly example: { readonly file: string; readonly people: number } | null;
  readonly people: readonly ShownPerson[];
  readonly groups: readonly ShownGroup[];
  readonly teams: readonly ShownTeam[];
  readonly rotations: readonly ShownRotation[];
  readonly services: readonly ShownService[];
  /** What the policy in force names, to choose from. */
  readonly policy: {
    readonly teams: readonly { readonly name: string; readonly staffing: readonly ShownStaffing[] }[];
    readonly recipients: readonly string[];
    readonly grades: readonly string[];
  };
};
export type ShownStaffing = { readonly role: string; readonly count: number };

export type RosterKind = "people" | "groups" | "teams" | "services" | "rotations";
/** What is sent of a rotation. With `teams` it is in those and no others; without, its teams stay as they are. */
export type RotationPut = Omit<ShownRotation, keyof Owned | "id" | "overrides"> & {
  readonly teams?: readonly string[];
};
/** `POST /api/v1/roster/:kind` makes one; `PUT` and `DELETE /api/v1/roster/:kind/:id` name the revision they have seen. */
export type RosterPut = {
  readonly data: Readonly<Record<string, unknown>>;
  readonly revision?: number;
  readonly confirm?: boolean;
};
export type RosterPutAnswer = { readonly id: string; readonly revision: number };

/** `POST /api/v1/roster/people/read`, and `…/import`, which also applies it. */
export type PeopleTableRequest = {
  readonly text: string;
  /** Removes the built-in example first. */
  readonly replaceExample?: boolean;
};
export type PeopleTableAnswer = {
  readonly rows: readonly {
    readonly line: number;
    readonly name: string;
    readonly team: string | null;
    readonly role: string | null;
    readonly titles: readonly string[];
    readonly contacts: readonly ShownContact[];
    readonly becomes: "create" | "change" | "same" | "skip";
    readonly problems: readonly ShownProblem[];
  }[];
  readonly problems: readonly ShownProblem[];
  readonly created: number;
  readonly changed: number;
  readonly same: number;
  readonly skipped: number;
};
export type ShownProblem = { readonly level: "error" | "warning"; readonly message: string };

/** The facts of the faults `roster-refused` and `needs-confirmation`. */
export type RefusedFacts = {
  readonly diagnostics?: readonly { readonly message: string; readonly found: string; readonly expected: string }[];
  readonly findings?: readonly { readonly message: string; readonly why: string; readonly mend: string }[];
  readonly affected?: readonly string[];
};
