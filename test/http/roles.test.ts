import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PERMISSIONS, type Permission, ROLES, roleMay, SCOPES, scopesMay } from "../../src/access/permissions.ts";
import { readConfig } from "../../src/cli/config.ts";
import { ROOT } from "../../src/cli/package.ts";
import { engineOver } from "../../src/cli/program.ts";
import { createServer } from "../../src/http/server.ts";
import type { OwnSessions } from "../../src/http/wire/session.ts";
import { openStore } from "../../src/store/open-store.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import { join, type SignedInPerson, setUpAdmin } from "../peers/people.ts";
import { pathOf, ROUTES, type Route, WITHOUT_CALLER } from "./routes.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Record<string, unknown> } };

/** What access refuses with; any other code comes from a route that was reached. */
const REFUSALS = ["not-known", "not-signed-in", "not-allowed", "role-too-low", "other-site"];

test("every route that is served is in the table, and demands what the table says", async () => {
  const store = await openStore(":memory:");
  const config = readConfig({}, {}, ROOT);
  const server = createServer(engineOver(store, config, { node: "test", log: () => {} }), "0.0.0", "web/dist");
  await server.ready();
  const known = new Set(ROUTES.map(([method, route]) => `${method} ${route}`));
  const served = routesOf(server.printRoutes({ commonPrefix: false })).filter((route) => !isOfWeb(route));
  await server.close();
  await store.close();
  assert.deepEqual([...new Set(served)].sort(), [...known].sort());
});

describe("every route, every role, every token, and nobody", () => {
  let house: House;
  const tokens = new Map<string, string>();
  const people = new Map<string, SignedInPerson>();
  // What ends the session of the one who asks comes last.
  const routes = ROUTES.toSorted((one, other) => Number(isSignOut(one)) - Number(isSignOut(other)));
  before(async () => {
    house = await startHouse();
    for (const scope of SCOPES) tokens.set(scope, await house.bongsu.token(scope));
    const admin = await setUpAdmin(house);
    people.set("admin", admin);
    for (const role of ROLES) {
      if (role !== "admin") people.set(role, await join(house, admin, { login: role, role }));
    }
  });
  after(() => house?.stop());

  const bodyOf = (method: string): object => (method === "GET" || method === "DELETE" ? {} : { body: [] });
  const codeOf = (answer: Answer): string => {
    if (answer.status < 400 || !answer.text.startsWith("{")) return "";
    return answer.json<Refusal>().error?.code ?? "";
  };
  const guarded = ROUTES.filter(([, , need]) => !WITHOUT_CALLER.has(need));
  const changing = ROUTES.filter(([method, , need]) => method !== "GET" && !WITHOUT_CALLER.has(need));

  test("nobody and an invented cookie get 401 where something is demanded", async () => {
    for (const [method, route] of guarded) {
      const nobody = await house.call(pathOf(route), { method, ...bodyOf(method) });
      assert.equal(codeOf(nobody), "not-known", `${method} ${route}`);
      assert.equal(nobody.status, 401);
      const headers = { cookie: `__Host-bongsu=${"0".repeat(26)}` };
      const invented = await house.call(pathOf(route), { method, headers, ...bodyOf(method) });
      assert.equal(codeOf(invented), "not-signed-in", `${method} ${route}`);
      assert.equal(invented.status, 401);
    }
  });

  test("a page whose cookie has ended hears that nobody is signed in, not that a token is missing", async () => {
    const headers = { "sec-fetch-mode": "cors", "sec-fetch-site": "same-origin" };
    assert.equal(codeOf(await house.call("/api/v1/incidents", { headers })), "not-signed-in");
  });

  test("what changes something needs the CSRF token and a page of ours, whatever the role", async () => {
    const { cookie, csrf } = people.get("admin") as SignedInPerson;
    const { port } = house.bongsu;
    const attempts: readonly Record<string, string>[] = [
      { cookie },
      { cookie, "x-bongsu-csrf": "" },
      { cookie, "x-bongsu-csrf": `${csrf.slice(0, -1)}_` },
      { cookie, "x-bongsu-csrf": csrf, origin: "https://evil.example" },
      { cookie, "x-bongsu-csrf": csrf, origin: "null" },
      { cookie, "x-bongsu-csrf": csrf, origin: `http://127.0.0.1:${port + 1}` },
      { cookie, "x-bongsu-csrf": csrf, "sec-fetch-site": "cross-site" },
      { cookie, "x-bongsu-csrf": csrf, "sec-fetch-site": "same-site" },
      { cookie, "x-bongsu-csrf": csrf, "content-type": "application/x-www-form-urlencoded" },
      { cookie, "x-bongsu-csrf": csrf, "content-type": "text/plain" },
      { cookie, "x-bongsu-csrf": csrf, "content-type": "multipart/form-data; boundary=x" },
    ];
    for (const [method, route] of changing) {
      for (const headers of attempts) {
        const answer = await house.call(pathOf(route), { method, headers, body: "{}" });
        assert.equal(codeOf(answer), "other-site", `${method} ${route} ${JSON.stringify(headers)}`);
        assert.equal(answer.status, 403);
      }
    }
  });

  test("signing in and the one-time links cannot be posted to from another site", async () => {
    const open = ROUTES.filter(([method, route]) => method === "POST" && /^\/api\/v1\/(session|invites)/.test(route));
    assert.ok(open.length >= 6);
    for (const [method, route] of open) {
      for (const headers of [
        { origin: "https://evil.example" },
        { origin: "null" },
        { "sec-fetch-site": "cross-site" },
        { "content-type": "text/plain" },
      ] as Record<string, string>[]) {
        const answer = await house.call(route, { method, headers, body: "{}" });
        assert.equal(codeOf(answer), "other-site", `${route} ${JSON.stringify(headers)}`);
      }
    }
  });

  test("each token may what its scope says, and never what is somebody's own", async () => {
    for (const [method, route, need] of guarded) {
      for (const scope of SCOPES) {
        const answer = await house.call(pathOf(route), { method, token: tokens.get(scope), ...bodyOf(method) });
        const at = `token ${scope}: ${method} ${route}: ${answer.status}`;
        if (need === "self") assert.equal(codeOf(answer), "not-signed-in", at);
        else if (scopesMay([scope], need as Permission)) assert.ok(!REFUSALS.includes(codeOf(answer)), at);
        else assert.deepEqual([answer.status, codeOf(answer)], [403, "not-allowed"], at);
        assert.ok(answer.status < 500, at);
      }
    }
  });

  test("other people's sessions and passkeys are not found, and live on", async () => {
    const [viewer, admin] = [people.get("viewer"), people.get("admin")] as [SignedInPerson, SignedInPerson];
    const listed = await viewer.call("/api/v1/me/sessions");
    const { id } = listed.json<OwnSessions>().sessions[0] ?? { id: "" };
    house.tamper(
      "insert into passkey (id, account, data) values (?, ?, ?)",
      "viewers-key",
      viewer.id,
      JSON.stringify({
        id: "viewers-key",
        account: viewer.id,
        name: "key",
        publicKey: "",
        counter: 0,
        transports: [],
        createdAt: 1,
      }),
    );
    const foreign = [
      ["DELETE", `/api/v1/me/sessions/${id}`],
      ["PATCH", "/api/v1/me/passkeys/viewers-key"],
      ["DELETE", "/api/v1/me/passkeys/viewers-key"],
    ] as const;
    for (const [method, path] of foreign) {
      const request = { method, ...(method === "PATCH" ? { body: { name: "mine" } } : {}) };
      assert.equal((await admin.call(path, request)).status, 404, path);
    }
    assert.equal((await viewer.call("/api/v1/me/sessions")).status, 200);
    const passkeys = (await viewer.call("/api/v1/me/passkeys")).json<{ passkeys: { name: string }[] }>().passkeys;
    assert.deepEqual(
      passkeys.map(({ name }) => name),
      ["key"],
    );
    assert.deepEqual((await admin.call("/api/v1/me/passkeys")).json(), { passkeys: [] });
  });

  test("each role may what the table says, and the refusal names the role that may", async () => {
    for (const [method, route, need] of routes) {
      if (WITHOUT_CALLER.has(need)) continue;
      for (const role of ROLES) {
        const answer = await (people.get(role) as SignedInPerson).call(pathOf(route), { method, ...bodyOf(method) });
        const at = `${role}: ${method} ${route}: ${answer.status} ${answer.text.slice(0, 200)}`;
        assert.ok(answer.status < 500, at);
        if (need === "self" || roleMay(role, need as Permission)) {
          assert.ok(!REFUSALS.includes(codeOf(answer)), at);
          continue;
        }
        assert.deepEqual([answer.status, codeOf(answer)], [403, "role-too-low"], at);
        const needs = PERMISSIONS[need as Permission].role;
        assert.deepEqual(answer.json<Refusal>().error.facts, { needs, has: role }, at);
      }
    }
  });
});

function isSignOut([method, route]: Route): boolean {
  return method === "DELETE" && route === "/api/v1/session";
}

/** The pages and files of the web UI: everybody may have them. */
function isOfWeb(route: string): boolean {
  // The tree draws `/assets/*` as a bare star.
  return (
    route === "GET *" || /^GET \/(\*|assets\/\*|favicon\.svg|icon-\d+\.png|manifest\.webmanifest|sw\.js)?$/.test(route)
  );
}

/** `METHOD path` of each line of the tree that Fastify draws; HEAD comes with every GET. */
function routesOf(tree: string): string[] {
  const routes: string[] = [];
  const open: string[] = [];
  for (const line of tree.split("\n")) {
    const found = /^(.*?[├└]──\s)(\S+)(?:\s\((.*)\))?/.exec(line);
    if (found === null) continue;
    const [, indent = "", piece = "", methods = ""] = found;
    const depth = indent.length / 4 - 1;
    open.length = depth;
    open[depth] = piece;
    for (const method of methods.split(", ")) {
      if (method !== "" && method !== "HEAD") routes.push(`${method} ${open.join("")}`);
    }
  }
  return routes;
}
