import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { after, before, describe, test } from "node:test";
import type { AccountLink, Accounts } from "../../src/http/wire/accounts.ts";
import type { InviteShown, Me, OwnSessions } from "../../src/http/wire/session.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import {
  cookieIn,
  join,
  PASSWORD,
  personOf,
  type SignedInPerson,
  setUpAdmin,
  setUpLink,
  signIn,
  useLink,
} from "../peers/people.ts";
import { until } from "../peers/until.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Record<string, unknown> } };
const codeOf = (answer: Answer): string => answer.json<Refusal>().error.code;

const OTHER = "동해물과 백두산이 마르고";

describe("the first administrator", () => {
  let house: House;
  before(async () => {
    house = await startHouse();
  });
  after(() => house?.stop());
  const use = (link: string, facts: object): Promise<Answer> =>
    house.call("/api/v1/invites/use", { method: "POST", body: { token: link.split("#")[1], ...facts } });
  const kim = { login: "kim", name: "김", password: PASSWORD };

  test("is made by the link that each start prints anew, until there is one", async () => {
    const first = setUpLink(house);
    assert.match(first, /^\/setup#[0-9a-z]{26}$/);
    await house.bongsu.kill();
    await house.bongsu.start();
    const second = setUpLink(house);
    assert.notEqual(second, first);
    assert.equal(codeOf(await use(first, kim)), "link-dead", "the link of the start before");
    const me = (await house.call("/api/v1/me")).json<Me>();
    assert.equal(me.signedIn === false && me.setUp, true);

    const shown = await house.call("/api/v1/invites/look", { method: "POST", body: { token: second.split("#")[1] } });
    assert.equal(shown.json<InviteShown>().for, "set-up");
    for (const [facts, code] of [
      [{ ...kim, login: "" }, "bad-request"],
      [{ ...kim, login: "a b" }, "bad-request"],
      [{ ...kim, name: " " }, "bad-request"],
      [{ ...kim, password: undefined }, "bad-request"],
      [{ ...kim, password: "짧다" }, "password-refused"],
      [{ ...kim, password: "password12" }, "password-refused"],
      [{ ...kim, login: "longenough1", password: "LongEnough1" }, "password-refused"],
      [{ ...kim, password: "가".repeat(201) }, "password-refused"],
    ] as const)
      assert.equal(codeOf(await use(second, facts)), code, JSON.stringify(facts));

    // Ten at once: one of them is the first.
    const all = await Promise.all(Array.from({ length: 10 }, (_, n) => use(second, { ...kim, login: `kim${n}` })));
    assert.equal(all.filter(({ status }) => status === 204).length, 1);
    assert.equal(all.filter(({ status }) => status === 410).length, 9);
    const made = all.find(({ status }) => status === 204) as Answer;
    const admin = await personOf(house, cookieIn(made));
    const { accounts } = (await admin.call("/api/v1/accounts")).json<Accounts>();
    assert.deepEqual(
      accounts.map(({ role, state, own, lastAdmin }) => [role, state, own, lastAdmin]),
      [["admin", "active", true, true]],
    );
    assert.equal(codeOf(await use(second, kim)), "link-dead", "the link a second time");
    await house.bongsu.kill();
    const before = house.bongsu.output().match(/setup#/g)?.length;
    await house.bongsu.start();
    assert.equal(house.bongsu.output().match(/setup#/g)?.length, before, "no link once there is an account");
  });
});

describe("signing in", () => {
  let house: House;
  let admin: SignedInPerson;
  before(async () => {
    house = await startHouse();
    admin = await setUpAdmin(house);
  });
  after(() => house?.stop());
  const isIn = async (one: SignedInPerson): Promise<boolean> => (await one.call("/api/v1/incidents")).status === 200;
  const attempt = (login: string, password: string, headers: Record<string, string> = {}): Promise<Answer> =>
    house.call("/api/v1/session", { method: "POST", body: { login, password }, headers });
  const auditOf = async (action: string): Promise<readonly { facts: Record<string, unknown>; by: string }[]> => {
    const { rows, entries } = (await admin.call("/api/v1/audit?limit=200")).json<{
      rows?: { action: string; facts: Record<string, unknown>; by: string }[];
      entries?: { action: string; facts: Record<string, unknown>; by: string }[];
    }>();
    return (rows ?? entries ?? []).filter((row) => row.action === action);
  };

  test("the cookie is for this host alone, out of reach of scripts, and says nothing", async () => {
    const answer = await attempt("ADMIN", PASSWORD);
    const cookie = answer.headers.get("set-cookie") ?? "";
    assert.match(
      cookie,
      /^__Host-bongsu=[0-9a-hjkmnp-tv-z]{26}; Path=\/; Max-Age=7776000; HttpOnly; Secure; SameSite=Lax$/,
    );
    assert.equal(answer.headers.get("cache-control"), "no-store");
    const out = await (await personOf(house, cookieIn(answer))).call("/api/v1/session", { method: "DELETE" });
    assert.match(out.headers.get("set-cookie") ?? "", /^__Host-bongsu=; .*Max-Age=0; HttpOnly; Secure; SameSite=Lax$/);
  });

  test("a cookie that came along is not taken over, and each sign-in is another session", async () => {
    const planted = `__Host-bongsu=${"a".repeat(26)}`;
    const answer = await attempt("admin", PASSWORD, { cookie: planted });
    assert.notEqual(cookieIn(answer), planted);
    assert.notEqual(cookieIn(answer), admin.cookie);
  });

  // That it takes the same time is shown where passwords are hashed: without a hash the same work is done.
  test("an unknown login is refused like a wrong password, in the same words", async () => {
    await join(house, admin, { login: "known", role: "viewer" });
    const answers = new Set<string>();
    for (const login of ["known", "nobody"]) {
      const answer = await attempt(login, "not the password");
      assert.equal(answer.status, 401);
      answers.add(answer.text);
    }
    assert.equal(answers.size, 1);
  });

  test("what was refused is in the audit log, without what was typed where it is no login", async () => {
    await attempt("my secret password", "x");
    const refused = await auditOf("account.sign-in-refused");
    assert.ok(refused.some(({ facts }) => facts.login === null));
    assert.ok(!JSON.stringify(refused).includes("my secret password"));
    assert.ok((await auditOf("account.signed-in")).some(({ by }) => by === "admin"));
  });

  test("after five wrong passwords the account is tried ever more slowly, and says how long", async () => {
    const lee = await join(house, admin, { login: "lee", role: "viewer" });
    let looked = 0;
    // On a machine that is busy some of the waits are over before the next try comes: they grow until none is.
    const held = await until("a wait of four seconds", async () => {
      const answer = await attempt("lee", `wrong password ${looked}`);
      if (answer.status === 401) looked++;
      return answer.status === 429 && Number(answer.headers.get("retry-after")) >= 4 ? answer : undefined;
    });
    assert.ok(looked >= 7, `${looked} were looked at`);
    assert.equal(codeOf(held), "too-many-tries");
    assert.ok(Number(held.json<Refusal>().error.facts.retryAfterSeconds) <= 60);
    assert.equal((await attempt("LEE", PASSWORD)).status, 429, "the right one too, however it is written");
    assert.ok(await isIn(lee), "who is signed in stays so");
    assert.equal((await attempt("admin", PASSWORD)).status, 204, "others are not held back");
  });

  test("a thousand at once are not a thousand tries", async () => {
    await join(house, admin, { login: "flood", role: "viewer" });
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => attempt("flood", `guess number ${n}`)));
    const looked = all.filter(({ status }) => status === 401).length;
    assert.ok(looked >= 5 && looked <= 8, `${looked} were looked at`);
  });

  test("changing the password ends every other session, and the old cookie of this one", async () => {
    const choi = await join(house, admin, { login: "choi", role: "responder" });
    const phone = await signIn(house, "choi");
    const body = { current: PASSWORD, password: OTHER };
    assert.equal(
      codeOf(await choi.call("/api/v1/me/password", { method: "POST", body: { password: OTHER } })),
      "confirm-yourself",
    );
    const wrong = await choi.call("/api/v1/me/password", {
      method: "POST",
      body: { ...body, current: "not that one" },
    });
    assert.equal(codeOf(wrong), "confirm-yourself");
    const weak = await choi.call("/api/v1/me/password", { method: "POST", body: { ...body, password: "1234567890" } });
    assert.equal(codeOf(weak), "password-refused");
    const changed = await choi.call("/api/v1/me/password", { method: "POST", body });
    assert.equal(changed.status, 204);
    assert.deepEqual([await isIn(choi), await isIn(phone)], [false, false]);
    assert.ok(await isIn(await personOf(house, cookieIn(changed))));
    assert.equal((await attempt("choi", PASSWORD)).status, 401);
    assert.equal((await attempt("choi", OTHER)).status, 204);
  });

  test("sessions are listed and ended, one or all others", async () => {
    const desk = await join(house, admin, { login: "park", role: "viewer" });
    const phone = await signIn(house, "park");
    const tablet = await signIn(house, "park");
    const { sessions } = (await desk.call("/api/v1/me/sessions")).json<OwnSessions>();
    assert.equal(sessions.length, 3);
    assert.equal(sessions.filter(({ current }) => current).length, 1);
    const { sessions: seen } = (await phone.call("/api/v1/me/sessions")).json<OwnSessions>();
    const { id } = seen.find(({ current }) => current) ?? { id: "" };
    assert.equal((await desk.call(`/api/v1/me/sessions/${id}`, { method: "DELETE" })).status, 204);
    assert.deepEqual([await isIn(desk), await isIn(phone), await isIn(tablet)], [true, false, true]);
    assert.deepEqual((await desk.call("/api/v1/me/sessions", { method: "DELETE" })).json(), { ended: 1 });
    assert.deepEqual([await isIn(desk), await isIn(tablet)], [true, false]);
  });

  test("a session ends when it was not used for a month, and after three whatever happens", async () => {
    for (const column of ["seen_at", "expires_at"]) {
      const person = await signIn(house, "admin");
      const { sessions } = (await person.call("/api/v1/me/sessions")).json<OwnSessions>();
      const { id } = sessions.find(({ current }) => current) ?? { id: "" };
      assert.equal(
        house.tamper(`update session set ${column} = ${column} - ? where hash like ?`, 91 * 86_400_000, `${id}%`),
        1,
      );
      assert.equal(await isIn(person), false, column);
    }
  });

  test("a role that is lowered holds at once, and who is disabled is out at once", async () => {
    const jung = await join(house, admin, { login: "jung", role: "manager" });
    const change = (body: object): Promise<Answer> =>
      admin.call(`/api/v1/accounts/${jung.id}`, { method: "PATCH", body });
    assert.equal((await jung.call("/api/v1/audit")).status, 200);
    assert.equal((await change({ role: "viewer" })).status, 200);
    const refused = await jung.call("/api/v1/audit");
    assert.deepEqual([refused.status, codeOf(refused)], [403, "role-too-low"]);
    assert.equal((await change({ state: "disabled" })).status, 200);
    assert.equal(codeOf(await jung.call("/api/v1/incidents")), "not-signed-in");
    assert.equal((await attempt("jung", PASSWORD)).status, 401);
    assert.equal((await change({ state: "active" })).status, 200);
    assert.equal(await isIn(jung), false, "the old cookie stays dead");
    assert.ok(await isIn(await signIn(house, "jung")));
  });

  test("the last administrator can neither be demoted nor disabled, nor two that demote each other at once", async () => {
    const patch = (by: SignedInPerson, of: SignedInPerson, body: object): Promise<Answer> =>
      by.call(`/api/v1/accounts/${of.id}`, { method: "PATCH", body });
    for (const body of [{ role: "manager" }, { state: "disabled" }])
      assert.equal(codeOf(await patch(admin, admin, body)), "last-admin");
    assert.equal((await house.bongsu.cli("user", "disable", "admin")).code, 2);
    const second = await join(house, admin, { login: "second", role: "admin" });
    const both = await Promise.all([
      patch(admin, second, { role: "viewer" }),
      patch(second, admin, { role: "viewer" }),
    ]);
    const done = both.filter(({ status }) => status === 200).length;
    assert.equal(done, 1, both.map(({ status }) => status).join());
    if (both[1]?.status === 200) await patch(second, admin, { role: "admin" });
    const { accounts } = (await admin.call("/api/v1/accounts")).json<Accounts>();
    assert.ok(accounts.some(({ role, state }) => role === "admin" && state === "active"));
  });

  test("a link for a forgotten password works once, and signs out everywhere", async () => {
    const han = await join(house, admin, { login: "han", role: "viewer" });
    const reset = (): Promise<Answer> => admin.call(`/api/v1/accounts/${han.id}/reset`, { method: "POST" });
    const [first, second] = [(await reset()).json<AccountLink>(), (await reset()).json<AccountLink>()];
    assert.ok(await isIn(han), "until it is used nothing changes");
    await assert.rejects(useLink(house, first.link, { login: "han" }), /link-dead/, "the one before is dead");
    const anew = await useLink(house, second.link, { login: "han", password: OTHER });
    assert.deepEqual([await isIn(han), await isIn(anew)], [false, true]);
    await assert.rejects(useLink(house, second.link, { login: "han" }), /link-dead/);
    assert.equal(house.tamper("update invite set used_at = null, expires_at = 1 where account = ?", han.id) > 0, true);
    await assert.rejects(useLink(house, second.link, { login: "han" }), /link-dead/, "its time is over");
  });

  test("accounts are made from the host too, which is the way back in", async () => {
    const made = await house.bongsu.cli("user", "invite", "ops", "--role", "admin", "--name", "운영", "--person", "l1");
    assert.equal(made.code, 0, made.stderr);
    const link = /http:\S+#\w{26}/.exec(made.stdout)?.[0] ?? "";
    const ops = await useLink(house, link, { login: "ops" });
    const me = (await ops.call("/api/v1/me")).json<Me>();
    assert.deepEqual(me.signedIn && me.account.person, { id: "l1", name: "이접수" });
    assert.match((await house.bongsu.cli("user", "list")).stdout, /ops\s+운영\s+admin/);
    assert.equal((await house.bongsu.cli("user", "invite", "OPS", "--role", "viewer")).code, 2, "the login is taken");
    assert.equal((await house.bongsu.cli("user", "invite", "x", "--role", "viewer", "--person", "l1")).code, 1);
    const reset = await house.bongsu.cli("user", "reset", "ops", "--json");
    assert.match((JSON.parse(reset.stdout) as { link: string }).link, /\/invite#\w{26}$/);
    assert.equal((await house.bongsu.cli("user", "disable", "ops")).code, 0);
    assert.equal(await isIn(ops), false);
  });

  test("what is no preference is refused by its name, and what is one stays", async () => {
    const set = (body: object): Promise<Answer> => admin.call("/api/v1/me/preferences", { method: "PATCH", body });
    for (const body of [
      { locale: "fr" },
      { theme: 1 },
      { zone: "Mars/Base" },
      { keys: [] },
      { views: [{ name: "" }] },
      { x: 1 },
    ]) {
      const answer = await set(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.json<Refusal>().error.facts.field, Object.keys(body)[0]);
    }
    assert.equal((await set(JSON.parse('{"__proto__":{"locale":"ko"}}') as object)).status < 500, true);
    await set({ locale: "en", zone: "Europe/Berlin", theme: "dark" });
    await set({ zone: null });
    const me = (await admin.call("/api/v1/me")).json<Me>();
    assert.deepEqual(me.signedIn && me.preferences, { locale: "en", theme: "dark" });
  });

  /** As a browser at another address of this server would post; `fetch` does not let the Host be chosen. */
  const postAt = (host: string, headers: Record<string, string>): Promise<{ status: number; text: string }> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ login: "nobody-there", password: "not the password" });
      const sent = { host, "content-type": "application/json", "content-length": Buffer.byteLength(body), ...headers };
      const { port } = house.bongsu;
      httpRequest({ port, host: "127.0.0.1", path: "/api/v1/session", method: "POST", headers: sent }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
      })
        .on("error", reject)
        .end(body);
    });

  test("over plain http at another address it says what to do instead of failing silently", async () => {
    const plain = await postAt("10.1.2.3:7119", { origin: "http://10.1.2.3:7119" });
    assert.equal(plain.status, 403);
    assert.match(plain.text, /"insecure-address".*ssh -L/);
    const proxied = await postAt("bongsu.example.com", { origin: "https://bongsu.example.com" });
    // Looked at like any other; the tries before it from here may have used up the patience.
    assert.match(proxied.text, /"(sign-in-refused|too-many-tries)"/);
  });

  test("X-Forwarded-For of somebody who is no proxy of ours is not believed", async () => {
    await postAt("localhost", { "x-forwarded-for": "203.0.113.7" });
    const refused = await auditOf("account.sign-in-refused");
    assert.ok(refused.length > 0);
    assert.ok(refused.every(({ facts }) => facts.address === "127.0.0.1"));
  });

  test("no file of the server holds a password, a cookie or a link in clear", async () => {
    const secrets = [PASSWORD, OTHER, admin.cookie.split("=")[1] ?? "", setUpLink(house).split("#")[1] ?? ""];
    for (const entry of readdirSync(house.bongsu.data, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = readFileSync(`${entry.parentPath}/${entry.name}`);
      for (const secret of secrets) assert.ok(!bytes.includes(secret), `${entry.name} holds ${secret}`);
    }
  });
});
