import type { Id } from "../id/id.ts";
import type { Locale } from "../locale/said.ts";
import type { Instant } from "../time/instant.ts";

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
