import type { AccountId } from "../../access/account.ts";
import { ROLES } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { type AccountDesk, changeAccount, createAccount, resetAccount } from "../../http/sign-in/accounts.ts";
import type { Link } from "../../http/sign-in/invites.ts";
import { asId } from "../../id/id.ts";
import { systemChance } from "../../id/system-chance.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import type { Store } from "../../store/store.ts";
import { toIso } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { openConfiguredStore } from "../open-configured-store.ts";
import { table } from "../print.ts";

const VERBS = "list | invite | reset | disable";

/** Accounts from the server's own host: the way back in when nobody can sign in. */
export const userCommand: Command = {
  name: "user",
  summary: { ko: "웹 화면에 로그인하는 계정을 관리합니다", en: "see to the accounts that sign in to the web UI" },
  usage: [
    "user list",
    "user invite LOGIN --role admin|manager|responder|viewer --name NAME [--person ID]",
    "user reset LOGIN",
    "user disable LOGIN",
  ],
  options: {
    role: {
      type: "string",
      summary: { ko: "역할: admin, manager, responder, viewer", en: "its role: admin, manager, responder, viewer" },
    },
    name: { type: "string", summary: { ko: "이름", en: "the name" } },
    person: { type: "string", summary: { ko: "명부의 이 담당자와 연결", en: "linked to this person of the roster" } },
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
    "public-url": { type: "string", summary: { ko: "링크에 적을 주소", en: "the address written in links" } },
  },
  async run(call) {
    const store = await openConfiguredStore(call.config);
    const desk: AccountDesk = {
      store,
      chance: systemChance,
      publicUrl: call.config.publicUrl,
      by: "bongsu user",
      at: systemClock.now(),
    };
    try {
      const verb = call.word(0, VERBS);
      if (verb === "list") return await list(call, store);
      if (verb === "invite") return await invite(call, desk);
      if (verb === "reset") return await reset(call, desk);
      if (verb === "disable") return await disable(call, desk);
      throw new Fault("usage", { got: verb, expected: VERBS });
    } finally {
      await store.close();
    }
  },
};

async function list(call: Call, store: Store): Promise<number> {
  const accounts = await store.accounts();
  const rows = accounts.map(({ login, name, role, state, person, signedInAt }) => [
    login,
    name,
    role,
    state,
    person ?? "",
    signedInAt === undefined ? "" : toIso(signedInAt),
  ]);
  call.print(
    table([said.userColumns()[call.locale].split("|"), ...rows]),
    accounts.map(({ password, ...account }) => ({ ...account, hasPassword: password !== undefined })),
  );
  return 0;
}

async function invite(call: Call, desk: AccountDesk): Promise<number> {
  const login = call.word(1, "LOGIN");
  const role = ROLES.find((one) => one === call.text("role"));
  if (role === undefined) throw new Fault("usage", { option: "--role", got: call.text("role"), expected: ROLES });
  const person = call.text("person");
  const { link } = await createAccount(desk, {
    login,
    name: call.text("name") ?? login,
    role,
    person: person === undefined ? undefined : asId(person),
  });
  return printLink(call, login, link);
}

async function reset(call: Call, desk: AccountDesk): Promise<number> {
  const login = call.word(1, "LOGIN");
  const { link } = await resetAccount(desk, await idOf(desk, login));
  return printLink(call, login, link);
}

async function disable(call: Call, desk: AccountDesk): Promise<number> {
  const login = call.word(1, "LOGIN");
  await changeAccount(desk, await idOf(desk, login), { state: "disabled" });
  call.print(said.userDisabled({ login })[call.locale], { login, state: "disabled" });
  return 0;
}

async function idOf({ store }: AccountDesk, login: string): Promise<AccountId> {
  const account = await store.accountByLogin(login);
  if (account === undefined) throw new Fault("not-found", { login });
  return account.id;
}

function printLink(call: Call, login: string, { link, expiresAt }: Link): number {
  call.print(said.userInvited({ login, link, expires: expiresAt })[call.locale], { login, link, expiresAt });
  return 0;
}
