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
      /** The wizard is not through yet, and this person may go on with it. */
      readonly onboarding: boolean;
    }
);
