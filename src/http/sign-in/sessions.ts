import { createHmac, timingSafeEqual } from "node:crypto";
import type { Account, Session } from "../../access/account.ts";
import { type Chance, randomText } from "../../id/chance.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";
import { sha256 } from "../tokens.ts";

/**
 * A session is a row; the cookie names it and says nothing. `__Host-`: the browser takes it over TLS or loopback only,
 * for this host and every path, and no other host of the domain can set it (RFC 6265bis, 4.1.3.2).
 */
export const COOKIE = "__Host-bongsu";
/** 26 characters of five bits: 130 bits. */
const TEXT_LENGTH = 26;
/** People on call must not be asked for a password at 3 a.m.; a phone that lay in a drawer for a month must be. */
const IDLE_MS = 30 * DAY_MS;
const LIFE_MS = 90 * DAY_MS;
const TOUCH_EVERY_MS = 5 * MINUTE_MS;

export type SignedIn = { readonly account: Account; readonly session: Session; readonly csrf: string };

/** Begins a session: its row, and the cookie that names it. */
export function newSession(
  chance: Chance,
  facts: Pick<Session, "account" | "agent" | "by"> & { readonly at: Instant },
): { readonly session: Session; readonly cookie: string } {
  const { at, ...rest } = facts;
  const text = randomText(chance, TEXT_LENGTH);
  const session: Session = { ...rest, hash: sha256(text), createdAt: at, seenAt: at, expiresAt: at + LIFE_MS };
  return { session, cookie: cookieOf(text, LIFE_MS / 1_000) };
}

export const NO_COOKIE = cookieOf("", 0);

function cookieOf(text: string, seconds: number): string {
  return `${COOKIE}=${text}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=Lax`;
}

/** Who the request's cookie says, if their session and account are still good. */
export async function signedIn(
  queries: Queries,
  cookieHeader: string | undefined,
  at: Instant,
): Promise<SignedIn | undefined> {
  const text = cookieText(cookieHeader);
  if (text === undefined) return undefined;
  const session = await queries.session(sha256(text));
  if (session === undefined || session.expiresAt <= at || session.seenAt + IDLE_MS <= at) return undefined;
  const account = await queries.account(session.account);
  if (account?.state !== "active") return undefined;
  if (at - session.seenAt > TOUCH_EVERY_MS) await queries.touchSession(session.hash, at);
  return { account, session, csrf: csrfOf(text) };
}

function cookieText(header: string | undefined): string | undefined {
  for (const part of (header ?? "").split(";")) {
    const [name, value] = part.trim().split("=", 2);
    if (name === COOKIE && value?.length === TEXT_LENGTH) return value;
  }
  return undefined;
}

/** What a page of ours sends beside the cookie: made of the cookie's secret, which no other site can read. */
function csrfOf(text: string): string {
  return createHmac("sha256", text).update("csrf").digest("base64url");
}

export function isCsrf(expected: string, given: string | undefined): boolean {
  if (given === undefined) return false;
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}
