import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Account } from "../../access/account.ts";
import { isLastAdmin } from "../../access/last-admin.ts";
import { ROLES, type Role } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { asId } from "../../id/id.ts";
import type { PersonId } from "../../roster/roster.ts";
import { toIso } from "../../time/instant.ts";
import { callerName, type HttpFacts, jsonBody, may, textIn } from "../access.ts";
import {
  type AccountChange,
  type AccountDesk,
  changeAccount,
  createAccount,
  resetAccount,
} from "../sign-in/accounts.ts";
import type { AccountLink, Accounts, ShownAccount } from "../wire/accounts.ts";

type Body = Readonly<Record<string, unknown>>;
const STATES = ["active", "disabled"] as const;

/** Who can sign in, as administrators see to it. */
export function accountRoutes(server: FastifyInstance, facts: HttpFacts): void {
  const { engine } = facts;
  const { store, clock, chance, settings } = engine.ports;
  const edit = may(facts, "accounts.edit");

  const deskOf = (request: FastifyRequest): AccountDesk => ({
    store,
    chance,
    publicUrl: settings.publicUrl,
    by: callerName(request),
    at: clock.now(),
  });
  const shown = async (request: FastifyRequest, some: readonly Account[]): Promise<readonly ShownAccount[]> => {
    const all = await store.accounts();
    const roster = await engine.knowledge.roster(store);
    const ownId = request.caller?.kind === "account" ? request.caller.account.id : undefined;
    return Promise.all(
      some.map(async ({ id, login, name, role, state, person, createdAt, signedInAt, password }) => ({
        id,
        login,
        name,
        role,
        state,
        person: person === undefined ? null : { id: person, name: roster.people.get(person)?.name ?? person },
        createdAt: toIso(createdAt),
        signedInAt: signedInAt === undefined ? null : toIso(signedInAt),
        hasPassword: password !== undefined,
        passkeys: (await store.passkeysOf(id)).length,
        own: id === ownId,
        lastAdmin: isLastAdmin(all, id),
      })),
    );
  };
  const shownOne = async (request: FastifyRequest, account: Account): Promise<ShownAccount> =>
    (await shown(request, [account]))[0] as ShownAccount;

  server.get("/api/v1/accounts", edit, async (request): Promise<Accounts> => {
    return { accounts: await shown(request, await store.accounts()) };
  });

  server.post("/api/v1/accounts", edit, async (request, reply) => {
    const body = jsonBody(request);
    const { account, link } = await createAccount(deskOf(request), {
      login: textIn(body, "login"),
      name: textIn(body, "name"),
      role: roleIn(body),
      person: personIn(body) ?? undefined,
    });
    const answer: AccountLink = { account: await shownOne(request, account), ...link };
    return reply.code(201).header("cache-control", "no-store").send(answer);
  });

  server.patch<{ Params: { id: string } }>("/api/v1/accounts/:id", edit, async (request) => {
    const account = await changeAccount(deskOf(request), asId(request.params.id), changeIn(jsonBody(request)));
    return shownOne(request, account);
  });

  server.post<{ Params: { id: string } }>("/api/v1/accounts/:id/reset", edit, async (request, reply) => {
    const { account, link } = await resetAccount(deskOf(request), asId(request.params.id));
    const answer: AccountLink = { account: await shownOne(request, account), ...link };
    return reply.header("cache-control", "no-store").send(answer);
  });
}

function changeIn(body: Body): AccountChange {
  const person = personIn(body);
  return {
    ...(body.name === undefined ? {} : { name: textIn(body, "name") }),
    ...(body.role === undefined ? {} : { role: roleIn(body) }),
    ...(person === undefined ? {} : { person }),
    ...(body.state === undefined ? {} : { state: stateIn(body) }),
  };
}

function roleIn({ role }: Body): Role {
  const found = ROLES.find((one) => one === role);
  if (found === undefined) throw new Fault("bad-request", { field: "role", expected: ROLES });
  return found;
}

function stateIn({ state }: Body): (typeof STATES)[number] {
  const found = STATES.find((one) => one === state);
  if (found === undefined) throw new Fault("bad-request", { field: "state", expected: STATES });
  return found;
}

/** `null` and the empty text: nobody. */
function personIn(body: Body): PersonId | null | undefined {
  if (body.person === undefined) return undefined;
  if (body.person === null || body.person === "") return null;
  return asId(textIn(body, "person"));
}
