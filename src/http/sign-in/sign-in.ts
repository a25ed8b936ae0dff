import type { FastifyReply, FastifyRequest } from "fastify";
import type { Account, Session } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";
import type { Queries } from "../../store/store.ts";
import { type Instant, MINUTE_MS } from "../../time/instant.ts";
import type { HttpFacts } from "../access.ts";
import type { Challenges } from "./challenges.ts";
import { isPassword } from "./password-hash.ts";
import { NO_COOKIE, newSession, type SignedIn } from "./sessions.ts";
import type { SignInThrottle } from "./sign-in-throttle.ts";

/** What the routes of signing in share. */
export type SignInDesk = {
  readonly facts: HttpFacts;
  readonly throttle: SignInThrottle;
  readonly challenges: Challenges;
};

/** What anybody may post here is small. */
export const SMALL_BODY = 64 * 1024;

/** How long after signing in nobody is asked again whether it is they. */
const FRESH_MS = 15 * MINUTE_MS;
const AGENT_LENGTH_MAX = 300;
const SECRET_LENGTH_MAX = 1_000;

/**
 * Begins a session for who has shown that it is they: a new cookie, never the one that came, so that a planted one stays
 * worthless; the session `instead` ends.
 */
export async function beginSession(
  queries: Queries,
  { engine }: HttpFacts,
  request: FastifyRequest,
  facts: {
    readonly account: Account;
    readonly by: Session["by"];
    readonly at: Instant;
    readonly instead?: string;
  },
): Promise<{ readonly cookie: string; readonly session: Session }> {
  const { account, by, at, instead } = facts;
  const { agent } = whence(request);
  const made = newSession(engine.ports.chance, { account: account.id, agent, by, at });
  await queries.putSession(made.session);
  if (instead !== undefined) await queries.removeSession(instead);
  return made;
}

export function giveCookie(reply: FastifyReply, cookie: string): FastifyReply {
  return reply.header("set-cookie", cookie).header("cache-control", "no-store");
}

export function takeCookie(reply: FastifyReply): FastifyReply {
  return giveCookie(reply, NO_COOKIE);
}

/** Where the audit log says that a request came from. */
export function whence(request: FastifyRequest): { readonly address: string; readonly agent: string } {
  return { address: request.ip, agent: (request.headers["user-agent"] ?? "").slice(0, AGENT_LENGTH_MAX) };
}

/** A secret as it was typed, spaces and all. */
export function secretIn(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value !== "string" || value === "" || value.length > SECRET_LENGTH_MAX || !value.isWellFormed())
    throw new Fault("bad-request", { field, expected: "a text" });
  return value;
}

/** Whoever is signed in; the route is `signedInOnly`. */
export function selfOf({ caller }: FastifyRequest): SignedIn {
  if (caller?.kind !== "account") throw new Fault("not-signed-in");
  return caller;
}

/**
 * Before what would let a thief of an open browser stay: the present password (`current`), or a session that is young.
 * Fault `confirm-yourself`.
 */
export async function demandSelf(
  { throttle }: SignInDesk,
  request: FastifyRequest,
  facts: { readonly current: unknown; readonly always: boolean; readonly at: Instant },
): Promise<void> {
  const { account, session } = selfOf(request);
  const { current, always, at } = facts;
  const { password } = account;
  if (password !== undefined && typeof current === "string" && current !== "") {
    const good = throttle.begin(account.login, request.ip, at);
    if (!(await isPassword(password, current))) throw new Fault("confirm-yourself", { because: "wrong-password" });
    return good();
  }
  if (!(always && password !== undefined) && at - session.createdAt < FRESH_MS) return;
  throw new Fault("confirm-yourself", { because: "needed", hasPassword: password !== undefined });
}
