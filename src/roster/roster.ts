import type { Id } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
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

/** Who takes turns. One turn lasts `turn`; hand-offs happen at a local time in `zone`, whatever its offset that day. */
export type Rotation = {
  readonly id: Id<"rotation">;
  readonly name: string;
  /** IANA name, such as `Asia/Seoul`. */
  readonly zone: string;
  /** Each entry is one turn; several people in it are on duty together. */
  readonly participants: readonly (readonly PersonId[])[];
  readonly turn: { readonly unit: "hours" | "days" | "weeks"; readonly count: number };
  /** The first turn's beginning: a local date and time in `zone`, `2026-01-05T09:00`. */
  readonly start: string;
};

/** During [start, end) `person` is on duty in the rotation instead of whoever's turn it is. */
export type Override = {
  readonly id: Id<"override">;
  readonly rotation: Id<"rotation">;
  readonly person: PersonId;
  readonly start: Instant;
  readonly end: Instant;
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
  readonly services: readonly Service[];
  readonly channels: readonly ChannelSettings[];
};
