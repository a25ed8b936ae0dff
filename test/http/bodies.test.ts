import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { after, before, describe, test } from "node:test";
import { type House, startHouse } from "../peers/house.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Record<string, unknown> } };

describe("what is posted", () => {
  let house: House;
  let ingest: string;
  let respond: string;
  before(async () => {
    house = await startHouse();
    ingest = await house.bongsu.token("ingest");
    respond = await house.bongsu.token("respond");
  });
  after(() => house?.stop());
  const post = (path: string, body: unknown, token = ingest, headers: Record<string, string> = {}) =>
    house.call(path, { method: "POST", token, body, headers });
  const firing = (labels: Record<string, string>): object => ({
    labels,
    startsAt: new Date(Date.now() - 1_000).toISOString(),
    endsAt: new Date(Date.now() + 240_000).toISOString(),
  });

  test("of a half-bad batch from Prometheus the good half pages, and the bad one is named", async () => {
    const answer = await post("/api/v2/alerts", [
      { labels: {} },
      firing({ alertname: "Good", service: "반쪽", severity: "critical" }),
      "nonsense",
      firing({ alertname: "AlsoGood", service: "반쪽", severity: "critical" }),
      { labels: { alertname: "Times" }, startsAt: "yesterday" },
    ]);
    assert.equal(answer.status, 400);
    const said = answer.json<string>();
    assert.match(said, /alert 0: at least one label pair required/);
    assert.match(said, /alert 2: /);
    assert.match(said, /alert 4: .*RFC 3339/);
    assert.doesNotMatch(said, /alert [13]/);
    const { firing: count } = await house.incident("반쪽", (incident) => incident.firing === 2);
    assert.equal(count, 2);
  });

  test("of a half-bad list of signals likewise, with the place and the reason of each", async () => {
    const answer = await post("/api/v1/signals", [
      { key: "s/1", title: "첫째", service: "반반", severity: "critical" },
      { title: "no key" },
      { key: "s/3", status: "on fire", title: "x" },
      7,
    ]);
    assert.equal(answer.status, 400);
    const { accepted, problems } = answer.json<{ accepted: number; problems: { index: number; message: string }[] }>();
    assert.equal(accepted, 1);
    assert.deepEqual(
      problems.map(({ index }) => index),
      [1, 2, 3],
    );
    assert.match(problems[0]?.message ?? "", /'key' is missing/);
    await house.incident("반반");
  });

  test("what is no JSON is a 400 that says so, in the words of each protocol", async () => {
    for (const body of ["", "{", "[{]", "<xml/>", "\u0000", "{'a':1}"]) {
      const alerts = await post("/api/v2/alerts", body);
      assert.equal(alerts.status, 400, JSON.stringify(body));
      assert.match(alerts.json<string>(), /not valid JSON/);
      assert.equal((await post("/api/v1/signals", body)).status, 400);
      const pagerduty = await post("/v2/enqueue", body);
      assert.equal(pagerduty.status, 400);
      assert.deepEqual(pagerduty.json(), {
        status: "Unrecognized object",
        message: "Event object format is unrecognized",
        errors: ["JSON parse error"],
      });
    }
    for (const body of ["{", "[]", "7", "null"]) {
      const { error } = (await post("/api/v1/incidents", body, respond)).json<Refusal>();
      assert.equal(error.code, "bad-request", body);
    }
  });

  test("a body is read for what it is, whatever content type it claims", async () => {
    const body = JSON.stringify({ key: "ct/1", title: "content type", severity: "info" });
    for (const type of [
      "application/json",
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/xml",
      "application/octet-stream",
    ]) {
      const { status } = await post("/api/v1/signals", body, ingest, { "content-type": type });
      assert.equal(status, 202, type);
    }
    // A form as curl -d sends it is not JSON, and is told so rather than read as nothing.
    const form = { "content-type": "application/x-www-form-urlencoded" };
    assert.equal((await post("/api/v1/signals", "key=a&title=b", ingest, form)).status, 400);
    assert.equal(await rawPost(house, "/api/v1/signals", ingest, body, {}), 202);
  });

  test("a body that is too large is a 413, told as soon as it is known", async () => {
    const bound = 16 * 1024 * 1024;
    // Announced, it is refused before a byte of it was sent; unannounced, with the first byte too many.
    assert.equal(await rawPost(house, "/api/v1/signals", ingest, "", { "content-length": String(bound + 1) }), 413);
    assert.equal(await chunkedPost(house, "/api/v1/signals", ingest, bound + 1), 413);
    assert.equal((await house.call("/healthz")).status, 200);
  });

  test("PagerDuty's bound is its own: half a megabyte passes, one byte more does not", async () => {
    const event = (filler: string): object => ({
      routing_key: ingest,
      event_action: "trigger",
      dedup_key: "large",
      payload: { summary: "large", source: "test", severity: "info", custom_details: { filler } },
    });
    const bare = JSON.stringify(event("")).length;
    const largest = await post("/v2/enqueue", event("x".repeat(512 * 1024 - bare)));
    assert.equal(largest.status, 202);
    assert.equal((await post("/v2/enqueue", event("x".repeat(512 * 1024 - bare + 1)))).status, 413);
  });

  test("and the refusal names the bound that was passed", async () => {
    const answer = await post("/v2/enqueue", "x".repeat(512 * 1024 + 1));
    assert.equal(answer.json<Refusal>().error.facts.bytesMax, 512 * 1024);
  });

  test("names out of JavaScript's own cupboard are labels like any other", async () => {
    const labels =
      '{"alertname":"Proto","service":"원형","severity":"critical","constructor":"a","toString":"b","__proto__":"c"}';
    const alert = `[{"labels":${labels},"annotations":{"__proto__":{"admin":true},"hasOwnProperty":"x"}}]`;
    assert.equal((await post("/api/v2/alerts", alert)).status, 200);
    await house.incident("원형");
    for (const severity of ["constructor", "__proto__", "toString", "valueOf"]) {
      const service = `원형-${severity}`;
      const { status } = await post("/api/v1/signals", { key: service, title: service, service, severity });
      assert.equal(status, 202);
      assert.equal((await house.incident(service)).grade, "Minor", "an unknown severity");
    }
    assert.equal((await house.call("/readyz")).status, 200);
  });

  test("text that breaks screens and headers is taken, and what people read is one line", async () => {
    const title = `줄\r\nBcc: everybody@example.com\u0000\u202e\u001b[31m${"긴".repeat(9_000)}\ud800`;
    const { status } = await post("/api/v1/signals", { key: "evil", title, service: "글자", severity: "critical" });
    assert.equal(status, 202);
    await house.link("글자", "l2@example.com");
    const mail = house.smtp.mails.find(({ parsed }) => parsed.subject?.includes("글자"));
    assert.equal(mail?.parsed.bcc, undefined);
    assert.match(mail?.parsed.subject ?? "", /^▲ Critical INC-\d+ 글자: 줄 Bcc: everybody@example.com\uFFFD \[31m긴+$/);
  });

  test("JSON a hundred thousand brackets deep does not bring the server down", async () => {
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    for (const path of ["/api/v2/alerts", "/api/v1/signals"]) {
      const { status } = await post(path, `[{"labels":${deep},"key":${deep}}]`);
      assert.equal(status, 400, path);
    }
    assert.equal((await house.call("/readyz")).status, 200);
  });

  const deepEvent = (service: string, key: string): string => {
    const details = "[".repeat(100_000) + "]".repeat(100_000);
    const payload = `{"summary":"깊음","source":"db","component":"${service}","severity":"critical","custom_details":${details}}`;
    return `{"routing_key":"${ingest}","event_action":"trigger",${key}"payload":${payload}}`;
  };

  test("and an event with such details still pages", async () => {
    const answer = await post("/v2/enqueue", deepEvent("깊이", '"dedup_key":"deep",'));
    assert.equal(answer.status, 202, answer.text);
    await house.link("깊이", "l2@example.com");
  });

  test("also where the sender left the key to us", async () => {
    const answer = await post("/v2/enqueue", deepEvent("깊이2", ""));
    assert.equal(answer.status, 202, answer.text);
    await house.link("깊이2", "l2@example.com");
  });

  test("a path that nobody serves is a 404 that names it, and a path that is none a 400", async () => {
    const missing = await house.call("/api/v1/nothing");
    assert.equal(missing.status, 404);
    assert.deepEqual(missing.json<Refusal>().error.facts, { path: "/api/v1/nothing" });
    assert.equal((await house.call("/a/%zz")).status, 400);
    assert.equal((await house.call("/api/v1/incidents/abc", { token: respond })).status, 404);
    assert.equal((await house.call("/api/v1/incidents/99999999999", { token: respond })).status, 404);
  });

  test("what is no HTTP at all is hung up on, and the next is served", async () => {
    for (const bytes of [
      "\u0016\u0003\u0001\u0000",
      "GET / HTTP/9.9\r\n\r\n",
      `GET /${"a".repeat(100_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const answer = await new Promise<string>((resolve, reject) => {
        let text = "";
        const socket = connect(house.bongsu.port, "127.0.0.1", () => socket.write(bytes));
        socket.setEncoding("utf8").on("data", (part: string) => (text += part));
        // A server that closes while we still write resets the connection: as good an answer.
        socket.on("error", () => {});
        socket.on("close", () => resolve(text));
        socket.setTimeout(5_000, () => reject(new Error("it is still waiting")));
      });
      assert.match(answer, /^(HTTP\/1\.1 (400|404|414|431|505) |$)/);
    }
    assert.equal((await house.call("/healthz")).status, 200);
  });

  test("actions on incidents say which field is wrong", async () => {
    await post("/api/v1/signals", { key: "act", title: "행동", service: "행동", severity: "critical" });
    const { number } = await house.incident("행동");
    const tried: readonly (readonly [action: string, body: object, status: number, facts: RegExp])[] = [
      ["note", {}, 400, /"field":"text"/],
      ["note", { text: "a\u0000b" }, 400, /without NUL/],
      ["snooze", { minutes: -1 }, 400, /"field":"until"/],
      ["snooze", { until: "later" }, 400, /"field":"until"/],
      ["hand-over", { person: "nobody" }, 409, /no-such-person/],
      ["grade", { grade: "Fatal" }, 409, /no-such-grade/],
      ["explode", {}, 404, /"known":\[/],
      ["reopen", {}, 409, /"because"/],
    ];
    for (const [action, body, status, facts] of tried) {
      const answer = await post(`/api/v1/incidents/${number}/${action}`, body, respond);
      assert.equal(answer.status, status, `${action}: ${answer.text}`);
      assert.match(answer.text, facts);
    }
    assert.equal((await post("/api/v1/incidents", { title: "   " }, respond)).status, 400);
    assert.equal((await post("/api/v1/incidents", { title: 7 }, respond)).status, 400);
  });
});

/** A POST with these headers and no content type; resolves with the status as soon as it comes. */
function rawPost(
  house: House,
  path: string,
  token: string,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${house.bongsu.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-length": String(Buffer.byteLength(body)), ...headers },
    });
    request.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on("error", reject);
    if (headers["content-length"] === undefined) request.end(body);
    else request.flushHeaders();
  });
}

/** A POST that does not say how long it is, and does not end after so many bytes either. */
function chunkedPost(house: House, path: string, token: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${house.bongsu.url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "transfer-encoding": "chunked" },
    });
    request.on("response", (response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    });
    request.on("error", reject);
    request.write("x".repeat(bytes));
  });
}
