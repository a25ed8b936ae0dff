import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Passkey } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";
import { toIso } from "../../time/instant.ts";
import { demandSameOrigin, jsonBody, openTo, signedInOnly, textIn } from "../access.ts";
import { alone } from "../sign-in/accounts.ts";
import { demandCookie, type PasskeySite, passkeyPlace, passkeySite } from "../sign-in/address.ts";
import { madePasskey, passkeyIdIn, passkeyToMake, passkeyToShow, shownPasskey } from "../sign-in/passkeys.ts";
import {
  beginSession,
  demandSelf,
  giveCookie,
  type SignInDesk,
  SMALL_BODY,
  selfOf,
  whence,
} from "../sign-in/sign-in.ts";
import type { OwnPasskeys } from "../wire/session.ts";

const SIGN_IN = "sign-in";
const PASSKEYS_MAX = 20;
const NAME_LENGTH_MAX = 60;

/** Signing in with a passkey alone: it says itself whose it is. */
export function passkeySignInRoutes(server: FastifyInstance, desk: SignInDesk): void {
  const { facts, challenges } = desk;
  const { store, clock, settings } = facts.engine.ports;
  const open = { ...openTo("whoever signs in has no session yet"), bodyLimit: SMALL_BODY };

  server.post("/api/v1/session/passkey-options", open, async (request, reply) => {
    demandSameOrigin(request);
    demandCookie(request, settings.publicUrl);
    const site = demandSite(request, desk);
    return reply
      .header("cache-control", "no-store")
      .send(await passkeyToShow({ site, challenges, at: clock.now() }, SIGN_IN));
  });

  server.post("/api/v1/session/passkey", open, async (request, reply) => {
    demandSameOrigin(request);
    demandCookie(request, settings.publicUrl);
    const site = demandSite(request, desk);
    const answer = jsonBody(request).passkey;
    const at = clock.now();
    const passkey = await store.passkey(passkeyIdIn(answer));
    const account = passkey === undefined ? undefined : await store.account(passkey.account);
    try {
      if (passkey === undefined || account?.state !== "active") throw new Fault("passkey-refused");
      const shown = await shownPasskey({ site, challenges, at }, { purpose: SIGN_IN, passkey, answer });
      const cookie = await alone({ store, at }, async (queries) => {
        const now = await queries.account(account.id);
        if (now?.state !== "active" || (await queries.passkey(passkey.id)) === undefined)
          throw new Fault("passkey-refused");
        await queries.putPasskey(shown);
        await queries.putAccount({ ...now, signedInAt: at });
        const { id, login } = now;
        await queries.appendAudit([
          { at, by: login, action: "account.signed-in", facts: { id, login, with: "passkey", ...whence(request) } },
        ]);
        return (await beginSession(queries, facts, request, { account: now, by: "passkey", at })).cookie;
      });
      desk.throttle.remember(account.login, request.ip);
      return giveCookie(reply, cookie).code(204).send();
    } catch (error) {
      if (error instanceof Fault && error.code === "passkey-refused") {
        const refused = { login: account?.login ?? null, with: "passkey", ...whence(request) };
        await store.appendAudit([{ at, by: "", action: "account.sign-in-refused", facts: refused }]);
      }
      throw error;
    }
  });
}

/** One's own passkeys: list, add, rename, remove. */
export function ownPasskeyRoutes(server: FastifyInstance, desk: SignInDesk): void {
  const { facts, challenges } = desk;
  const { store, clock } = facts.engine.ports;
  const own = { ...signedInOnly(facts), bodyLimit: SMALL_BODY };

  server.get("/api/v1/me/passkeys", own, async (request, reply) => {
    const passkeys = await store.passkeysOf(selfOf(request).account.id);
    const answer: OwnPasskeys = { passkeys: passkeys.map(shownOwn) };
    return reply.header("cache-control", "no-store").send(answer);
  });

  server.post("/api/v1/me/passkeys/options", own, async (request, reply) => {
    const { account } = selfOf(request);
    const at = clock.now();
    const site = demandSite(request, desk);
    await demandSelf(desk, request, { current: jsonBody(request).current, always: false, at });
    const has = await store.passkeysOf(account.id);
    const purpose = purposeOf(request);
    return reply
      .header("cache-control", "no-store")
      .send(await passkeyToMake({ site, challenges, at }, { purpose, account, has }));
  });

  // The challenge was handed out to this session after it had shown that it is they.
  server.post("/api/v1/me/passkeys", own, async (request, reply) => {
    const { account, session } = selfOf(request);
    const body = jsonBody(request);
    const at = clock.now();
    const site = demandSite(request, desk);
    const made = await madePasskey(
      { site, challenges, at },
      { purpose: purposeOf(request), account: account.id, name: nameIn(body), answer: body.passkey },
    );
    const { cookie } = await alone({ store, at }, async (queries) => {
      const now = await queries.account(account.id);
      if (now?.state !== "active") throw new Fault("not-signed-in");
      if ((await queries.passkey(made.id)) !== undefined) throw new Fault("passkey-refused");
      if ((await queries.passkeysOf(account.id)).length >= PASSKEYS_MAX)
        throw new Fault("conflict", { because: "too-many-passkeys", max: PASSKEYS_MAX });
      await queries.putPasskey(made);
      await queries.removeSessionsOf(account.id);
      const { id, login } = now;
      await queries.appendAudit([
        { at, by: login, action: "account.passkey-added", facts: { id, login, name: made.name, ...whence(request) } },
      ]);
      return beginSession(queries, facts, request, { account: now, by: session.by, at });
    });
    return giveCookie(reply, cookie).code(201).send(shownOwn(made));
  });

  server.patch<{ Params: { id: string } }>("/api/v1/me/passkeys/:id", own, async (request) => {
    const passkey = await ownPasskey(request);
    const after = { ...passkey, name: nameIn(jsonBody(request)) };
    await store.putPasskey(after);
    return shownOwn(after);
  });

  server.delete<{ Params: { id: string } }>("/api/v1/me/passkeys/:id", own, async (request, reply) => {
    const { account, session } = selfOf(request);
    const passkey = await ownPasskey(request);
    const at = clock.now();
    await demandSelf(desk, request, { current: jsonBody(request).current, always: false, at });
    const { cookie } = await alone({ store, at }, async (queries) => {
      const now = await queries.account(account.id);
      if (now?.state !== "active") throw new Fault("not-signed-in");
      const isOnly = now.password === undefined && (await queries.passkeysOf(account.id)).length === 1;
      if (isOnly) throw new Fault("conflict", { because: "only-way-in" });
      await queries.removePasskey(passkey.id);
      await queries.removeSessionsOf(account.id);
      const { id, login } = now;
      await queries.appendAudit([
        {
          at,
          by: login,
          action: "account.passkey-removed",
          facts: { id, login, name: passkey.name, ...whence(request) },
        },
      ]);
      return beginSession(queries, facts, request, { account: now, by: session.by, at });
    });
    return giveCookie(reply, cookie).code(204).send();
  });

  async function ownPasskey(request: FastifyRequest<{ Params: { id: string } }>): Promise<Passkey> {
    const { account } = selfOf(request);
    const passkey = await store.passkey(request.params.id);
    // Of others' passkeys nobody hears whether they exist.
    if (passkey?.account !== account.id) throw new Fault("not-found", { passkey: request.params.id });
    return passkey;
  }

  function purposeOf(request: FastifyRequest): string {
    return `passkey of ${selfOf(request).session.hash}`;
  }
}

/** The relying party here; Fault `passkeys-elsewhere` that names the address at which there is one. */
export function demandSite(request: FastifyRequest, { facts }: SignInDesk): PasskeySite {
  const { publicUrl } = facts.engine.ports.settings;
  const site = passkeySite(request, publicUrl);
  if (site !== undefined) return site;
  const place = passkeyPlace(request, publicUrl);
  throw new Fault("passkeys-elsewhere", { open: place.can ? null : place.open });
}

function nameIn(body: Readonly<Record<string, unknown>>): string {
  return Array.from(textIn(body, "name")).slice(0, NAME_LENGTH_MAX).join("");
}

function shownOwn({ id, name, createdAt, usedAt }: Passkey): OwnPasskeys["passkeys"][number] {
  return { id, name, createdAt: toIso(createdAt), usedAt: usedAt === undefined ? null : toIso(usedAt) };
}
