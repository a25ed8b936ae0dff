import type { Id } from "../id/id.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Instant } from "../time/instant.ts";
import type { Role } from "./permissions.ts";

export type AccountId = Id<"account">;

/** Somebody who can sign in to the web UI. Linked to a person of the roster, what they do is done by that person. */
export type Account = {
  readonly id: AccountId;
  /** What they type to sign in; unique, compared in lower case. */
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly person?: PersonId;
  /** `invited` until the one-time link was used; `disabled` cannot sign in and has no sessions. */
  readonly state: "invited" | "active" | "disabled";
  /** An argon2id hash in PHC text form; absent while only passkeys are used. */
  readonly password?: string;
  readonly preferences: Preferences;
  readonly createdAt: Instant;
  readonly signedInAt?: Instant;
};

/** How somebody likes the web UI: kept with the account, so that it is the same on phone and desktop. */
export type Preferences = {
  readonly locale?: "ko" | "en";
  readonly theme?: "light" | "dark" | "system";
  /** IANA zone in which times are shown; the browser's own where absent. */
  readonly zone?: string;
  /** Rebound shortcuts: action to `KeyboardEvent.code` chord, empty text for off. */
  readonly keys?: Readonly<Record<string, string>>;
  readonly views?: readonly { readonly name: string; readonly query: string }[];
};

/** A signed-in browser. The cookie's value is nowhere: `hash` is its SHA-256. */
export type Session = {
  readonly hash: string;
  readonly account: AccountId;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** Ends then whatever happens; and earlier when it was not used for long. */
  readonly expiresAt: Instant;
  readonly agent: string;
  readonly by: "password" | "passkey" | "invite";
};

/** A WebAuthn credential. */
export type Passkey = {
  /** The credential id, base64url. */
  readonly id: string;
  readonly account: AccountId;
  readonly name: string;
  /** COSE public key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Instant;
  readonly usedAt?: Instant;
};

/** A one-time link: the first administrator's set-up (no account yet), or an account's first or forgotten password. */
export type Invite = {
  readonly hash: string;
  readonly account?: AccountId;
  readonly expiresAt: Instant;
  readonly usedAt?: Instant;
  readonly createdBy: string;
};
