import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { Role } from "../../src/access/permissions.ts";
import { newSession } from "../../src/http/sign-in/sessions.ts";
import { asId } from "../../src/id/id.ts";
import { systemChance } from "../../src/id/system-chance.ts";
import { openStore } from "../../src/store/open-store.ts";
import { type House, startHouse } from "./house.ts";

/** A house with somebody at a desk or a phone, who has signed in a while ago. */
export type WebHouse = House & {
  /** What a browser context starts from to be theirs. */
  readonly signedIn: SignedIn;
  /** Somebody else, at a browser of their own. */
  signIn(who: Who): Promise<SignedIn>;
  /** A program's token that may send signals and read. */
  readonly token: string;
  /** Sends a signal; the number of the incident that it opens. */
  opens(service: string, title?: string): Promise<number>;
};

type Who = { readonly role: Role; readonly person: string };
type SignedIn = Pick<BrowserContextOptions, "storageState">;

export async function startWebHouse(who: Who, settings: Parameters<typeof startHouse>[0] = {}): Promise<WebHouse> {
  const house = await startHouse(settings);
  const token = await house.bongsu.token("ingest,read");
  const kept = [
    { name: "bongsu.locale", value: "ko" },
    { name: "bongsu.theme", value: "light" },
    // As the page keeps it once somebody is signed in.
    { name: "bongsu.in", value: "yes" },
  ];
  const signIn = async (one: Who): Promise<SignedIn> => {
    const cookie = await session(house, one);
    return {
      storageState: {
        cookies: [
          { ...cookie, domain: "127.0.0.1", path: "/", expires: -1, httpOnly: true, secure: true, sameSite: "Lax" },
        ],
        origins: [{ origin: house.bongsu.url, localStorage: kept }],
      },
    };
  };
  return {
    ...house,
    token,
    signedIn: await signIn(who),
    signIn,
    async opens(service, title = `${service} 응답 없음`) {
      const body = { key: `${service}/down`, title, service, severity: "critical" };
      await house.call("/api/v1/signals", { token, method: "POST", body });
      return (await house.incident(service)).number;
    },
  };
}

/** The row of somebody's session and what their cookie says: how they signed in is another test's. */
async function session(
  { bongsu }: House,
  { role, person }: Who,
): Promise<{ readonly name: string; readonly value: string }> {
  const store = await openStore(join(bongsu.data, "bongsu.db"));
  try {
    const at = Date.now();
    const id = asId<"account">(`a-${person}`);
    await store.putAccount({
      id,
      login: person,
      name: person,
      role,
      person: asId(person),
      state: "active",
      preferences: {},
      createdAt: at,
    });
    const begun = newSession(systemChance, { account: id, agent: "test", by: "password", at });
    await store.putSession(begun.session);
    const [name = "", value = ""] = (begun.cookie.split(";")[0] ?? "").split("=");
    return { name, value };
  } finally {
    await store.close();
  }
}

/** A key of a keyboard that writes Hangul: where it is, and the letter on it. */
export async function pressHangul(page: Page, letter: string, code: string): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const key = { key: letter, code, windowsVirtualKeyCode: code.slice("Key".length).charCodeAt(0) };
  await devtools.send("Input.dispatchKeyEvent", { type: "keyDown", text: letter, unmodifiedText: letter, ...key });
  await devtools.send("Input.dispatchKeyEvent", { type: "keyUp", ...key });
  await devtools.detach();
}
