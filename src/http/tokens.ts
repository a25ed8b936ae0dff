import { createHash } from "node:crypto";
import type { Scope } from "../access/permissions.ts";
import { type Chance, randomText } from "../id/chance.ts";
import { asId } from "../id/id.ts";
import type { Queries, Token } from "../store/store.ts";
import type { Instant } from "../time/instant.ts";

/**
 * A token is 32 characters, so that it also serves as a PagerDuty routing key: `bgs_`, 24 of chance (120 bits), four of
 * checksum, by which a secret scanner and a typing error are told.
 */
const PREFIX = "bgs_";
const CHANCE_LENGTH = 24;
const CHECK_LENGTH = 4;
export const TOKEN_LENGTH = PREFIX.length + CHANCE_LENGTH + CHECK_LENGTH;

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Makes a token; the text is shown once and kept nowhere. */
export function newToken(
  chance: Chance,
  facts: {
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly host?: string;
    readonly at: Instant;
    readonly expiresAt?: Instant;
  },
): { readonly text: string; readonly token: Token } {
  const body = PREFIX + randomText(chance, CHANCE_LENGTH);
  const text = body + sha256(body).slice(0, CHECK_LENGTH);
  const id = asId<"token">(`t${randomText(chance, 8)}`);
  const { name, scopes, host, at, expiresAt } = facts;
  const token: Token = {
    id,
    name,
    hash: sha256(text),
    scopes,
    ...(host === undefined ? {} : { host }),
    createdAt: at,
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return { text, token };
}

/** How long a look-up is believed; a revoked token is dead within this. */
const BELIEVED_MS = 1_000;

/** Knows who a token is, without asking the store for every request. */
export class TokenBook {
  readonly #queries: Queries;
  #read: { readonly at: number; readonly byHash: ReadonlyMap<string, Token> } | undefined;
  readonly #hashes = new Map<string, string>();
  readonly #touched = new Map<string, number>();

  constructor(queries: Queries) {
    this.#queries = queries;
  }

  /** The valid token of that text, if there is one. */
  async find(text: string, at: Instant): Promise<Token | undefined> {
    return this.findNow(text, at) ?? (await this.#refresh(at), this.#valid(text, at));
  }

  /** As `find`, where it can be answered without asking the store; undefined otherwise. */
  findNow(text: string, at: Instant): Token | undefined {
    if (this.#read === undefined || at - this.#read.at > BELIEVED_MS) return undefined;
    return this.#valid(text, at);
  }

  async #refresh(at: Instant): Promise<void> {
    const tokens = await this.#queries.tokens();
    this.#read = { at, byHash: new Map(tokens.map((token) => [token.hash, token])) };
  }

  #valid(text: string, at: Instant): Token | undefined {
    if (text.length !== TOKEN_LENGTH || !text.startsWith(PREFIX)) return undefined;
    let hash = this.#hashes.get(text);
    if (hash === undefined) {
      const body = text.slice(0, -CHECK_LENGTH);
      if (sha256(body).slice(0, CHECK_LENGTH) !== text.slice(-CHECK_LENGTH)) return undefined;
      hash = sha256(text);
      if (this.#hashes.size > 1_000) this.#hashes.clear();
      this.#hashes.set(text, hash);
    }
    // Found by its hash, of which an attacker can guess no part from how long the search took.
    const token = this.#read?.byHash.get(hash);
    if (
      token === undefined ||
      token.revokedAt !== undefined ||
      (token.expiresAt !== undefined && token.expiresAt <= at)
    )
      return undefined;
    this.#touch(token, at);
    return token;
  }

  #touch(token: Token, at: Instant): void {
    if (at - (this.#touched.get(token.id) ?? 0) < 60_000) return;
    this.#touched.set(token.id, at);
    this.#queries.touchToken(token.id, at).catch(() => {});
  }
}

/** The token of an Authorization header: `Bearer x`, `GenieKey x`, or Basic with the token as the password. */
export function tokenOfHeader(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [scheme = "", value = ""] = header.split(/\s+/, 2);
  if (/^(bearer|geniekey|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  const [user = "", ...rest] = Buffer.from(value, "base64").toString("utf8").split(":");
  return rest.join(":") || user;
}
