import type { Id } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
import type { Instant } from "../time/instant.ts";
import type { Interval } from "../time/interval.ts";
import type { PersonId } from "./roster.ts";

/** An address under which a calendar program reads the shifts of a person, a team or a rotation. */
export type CalendarFeed = {
  readonly id: Id<"feed">;
  /** SHA-256 of the secret in its address, hex; the secret itself is nowhere. */
  readonly hash: string;
  readonly of: "person" | "team" | "rotation";
  /** The id of the person or rotation, the name of the team. */
  readonly name: string;
  readonly locale: Locale;
  readonly createdAt: Instant;
  /** Who made it: when they may not sign in any more, it is dead. */
  readonly by: { readonly kind: "account" | "token"; readonly id: string };
  readonly lastReadAt?: Instant;
};

/** A calendar of somebody else's making that is read for leave, or for the company's holidays. */
export type CalendarImport = {
  readonly id: Id<"import">;
  readonly name: string;
  readonly of: "leave" | "holidays";
  /** Whose leave it is. */
  readonly person?: PersonId;
  /** Read again and again; absent where the text was given once. May hold a secret: shown to nobody. */
  readonly url?: string;
  /** Only entries whose title has this in it, whatever the case. */
  readonly match?: string;
  readonly createdAt: Instant;
  readonly by: string;
  /** The last time that it was read and understood. */
  readonly readAt?: Instant;
  readonly etag?: string;
  /** Entries that became leave or holidays. */
  readonly entries: number;
  /** Since when it cannot be read and why; what was read last stays. */
  readonly failure?: { readonly because: ImportFailure; readonly since: Instant; readonly times: number };
  /** When it is read again; absent where it has no address. */
  readonly dueAt?: Instant;
};

/** Why a calendar could not be read. Nothing of what a server answered is in it. */
export type ImportFailure =
  | "refused-address"
  | "not-reached"
  | "redirected"
  | "refused"
  | "too-large"
  | "not-a-calendar"
  | "takes-too-long"
  | "too-many-entries"
  | "roster-refused"
  | "no-network";

/** An entry of a calendar, in a stretch of time; `days` are its local dates where it lasts whole days. */
export type CalendarEntry = Interval & {
  readonly uid: string;
  readonly title: string;
  readonly days?: readonly string[];
};
