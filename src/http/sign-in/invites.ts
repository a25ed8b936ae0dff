import type { AccountId, Invite } from "../../access/account.ts";
import { type Chance, randomText } from "../../id/chance.ts";
import type { Queries } from "../../store/store.ts";
import { DAY_MS, type Instant, toIso } from "../../time/instant.ts";
import { sha256 } from "../tokens.ts";

/** 26 characters of five bits: 130 bits. */
const TEXT_LENGTH = 26;
const SET_UP_MS = 7 * DAY_MS;
const INVITE_MS = 7 * DAY_MS;

export type Link = { readonly link: string; readonly expiresAt: string };

/**
 * A new one-time link; those before it for the same account are dead from now on. The token stands behind the `#`, which
 * browsers keep to themselves: no log of a server or proxy has it. Use inside a transaction.
 */
export async function newInvite(
  queries: Queries,
  facts: {
    readonly chance: Chance;
    readonly account?: AccountId;
    readonly publicUrl: string;
    readonly by: string;
    readonly at: Instant;
  },
): Promise<Link> {
  const { chance, account, publicUrl, by, at } = facts;
  await queries.endInvites(account, at);
  const text = randomText(chance, TEXT_LENGTH);
  const expiresAt = at + (account === undefined ? SET_UP_MS : INVITE_MS);
  const invite: Invite = {
    hash: sha256(text),
    expiresAt,
    createdBy: by,
    ...(account === undefined ? {} : { account }),
  };
  await queries.putInvite(invite);
  const page = account === undefined ? "setup" : "invite";
  return { link: `${publicUrl}/${page}#${text}`, expiresAt: toIso(expiresAt) };
}

/** The invite of a link that can still be used. */
export async function inviteOf(queries: Queries, text: string, at: Instant): Promise<Invite | undefined> {
  const invite = await queries.invite(sha256(text));
  if (invite === undefined || invite.usedAt !== undefined || invite.expiresAt <= at) return undefined;
  return invite;
}
