import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownHeartbeat } from "../../src/http/wire/monitors.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

type Answer = {
  readonly result?: string;
  readonly message?: string;
  readonly data?: Record<string, unknown> & { readonly heartbeats?: readonly Record<string, unknown>[] };
  readonly took: number;
  readonly requestId: string;
  readonly errors?: Record<string, string>;
};

describe("Opsgenie's heartbeat API", () => {
  let served: Served;
  let manager: Asker;
  const keys: Record<string, string> = {};
  before(async () => {
    served = await startServed({
      policy: "```yaml\n" + POLICY_TEXT + "```\n",
      roster: ROSTER_TEXT,
      start: T0,
      settings: { measures: true },
    });
    manager = await served.as("admin");
    for (const scope of ["ingest", "read", "admin"]) {
      const made = await manager<{ text: string }>("POST", "/api/v1/tokens", { name: scope, scopes: [scope] });
      keys[scope] = made.body.text;
    }
    await served.world.advance(1_001);
  });
  after(() => served?.stop());

  const ask = async (
    key: string,
    method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    body?: object,
  ): Promise<readonly [number, Answer]> => {
    const answer = await served.server.inject({
      method,
      url: `/v2/heartbeats${path}`,
      headers: {
        authorization: `GenieKey ${keys[key] ?? key}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    await served.world.advance(0);
    const read = answer.json<Answer>();
    assert.match(read.requestId, /^[0-9a-f-]{36}$/);
    assert.equal(answer.headers["x-request-id"], read.requestId);
    assert.equal(typeof read.took, "number");
    return [answer.statusCode, read];
  };

  test("a heartbeat is made, pinged by each of its methods, got, listed, changed, disabled, enabled and deleted as there", async () => {
    const [status, made] = await ask("admin", "POST", "", {
      name: "Nightly Backup",
      description: "the big one",
      interval: 10,
      intervalUnit: "minutes",
      enabled: true,
      ownerTeam: { name: "ops" },
      alertPriority: "P1",
    });
    assert.equal(status, 201);
    const { description: _, ...data } = made.data ?? {};
    assert.deepEqual(data, {
      name: "Nightly Backup",
      interval: 10,
      intervalUnit: "minutes",
      enabled: true,
      expired: false,
    });
    const path = "/Nightly%20Backup";
    for (const method of ["GET", "POST", "PUT", "PATCH"] as const) {
      const [code, { result }] = await ask("ingest", method, `${path}/ping`);
      assert.deepEqual([code, result], [202, "PONG - Heartbeat received"], method);
    }
    const { pings, grade } = (await manager<ShownHeartbeat>("GET", "/api/v1/heartbeats/Nightly%20Backup")).body;
    assert.deepEqual([pings.length, pings[0]?.kind, grade], [4, "success", "Critical"]);

    const [, got] = await ask("read", "GET", path);
    assert.equal(typeof got.data?.lastPingTime, "string");
    const [, list] = await ask("read", "GET", "");
    assert.deepEqual(
      list.data?.heartbeats?.map(({ name }) => name),
      ["Nightly Backup"],
    );
    assert.deepEqual((await ask("admin", "PATCH", path, { interval: 2, intervalUnit: "hours" }))[1].data, {
      name: "Nightly Backup",
      enabled: true,
      expired: false,
    });
    assert.deepEqual((await ask("admin", "POST", `${path}/disable`))[1].data?.enabled, false);
    assert.deepEqual((await ask("admin", "PUT", `${path}/enable`))[1].data?.enabled, true);
    const [, changed] = await ask("read", "GET", path);
    assert.deepEqual([changed.data?.interval, changed.data?.intervalUnit], [2, "hours"]);

    await served.world.advance(2 * 3_600_000 + 61_000);
    assert.equal((await ask("read", "GET", path))[1].data?.expired, true);
    assert.deepEqual((await ask("admin", "DELETE", path))[1].result, "Deleted");
    assert.equal((await ask("read", "GET", path))[0], 404);
  });

  test("what is refused says so with Opsgenie's statuses, and a ping that nobody waits for is no success", async () => {
    const [status, { message }] = await ask("ingest", "POST", "/nobody/ping");
    assert.deepEqual([status, message], [404, "Heartbeat with name [nobody] does not exist"]);
    assert.equal((await ask("wrong", "GET", ""))[0], 401);
    assert.equal((await ask("ingest", "POST", "", { name: "x", interval: 1, intervalUnit: "days" }))[0], 403);
    assert.equal((await ask("read", "POST", "/x/ping"))[0], 403);
    const [bad, { errors }] = await ask("admin", "POST", "", { name: "", interval: 0, intervalUnit: "weeks" });
    assert.equal(bad, 422);
    assert.deepEqual(Object.keys(errors ?? {}).sort(), ["interval", "intervalUnit", "name"]);
    const body = { name: "once", interval: 1, intervalUnit: "days", enabled: false };
    assert.equal((await ask("admin", "POST", "", body))[1].data?.enabled, false);
    assert.equal((await ask("admin", "POST", "", body))[0], 409);
  });

  test("a key in the address or as Basic is as good as one in the header", async () => {
    const url = `/v2/heartbeats/once/ping?apiKey=${keys.ingest}`;
    assert.equal((await served.server.inject({ url })).statusCode, 202);
    const basic = Buffer.from(keys.ingest ?? "").toString("base64");
    const authorization = `Basic ${basic}`;
    assert.equal(
      (await served.server.inject({ url: "/v2/heartbeats/once/ping", headers: { authorization } })).statusCode,
      202,
    );
    // A look at whether it is there is no ping.
    assert.equal((await served.server.inject({ method: "HEAD", url })).statusCode, 404);
  });
});
