import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownMark, ShownMarks } from "../../src/http/wire/monitors.ts";
import { HOUR_MS, toIso } from "../../src/time/instant.ts";
import { POLICY_TEXT, ROSTER_TEXT, T0 } from "../fixtures/core.ts";
import { type Asker, type Served, startServed } from "../world/served.ts";

describe("marks", () => {
  let served: Served;
  let sender: Asker;
  let viewer: Asker;
  before(async () => {
    served = await startServed({
      policy: "```yaml\n" + POLICY_TEXT + "```\n",
      roster: `${ROSTER_TEXT}services:
  shop: { match: { service: shop }, depends on: [orders] }
  orders: { match: { service: orders }, depends on: [orders-db] }
`,
      start: T0,
    });
    sender = await served.as("ingest");
    viewer = await served.as("read");
  });
  after(() => served?.stop());

  const titles = async (query = ""): Promise<readonly string[]> =>
    (await viewer<ShownMarks>("GET", `/api/v1/marks${query}`)).body.marks.map(({ title }) => title);

  test("what was deployed is kept with its time, once for each key, and found by its service", async () => {
    const at = toIso(served.world.clock.now() - HOUR_MS);
    const made = await sender<ShownMark>("POST", "/api/v1/marks", {
      title: "결제 1.2.3 배포",
      service: "결제",
      labels: { commit: "abc123" },
      link: "https://ci.example/42",
      at,
      key: "ci-42",
    });
    assert.equal(made.status, 201, JSON.stringify(made.body));
    assert.deepEqual(made.body, {
      id: made.body.id,
      at,
      title: "결제 1.2.3 배포",
      kind: "deploy",
      labels: { commit: "abc123", service: "결제" },
      link: "https://ci.example/42",
      by: "ingest",
    });
    const again = await sender<ShownMark>("POST", "/api/v1/marks", { title: "again", key: "ci-42" });
    assert.deepEqual(again.body, made.body);
    assert.deepEqual(
      (await served.world.store.audit(9)).map(({ action }) => action).filter((action) => action === "mark.added"),
      ["mark.added"],
    );
    await sender("POST", "/api/v1/marks", { title: "new switch", kind: "change" });
    assert.deepEqual(await titles(), ["new switch", "결제 1.2.3 배포"]);
    assert.deepEqual(await titles(`?service=${encodeURIComponent("결제")}`), ["new switch", "결제 1.2.3 배포"]);
    assert.deepEqual(await titles("?service=search"), ["new switch"]);
    assert.deepEqual(await titles(`?to=${at}`), []);
    assert.deepEqual(await titles(`?from=${at}&to=${toIso(Date.parse(at) + 1)}`), ["결제 1.2.3 배포"]);
    assert.equal((await served.world.store.audit(1))[0]?.action, "mark.added");
  });

  test("beside a service stands what changed of all that it stands on", async () => {
    for (const service of ["orders-db", "shop", "search"])
      await sender("POST", "/api/v1/marks", { title: `${service} 2`, service, key: service });
    assert.deepEqual((await titles("?service=shop")).filter((title) => title.endsWith(" 2")).sort(), [
      "orders-db 2",
      "shop 2",
    ]);
    assert.ok(!(await titles("?service=orders-db")).includes("shop 2"));
  });

  test("what cannot be read is refused by its field", async () => {
    for (const [body, field] of [
      [{}, "title"],
      [{ title: "x", at: "yesterday" }, "at"],
      [{ title: "x", at: toIso(served.world.clock.now() + 5 * HOUR_MS) }, "at"],
      [{ title: "x", link: "javascript:alert(1)" }, "link"],
      [{ title: "x", key: 7 }, "key"],
    ] as const) {
      const answer = await sender<{ error: { facts: { field: string } } }>("POST", "/api/v1/marks", body);
      assert.deepEqual([answer.status, answer.body.error.facts.field], [400, field]);
    }
    assert.equal((await viewer("GET", "/api/v1/marks?from=x")).status, 400);
    assert.equal((await viewer("GET", `/api/v1/marks?to=${toIso(0)}&from=${toIso(1)}`)).status, 400);
    assert.equal((await viewer("POST", "/api/v1/marks", { title: "x" })).status, 403);
  });

  test("PagerDuty's change events are marks, and call nobody", async () => {
    const admin = await served.as("admin");
    const { text } = (await admin<{ text: string }>("POST", "/api/v1/tokens", { name: "ci", scopes: ["ingest"] })).body;
    await served.world.advance(1_001);
    const post = async (body: object | string) => {
      const answer = await served.server.inject({
        method: "POST",
        url: "/v2/change/enqueue",
        payload: typeof body === "string" ? body : JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
      return [answer.statusCode, answer.json<{ status: string; errors?: readonly string[] }>()] as const;
    };
    const event = {
      routing_key: text,
      payload: {
        summary: "Build Success - Increase snapshot create timeout to 30 seconds",
        timestamp: "2015-07-17T08:42:58.315+0000",
        source: "acme-build-pipeline",
        custom_details: { build_state: "passed", service: "search", nested: { a: 1 } },
      },
      links: [{ href: "https://ci.example/7", text: "build" }],
    };
    assert.deepEqual(await post(event), [202, { status: "success", message: "Change event processed" }]);
    const [mark] = (await viewer<ShownMarks>("GET", "/api/v1/marks?service=search")).body.marks;
    assert.deepEqual(
      [mark?.kind, mark?.labels, mark?.link, mark?.by],
      [
        "change",
        { build_state: "passed", service: "search", source: "acme-build-pipeline" },
        "https://ci.example/7",
        "ci",
      ],
    );
    await post(event);
    assert.equal((await titles("?service=search")).filter((title) => title.startsWith("Build Success")).length, 1);
    assert.equal((await post({ ...event, routing_key: "x" }))[0], 400);
    assert.deepEqual((await post({ ...event, payload: {} }))[1].errors, ["'payload.summary' is missing or blank"]);
    assert.deepEqual(await post("{"), [
      400,
      { status: "Unrecognized object", message: "Event object format is unrecognized", errors: ["JSON parse error"] },
    ]);
    assert.deepEqual(await served.world.store.incidents({}), []);
  });
});
