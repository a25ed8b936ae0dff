import type { Account } from "../../access/account.ts";
import type { Role } from "../../access/permissions.ts";
import { hashPassword } from "../../http/sign-in/password-hash.ts";
import { randomText } from "../../id/chance.ts";
import { asId } from "../../id/id.ts";
import { systemChance } from "../../id/system-chance.ts";
import type { Store } from "../../store/store.ts";
import { DAY_MS, type Instant, MINUTE_MS } from "../../time/instant.ts";

export type Login = { readonly login: string; readonly password: string };

/** Whom the demo's own account is: somebody who is called when it is critical. */
const DEMO_PERSON = "kim";

const OTHERS: readonly (readonly [login: string, name: string, role: Role, person: string | undefined])[] = [
  ["lee", "이두리", "manager", "lee"],
  ["moon", "문열둘", "responder", "moon"],
  ["yoon", "윤일곱", "responder", "yoon"],
  ["audit", "감사 담당", "viewer", undefined],
];

/** Those who sign in: the one whose password is told, some of the cast with none that anybody knows, one invited. */
export async function furnishAccounts(store: Store, at: Instant, now: Instant): Promise<Login> {
  const password = `demo-${randomText(systemChance, 4)}-${randomText(systemChance, 4)}`;
  const put = async (account: Omit<Account, "id" | "preferences" | "createdAt">): Promise<void> => {
    const { login, role } = account;
    await store.putAccount({ ...account, id: asId(`a-${login}`), preferences: {}, createdAt: at });
    await store.appendAudit([{ at, by: "demo", action: "account.created", facts: { login, role } }]);
  };
  await put({
    login: "demo",
    name: "김하나",
    role: "admin",
    person: asId(DEMO_PERSON),
    state: "active",
    password: await hashPassword(systemChance, password),
  });
  for (const [nth, [login, name, role, person]] of OTHERS.entries()) {
    const signedInAt = now - (nth + 1) * 0.4 * DAY_MS - 17 * MINUTE_MS;
    await put({ login, name, role, state: "active", signedInAt, ...(person && { person: asId(person) }) });
  }
  await put({ login: "jo", name: "조열셋", role: "responder", person: asId("jo"), state: "invited" });
  return { login: "demo", password };
}
