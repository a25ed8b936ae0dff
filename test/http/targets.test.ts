import assert from "node:assert/strict";
import { createServer as createHttp, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { measureHere } from "../../src/agent/measure-here.ts";
import { collectors } from "../../src/collect/registry.ts";
import { newToken } from "../../src/http/tokens.ts";
import type { ShownTargets, TargetBody, TriedTarget } from "../../src/http/wire/monitors.ts";
import { seededChance } from "../../src/id/chance.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

type Saved = { readonly id: string; readonly revision: number };

describe("targets", () => {
  let served: Served;
  let admin: Asker;
  let reader: Asker;
  let page: Server;
  let url: string;
  before(async () => {
    page = createHttp((request, response) => {
      response.statusCode = request.headers.authorization === "Bearer planted-secret" ? 200 : 401;
      response.end("here");
    });
    await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(page.address() as AddressInfo).port}/`;
    served = await startServed(
      { policy: `\`\`\`yaml\n${POLICY_TEXT}\`\`\`\n`, roster: ROSTER_TEXT, start: T0 },
      (engine) => measureHere(engine, { host: "here", version: "0.0.0", collectors, itself: false }),
    );
    admin = await served.as("admin");
    reader = await served.as("read");
  });
  after(async () => {
    page?.close();
    await served?.stop();
  });

  const listed = async () => (await reader<ShownTargets>("GET", "/api/v1/targets")).body.targets;
  const put = (id: string, target: TargetBody, revision?: number | null) =>
    admin<Saved>("PUT", `/api/v1/targets/${id}`, { target, ...(revision === undefined ? {} : { revision }) });
  const apiTarget = (): TargetBody => ({
    collector: "http",
    settings: { url, bearer: "planted-secret" },
    everySeconds: 15,
    labels: { service: "payment" },
  });

  test("what is stored is shown without its secrets, and is changed only as it was seen", async () => {
    const made = await put("api", apiTarget());
    assert.equal(made.status, 200, JSON.stringify(made.body));
    const [shown] = await listed();
    assert.deepEqual(
      { ...shown, revision: typeof shown?.revision },
      {
        id: "api",
        collector: "http",
        settings: { url, bearer: "<hidden>" },
        everySeconds: 15,
        agent: null,
        labels: { service: "payment" },
        managedBy: null,
        revision: "number",
        up: null,
        because: [],
        lastAt: null,
        tookMs: null,
        seriesCount: 0,
      },
    );
    assert.equal((await put("api", apiTarget())).code, "changed-meanwhile");
    const changed = await put(
      "api",
      { ...apiTarget(), settings: { ...shown?.settings, timeout: "2s" } },
      shown?.revision,
    );
    assert.equal(changed.status, 200, JSON.stringify(changed.body));
    const [again] = await listed();
    assert.deepEqual(again?.settings, { url, bearer: "<hidden>", timeout: "2s" });
    const stored = (await served.world.store.rosterItems()).find(({ kind }) => kind === "target");
    assert.match(JSON.stringify(stored?.data), /planted-secret/);
    const actions = (await served.world.store.audit(5)).map(({ action }) => action);
    assert.deepEqual(actions.slice(0, 2), ["target.changed", "target.changed"]);
  });

  test("a secret that is stored goes to no other address than it was stored for", async () => {
    const [shown] = await listed();
    const elsewhere = { ...apiTarget(), settings: { url: "http://127.0.0.1:1/", bearer: "<hidden>" } };
    assert.equal((await put("api", elsewhere, shown?.revision)).code, "bad-request");
    assert.equal((await admin("POST", "/api/v1/targets/try", { id: "api", target: elsewhere })).code, "bad-request");
  });

  test("settings that the collector does not understand are refused before they are stored", async () => {
    for (const target of [
      { ...apiTarget(), settings: { url, colour: "red" } },
      { ...apiTarget(), settings: {} },
      { ...apiTarget(), settings: { url, bearer: { env: "NOT_SET_ANYWHERE" } } },
    ])
      assert.equal((await put("bad", target)).code, "target-refused");
    for (const target of [
      { ...apiTarget(), collector: "telepathy" },
      { ...apiTarget(), everySeconds: 1 },
      { ...apiTarget(), labels: { "not a name": "x" } },
    ])
      assert.equal((await put("bad", target)).code, "bad-request");
    // Its secrets are on the machine that will run it.
    const there = { ...apiTarget(), settings: { url, bearer: { env: "NOT_SET_HERE" } }, agent: "web-1" };
    const made = await put("there", there);
    assert.equal(made.status, 200, JSON.stringify(made.body));
    assert.equal((await admin("DELETE", "/api/v1/targets/there", { revision: made.body.revision })).status, 200);
  });

  test("trying one asks it once and keeps nothing", async () => {
    const tried = async (target: TargetBody, id?: string) =>
      (await admin<TriedTarget>("POST", "/api/v1/targets/try", { target, ...(id === undefined ? {} : { id }) })).body;
    const good = await tried(apiTarget());
    assert.equal(good.up, true);
    assert.equal(good.samples.find(({ metric }) => metric === "http_up")?.value, 1);
    assert.equal(good.samples.find(({ metric }) => metric === "http_up")?.labels.service, "payment");
    // With the secret that is stored.
    const stored = await tried({ ...apiTarget(), settings: { url, bearer: "<hidden>" } }, "api");
    assert.equal(stored.samples.find(({ metric }) => metric === "http_up")?.value, 1);
    const bad = await tried({ ...apiTarget(), settings: { url: "http://127.0.0.1:1/" } });
    assert.equal(bad.samples.find(({ metric }) => metric === "http_up")?.value, 0);
    assert.equal((await listed()).length, 1);
  });

  test("an agent gets the targets of its host with what it needs to get in, and only when they have changed", async () => {
    await put("db", { collector: "http", settings: { url, bearer: "for-the-agent" }, agent: "web-1" });
    const { text, token } = newToken(seededChance(9), {
      name: "agent",
      scopes: ["agent"],
      at: served.world.clock.now(),
    });
    await served.world.store.putToken(token);
    await served.world.advance(1_001);
    const ask = (headers: Record<string, string> = {}, path = "?host=web-1") =>
      served.server.inject({
        method: "GET",
        url: `/api/v1/agent/targets${path}`,
        headers: { authorization: `Bearer ${text}`, ...headers },
      });
    const first = await ask();
    assert.deepEqual(
      first.json<{ targets: { id: string; settings: object }[] }>().targets.map(({ id, settings }) => [id, settings]),
      [["db", { url, bearer: "for-the-agent" }]],
    );
    const tag = String(first.headers.etag);
    assert.equal((await ask({ "if-none-match": tag })).statusCode, 304);
    const other = (await ask({}, "?host=other")).json<{ error: { code: string } }>();
    assert.equal(other.error.code, "token-of-another-host");
    assert.equal((await ask({}, "")).statusCode, 400);
    assert.equal((await reader("GET", "/api/v1/agent/targets?host=web-1")).code, "not-allowed");
    await put("db2", { collector: "http", settings: { url }, agent: "web-1" });
    assert.equal((await ask({ "if-none-match": tag })).statusCode, 200);
  });

  test("what a file declares is read only here", async () => {
    const { items = [] } = readRoster({
      file: "t.yaml",
      text: `targets: { filed: { collector: http, settings: { url: "${url}" } } }`,
    });
    await served.world.store.changeRoster(
      items.map((item) => ({ ...item, managedBy: "t.yaml", updatedAt: 0 })),
      [],
      served.world.clock.now(),
    );
    const filed = (await listed()).find(({ id }) => id === "filed");
    assert.equal(filed?.managedBy, "t.yaml");
    assert.equal((await put("filed", apiTarget(), filed?.revision)).code, "managed-by-file");
    assert.equal(
      (await admin("DELETE", "/api/v1/targets/filed", { revision: filed?.revision })).code,
      "managed-by-file",
    );
  });
});
