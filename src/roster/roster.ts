import type { Heartbeat } from "../heartbeat/heartbeat.ts";
import type { Id } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
import type { Monitor } from "../monitor/monitor.ts";
import type { Target } from "../monitor/target.ts";
import type { ChannelKind } from "../policy/policy.ts";
import type { Instant } from "../time/instant.ts";

export type PersonId = Id<"person">;

/** Where a person can be reached through one channel: an e-mail address, a Slack user id, an E.164 number, a URL. */
export type Contact = {
  readonly channel: ChannelKind;
  readonly address: string;
};

export type Person = {
  readonly id: PersonId;
  readonly name: string;
  /** `운영팀장` and the like: what a policy names a person by. */
  readonly titles: readonly string[];
  readonly locale: Locale;
  /** In the order of the person's preference. It orders and adds; it never removes what the policy demands. */
  readonly contacts: readonly Contact[];
  /** Told when Bongsu itself is in trouble, and the last to be fallen back to. */
  readonly admin: boolean;
};

/** `운영팀`, `개발팀`: a name for several people that is not a team of the policy. */
export type Group = { readonly name: string; readonly members: readonly PersonId[] };

export type Member = {
  readonly person: PersonId;
  /** `운영자`, `아키텍트`: what the policy's staffing counts. */
  readonly role: string;
};

/** A team of the policy, by the policy's name for it. Without rotations all its members are always on duty. */
export type RosterTeam = {
  readonly name: string;
  readonly members: readonly Member[];
  readonly rotations: readonly Id<"rotation">[];
};

/**
 * A length of a turn. Days, weeks and months are steps of the calendar in the rotation's zone, so a hand-off at 09:00
 * stays at 09:00 across a change of offset; hours are exact. `holidays` counts holidays: one turn is so many of them.
 */
export type TurnLength = {
  readonly unit: "hours" | "days" | "weeks" | "months" | "holidays";
  readonly count: number;
};

/** Local hours on some days of the week: `to` at or before `from` is on the next day. */
export type ActiveHours = {
  /** 1 is Monday, 7 Sunday: the days on which these hours begin. */
  readonly days: readonly number[];
  /** `HH:MM`. */
  readonly from: string;
  readonly to: string;
};

/** Who takes turns. Hand-offs happen at a local time in `zone`, whatever its offset that day. */
export type Rotation = {
  readonly id: Id<"rotation">;
  readonly name: string;
  /** IANA name, such as `Asia/Seoul`. */
  readonly zone: string;
  /** Each entry is one turn; several people in it are on duty together. */
  readonly participants: readonly (readonly PersonId[])[];
  /** The lengths of the turns, again and again from the first: `[1 week]`, `[5 days, 2 days]`. Never empty. */
  readonly turns: readonly TurnLength[];
  /** The first turn's beginning: a local date and time in `zone`, `2026-01-05T09:00`. */
  readonly start: string;
  /** Local; the rotation is over from then on. */
  readonly end?: string;
  /** Of a team's rotations the highest that has somebody on duty counts; equal ones count together. 0 is usual. */
  readonly priority: number;
  /** Nobody is on duty outside these; empty means around the clock. */
  readonly hours: readonly ActiveHours[];
  /** What public and company holidays do to it: nothing, nobody is on duty on them, nobody on other days. */
  readonly holidays: "as-usual" | "off" | "only";
  /** Its people learn: they are shown and told quietly, and count for nothing. */
  readonly shadow: boolean;
};

/**
 * During [start, end) `person` is on duty in the rotation instead of whoever's turn it is, or, with `instead`, instead of
 * that person alone.
 */
export type Override = {
  readonly id: Id<"override">;
  readonly rotation: Id<"rotation">;
  readonly person: PersonId;
  readonly instead?: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly note?: string;
};

/** The person is away and takes no turn; an override that names them still holds, for somebody made it meaning them. */
export type Leave = {
  readonly id: Id<"leave">;
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
  readonly note?: string;
};

/** A day off of the company, or (`off` false) a public holiday on which it works. */
export type Holiday = {
  /** Local, `2026-12-24`. */
  readonly date: string;
  readonly name: string;
  readonly off: boolean;
};

/** What customers use. A signal belongs to the service that names most of the labels it carries. */
export type Service = {
  readonly name: string;
  readonly match: Readonly<Record<string, string>>;
  /** The grade of its incidents where the source does not tell. */
  readonly grade?: string;
  readonly dependsOn: readonly string[];
};

/** Settings of one channel, checked by the channel's own `parse`; a secret may be named by an environment variable instead of written. */
export type ChannelSettings = { readonly kind: ChannelKind; readonly settings: Readonly<Record<string, unknown>> };

/** The facts as of one revision: who there is, who takes turns, what there is to reach them through. */
export type Roster = {
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly groups: readonly Group[];
  readonly teams: readonly RosterTeam[];
  readonly rotations: ReadonlyMap<Id<"rotation">, Rotation>;
  readonly overrides: readonly Override[];
  readonly leaves: readonly Leave[];
  /** Beside the public ones, which come with Bongsu (`holidays.ts`). */
  readonly holidays: readonly Holiday[];
  readonly services: readonly Service[];
  readonly channels: readonly ChannelSettings[];
  /** What is watched beside what comes with Bongsu, or in its place. */
  readonly monitors: readonly Monitor[];
  readonly targets: readonly Target[];
  readonly heartbeats: readonly Heartbeat[];
  /** Who is on duty in a team, where it was worked out already: what the reach proof hands to the plan. */
  readonly duty?: (team: string, at: Instant) => readonly PersonId[];
};
