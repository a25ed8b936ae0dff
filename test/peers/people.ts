import type { Role } from "../../src/access/permissions.ts";
import type { AccountLink } from "../../src/http/wire/accounts.ts";
import type { Me } from "../../src/http/wire/session.ts";
import type { Answer, House } from "./house.ts";

/** Good enough for every test: long, and on no list. */
export const PASSWORD = "남산 위에 저 소나무 7";

/** Somebody who signed in, as their browser: cookie and CSRF token go with every request. */
export type SignedInPerson = {
  readonly login: string;
  readonly id: string;
  readonly cookie: string;
  readonly csrf: string;
  call(path: string, request?: Parameters<House["call"]>[1]): Promise<Answer>;
};

/** The first administrator, by the link that the server printed. */
export async function setUpAdmin(house: House, login = "admin"): Promise<SignedInPerson> {
  return useLink(house, setUpLink(house), { login, name: "관리자" });
}

/** The newest set-up link in what the server printed. */
export function setUpLink(house: House): string {
  const links = [...house.bongsu.output().matchAll(/\/setup#[0-9a-z]{26}/g)];
  return links.at(-1)?.[0] ?? "";
}

/** A new account of that role, which joined by its link. */
export async function join(
  house: House,
  admin: SignedInPerson,
  account: { readonly login: string; readonly role: Role; readonly person?: string },
): Promise<SignedInPerson> {
  const made = await admin.call("/api/v1/accounts", { method: "POST", body: { name: account.login, ...account } });
  if (made.status !== 201) throw new Error(made.text);
  return useLink(house, made.json<AccountLink>().link, { login: account.login });
}

export async function useLink(
  house: House,
  link: string,
  facts: { readonly login: string; readonly name?: string; readonly password?: string },
): Promise<SignedInPerson> {
  const body = { password: PASSWORD, ...facts, token: link.split("#")[1] };
  const answer = await house.call("/api/v1/invites/use", { method: "POST", body });
  if (answer.status !== 204) throw new Error(answer.text);
  return personOf(house, cookieIn(answer));
}

export async function signIn(house: House, login: string, password = PASSWORD): Promise<SignedInPerson> {
  const answer = await house.call("/api/v1/session", { method: "POST", body: { login, password } });
  if (answer.status !== 204) throw new Error(answer.text);
  return personOf(house, cookieIn(answer));
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieIn({ headers }: Answer): string {
  return headers.get("set-cookie")?.split(";")[0] ?? "";
}

export async function personOf(house: House, cookie: string): Promise<SignedInPerson> {
  const me = (await house.call("/api/v1/me", { headers: { cookie } })).json<Me>();
  if (!me.signedIn) throw new Error("the cookie signs nobody in");
  const { csrf, account } = me;
  return {
    login: account.login,
    id: account.id,
    cookie,
    csrf,
    call: (path, request = {}) =>
      house.call(path, { ...request, headers: { cookie, "x-bongsu-csrf": csrf, ...request.headers } }),
  };
}
