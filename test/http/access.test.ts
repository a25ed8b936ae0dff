import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { PERMISSIONS, type Permission, SCOPES } from "../../src/access/permissions.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";
import { pathOf, ROUTES, type Route, WITHOUT_CALLER } from "./routes.ts";

/** The routes that a token may be allowed; of people and their own affairs roles.test.ts tells. */
const GUARDED = ROUTES.filter(([, , need]) => need !== "self" && !WITHOUT_CALLER.has(need));

type Refusal = { readonly error: { readonly code: string; readonly message: string; readonly facts: object } };

describe("who may do what", () => {
  let house: House;
  const tokens = new Map<string, string>();
  before(async () => {
    house = await startHouse();
    for (const scope of SCOPES) tokens.set(scope, await house.bongsu.token(scope));
  });
  after(() => house?.stop());

  const call = ([method, route]: Route, token: string | undefined): Promise<Answer> =>
    house.call(pathOf(route), { method, token, ...(method === "GET" || method === "DELETE" ? {} : { body: [] }) });

  test("without a token every guarded route answers 401 and says how to get one", async () => {
    for (const route of GUARDED) {
      const answer = await call(route, undefined);
      assert.equal(answer.status, 401, route.join(" "));
      assert.equal(answer.headers.get("www-authenticate"), 'Bearer realm="bongsu"');
      const { error } = answer.json<Refusal>();
      assert.equal(error.code, "not-known");
      assert.match(error.message, /bongsu token create/);
    }
  });

  test("a token that is none is refused like no token, whatever is wrong with it", async () => {
    const good = tokens.get("admin") ?? "";
    const oneOff = good.slice(0, -1) + (good.endsWith("0") ? "1" : "0");
    for (const token of [oneOff, good.slice(0, -1), `${good}0`, good.toUpperCase(), "bgs_", "x", "null"]) {
      assert.equal((await house.call("/api/v1/incidents", { token })).status, 401, token);
    }
    for (const authorization of ["", "Bearer", "Bearer ", good, `Digest ${good}`, "Basic", "Basic !!!", "Basic Og=="]) {
      const { status } = await house.call("/api/v1/incidents", { headers: { authorization } });
      assert.equal(status, 401, `'${authorization.replace(good, "<token>")}'`);
    }
    assert.equal((await house.call(`/api/v1/incidents?token=${good}&access_token=${good}`)).status, 401);
  });

  test("a token of another scope is refused with 403, which names the scope that is needed", async () => {
    for (const route of GUARDED) {
      const need = PERMISSIONS[route[2] as Permission].scope;
      for (const scope of SCOPES) {
        const sends = route[2] === "metrics.send" && scope === "agent";
        const allowed = scope === "admin" || scope === need || (need === "read" && scope === "respond") || sends;
        const answer = await call(route, tokens.get(scope));
        if (allowed) {
          assert.ok(![401, 403].includes(answer.status), `${scope} may ${route.join(" ")}: ${answer.status}`);
          assert.ok(answer.status < 500, `${route.join(" ")}: ${answer.status} ${answer.text}`);
          continue;
        }
        assert.equal(answer.status, 403, `${scope} may not ${route.join(" ")}`);
        const { error } = answer.json<Refusal>();
        assert.equal(error.code, "not-allowed");
        assert.deepEqual(error.facts, { needs: need, has: [scope] });
      }
    }
  });

  test("refusals are in the reader's language", async () => {
    const korean = await house.call("/api/v1/incidents", { headers: { "accept-language": "ko-KR,ko;q=0.9" } });
    assert.match(korean.json<Refusal>().error.message, /토큰이 없거나 올바르지 않습니다/);
    const english = await house.call("/api/v1/incidents", { headers: { "accept-language": "en-GB" } });
    assert.match(english.json<Refusal>().error.message, /The token is missing or wrong/);
  });

  test("a token counts as a bearer, as a GenieKey and as the password of Basic", async () => {
    const token = tokens.get("read") ?? "";
    const basic = Buffer.from(`anybody:${token}`).toString("base64");
    const alone = Buffer.from(`${token}:`).toString("base64");
    for (const authorization of [`Bearer ${token}`, `bearer ${token}`, `GenieKey ${token}`, `Basic ${basic}`]) {
      assert.equal((await house.call("/api/v1/incidents", { headers: { authorization } })).status, 200);
    }
    const { status } = await house.call("/api/v1/incidents", { headers: { authorization: `Basic ${alone}` } });
    assert.equal(status, 200);
  });

  test("a revoked token is dead within a second", async () => {
    const made = JSON.parse((await house.bongsu.cli("token", "create", "--scopes", "read", "--json")).stdout) as {
      id: string;
      token: string;
    };
    assert.equal((await house.call("/api/v1/incidents", { token: made.token })).status, 200);
    assert.equal((await house.bongsu.cli("token", "revoke", made.id)).code, 0);
    const from = performance.now();
    await until("the end of it", async () => {
      return (await house.call("/api/v1/incidents", { token: made.token })).status === 401;
    });
    assert.ok(performance.now() - from < 1_200, `it lived on for ${performance.now() - from} ms`);
  });

  test("a token is dead when its time is over", async () => {
    const { stdout } = await house.bongsu.cli("token", "create", "--scopes", "read", "--days", String(2 / 86_400));
    const token = stdout.trim();
    await until("its end", async () => (await house.call("/api/v1/incidents", { token })).status === 401, 5_000);
  });

  test("no file of the server holds a token, and neither does what it prints", async () => {
    const token = tokens.get("ingest") ?? "";
    const { status } = await house.call("/api/v1/signals", {
      token,
      method: "POST",
      body: { key: "canary/1", title: "a planted secret is looked for", severity: "info" },
    });
    assert.equal(status, 202);
    assert.deepEqual(filesWith(house.bongsu.data, token), []);
    assert.ok(!house.bongsu.output().includes(token), "the log holds it");
  });

  test("nor a routing key that came in a body", async () => {
    const key = await house.bongsu.token("ingest");
    const { status } = await house.call("/v2/enqueue", {
      method: "POST",
      body: {
        routing_key: key,
        event_action: "trigger",
        payload: { summary: "a planted secret", source: "test", severity: "info" },
      },
    });
    assert.equal(status, 202);
    assert.deepEqual(filesWith(house.bongsu.data, key), []);
  });

  test("every answer tells browsers to be careful, the refusals too", async () => {
    for (const [method, route] of ROUTES) {
      for (const token of [undefined, tokens.get("admin")]) {
        const { headers } = await call([method, route, "open"], token);
        const at = `${method} ${route}`;
        assert.equal(headers.get("x-content-type-options"), "nosniff", at);
        // Machines alone post here, thousands of times a second, and get no page: the rest is for pages.
        if (at === "POST /api/v2/alerts") continue;
        assert.equal(headers.get("referrer-policy"), "no-referrer", at);
        assert.equal(headers.get("x-frame-options"), "DENY", at);
        const policy = headers.get("content-security-policy") ?? "";
        for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"])
          assert.ok(policy.split(/;\s*/).includes(rule), `${at}: ${rule}`);
        assert.doesNotMatch(policy, /script-src[^;]*unsafe/, at);
        assert.equal(headers.get("x-powered-by"), null, at);
        assert.equal(headers.get("access-control-allow-origin"), null, at);
      }
    }
    const { headers } = await house.call("/no/such/thing");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  });

  test("and not to share a window with other sites", async () => {
    const { headers } = await house.call("/a/x");
    assert.equal(headers.get("cross-origin-opener-policy"), "same-origin");
  });
});

function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .filter((file) => readFileSync(file).includes(text));
}
