import type { Id } from "../id/id.ts";
import type { Instant } from "../time/instant.ts";

export type Matcher = {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
};

/** Mutes alerts all of whose matchers match, in [startsAt, endsAt). What it mutes is recorded and visible. */
export type Silence = {
  readonly id: Id<"silence">;
  readonly matchers: readonly Matcher[];
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly updatedAt: Instant;
  readonly createdBy: string;
  readonly comment: string;
};
