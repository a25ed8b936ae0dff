import type { Owned } from "./roster.ts";

export type ShownSecret = {
  readonly set: boolean;
  /** Where its value stands: written here, or named by a variable or a file. */
  readonly from: "text" | "env" | "file" | null;
  /** The name of the variable or the path of the file. */
  readonly name: string | null;
};
export type ShownField = {
  readonly name: string;
  readonly type: "text" | "number" | "flag" | "texts" | "secret";
  readonly required: boolean;
  readonly otherwise: string | number | boolean | null;
};
export type ShownOutcome = {
  readonly at: string;
  readonly state: string;
  readonly because: string | null;
  readonly test: boolean;
};
export type ShownChannel = {
  readonly kind: string;
  /** Null where this build has no driver: the policy may name it, nothing is sent through it. */
  readonly speaksTo: "rooms" | "people" | null;
  readonly configured:
    | (Owned & {
        readonly settings: Readonly<Record<string, unknown>>;
        readonly secrets: Readonly<Record<string, ShownSecret>>;
      })
    | null;
  readonly fields: readonly ShownField[];
  /** People with a contact for it, and people there are. */
  readonly contacts: number;
  readonly people: number;
  readonly demanded: boolean;
  readonly last: readonly ShownOutcome[];
};
/** `GET /api/v1/channels` */
export type ShownChannels = { readonly channels: readonly ShownChannel[]; readonly publicUrl: string };

/**
 * `PUT /api/v1/channels/:kind`. A secret is a text, `{ env }` or `{ file }`; absent it stays as it is, null removes it.
 * `revision` absent makes the channel.
 */
export type ChannelPut = {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly revision?: number;
  readonly confirm?: boolean;
};

/** `POST /api/v1/channels/:kind/test`; `person` absent is the caller's own. */
export type TestRequest = { readonly person?: string };
/** Its answer, and that of `GET /api/v1/tests/:delivery`. */
export type ShownTest = {
  readonly id: string;
  readonly channel: string;
  readonly person: string;
  readonly personName: string;
  readonly state: "queued" | "sending" | "sent" | "acknowledged" | "failed";
  readonly attempts: number;
  /** The provider's words, or why the last attempt failed. */
  readonly because: string | null;
  readonly createdAt: string;
  readonly sentAt: string | null;
  readonly acknowledgedAt: string | null;
};
