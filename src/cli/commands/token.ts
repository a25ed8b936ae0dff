import { SCOPES, type Scope } from "../../access/permissions.ts";
import { Fault } from "../../fault/fault.ts";
import { newToken } from "../../http/tokens.ts";
import { asId } from "../../id/id.ts";
import { systemChance } from "../../id/system-chance.ts";
import { cliSaid as said } from "../../locale/cli.ts";
import type { Store, Token } from "../../store/store.ts";
import { DAY_MS, toIso } from "../../time/instant.ts";
import { systemClock } from "../../time/system-clock.ts";
import type { Call, Command } from "../command.ts";
import { openConfiguredStore } from "../open-configured-store.ts";
import { table } from "../print.ts";

export const tokenCommand: Command = {
  name: "token",
  summary: { ko: "API 토큰을 만들고 거둡니다", en: "make and revoke API tokens" },
  usage: [
    "token create --scopes ingest[,agent,read,respond,admin] [--name NAME] [--host NAME] [--person ID] [--days 365]",
    "token list",
    "token revoke ID",
  ],
  options: {
    scopes: {
      type: "string",
      summary: {
        ko: "할 수 있는 일: ingest, agent, read, respond, admin",
        en: "what it may do: ingest, agent, read, respond, admin",
      },
    },
    name: { type: "string", summary: { ko: "이름 (어디에 쓰는지)", en: "a name (where it is used)" } },
    host: {
      type: "string",
      summary: {
        ko: "에이전트 토큰의 호스트 이름. 없으면 처음 쓰는 호스트의 것이 됨",
        en: "of an agent's token, the host that it is for; without, the first that uses it",
      },
    },
    person: { type: "string", summary: { ko: "이 담당자로서 행동", en: "acts as this person" } },
    days: { type: "string", summary: { ko: "유효 기간(일). 없으면 계속", en: "days it is valid; without, for ever" } },
    store: { type: "string", summary: { ko: "SQLite 파일 또는 mariadb://…", en: "an SQLite file or mariadb://…" } },
  },
  async run(call) {
    const store = await openConfiguredStore(call.config);
    try {
      const verb = call.word(0, "create | list | revoke");
      if (verb === "create") return await create(call, store);
      if (verb === "list") return await list(call, store);
      if (verb === "revoke") return await revoke(call, store);
      throw new Fault("usage", { got: verb, expected: "create, list or revoke" });
    } finally {
      await store.close();
    }
  },
};

async function create(call: Call, store: Store): Promise<number> {
  const scopes = (call.text("scopes") ?? "").split(",").map((scope) => scope.trim());
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope));
  if (unknown !== undefined) throw new Fault("usage", { option: "--scopes", got: unknown, expected: SCOPES });
  const at = systemClock.now();
  const days = call.text("days");
  if (days !== undefined && !(Number(days) > 0))
    throw new Fault("usage", { option: "--days", got: days, expected: "a number of days" });
  const host = call.text("host")?.normalize("NFC");
  if (host !== undefined && !scopes.includes("agent"))
    throw new Fault("usage", { option: "--host", got: host, expected: "only with --scopes agent" });
  const made = newToken(systemChance, {
    name: call.text("name") ?? host ?? scopes.join(","),
    scopes: scopes as Scope[],
    at,
    ...(host === undefined ? {} : { host }),
    ...(days === undefined ? {} : { expiresAt: at + Number(days) * DAY_MS }),
  });
  const person = call.text("person");
  const token: Token = person === undefined ? made.token : { ...made.token, person: asId(person) };
  if (person !== undefined && !(await store.rosterItems()).some(({ kind, id }) => kind === "person" && id === person))
    throw new Fault("not-found", { person });
  await store.putToken(token);
  await store.appendAudit([
    { at, by: "bongsu token", action: "token.created", facts: { id: token.id, name: token.name, scopes } },
  ]);
  // Alone on its line, so that a script can take it; it is shown this once.
  call.print(made.text, { id: token.id, token: made.text, scopes });
  return 0;
}

async function list(call: Call, store: Store): Promise<number> {
  const tokens = await store.tokens();
  const rows = tokens.map((token) => [
    token.id,
    token.name,
    token.scopes.join(","),
    token.host ?? "",
    token.revokedAt === undefined ? "" : said.revokedAt({ at: toIso(token.revokedAt) })[call.locale],
    token.lastUsedAt === undefined ? "" : said.lastUsed({ at: toIso(token.lastUsedAt) })[call.locale],
  ]);
  call.print(
    table(rows),
    tokens.map((token) => ({ ...token, hash: undefined })),
  );
  return 0;
}

async function revoke(call: Call, store: Store): Promise<number> {
  const id = call.word(1, "ID");
  const token = (await store.tokens()).find((one) => one.id === id);
  if (token === undefined) throw new Fault("not-found", { token: id });
  const at = systemClock.now();
  await store.putToken({ ...token, revokedAt: token.revokedAt ?? at });
  await store.appendAudit([{ at, by: "bongsu token", action: "token.revoked", facts: { id } }]);
  call.print(said.revoked({ id })[call.locale], { id, revoked: true });
  return 0;
}
