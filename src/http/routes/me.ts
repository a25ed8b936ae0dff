import type { FastifyInstance } from "fastify";
import { permissionsOf, roleMay } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { toIso } from "../../time/instant.ts";
import { jsonBody, openTo, signedInOnly } from "../access.ts";
import { placeNow, placeText } from "../live.ts";
import { alone } from "../sign-in/accounts.ts";
import { mayCarryCookie, passkeyPlace } from "../sign-in/address.ts";
import { demandGoodPassword } from "../sign-in/password-choice.ts";
import { hashPassword } from "../sign-in/password-hash.ts";
import { withPreferences } from "../sign-in/preferences.ts";
import { type SignedIn, signedIn } from "../sign-in/sessions.ts";
import {
  beginSession,
  demandSelf,
  giveCookie,
  type SignInDesk,
  SMALL_BODY,
  secretIn,
  selfOf,
  takeCookie,
  whence,
} from "../sign-in/sign-in.ts";
import type { Me, OwnSessions } from "../wire/session.ts";

/** One's own account: who am I, preferences, sessions, password. */
export function meRoutes(server: FastifyInstance, desk: SignInDesk): void {
  const { facts } = desk;
  const { engine, version } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const own = { ...signedInOnly(facts), bodyLimit: SMALL_BODY };

  server.get("/api/v1/me", openTo("the page asks it to know whether to ask for signing in"), async (request, reply) => {
    const found = await signedIn(store, request.headers.cookie, clock.now());
    const here = {
      version,
      zone: settings.zone,
      publicUrl: settings.publicUrl,
      secure: mayCarryCookie(request, settings.publicUrl),
      passkeys: passkeyPlace(request, settings.publicUrl),
    };
    const me: Me =
      found === undefined
        ? { ...here, signedIn: false, setUp: (await store.accounts()).length === 0 }
        : { ...here, ...(await shownSelf(found)) };
    return reply.header("cache-control", "no-store").send(me);
  });

  async function shownSelf({ account, csrf }: SignedIn): Promise<Omit<Extract<Me, { signedIn: true }>, keyof Here>> {
    const { id, login, name, role, preferences, password } = account;
    // Before anything that a page shows is read: what changes from here on, the stream tells.
    const live = placeText(await placeNow(store));
    const roster = await engine.knowledge.roster(store);
    const person =
      account.person === undefined
        ? null
        : { id: account.person, name: roster.people.get(account.person)?.name ?? account.person };
    const onboarding = roleMay(role, "onboarding.edit") && !isDone(await store.setting("onboarding"));
    return {
      signedIn: true,
      account: { id, login, name, role, person, hasPassword: password !== undefined },
      may: permissionsOf(role),
      csrf,
      preferences,
      live,
      onboarding,
    };
  }

  server.patch("/api/v1/me/preferences", own, async (request, reply) => {
    const { account } = selfOf(request);
    const body = jsonBody(request);
    const at = clock.now();
    const preferences = await alone({ store, at }, async (queries) => {
      const now = (await queries.account(account.id)) ?? account;
      const after = withPreferences(now.preferences, body);
      await queries.putAccount({ ...now, preferences: after });
      return after;
    });
    return reply.header("cache-control", "no-store").send(preferences);
  });

  server.post("/api/v1/me/password", own, async (request, reply) => {
    const { account, session } = selfOf(request);
    const body = jsonBody(request);
    const at = clock.now();
    await demandSelf(desk, request, { current: body.current, always: true, at });
    const text = secretIn(body, "password");
    await demandGoodPassword(text, account.login);
    const password = await hashPassword(chance, text);
    const { cookie } = await alone({ store, at }, async (queries) => {
      const now = await queries.account(account.id);
      if (now?.state !== "active") throw new Fault("not-signed-in");
      await queries.putAccount({ ...now, password });
      await queries.removeSessionsOf(account.id);
      await queries.endInvites(account.id, at);
      const { id, login } = now;
      await queries.appendAudit([
        { at, by: login, action: "account.password-changed", facts: { id, login, ...whence(request) } },
      ]);
      return beginSession(queries, facts, request, { account: now, by: session.by, at });
    });
    return giveCookie(reply, cookie).code(204).send();
  });

  server.get("/api/v1/me/sessions", own, async (request, reply) => {
    const { account, session } = selfOf(request);
    const sessions = await store.sessionsOf(account.id);
    const answer: OwnSessions = {
      sessions: sessions
        .filter(({ expiresAt }) => expiresAt > clock.now())
        .map((one) => ({
          id: sessionId(one.hash),
          current: one.hash === session.hash,
          agent: one.agent,
          by: one.by,
          createdAt: toIso(one.createdAt),
          seenAt: toIso(one.seenAt),
          expiresAt: toIso(one.expiresAt),
        })),
    };
    return reply.header("cache-control", "no-store").send(answer);
  });

  /** All but this one. */
  server.delete("/api/v1/me/sessions", own, async (request) => {
    const { account, session } = selfOf(request);
    return { ended: await store.removeSessionsOf(account.id, session.hash) };
  });

  server.delete<{ Params: { id: string } }>("/api/v1/me/sessions/:id", own, async (request, reply) => {
    const { account, session } = selfOf(request);
    // Looked for among one's own only: of others' nobody hears whether they exist.
    const found = (await store.sessionsOf(account.id)).find(({ hash }) => sessionId(hash) === request.params.id);
    if (found === undefined) throw new Fault("not-found", { session: request.params.id });
    await store.removeSession(found.hash);
    if (found.hash === session.hash) takeCookie(reply);
    return reply.code(204).send();
  });
}

type Here = Pick<Me, "version" | "zone" | "publicUrl" | "secure" | "passkeys">;

/** Names a session to its owner: the beginning of its hash, from which nobody gets to its cookie. */
function sessionId(hash: string): string {
  return hash.slice(0, 24);
}

function isDone(setting: unknown): boolean {
  return (setting as { doneAt?: unknown } | undefined)?.doneAt !== undefined;
}
