import type { Preferences } from "../../access/account.ts";
import type { Permission, Role } from "../../access/permissions.ts";

/** `GET /api/v1/me`: who is signed in, what they may, and what the shell needs before it shows anything. */
export type Me = {
  readonly version: string;
  /** The server's zone, IANA. */
  readonly zone: string;
  readonly publicUrl: string;
  /** Whether this address may carry the session cookie (https, or loopback). */
  readonly secure: boolean;
  readonly passkeys: PasskeyPlace;
} & (
  | {
      readonly signedIn: false;
      /** No account exists yet: the set-up link that the server printed makes the first one. */
      readonly setUp: boolean;
    }
  | {
      readonly signedIn: true;
      readonly account: {
        readonly id: string;
        readonly login: string;
        readonly name: string;
        readonly role: Role;
        readonly person: { readonly id: string; readonly name: string } | null;
        readonly hasPassword: boolean;
      };
      readonly may: readonly Permission[];
      /** Goes back as `x-bongsu-csrf` with everything that changes something. */
      readonly csrf: string;
      readonly preferences: Preferences;
      /** Where the live stream stood: resumed from here, it tells of everything since. */
      readonly live: string;
      /** The wizard is not through yet, and this person may go on with it. */
      readonly onboarding: boolean;
    }
);

/** Whether passkeys work at the address that was asked; `open` is the address of this server at which they do. */
export type PasskeyPlace = { readonly can: true } | { readonly can: false; readonly open: string | null };

/** `GET /api/v1/me/sessions` */
export type OwnSessions = { readonly sessions: readonly OwnSession[] };
export type OwnSession = {
  readonly id: string;
  readonly current: boolean;
  readonly agent: string;
  readonly by: "password" | "passkey" | "invite";
  readonly createdAt: string;
  readonly seenAt: string;
  readonly expiresAt: string;
};

/** `GET /api/v1/me/passkeys` */
export type OwnPasskeys = { readonly passkeys: readonly OwnPasskey[] };
export type OwnPasskey = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly usedAt: string | null;
};

/** `POST /api/v1/invites/look`: what a one-time link is for. */
export type InviteShown = {
  readonly for: "set-up" | "account" | "forgotten";
  readonly login: string | null;
  readonly name: string | null;
  readonly expiresAt: string;
};
