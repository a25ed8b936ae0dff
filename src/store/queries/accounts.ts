import { createHash } from "node:crypto";
import type { Account, AccountId, Invite, Passkey, Session } from "../../access/account.ts";
import { fromJson, type Row, type Sql } from "../sql.ts";
import type { Queries } from "../store.ts";

type AccountQueries = Pick<
  Queries,
  | "accounts"
  | "account"
  | "accountByLogin"
  | "putAccount"
  | "session"
  | "sessionsOf"
  | "putSession"
  | "touchSession"
  | "removeSession"
  | "removeSessionsOf"
  | "pruneSessions"
  | "passkey"
  | "passkeysOf"
  | "putPasskey"
  | "removePasskey"
  | "invite"
  | "putInvite"
  | "useInvite"
  | "endInvites"
>;

export function accountQueries(sql: Sql): AccountQueries {
  const accountWhere = async (condition: string, value: string): Promise<Account | undefined> => {
    const [row] = await sql.all(`select data from account where ${condition}`, [value]);
    return row === undefined ? undefined : fromJson<Account>(row.data);
  };
  return {
    accounts: async () =>
      (await sql.all("select data from account order by login")).map((row) => fromJson<Account>(row.data)),
    account: (id) => accountWhere("id = ?", id),
    accountByLogin: (login) => accountWhere("login = ?", login.toLowerCase()),
    putAccount: (account) =>
      sql.insert(
        "replace",
        "account",
        ["id", "login", "state", "data"],
        [[account.id, account.login.toLowerCase(), account.state, JSON.stringify(account)]],
      ),
    async session(hash) {
      const [row] = await sql.all("select * from session where hash = ?", [hash]);
      return row === undefined ? undefined : sessionOf(row);
    },
    sessionsOf: async (account) =>
      (await sql.all("select * from session where account = ? order by seen_at desc", [account])).map(sessionOf),
    putSession: ({ hash, account, seenAt, expiresAt, ...rest }) =>
      sql.insert(
        "replace",
        "session",
        ["hash", "account", "seen_at", "expires_at", "data"],
        [[hash, account, seenAt, expiresAt, JSON.stringify(rest)]],
      ),
    async touchSession(hash, at) {
      await sql.run("update session set seen_at = ? where hash = ?", [at, hash]);
    },
    async removeSession(hash) {
      await sql.run("delete from session where hash = ?", [hash]);
    },
    removeSessionsOf: (account, except) =>
      sql.run("delete from session where account = ? and hash <> ?", [account, except ?? ""]),
    pruneSessions: (before) => sql.run("delete from session where expires_at < ?", [before]),
    async passkey(id) {
      const [row] = await sql.all("select data from passkey where id = ?", [passkeyKey(id)]);
      return row === undefined ? undefined : fromJson<Passkey>(row.data);
    },
    passkeysOf: async (account) =>
      (await sql.all("select data from passkey where account = ? order by id", [account])).map((row) =>
        fromJson<Passkey>(row.data),
      ),
    putPasskey: (passkey) =>
      sql.insert(
        "replace",
        "passkey",
        ["id", "account", "data"],
        [[passkeyKey(passkey.id), passkey.account, JSON.stringify(passkey)]],
      ),
    removePasskey: async (id) => (await sql.run("delete from passkey where id = ?", [passkeyKey(id)])) === 1,
    async invite(hash) {
      const [row] = await sql.all("select * from invite where hash = ?", [hash]);
      if (row === undefined) return undefined;
      const invite = { ...fromJson<Invite>(row.data), hash, expiresAt: Number(row.expires_at) };
      return row.used_at === null ? invite : { ...invite, usedAt: Number(row.used_at) };
    },
    putInvite: ({ hash, expiresAt, usedAt, ...rest }) =>
      sql.insert(
        "replace",
        "invite",
        ["hash", "account", "expires_at", "used_at", "data"],
        [[hash, rest.account ?? null, expiresAt, usedAt ?? null, JSON.stringify(rest)]],
      ),
    useInvite: async (hash, at) =>
      (await sql.run("update invite set used_at = ? where hash = ? and used_at is null and expires_at > ?", [
        at,
        hash,
        at,
      ])) === 1,
    async endInvites(account, at) {
      const [condition, values] = account === undefined ? ["account is null", []] : ["account = ?", [account]];
      await sql.run(`update invite set used_at = ? where used_at is null and ${condition}`, [at, ...values]);
    },
  };
}

/** Authenticators choose the id, up to 1,023 bytes (WebAuthn, 5.8.3): more than a key of either database holds. */
function passkeyKey(id: string): string {
  return id.length <= 250 ? id : createHash("sha256").update(id).digest("hex");
}

function sessionOf(row: Row): Session {
  return {
    ...fromJson<Session>(row.data),
    hash: String(row.hash),
    account: row.account as AccountId,
    seenAt: Number(row.seen_at),
    expiresAt: Number(row.expires_at),
  };
}
