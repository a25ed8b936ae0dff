import type { ShownContact } from "./roster.ts";
import type { ShownInterval } from "./schedule.ts";
import type { SimulatedStep } from "./simulate.ts";

/** What a contact is worth; `accepted` is only a provider's word, `proven` a human's. */
export type ShownContactState = {
  readonly channel: string;
  /** Whether it goes to the person or into a room where they are mentioned; null where this build has no driver. */
  readonly via: "people" | "rooms" | null;
  /** Masked where the caller may not read contacts; null where there is none. */
  readonly address: string | null;
  readonly state:
    | "no-driver"
    | "not-configured"
    | "no-address"
    | "failing"
    | "proven"
    | "stale"
    | "accepted"
    | "untried";
  /** When the person typed the code that came through it. */
  readonly verifiedAt: string | null;
  /** The last time a human answered through it, and how. */
  readonly proven: { readonly at: string; readonly by: "code" | "link" | "button" | "test" } | null;
  /** The last time a provider took a page. */
  readonly acceptedAt: string | null;
  readonly failing: { readonly since: string; readonly because: string } | null;
  /** The last silent test. */
  readonly testedAt: string | null;
};

export type ShownReachPerson = {
  readonly id: string;
  readonly name: string;
  readonly teams: readonly string[];
  /** `proven` by some contact lately; `unreachable` where nothing can get through. */
  readonly state: "proven" | "unproven" | "unreachable";
  /** The next time they are on duty, where that is within the days looked at. */
  readonly duty: {
    readonly team: string;
    readonly start: string;
    /** Null where no end is in sight within the days looked at. */
    readonly end: string | null;
    readonly now: boolean;
  } | null;
  readonly contacts: readonly ShownContactState[];
};

/** `GET /api/v1/reach` */
export type ShownReach = {
  readonly at: string;
  readonly settings: ShownReachSettings;
  /** How far ahead duty was looked for. */
  readonly aheadDays: number;
  /** Every channel that the policy demands or somebody has a contact for, from the quietest on. */
  readonly channels: readonly { readonly kind: string; readonly demanded: boolean }[];
  readonly teams: readonly string[];
  readonly people: readonly ShownReachPerson[];
};

/** `GET` and `PUT /api/v1/reach/settings`; what a `PUT` leaves out stays. */
export type ShownReachSettings = {
  readonly silentTests: boolean;
  readonly channels: readonly string[];
  readonly provenWithinDays: number;
};

/** `POST /api/v1/reach/:person/:channel/code`: until when the code is good. */
export type CodeSent = { readonly expiresAt: string };
/** `POST /api/v1/reach/:person/:channel/verify` */
export type CodePut = { readonly code: string };

/** `GET /api/v1/reach/:person/night?grade=…&at=…`: how an incident then would wake them. */
export type ShownNight = {
  readonly person: { readonly id: string; readonly name: string };
  readonly grade: string;
  readonly grades: readonly string[];
  readonly at: string;
  readonly until: string;
  /** The teams in which they may have the turn. */
  readonly teams: readonly string[];
  /** Whether the roster has them on duty at that instant. */
  readonly onDuty: boolean;
  /** The plan's steps that reach them, as if they had the turn in all their teams. */
  readonly supposed: readonly SimulatedStep[];
  /** The same as the roster really stands. */
  readonly asItStands: readonly SimulatedStep[];
  readonly contacts: readonly ShownContactState[];
};

export type ShownOwnShift = ShownInterval & {
  readonly team: string;
  readonly rotation: string;
  readonly rotationName: string;
  /** Who else is on duty in it. */
  readonly others: readonly string[];
  readonly because: "turn" | "override" | "leave";
  readonly insteadOf: readonly string[];
  readonly shadow: boolean;
};

/** `GET /api/v1/my`: one's own duty and contacts; null where the account is no person of the roster. */
export type ShownMy = {
  readonly at: string;
  readonly person: {
    readonly id: string;
    readonly name: string;
    readonly managedBy: string | null;
    readonly revision: number;
    readonly contacts: readonly ShownContact[];
  } | null;
  readonly settings: ShownReachSettings;
  readonly state: ShownReachPerson["state"];
  readonly contacts: readonly ShownContactState[];
  /** Where one is on duty now; `until` is null where no end is in sight. */
  readonly now: readonly { readonly team: string; readonly until: string | null }[];
  readonly days: number;
  readonly shifts: readonly ShownOwnShift[];
};

/** `PUT /api/v1/my/contacts`: the whole list, in order of preference. */
export type OwnContactsPut = {
  readonly contacts: readonly ShownContact[];
  readonly revision: number;
  readonly confirm?: boolean;
};
