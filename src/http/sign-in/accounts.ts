import type { Account, AccountId } from "../../access/account.ts";
import { isLastAdmin } from "../../access/last-admin.ts";
import { loginOf } from "../../access/login.ts";
import type { Role } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { type Chance, randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import type { PersonId } from "../../roster/roster.ts";
import type { Queries, Store } from "../../store/store.ts";
import type { Instant } from "../../time/instant.ts";
import { type Link, newInvite } from "./invites.ts";

/** Who changes accounts, and with what: the web UI's route or the command line. */
export type AccountDesk = {
  readonly store: Store;
  readonly chance: Chance;
  readonly publicUrl: string;
  readonly by: string;
  readonly at: Instant;
};

type NewAccount = {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly person?: PersonId | undefined;
};
export type AccountChange = {
  readonly name?: string;
  readonly role?: Role;
  /** `null`: linked to nobody. */
  readonly person?: PersonId | null;
  readonly state?: "active" | "disabled";
};

/** An account that waits for its person, and the link for them. Faults `bad-request`, `login-taken`, `conflict`. */
export function createAccount(desk: AccountDesk, facts: NewAccount): Promise<{ account: Account; link: Link }> {
  return alone(desk, async (queries) => {
    const account = newAccount(desk, facts, "invited");
    if ((await queries.accountByLogin(account.login)) !== undefined)
      throw new Fault("login-taken", { login: account.login });
    await demandPerson(queries, account);
    await queries.putAccount(account);
    const link = await newInvite(queries, { ...desk, account: account.id });
    await audit(queries, desk, "account.created", account, { role: account.role });
    return { account, link };
  });
}

export function newAccount(
  desk: Pick<AccountDesk, "chance" | "at">,
  facts: NewAccount,
  state: Account["state"],
): Account {
  const login = loginOf(facts.login);
  if (login === undefined)
    throw new Fault("bad-request", { field: "login", expected: "letters, digits and ._@+-, at most 64" });
  return {
    id: asId<"account">(`u${randomText(desk.chance, 12)}`),
    login,
    name: nameOf(facts.name),
    role: facts.role,
    ...(facts.person === undefined ? {} : { person: facts.person }),
    state,
    preferences: {},
    createdAt: desk.at,
  };
}

/** What an administrator changes of an account. Who is disabled is signed out. Fault `last-admin`. */
export function changeAccount(desk: AccountDesk, id: AccountId, change: AccountChange): Promise<Account> {
  return alone(desk, async (queries) => {
    const before = await accountOf(queries, id);
    const after = await changed(queries, before, change);
    const lost = after.role !== "admin" || after.state === "disabled";
    if (lost && isLastAdmin(await queries.accounts(), id)) throw new Fault("last-admin", { login: before.login });
    if (after.person !== before.person) await demandPerson(queries, after);
    await queries.putAccount(after);
    if (after.state === "disabled") {
      await queries.removeSessionsOf(id);
      await queries.endInvites(id, desk.at);
    }
    await audit(queries, desk, "account.changed", after, { ...change });
    return after;
  });
}

async function changed(queries: Queries, before: Account, change: AccountChange): Promise<Account> {
  const { person: _person, ...rest } = before;
  const person = change.person === undefined ? before.person : (change.person ?? undefined);
  return {
    ...rest,
    ...(person === undefined ? {} : { person }),
    name: change.name === undefined ? before.name : nameOf(change.name),
    role: change.role ?? before.role,
    state: await stateAfter(queries, before, change.state),
  };
}

async function stateAfter(
  queries: Queries,
  before: Account,
  wanted: AccountChange["state"],
): Promise<Account["state"]> {
  if (wanted !== "active" || before.state !== "disabled") return wanted === "disabled" ? "disabled" : before.state;
  // Who never used their link has nothing to sign in with.
  const can = before.password !== undefined || (await queries.passkeysOf(before.id)).length > 0;
  return can ? "active" : "invited";
}

/** A link by which the person sets a password anew. What they have works until they use it. */
export function resetAccount(desk: AccountDesk, id: AccountId): Promise<{ account: Account; link: Link }> {
  return alone(desk, async (queries) => {
    const account = await accountOf(queries, id);
    if (account.state === "disabled") throw new Fault("conflict", { because: "account-disabled" });
    const link = await newInvite(queries, { ...desk, account: id });
    await audit(queries, desk, "account.invited", account, {});
    return { account, link };
  });
}

/** In a transaction that starts by writing one row, so that two administrators cannot demote each other at once. */
export function alone<T>(
  { store, at }: Pick<AccountDesk, "store" | "at">,
  work: (queries: Queries) => Promise<T>,
): Promise<T> {
  return store.transaction(async (queries) => {
    await queries.putSetting("accounts", { changedAt: at });
    return work(queries);
  });
}

async function accountOf(queries: Queries, id: AccountId): Promise<Account> {
  const account = await queries.account(id);
  if (account === undefined) throw new Fault("not-found", { account: id });
  return account;
}

async function demandPerson(queries: Queries, { id, person }: Account): Promise<void> {
  if (person === undefined) return;
  const items = await queries.rosterItems();
  if (!items.some((item) => item.kind === "person" && item.id === person)) throw new Fault("not-found", { person });
  const other = (await queries.accounts()).find((one) => one.person === person && one.id !== id);
  if (other !== undefined) throw new Fault("conflict", { because: "person-has-account", login: other.login });
}

function nameOf(text: string): string {
  const name = text.normalize("NFC").trim();
  if (name === "" || Array.from(name).length > 100)
    throw new Fault("bad-request", { field: "name", expected: "1 to 100 characters" });
  return name;
}

async function audit(
  queries: Queries,
  { at, by }: AccountDesk,
  action: `account.${string}`,
  { id, login }: Account,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  await queries.appendAudit([{ at, by, action, facts: { id, login, ...facts } }]);
}
