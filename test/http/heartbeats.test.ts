import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Fault } from "../../src/fault/fault.ts";
import type { HeartbeatPreview, MadeHeartbeat, ShownHeartbeat, ShownHeartbeats } from "../../src/http/wire/monitors.ts";
import { asId } from "../../src/id/id.ts";
import { openStore } from "../../src/store/open-store.ts";
import type { Store } from "../../src/store/store.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Answered, type Asker, type Served, startServed } from "../world/served.ts";

const RID = "123e4567-e89b-42d3-a456-426614174000";

describe("heartbeats", () => {
  let served: Served;
  let manager: Asker;
  let viewer: Asker;
  let responder: Asker;
  before(async () => {
    served = await startServed({
      policy: "```yaml\n" + POLICY_TEXT + "```\n",
      roster: `${ROSTER_TEXT}heartbeats:\n  Night Backup: { cron: "0 3 * * *", zone: Asia/Seoul, grace: 30m }\n`,
      managedBy: "roster.yaml",
      start: T0,
      settings: { measures: true },
    });
    manager = await served.as("admin");
    viewer = await served.as("read");
    responder = await served.as("respond");
  });
  after(() => served?.stop());

  const ping = async (
    address: string,
    request: { readonly method?: "GET" | "HEAD" | "POST" | "PUT"; readonly body?: string } = {},
  ): Promise<readonly [number, string]> => {
    const { pathname, search } = new URL(address, "http://x");
    const { method = "GET", body } = request;
    const answer = await served.server.inject({
      method,
      url: pathname + search,
      ...(body === undefined
        ? {}
        : { payload: body, headers: { "content-type": "application/x-www-form-urlencoded" } }),
    });
    await served.world.advance(0);
    return [answer.statusCode, answer.body];
  };
  const make = (id: string, more: object = {}): Promise<Answered<MadeHeartbeat>> =>
    manager<MadeHeartbeat>("POST", "/api/v1/heartbeats", {
      id,
      schedule: { everySeconds: 3_600 },
      graceSeconds: 600,
      ...more,
    });
  const shown = async (id: string): Promise<ShownHeartbeat> =>
    (await responder<ShownHeartbeat>("GET", `/api/v1/heartbeats/${encodeURIComponent(id)}`)).body;

  test("one is made with an address that is shown this once, and is heard through it", async () => {
    const made = await make("야간 정산", { grade: "minor", service: "정산" });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    const { address, heartbeat } = made.body;
    assert.match(address, /\/ping\/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual([heartbeat.state, heartbeat.grade, heartbeat.slug], ["new", "Minor", "야간-정산"]);
    const list = (await viewer<ShownHeartbeats>("GET", "/api/v1/heartbeats")).body;
    assert.ok(!JSON.stringify(list).includes(new URL(address).pathname.split("/")[2] ?? "?"));
    assert.ok(list.pingBase.endsWith("/ping"));

    assert.deepEqual(await ping(address), [200, "OK"]);
    const { state, lastPing, pings, nextDue } = await shown("야간 정산");
    assert.deepEqual([state, pings.length, pings[0]?.kind, pings[0]?.from], ["up", 1, "success", "127.0.0.1"]);
    assert.equal(Date.parse(nextDue ?? "") - Date.parse(lastPing ?? ""), HOUR_MS);
    const names = await served.world.store.audit(1);
    assert.deepEqual([names[0]?.action, names[0]?.by], ["heartbeat.created", "admin"]);
  });

  test("every word of healthchecks' ping addresses is understood, and answered as there", async () => {
    const { address } = (await make("words")).body;
    const kinds = async (): Promise<readonly string[]> =>
      (await shown("words")).pings.map(({ kind, exitCode }) => `${kind}${exitCode ?? ""}`).toReversed();
    for (const [end, method] of [
      ["/start", "POST"],
      ["/log", "GET"],
      ["/0", "HEAD"],
      ["/", "HEAD"],
      ["/fail", "POST"],
      ["/255", "GET"],
      ["", "POST"],
    ] as const) {
      const [status, text] = await ping(address + end, { method });
      assert.deepEqual([status, text], [200, method === "HEAD" ? "" : "OK"], `${method} ${end}`);
    }
    assert.deepEqual(await kinds(), ["start", "log", "success0", "success", "fail", "fail255", "success"]);
    for (const [end, status, text] of [
      ["/256", 400, "invalid url format"],
      ["/succes", 400, "invalid url format"],
      ["/start/now", 400, "invalid url format"],
      ["?rid=1", 400, "invalid uuid format"],
      ["?rid=", 400, "invalid uuid format"],
    ] as const)
      assert.deepEqual(await ping(address + end), [status, text], end);
    assert.deepEqual(await ping("/ping/not-a-uuid"), [400, "invalid uuid format"]);
    assert.deepEqual(await ping(`/ping/${RID}`), [404, "not found"]);
    assert.equal((await ping(address, { method: "PUT" }))[0], 404);
    assert.equal((await kinds()).length, 7);
    await ping(`${address}/137`);
    const [killed] = (await shown("words")).pings;
    assert.deepEqual([killed?.exitMeaning, killed?.agent], ["killed", "lightMyRequest"]);
    assert.deepEqual(await ping(address.toUpperCase().replace(/^HTTP:\/\/.*?\/PING/u, "/ping")), [200, "OK"]);
  });

  test("runs that overlap are told apart by their rid", async () => {
    const { address } = (await make("runs")).body;
    const other = RID.replace("1", "2");
    await ping(`${address}/start?rid=${RID}`);
    await served.world.advance(2 * MINUTE_MS);
    await ping(`${address}/start?rid=${other}`);
    await served.world.advance(MINUTE_MS);
    await ping(`${address}?rid=${RID.toUpperCase()}`);
    assert.deepEqual([(await shown("runs")).lastDurationMs, (await shown("runs")).state], [3 * MINUTE_MS, "started"]);
    await ping(`${address}?rid=${other}`);
    assert.deepEqual([(await shown("runs")).lastDurationMs, (await shown("runs")).state], [MINUTE_MS, "up"]);
    assert.deepEqual(
      (await shown("runs")).pings.map(({ run, tookMs }) => [run, tookMs]),
      [
        [other, MINUTE_MS],
        [RID, 3 * MINUTE_MS],
        [other, null],
        [RID, null],
      ],
    );
  });

  test("of a body the first 100 kB are kept, a longer one counts, and only responders read what jobs wrote and from where", async () => {
    const { address } = (await make("bodies")).body;
    assert.deepEqual(await ping(`${address}/fail`, { method: "POST", body: "가".repeat(100_000) }), [200, "OK"]);
    const [kept] = (await shown("bodies")).pings;
    assert.deepEqual([kept?.excerpt, kept?.isCut], ["가".repeat(2_000), true]);
    const path = `/api/v1/heartbeats/bodies/pings/${kept?.position}`;
    assert.equal((await responder("GET", path)).status, 200);
    const row = await served.world.store.heartbeatPing(asId("bodies"), kept?.position ?? 0);
    assert.equal(row?.excerpt, "가".repeat(33_333));
    // Of the state, which is written with each ping, only the end that the incident tells.
    const { failed } = (await served.world.store.heartbeatRow(asId("bodies")))?.state ?? {};
    assert.equal(failed?.excerpt, "가".repeat(1_000));
    assert.deepEqual(await ping(address, { method: "POST", body: "a\0b" }), [200, "OK"]);
    assert.equal((await shown("bodies")).pings[0]?.excerpt, "a\uFFFDb");

    assert.equal((await viewer("GET", path)).status, 403);
    const [seen] = (await viewer<ShownHeartbeat>("GET", "/api/v1/heartbeats/bodies")).body.pings;
    assert.deepEqual([seen?.excerpt, seen?.from, seen?.agent], [null, null, null]);
    const listed = (await viewer<ShownHeartbeats>("GET", "/api/v1/heartbeats")).body.heartbeats;
    assert.equal(listed.find(({ id }) => id === "bodies")?.pings[0]?.from, null);
    // The list is asked for often, and does without what was sent.
    const list = (await responder<ShownHeartbeats>("GET", "/api/v1/heartbeats")).body.heartbeats;
    const [last] = list.find(({ id }) => id === "bodies")?.pings ?? [];
    assert.deepEqual([last?.excerpt, last?.from], [null, "127.0.0.1"]);
  });

  test("what pushed to Uptime Kuma pushes here, with the same secret at its own path", async () => {
    const { address } = (await make("pushed")).body;
    const secret = new URL(address).pathname.split("/")[2] ?? "";
    const push = `/api/push/${secret}`;
    assert.deepEqual(await ping(`${push}?status=up&msg=OK&ping=12`), [200, '{"ok":true}']);
    assert.deepEqual(await ping(push, { method: "POST" }), [200, '{"ok":true}']);
    assert.equal((await shown("pushed")).state, "up");
    assert.deepEqual(await ping(`${push}?status=down&msg=disk%20full`), [200, '{"ok":true}']);
    const { because, pings } = await shown("pushed");
    assert.deepEqual([because, pings.map(({ kind }) => kind)], ["failed", ["fail", "success", "success"]]);
    assert.equal(pings[0]?.excerpt, "disk full");
    const unknown = '{"ok":false,"msg":"Monitor not found or not active."}';
    assert.deepEqual(await ping(`/api/push/${RID}?status=up`), [404, unknown]);
    assert.deepEqual(await ping("/api/push/x"), [404, unknown]);
  });

  test("a ping key reaches all by name, also those that a file declares", async () => {
    const token = (await manager<{ text: string }>("POST", "/api/v1/tokens", { name: "cron", scopes: ["ingest"] })).body
      .text;
    const reader = (await manager<{ text: string }>("POST", "/api/v1/tokens", { name: "r", scopes: ["read"] })).body
      .text;
    await served.world.advance(1_001);
    assert.equal((await shown("Night Backup")).hasAddress, false);
    assert.deepEqual(await ping(`/ping/${token}/night-backup/start`), [200, "OK"]);
    assert.deepEqual(await ping(`/ping/${token}/night-backup/3`, { method: "POST", body: "disk full" }), [200, "OK"]);
    assert.equal((await shown("Night Backup")).pings[0]?.exitCode, 3);
    assert.deepEqual(await ping(`/ping/${token}/${encodeURIComponent("Night Backup")}`), [200, "OK"]);
    assert.deepEqual(await ping(`/ping/${token}/morning-backup`), [404, "not found"]);
    assert.deepEqual(await ping(`/ping/${token}/Morning-Backup/start?create=1`), [201, "Created"]);
    assert.deepEqual(await ping(`/ping/${token}/morning-backup?create=1`), [200, "OK"]);
    const morning = await shown("morning-backup");
    assert.deepEqual([morning.schedule, morning.graceSeconds], [{ everySeconds: 86_400 }, 3_600]);
    const [created] = await served.world.store.audit(1);
    assert.deepEqual([created?.action, created?.by], ["heartbeat.created", "cron"]);
    assert.deepEqual(await ping(`/ping/${reader}/evening-backup?create=1`), [404, "not found"]);
    assert.deepEqual(await ping(`/ping/${token}/night-backup/300`), [400, "invalid url format"]);
    for (const key of [reader, "bgs_0123", "a"])
      assert.deepEqual(await ping(`/ping/${key}/night-backup`), [404, "not found"]);
  });

  test("an address that is pinged without end is refused after a while, the first never, and a failure not for successes", async () => {
    const { address } = (await make("wild")).body;
    const statuses: number[] = [];
    for (let nth = 0; nth < 70; nth++) statuses.push((await ping(address))[0]);
    assert.equal(statuses.indexOf(429), 60);
    assert.deepEqual(await ping(`${address}/fail`), [200, "OK"]);
    await served.world.advance(2_000);
    assert.deepEqual(await ping(address), [200, "OK"]);
  });

  test("one that stays away opens an incident, which the list names, and ends it when it comes", async () => {
    const { address } = (await make("late", { grade: "Major" })).body;
    await ping(address);
    await served.world.advance(65 * MINUTE_MS);
    assert.equal((await shown("late")).state, "late");
    await served.world.advance(6 * MINUTE_MS);
    const down = await shown("late");
    assert.deepEqual([down.state, down.because], ["down", "missed"]);
    const incident = await served.world.store.incidentByNumber(down.incident ?? 0);
    assert.deepEqual([incident?.service, incident?.grade, incident?.state], ["late", "Major", "triggered"]);
    await ping(address);
    assert.equal((await shown("late")).state, "up");
    assert.equal((await served.world.store.incidentByNumber(down.incident ?? 0))?.state, "resolved");
  });

  test("it is changed by who has seen it, paused, resumed, given another address, and removed", async () => {
    const { address, heartbeat } = (await make("all")).body;
    const body = { schedule: { cron: "*/5 * * * *", zone: "Europe/Berlin" }, graceSeconds: 60 };
    const path = "/api/v1/heartbeats/all";
    assert.equal((await manager("PUT", path, { ...body, revision: heartbeat.revision - 1 })).code, "changed-meanwhile");
    const changed = await manager<ShownHeartbeat>("PUT", path, { ...body, revision: heartbeat.revision });
    assert.deepEqual(changed.body.schedule, { cron: "*/5 * * * *", zone: "Europe/Berlin" });

    await ping(address);
    const paused = await manager<ShownHeartbeat>("POST", `${path}/pause`);
    assert.deepEqual([paused.body.state, paused.body.pausedBy], ["paused", "admin"]);
    await served.world.advance(HOUR_MS);
    assert.deepEqual([(await shown("all")).state, (await shown("all")).incident], ["paused", null]);
    assert.equal((await manager<ShownHeartbeat>("POST", `${path}/resume`)).body.state, "up");

    const again = await manager<MadeHeartbeat>("POST", `${path}/address`);
    assert.deepEqual(await ping(address), [404, "not found"]);
    assert.deepEqual(await ping(again.body.address), [200, "OK"]);

    assert.equal((await manager("DELETE", path)).status, 200);
    assert.deepEqual(await ping(again.body.address), [404, "not found"]);
    assert.equal((await viewer("GET", path)).status, 404);
    assert.equal((await make("all")).status, 201);
    assert.deepEqual((await shown("all")).pings, []);
    const actions = (await served.world.store.audit(8)).map(({ action }) => action);
    for (const action of ["changed", "paused", "resumed", "addressed", "removed"])
      assert.ok(actions.includes(`heartbeat.${action}`), action);
  });

  test("what a file declares is changed there; pausing it and its address are here", async () => {
    const path = "/api/v1/heartbeats/Night%20Backup";
    const { revision } = await shown("Night Backup");
    const body = { schedule: { everySeconds: 60 }, graceSeconds: 60, revision };
    assert.equal((await manager("PUT", path, body)).code, "managed-by-file");
    assert.equal((await manager("DELETE", path)).code, "managed-by-file");
    assert.equal((await manager<ShownHeartbeat>("POST", `${path}/pause`)).body.state, "paused");
    assert.equal((await manager("POST", `${path}/resume`)).status, 200);
    const { address } = (await manager<MadeHeartbeat>("POST", `${path}/address`)).body;
    assert.deepEqual(await ping(address), [200, "OK"]);
  });

  test("when it is expected next is told before it is saved; what is no plan is refused by its field", async () => {
    const preview = (
      schedule: object,
    ): Promise<Answered<HeartbeatPreview & { error?: { facts: { field?: string } } }>> =>
      viewer("POST", "/api/v1/heartbeats/preview", { schedule });
    const { body } = await preview({ cron: "0 3 * * *", zone: "Asia/Seoul" });
    assert.equal(body.next.length, 5);
    assert.ok(body.next.every((at) => at.endsWith("T18:00:00.000Z")));
    for (const [schedule, field] of [
      [{ cron: "0 3 * *", zone: "Asia/Seoul" }, "cron"],
      [{ cron: "0 0 31 2 *", zone: "Asia/Seoul" }, "cron"],
      [{ cron: "0 3 * * *", zone: "Mars/Olympus" }, "zone"],
      [{ everySeconds: 1 }, "everySeconds"],
      [{ everySeconds: 60.5 }, "everySeconds"],
      [{}, "everySeconds"],
    ] as const) {
      const answer = await preview(schedule);
      assert.deepEqual([answer.status, answer.body.error?.facts.field], [400, field], JSON.stringify(schedule));
    }
    for (const [more, field] of [
      [{ graceSeconds: 0 }, "graceSeconds"],
      [{ grade: "Cosmic" }, "grade"],
      [{ id: "---" }, "id"],
      [{ id: "a/b" }, "id"],
    ] as const) {
      const answer = await make("bad", more);
      assert.deepEqual(
        [answer.status, (answer.body as unknown as { error: { facts: { field: string } } }).error.facts.field],
        [400, field],
      );
    }
    assert.equal((await make("night backup")).code, "conflict");
  });
});

test("while the store is away a ping is refused so that it is sent again, and nobody is blamed for it", async () => {
  const real = await openStore(":memory:", { turn: "microtask" });
  let away = false;
  const store: Store = {
    ...real,
    transaction: (work) => (away ? Promise.reject(new Fault("store-unavailable")) : real.transaction(work)),
  };
  const roster = `${ROSTER_TEXT}heartbeats:\n  backup: { every: 1h, grace: 10m }\n`;
  const policy = "```yaml\n" + POLICY_TEXT + "```\n";
  const served = await startServed({ policy, roster, start: T0, settings: { measures: true }, store });
  try {
    const admin = await served.as("admin");
    const { address } = (await admin<MadeHeartbeat>("POST", "/api/v1/heartbeats/backup/address")).body;
    const url = new URL(address).pathname;
    assert.equal((await served.server.inject({ url })).statusCode, 200);
    await served.world.advance(HOUR_MS);
    away = true;
    const refused = await served.server.inject({ method: "POST", url });
    assert.deepEqual([refused.statusCode, refused.headers["retry-after"]], [503, "5"]);
    await served.world.advance(30_000);
    away = false;
    await served.world.advance(20 * MINUTE_MS);
    const { state, deaf } = (await admin<ShownHeartbeat>("GET", "/api/v1/heartbeats/backup")).body;
    assert.equal(state, "unknown");
    assert.ok(deaf !== null);
    await served.world.advance(50 * MINUTE_MS);
    assert.equal((await admin<ShownHeartbeat>("GET", "/api/v1/heartbeats/backup")).body.state, "down");
  } finally {
    await served.stop();
  }
});

test("guesses of addresses are not found, write nothing, and take nobody's turn", async () => {
  const real = await openStore(":memory:", { turn: "microtask" });
  let written = 0;
  const store: Store = {
    ...real,
    transaction: (work) => {
      written++;
      return real.transaction(work);
    },
  };
  const roster = `${ROSTER_TEXT}heartbeats:\n  backup: { every: 1h, grace: 10m }\n`;
  const served = await startServed({ policy: "```yaml\n" + POLICY_TEXT + "```\n", roster, start: T0, store });
  try {
    const admin = await served.as("admin");
    const { address } = (await admin<MadeHeartbeat>("POST", "/api/v1/heartbeats/backup/address")).body;
    const ping = async (url: string): Promise<number> => (await served.server.inject({ url })).statusCode;
    const own = new URL(address).pathname;
    for (let nth = 0; nth < 60; nth++) assert.equal(await ping(own), 200);
    assert.equal(await ping(own), 429);
    written = 0;
    for (let nth = 0; nth < 200; nth++)
      assert.equal(await ping(`/ping/${String(nth).padStart(8, "0")}-0000-4000-8000-000000000000`), 404);
    assert.equal(written, 0);
    assert.equal(await ping(own), 429);
    assert.equal(written, 0);
  } finally {
    await served.stop();
  }
});
