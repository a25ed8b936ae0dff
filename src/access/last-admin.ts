import type { Account, AccountId } from "./account.ts";

/** Whether nobody else could administer Bongsu if this account could not. */
export function isLastAdmin(accounts: readonly Account[], id: AccountId): boolean {
  const admins = accounts.filter(({ role, state }) => role === "admin" && state === "active");
  return admins.length === 1 && admins[0]?.id === id;
}
