import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { MadeHeartbeat, ShownHeartbeat } from "../../src/http/wire/monitors.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

const UUID = "f81d4fae-7dec-41d0-a765-00a0c91e6bf6";
const TOKEN = "aBcDeFgHiJkLmNoPqRsTuVwXy";

describe("addresses that jobs have from other systems", () => {
  let served: Served;
  let manager: Asker;
  before(async () => {
    served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster: ROSTER_TEXT, start: T0 });
    manager = await served.as("admin");
  });
  after(() => served?.stop());

  const make = (id: string, address: string) =>
    manager<MadeHeartbeat & { error: { facts: object } }>("POST", "/api/v1/heartbeats", {
      id,
      schedule: { everySeconds: 3_600 },
      graceSeconds: 600,
      address,
    });
  const send = async (method: "GET" | "HEAD" | "POST", url: string): Promise<readonly [number, string]> => {
    const answer = await served.server.inject({ method, url });
    return [answer.statusCode, answer.body];
  };
  const kinds = async (id: string): Promise<readonly string[]> =>
    (await manager<ShownHeartbeat>("GET", `/api/v1/heartbeats/${id}`)).body.pings.map(({ kind }) => kind);

  test("go on with another host: healthchecks', GoAlert's and Uptime Kuma's by their UUID", async () => {
    const made = await make("nightly", `https://hc-ping.com/${UUID.toUpperCase()}/start`);
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.ok(made.body.address.endsWith(`/ping/${UUID}`));
    assert.deepEqual(await send("HEAD", `/ping/${UUID}`), [200, ""]);
    assert.deepEqual(await send("POST", `/api/v2/heartbeat/${UUID}`), [200, ""]);
    assert.equal((await send("GET", `/api/v2/heartbeat/${UUID}`))[0], 404);
    assert.deepEqual(await send("GET", `/api/push/${UUID}?status=down`), [200, '{"ok":true}']);
    assert.deepEqual(await kinds("nightly"), ["fail", "success", "success"]);
    assert.deepEqual(await send("POST", `/api/v2/heartbeat/${UUID.replace("f", "0")}`), [404, "unknown"]);
  });

  test("and Grafana OnCall's by the token in it", async () => {
    const address = `https://oncall.example/integrations/v1/formatted_webhook/${TOKEN}/heartbeat/`;
    const made = await make("exporter", address);
    assert.ok(made.body.address.endsWith(`/integrations/v1/webhook/${TOKEN}/heartbeat/`));
    const path = new URL(address).pathname;
    assert.deepEqual(await send("GET", path), [200, '":)"']);
    assert.deepEqual(await send("POST", path), [200, ""]);
    assert.deepEqual(await send("POST", path.replace(TOKEN, TOKEN.toLowerCase())), [404, "unknown"]);
    assert.deepEqual(await kinds("exporter"), ["success", "success"]);
  });

  test("one address is one heartbeat, and what could be guessed is none", async () => {
    const again = await make("another", UUID);
    assert.deepEqual([again.status, again.code], [409, "conflict"]);
    assert.match(JSON.stringify(again.body.error.facts), /address-in-use.*nightly/);
    for (const address of ["backup", "https://x.example/ping/backup", "https://hc-ping.com/fqOOd6-F4MMNuCEnzTU01w/db"])
      assert.equal((await make("weak", address)).status, 400, address);
    assert.equal((await manager("GET", "/api/v1/heartbeats/another")).status, 404);
    assert.equal((await manager("POST", "/api/v1/heartbeats/exporter/address", { address: UUID })).status, 409);
  });
});
