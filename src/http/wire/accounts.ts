import type { Role } from "../../access/permissions.ts";

/** `GET /api/v1/accounts` */
export type Accounts = { readonly accounts: readonly ShownAccount[] };

export type ShownAccount = {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly state: "invited" | "active" | "disabled";
  readonly person: { readonly id: string; readonly name: string } | null;
  readonly createdAt: string;
  readonly signedInAt: string | null;
  readonly hasPassword: boolean;
  readonly passkeys: number;
  /** The one who asks. */
  readonly own: boolean;
  /** The last active administrator: neither its role nor its state can be changed. */
  readonly lastAdmin: boolean;
};

/** `POST /api/v1/accounts`, `POST /api/v1/accounts/:id/reset`: the link is shown this once. */
export type AccountLink = {
  readonly account: ShownAccount;
  readonly link: string;
  readonly expiresAt: string;
};
