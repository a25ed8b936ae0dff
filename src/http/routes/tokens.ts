import type { FastifyInstance } from "fastify";
import { SCOPES, type Scope } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Token } from "../../store/store.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, may, textIn } from "../access.ts";
import { newToken } from "../tokens.ts";
import type { MadeToken, ShownToken, ShownTokens } from "../wire/tokens.ts";

const DAYS_MAX = 3_650;
const NAME_LENGTH_MAX = 100;

/** Tokens for programs: listed without their text, which is shown once, when they are made. */
export function tokenRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { store, clock, chance } = facts.engine.ports;

  server.get("/api/v1/tokens", may(facts, "tokens.edit"), async (): Promise<ShownTokens> => {
    const tokens = [...(await store.tokens())].sort((one, other) => other.createdAt - one.createdAt);
    return { tokens: tokens.map(shownToken) };
  });

  server.post("/api/v1/tokens", may(facts, "tokens.edit"), async (request, reply): Promise<MadeToken> => {
    const body = jsonBody(request);
    const name = textIn(body, "name").slice(0, NAME_LENGTH_MAX);
    const scopes = scopesIn(body.scopes);
    const { days, person } = body;
    if (days !== undefined && !(typeof days === "number" && days > 0 && days <= DAYS_MAX))
      throw new Fault("bad-request", { field: "days", expected: `a number of days up to ${DAYS_MAX}` });
    const at = clock.now();
    const expiry = days === undefined ? {} : { expiresAt: at + Math.round(days * DAY_MS) };
    const host = hostIn(body.host, scopes);
    const made = newToken(chance, { name, scopes, at, ...expiry, ...(host === undefined ? {} : { host }) });
    const token: Token =
      typeof person === "string" && person !== "" ? { ...made.token, person: asId(person) } : made.token;
    if (token.person !== undefined) {
      const { person: id } = token;
      if (!(await store.rosterItems()).some((item) => item.kind === "person" && item.id === id))
        throw new Fault("not-found", { person: id });
    }
    await store.transaction(async (queries) => {
      await queries.putToken(token);
      const auditFacts = { id: token.id, name, scopes, person: token.person ?? null, host: token.host ?? null };
      await queries.appendAudit([{ at, by: callerName(request), action: "token.created", facts: auditFacts }]);
    });
    reply.code(201).header("cache-control", "no-store");
    return { text: made.text, token: shownToken(token) };
  });

  server.delete<{ Params: { id: string } }>("/api/v1/tokens/:id", may(facts, "tokens.edit"), async (request) => {
    const { id } = request.params;
    const at = clock.now();
    return store.transaction(async (queries): Promise<ShownToken> => {
      const token = (await queries.tokens()).find((one) => one.id === id);
      if (token === undefined) throw new Fault("not-found", { token: id });
      if (token.revokedAt !== undefined) return shownToken(token);
      const revoked = { ...token, revokedAt: at };
      await queries.putToken(revoked);
      const auditFacts = { id, name: token.name };
      await queries.appendAudit([{ at, by: callerName(request), action: "token.revoked", facts: auditFacts }]);
      return shownToken(revoked);
    });
  });
}

function scopesIn(value: unknown): readonly Scope[] {
  const scopes = Array.isArray(value) ? SCOPES.filter((scope) => (value as unknown[]).includes(scope)) : [];
  if (!Array.isArray(value) || scopes.length === 0 || scopes.length !== new Set(value).size)
    throw new Fault("bad-request", { field: "scopes", expected: SCOPES });
  return scopes;
}

/** Undefined: it becomes the first host's that uses it. */
function hostIn(value: unknown, scopes: readonly Scope[]): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const host = typeof value === "string" ? value.trim().normalize("NFC") : "";
  if (host === "" || host.length > NAME_LENGTH_MAX || !scopes.includes("agent"))
    throw new Fault("bad-request", { field: "host", expected: "the name of a host, for a token of the scope agent" });
  return host;
}

export function shownToken({
  id,
  name,
  scopes,
  person,
  host,
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
}: Token): ShownToken {
  const iso = (at: number | undefined): string | null => (at === undefined ? null : toIso(at));
  return {
    id,
    name,
    scopes,
    person: person ?? null,
    host: host ?? null,
    createdAt: toIso(createdAt),
    expiresAt: iso(expiresAt),
    revokedAt: iso(revokedAt),
    lastUsedAt: iso(lastUsedAt),
  };
}
