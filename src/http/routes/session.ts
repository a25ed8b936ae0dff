import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Account } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";
import { demandSameOrigin, type HttpFacts, jsonBody, openTo, signedInOnly, textIn } from "../access.ts";
import { alone } from "../sign-in/accounts.ts";
import { demandCookie } from "../sign-in/address.ts";
import { Challenges } from "../sign-in/challenges.ts";
import { hashPassword, isOutdated, isPassword } from "../sign-in/password-hash.ts";
import {
  beginSession,
  giveCookie,
  type SignInDesk,
  SMALL_BODY,
  secretIn,
  takeCookie,
  whence,
} from "../sign-in/sign-in.ts";
import { SignInThrottle } from "../sign-in/sign-in-throttle.ts";
import { inviteRoutes } from "./invites.ts";
import { meRoutes } from "./me.ts";
import { ownPasskeyRoutes, passkeySignInRoutes } from "./passkeys.ts";

/** Signing in and out, by password or passkey, the one-time links, and what concerns one's own account. */
export function sessionRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { store, clock, chance, settings } = facts.engine.ports;
  const desk: SignInDesk = { facts, throttle: new SignInThrottle(), challenges: new Challenges(chance) };

  const open = { ...openTo("whoever signs in has no session yet"), bodyLimit: SMALL_BODY };
  server.post("/api/v1/session", open, async (request, reply) => {
    demandSameOrigin(request);
    demandCookie(request, settings.publicUrl);
    const body = jsonBody(request);
    const [login, password] = [textIn(body, "login"), secretIn(body, "password")];
    const at = clock.now();
    const good = desk.throttle.begin(login, request.ip, at);
    const account = await store.accountByLogin(login.normalize("NFC"));
    const hash = account?.state === "active" ? account.password : undefined;
    const isGood = await isPassword(hash, password);
    if (!isGood || account === undefined || hash === undefined) throw await refuse(facts, request, account);
    good();
    const anew = isOutdated(hash) ? await hashPassword(chance, password) : hash;
    const cookie = await alone({ store, at }, async (queries) => {
      // Somebody may have disabled it meanwhile, or changed its password.
      const now = await queries.account(account.id);
      if (now?.state !== "active" || now.password !== hash) return undefined;
      await queries.putAccount({ ...now, password: anew, signedInAt: at });
      const { login: as, id } = now;
      await queries.appendAudit([
        { at, by: as, action: "account.signed-in", facts: { id, login: as, with: "password", ...whence(request) } },
      ]);
      return (await beginSession(queries, facts, request, { account: now, by: "password", at })).cookie;
    });
    if (cookie === undefined) throw await refuse(facts, request, account);
    return giveCookie(reply, cookie).code(204).send();
  });

  server.delete("/api/v1/session", signedInOnly(facts), async (request, reply) => {
    const { caller } = request;
    if (caller?.kind === "account") await store.removeSession(caller.session.hash);
    return takeCookie(reply).code(204).send();
  });

  meRoutes(server, desk);
  passkeySignInRoutes(server, desk);
  ownPasskeyRoutes(server, desk);
  inviteRoutes(server, desk);
}

/** Tells the audit log; the login only where it is one, for people type their password there too. */
async function refuse({ engine }: HttpFacts, request: FastifyRequest, account: Account | undefined): Promise<Fault> {
  const { store, clock } = engine.ports;
  await store.appendAudit([
    {
      at: clock.now(),
      by: "",
      action: "account.sign-in-refused",
      facts: { login: account?.login ?? null, with: "password", ...whence(request) },
    },
  ]);
  return new Fault("sign-in-refused");
}
