export type ShownToken = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly person: string | null;
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
  readonly days?: number;
};
/** The text is in this answer and nowhere else. */
export type MadeToken = { readonly text: string; readonly token: ShownToken };
