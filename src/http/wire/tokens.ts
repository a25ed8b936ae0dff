export type ShownToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly person: string | null;
  /** Of an agent's token: the only host that it speaks for; null: whichever uses it first, or no agent's. */
  readonly host: string | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
};
/** `GET /api/v1/tokens` */
export type ShownTokens = { readonly tokens: readonly ShownToken[] };
/** `POST /api/v1/tokens` */
export type TokenRequest = {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly person?: string;
  /** Only of a token of the scope `agent`. */
  readonly host?: string;
  readonly days?: number;
};
/** The text is in this answer and nowhere else. */
export type MadeToken = { readonly text: string; readonly token: ShownToken };
