import type { FastifyReply, FastifyRequest } from "fastify";
import type { Engine } from "../engine/engine.ts";
import { Fault } from "../fault/fault.ts";
import type { Reply } from "../ingest/source.ts";
import type { Token } from "../store/store.ts";
import { mayDo, type Scope, type TokenBook, tokenOfHeader } from "./tokens.ts";

/** What every route is made over. */
export type HttpFacts = { readonly engine: Engine; readonly tokens: TokenBook; readonly version: string };

declare module "fastify" {
  interface FastifyRequest {
    /** Whose token came with the request; set by `demand`. */
    token: Token | undefined;
  }
}

/** Lets a request pass that carries a token of the scope; a Fault otherwise. */
export function demand(facts: HttpFacts, scope: Scope): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    request.token = await authorised(facts, tokenOfHeader(request.headers.authorization), scope);
  };
}

export async function authorised(
  { engine, tokens }: HttpFacts,
  text: string | undefined,
  scope: Scope,
): Promise<Token> {
  const token = text === undefined ? undefined : await tokens.find(text, engine.ports.clock.now());
  if (token === undefined) throw new Fault("not-known");
  if (!mayDo(token, scope)) throw new Fault("not-allowed", { needs: scope, has: token.scopes });
  return token;
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

export function send(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  reply.code(status);
  if (headers !== undefined) reply.headers({ ...headers });
  if (body === undefined) return reply.send();
  // Alertmanager's errors are JSON strings; Fastify would send a bare text.
  return reply.type("application/json; charset=utf-8").send(JSON.stringify(body));
}
