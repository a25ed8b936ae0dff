import type { FastifyReply, FastifyRequest, RouteShorthandOptions } from "fastify";
import { PERMISSIONS, type Permission, roleMay, scopesMay } from "../access/permissions.ts";
import type { Engine } from "../engine/engine.ts";
import type { Measuring } from "../engine/hosts/measuring.ts";
import { Fault } from "../fault/fault.ts";
import type { Actor } from "../incident/event.ts";
import type { Reply } from "../ingest/source.ts";
import { type Locale, localeOf } from "../locale/said.ts";
import type { PersonId } from "../roster/roster.ts";
import type { Token } from "../store/store.ts";
import { isCsrf, type SignedIn, signedIn } from "./sign-in/sessions.ts";
import { type TokenBook, tokenOfHeader } from "./tokens.ts";

/** What every route is made over. */
export type HttpFacts = {
  readonly engine: Engine;
  readonly tokens: TokenBook;
  readonly version: string;
  /** What runs targets in this process; absent where nothing is measured. */
  readonly measuring?: Measuring | undefined;
};

/** Who asks: a program with a token, or a person with a session. */
export type Caller = { readonly kind: "token"; readonly token: Token } | ({ readonly kind: "account" } & SignedIn);

declare module "fastify" {
  interface FastifyRequest {
    /** Set by `may` and `signedInOnly`. */
    caller: Caller | undefined;
  }
  interface FastifyContextConfig {
    /** What the route demands (`may`). */
    permission?: Permission;
    /** Why it demands nothing that the table knows of: a route has one of the two, or the server does not start. */
    open?: string;
  }
}

/** Route options that let a request pass whose caller may; a Fault otherwise. */
export function may(facts: HttpFacts, permission: Permission): RouteShorthandOptions {
  return {
    config: { permission },
    onRequest: async (request) => {
      request.caller = await callerOf(facts, request);
      demand(request.caller, permission);
    },
  };
}

/** Whether a request that goes on for long would still be let in. */
export async function mayStill(facts: HttpFacts, request: FastifyRequest, permission: Permission): Promise<boolean> {
  try {
    demand(await callerOf(facts, request), permission);
    return true;
  } catch (error) {
    // A store that is away says nothing about who may.
    return !(error instanceof Fault) || error.code === "store-unavailable";
  }
}

/** Route options for whoever is signed in, whatever their role: what concerns only themselves. */
export function signedInOnly(facts: HttpFacts): RouteShorthandOptions {
  return {
    config: { open: "whoever is signed in" },
    onRequest: async (request) => {
      request.caller = await callerOf(facts, request);
      if (request.caller.kind !== "account") throw new Fault("not-signed-in");
    },
  };
}

/** Route options for a route that everybody may ask; `because` says why. */
export function openTo(because: string): RouteShorthandOptions {
  return { config: { open: because } };
}

/** Fault `not-allowed` where the caller may not. */
export function demand(caller: Caller, permission: Permission): void {
  if (caller.kind === "account") {
    const { role } = caller.account;
    if (!roleMay(role, permission)) throw new Fault("role-too-low", { needs: PERMISSIONS[permission].role, has: role });
  } else if (!scopesMay(caller.token.scopes, permission))
    throw new Fault("not-allowed", { needs: PERMISSIONS[permission].scope, has: caller.token.scopes });
}

/** Whether the request's caller may, where a route shows more to some. */
export function callerMay(request: FastifyRequest, permission: Permission): boolean {
  const { caller } = request;
  if (caller === undefined) return false;
  if (caller.kind === "account") return roleMay(caller.account.role, permission);
  return scopesMay(caller.token.scopes, permission);
}

async function callerOf({ engine, tokens }: HttpFacts, request: FastifyRequest): Promise<Caller> {
  const at = engine.ports.clock.now();
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const text = tokenOfHeader(authorization);
    const token = text === undefined ? undefined : await tokens.find(text, at);
    if (token === undefined) throw new Fault("not-known");
    return { kind: "token", token };
  }
  const found = await signedIn(engine.ports.store, cookie, at);
  // A browser drops a cookie that has ended: there too it is not a token that is missing.
  const isPage = cookie !== undefined || request.headers["sec-fetch-site"] !== undefined;
  if (found === undefined) throw new Fault(isPage ? "not-signed-in" : "not-known");
  if (request.method !== "GET" && request.method !== "HEAD") refuseOtherSites(request, found.csrf);
  return { kind: "account", ...found };
}

/** A cookie goes with every request a browser makes, so what changes something has to come from a page of ours. */
function refuseOtherSites(request: FastifyRequest, csrf: string): void {
  demandSameOrigin(request);
  if (!isCsrf(csrf, request.headers["x-bongsu-csrf"]?.toString()))
    throw new Fault("other-site", { missing: "x-bongsu-csrf" });
}

/** Fault `other-site` where the browser says that another site asks. */
export function demandSameOrigin(request: FastifyRequest): void {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") throw new Fault("other-site", { site });
  if (origin !== undefined && URL.parse(origin)?.host !== host) throw new Fault("other-site", { origin, host });
  const type = request.headers["content-type"] ?? "";
  if (request.headers["content-length"] !== "0" && type !== "" && !/^application\/json\b/i.test(type))
    throw new Fault("other-site", { contentType: type });
}

export async function authorised({ engine, tokens }: HttpFacts, text: string | undefined): Promise<Token> {
  const token = text === undefined ? undefined : await tokens.find(text, engine.ports.clock.now());
  if (token === undefined) throw new Fault("not-known");
  demand({ kind: "token", token }, "signals.send");
  return token;
}

/** Who acts, as an incident's timeline names them: the person behind the token or account, or its name. */
export function actorOf({ caller }: FastifyRequest): Actor {
  if (caller?.kind === "account") {
    const { person, name } = caller.account;
    return person === undefined ? { kind: "token", name, via: "web" } : { kind: "person", person, via: "web" };
  }
  const token = caller?.token;
  if (token?.person !== undefined) return { kind: "person", person: token.person, via: "api" };
  return { kind: "token", name: token?.name ?? "", via: "api" };
}

/** The person of the roster who asks, where the account or token is linked to one. */
export function personOf({ caller }: FastifyRequest): PersonId | undefined {
  return caller?.kind === "account" ? caller.account.person : caller?.token.person;
}

/** Who acts, as the audit log names them. */
export function callerName({ caller }: FastifyRequest): string {
  if (caller?.kind === "account") return caller.account.login;
  return caller?.token.name ?? "";
}

/** The id of the token, for what was sent with it. */
export function integrationOf({ caller }: FastifyRequest): string {
  return caller?.kind === "token" ? caller.token.id : "";
}

/** The language to answer in: the web UI asks for the one that it shows. */
export function localeFor(request: FastifyRequest): Locale {
  return localeOf(request.headers["accept-language"]);
}

/** The body as JSON; a Fault that says so where it is none. */
export function jsonBody(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const text = typeof request.body === "string" && request.body !== "" ? request.body : "{}";
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Fault("bad-request", { because: "the body is not valid JSON" }, error);
  }
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Fault("bad-request", { because: "expected a JSON object" });
  return body as Readonly<Record<string, unknown>>;
}

/** A field that has to be a text with something in it, trimmed; Fault `bad-request` that names it otherwise. */
export function textIn(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value !== "string" || value.trim() === "") throw new Fault("bad-request", { field, expected: "a text" });
  if (!value.isWellFormed() || value.includes("\0"))
    throw new Fault("bad-request", { field, expected: "valid Unicode without NUL" });
  return value.trim();
}

export function send(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  reply.code(status);
  if (headers !== undefined) reply.headers({ ...headers });
  if (body === undefined) return reply.send();
  // Alertmanager's errors are JSON strings; Fastify would send a bare text.
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(body));
}
