import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Account, Invite, Passkey } from "../../access/account.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { Queries } from "../../store/store.ts";
import { type Instant, toIso } from "../../time/instant.ts";
import { demandSameOrigin, jsonBody, openTo, textIn } from "../access.ts";
import { alone, newAccount } from "../sign-in/accounts.ts";
import { demandCookie } from "../sign-in/address.ts";
import { inviteOf } from "../sign-in/invites.ts";
import { madePasskey, passkeyToMake } from "../sign-in/passkeys.ts";
import { demandGoodPassword } from "../sign-in/password-choice.ts";
import { hashPassword } from "../sign-in/password-hash.ts";
import { beginSession, giveCookie, type SignInDesk, SMALL_BODY, secretIn, whence } from "../sign-in/sign-in.ts";
import type { InviteShown } from "../wire/session.ts";
import { demandSite } from "./passkeys.ts";

type Body = Readonly<Record<string, unknown>>;
type Purpose = InviteShown["for"];
/** A link that can be used, and the account that it makes or opens. */
type Opened = { readonly invite: Invite; readonly account: Account | undefined; readonly purpose: Purpose };

const ACTIONS: Readonly<Record<Purpose, string>> = {
  "set-up": "account.set-up",
  account: "account.joined",
  forgotten: "account.password-changed",
};

/** The one-time links: of the first administrator, of a new account, of a forgotten password. */
export function inviteRoutes(server: FastifyInstance, desk: SignInDesk): void {
  const { facts, challenges } = desk;
  const { store, clock, chance, settings } = facts.engine.ports;
  const open = { ...openTo("whoever holds a one-time link; its token is in the body"), bodyLimit: SMALL_BODY };

  server.post("/api/v1/invites/look", open, async (request, reply) => {
    demandSameOrigin(request);
    const { invite, account, purpose } = await opened(store, jsonBody(request), clock.now());
    const shown: InviteShown = {
      for: purpose,
      login: account?.login ?? null,
      name: account?.name ?? null,
      expiresAt: toIso(invite.expiresAt),
    };
    return reply.header("cache-control", "no-store").send(shown);
  });

  server.post("/api/v1/invites/passkey-options", open, async (request, reply) => {
    demandSameOrigin(request);
    const body = jsonBody(request);
    const at = clock.now();
    const found = await opened(store, body, at);
    const site = demandSite(request, desk);
    const account = accountFor(found, body, at);
    const has = await store.passkeysOf(account.id);
    return reply
      .header("cache-control", "no-store")
      .send(await passkeyToMake({ site, challenges, at }, { purpose: purposeOf(found), account, has }));
  });

  server.post("/api/v1/invites/use", open, async (request, reply) => {
    demandSameOrigin(request);
    demandCookie(request, settings.publicUrl);
    const body = jsonBody(request);
    const at = clock.now();
    const found = await opened(store, body, at);
    const account = accountFor(found, body, at);
    const password = await passwordIn(body, account);
    const passkey = await passkeyIn(request, body, found, account, at);
    if (password === undefined && passkey === undefined)
      throw new Fault("bad-request", { field: "password", expected: "a password or a passkey" });
    const { cookie } = await alone({ store, at }, async (queries) => {
      if (!(await queries.useInvite(found.invite.hash, at))) throw new Fault("link-dead");
      const now = await stillGood(queries, found, account);
      const after: Account = {
        ...now,
        state: "active",
        signedInAt: at,
        ...(password === undefined ? {} : { password }),
      };
      await queries.putAccount(after);
      if (passkey !== undefined) await queries.putPasskey(passkey);
      await queries.removeSessionsOf(after.id);
      await queries.endInvites(found.invite.account, at);
      const { id, login } = after;
      await queries.appendAudit([
        { at, by: login, action: ACTIONS[found.purpose], facts: { id, login, ...whence(request) } },
      ]);
      return beginSession(queries, facts, request, { account: after, by: "invite", at });
    });
    desk.throttle.remember(account.login, request.ip);
    return giveCookie(reply, cookie).code(204).send();
  });

  /** The account as the link finds it; for the set-up the one that it makes, under an id that the link determines. */
  function accountFor({ invite, account }: Opened, body: Body, at: Instant): Account {
    if (account !== undefined) return account;
    const made = newAccount(
      { chance, at },
      { login: textIn(body, "login"), name: textIn(body, "name"), role: "admin" },
      "active",
    );
    return { ...made, id: asId<"account">(`u${invite.hash.slice(0, 12)}`) };
  }

  async function passwordIn(body: Body, { login }: Account): Promise<string | undefined> {
    if (body.password === undefined || body.password === null) return undefined;
    const text = secretIn(body, "password");
    await demandGoodPassword(text, login);
    return hashPassword(chance, text);
  }

  async function passkeyIn(
    request: FastifyRequest,
    body: Body,
    found: Opened,
    account: Account,
    at: Instant,
  ): Promise<Passkey | undefined> {
    if (body.passkey === undefined || body.passkey === null) return undefined;
    const site = demandSite(request, desk);
    const name =
      typeof body.passkeyName === "string" && body.passkeyName.trim() !== "" ? textIn(body, "passkeyName") : "1";
    return madePasskey(
      { site, challenges, at },
      { purpose: purposeOf(found), account: account.id, name: name.slice(0, 60), answer: body.passkey },
    );
  }
}

async function opened(queries: Queries, body: Body, at: Instant): Promise<Opened> {
  const invite = await inviteOf(queries, textIn(body, "token"), at);
  if (invite === undefined) throw new Fault("link-dead");
  if (invite.account === undefined) {
    if ((await queries.accounts()).length > 0) throw new Fault("link-dead");
    return { invite, account: undefined, purpose: "set-up" };
  }
  const account = await queries.account(invite.account);
  if (account === undefined || account.state === "disabled") throw new Fault("link-dead");
  return { invite, account, purpose: account.state === "invited" ? "account" : "forgotten" };
}

/** The account as it is inside the transaction; Fault `link-dead` where it may not be opened any more. */
async function stillGood(queries: Queries, { purpose }: Opened, account: Account): Promise<Account> {
  if (purpose === "set-up") {
    if ((await queries.accounts()).length > 0) throw new Fault("link-dead");
    return account;
  }
  const now = await queries.account(account.id);
  if (now === undefined || now.state === "disabled") throw new Fault("link-dead");
  return now;
}

function purposeOf({ invite }: Opened): string {
  return `passkey by invite ${invite.hash}`;
}
