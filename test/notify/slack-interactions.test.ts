import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { isValidSlackRequest } from "@slack/bolt";
import fc from "fast-check";
import { isFromSlack, readInteraction } from "../../src/notify/slack/interaction.ts";
import { Secret } from "../../src/secret/secret.ts";
import { type Answer, type House, SIGNING_SECRET, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

const NOW = Date.parse("2026-11-24T03:00:00Z");
const seconds = (at: number): string => String(Math.floor(at / 1_000));

function signatureOf(timestamp: string, body: string, secret = SIGNING_SECRET): string {
  return `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex")}`;
}

describe("what comes signed from Slack", () => {
  const secret = new Secret(SIGNING_SECRET);
  const bolt = (timestamp: string, signature: string, body: string): boolean =>
    isValidSlackRequest({
      signingSecret: SIGNING_SECRET,
      body,
      headers: { "x-slack-request-timestamp": Number(timestamp), "x-slack-signature": signature },
      nowMilliseconds: NOW,
    });

  test("is believed exactly where Slack's own framework believes it", () => {
    const body = fc.oneof(
      fc.string({ unit: "binary", maxLength: 80 }),
      fc.constant("payload=%7B%22type%22%3A%22x%22%7D"),
    );
    const age = fc.integer({ min: -200, max: 900 });
    const change = fc.constantFrom("nothing", "body", "signature", "secret", "version", "timestamp", "case", "length");
    fc.assert(
      fc.property(body, age, change, (text, ageSeconds, what) => {
        // What is on the wire is UTF-8; a lone surrogate never gets there.
        const raw = text.toWellFormed();
        const timestamp = seconds(NOW - ageSeconds * 1_000);
        const signature = signatureOf(timestamp, raw, what === "secret" ? "another" : SIGNING_SECRET);
        const request = {
          timestamp: what === "timestamp" ? String(Number(timestamp) + 1) : timestamp,
          body: what === "body" ? `${raw} ` : raw,
          signature:
            what === "signature"
              ? signature.slice(0, -1) + (signature.endsWith("0") ? "1" : "0")
              : what === "version"
                ? signature.replace("v0=", "v1=")
                : what === "case"
                  ? signature.toUpperCase()
                  : what === "length"
                    ? signature.slice(0, -1)
                    : signature,
        };
        const believed = isFromSlack(secret, request, NOW);
        assert.equal(
          believed,
          bolt(request.timestamp, request.signature, request.body),
          `${what}, ${ageSeconds} s old`,
        );
        assert.equal(believed, what === "nothing" && ageSeconds <= 300);
      }),
      { numRuns: 500 },
    );
  });

  test("is not believed where a part of it is missing or nonsense", () => {
    const timestamp = seconds(NOW);
    const signature = signatureOf(timestamp, "x");
    assert.equal(isFromSlack(secret, { timestamp, signature, body: "x" }, NOW), true);
    for (const request of [
      { timestamp: undefined, signature, body: "x" },
      { timestamp, signature: undefined, body: "x" },
      { timestamp: "", signature, body: "x" },
      { timestamp: "NaN", signature: signatureOf("NaN", "x"), body: "x" },
      { timestamp: `${timestamp}.0`, signature: signatureOf(`${timestamp}.0`, "x"), body: "x" },
      { timestamp: `-${timestamp}`, signature: signatureOf(`-${timestamp}`, "x"), body: "x" },
      { timestamp: seconds(NOW + 3_600_000), signature: signatureOf(seconds(NOW + 3_600_000), "x"), body: "x" },
      { timestamp, signature: "v0=", body: "x" },
      { timestamp, signature: "ü".repeat(67), body: "x" },
    ])
      assert.equal(isFromSlack(secret, request, NOW), false, JSON.stringify(request));
  });

  test("is a press only where it is one: anything else is nothing, and never an error", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (one, other, third) => {
        for (const payload of [
          one,
          { type: "block_actions", user: one, actions: other },
          { ...press(1, "d"), actions: [one] },
        ])
          readInteraction(payload);
        const value = JSON.stringify({ incident: one, delivery: third });
        const found = readInteraction({ ...press(1, "d"), actions: [{ action_id: "bongsu_resolve", value }] });
        assert.equal(found !== undefined, typeof one === "number" && typeof third === "string");
      }),
    );
    assert.equal(readInteraction({ ...press(1, "d"), type: "view_submission" }), undefined);
    assert.equal(readInteraction(press(1, "d", "somebody_elses_button")), undefined);
    assert.deepEqual(readInteraction(press(3, "d1")), {
      action: "acknowledge",
      incident: 3,
      delivery: "d1",
      slackUser: "U0000BOSS",
      userName: "boss",
    });
  });
});

describe("a button pressed in Slack", () => {
  let house: House;
  let ingest: string;
  let respond: string;
  before(async () => {
    house = await startHouse();
    ingest = await house.bongsu.token("ingest");
    respond = await house.bongsu.token("respond");
  });
  after(() => house?.stop());

  type Button = { readonly action_id: string; readonly value: string };

  /** A new incident, and the buttons that Slack would show of it. */
  async function fire(service: string): Promise<{ acknowledge: Button; resolve: Button }> {
    const body = { key: service, title: "응답 없음", service, severity: "critical" };
    assert.equal((await house.call("/api/v1/signals", { method: "POST", token: ingest, body })).status, 202);
    const message = await until("the message", () =>
      house.slack.received.map(({ body }) => body).findLast((text) => text.includes(`${service}:`)),
    );
    const { blocks } = JSON.parse(message) as { blocks: { type: string; elements?: Button[] }[] };
    const buttons = blocks.find(({ type }) => type === "actions")?.elements ?? [];
    const [acknowledge, resolve] = buttons;
    assert.ok(acknowledge !== undefined && resolve !== undefined);
    return { acknowledge, resolve };
  }

  /** As Slack posts it; `tamper` changes the request after it was signed. */
  function post(
    button: Button,
    more: {
      readonly user?: string;
      readonly at?: number;
      readonly secret?: string;
      readonly tamper?: (request: { body: string; headers: Record<string, string> }) => void;
    } = {},
  ): Promise<Answer> {
    const { user = "U0000BOSS", at = Date.now(), secret = SIGNING_SECRET, tamper = () => {} } = more;
    const payload = { ...press(0, "", ""), user: { id: user, name: "kim", username: "kim" }, actions: [button] };
    const timestamp = seconds(at);
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const request = {
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": signatureOf(timestamp, body, secret),
      } as Record<string, string>,
    };
    const before = JSON.stringify(request);
    tamper(request);
    assert.ok(more.tamper === undefined || JSON.stringify(request) !== before, "the tampering took hold");
    return house.call("/slack/interactions", { method: "POST", body: request.body, headers: request.headers });
  }

  test("acknowledges in the name of the person whose Slack it is, within the three seconds that Slack waits", async () => {
    const { acknowledge } = await fire("누름");
    const from = performance.now();
    const answer = await post(acknowledge);
    assert.ok(performance.now() - from < 3_000);
    assert.deepEqual([answer.status, answer.text], [200, ""]);
    const { state, acknowledged } = await house.incident("누름");
    assert.equal(state, "acknowledged");
    assert.deepEqual(acknowledged?.by, { kind: "person", person: "boss", via: "slack" });
  });

  test("resolves with the other", async () => {
    const { resolve } = await fire("해결");
    assert.equal((await post(resolve, { user: "U000000L2" })).status, 200);
    assert.equal((await house.incident("해결")).state, "resolved");
  });

  test("by somebody the roster does not know is taken, under the name Slack gives", async () => {
    const { acknowledge } = await fire("손님");
    await post(acknowledge, { user: "U0GUEST00" });
    const { acknowledged } = await house.incident("손님");
    assert.deepEqual(acknowledged?.by, { kind: "token", name: "slack:kim", via: "slack" });
  });

  test("forged, stale or altered is refused and changes nothing", async () => {
    const { acknowledge, resolve } = await fire("위조");
    const other = (await fire("위조2")).resolve;
    const forged: readonly (readonly [what: string, answer: Promise<Answer>])[] = [
      ["another secret", post(resolve, { secret: "guessed" })],
      ["an empty secret", post(resolve, { secret: "" })],
      ["too old", post(resolve, { at: Date.now() - 302_000 })],
      ["from the future", post(resolve, { at: Date.now() + 302_000 })],
      [
        "a fresh timestamp on an old signature",
        post(resolve, {
          at: Date.now() - 600_000,
          tamper: ({ headers }) => (headers["x-slack-request-timestamp"] = seconds(Date.now())),
        }),
      ],
      [
        "another button under the same signature",
        post(acknowledge, {
          tamper: (request) => (request.body = request.body.replace("bongsu_acknowledge", "bongsu_resolve")),
        }),
      ],
      [
        "another incident under the same signature",
        post(resolve, {
          tamper: (request) =>
            (request.body = request.body.replace(/(incident%5C%22%3A)\d+/, `$1${incidentOf(other)}`)),
        }),
      ],
      ["one byte more", post(resolve, { tamper: (request) => (request.body += "&") })],
      ["no signature", post(resolve, { tamper: ({ headers }) => delete headers["x-slack-signature"] })],
      ["no timestamp", post(resolve, { tamper: ({ headers }) => delete headers["x-slack-request-timestamp"] })],
    ];
    for (const [what, answering] of forged) {
      const answer = await answering;
      assert.notEqual(answer.status, 200, what);
      assert.equal(answer.status, 401, what);
    }
    assert.equal((await house.incident("위조")).state, "triggered");
    assert.equal((await house.incident("위조2")).state, "triggered");
  });

  test("sent twice by Slack, as it does when it is in doubt, is recorded once", async () => {
    const { acknowledge } = await fire("두번");
    const at = Date.now();
    for (const answer of await Promise.all([post(acknowledge, { at }), post(acknowledge, { at })])) {
      assert.equal(answer.status, 200);
    }
    assert.equal(await count("두번", "acknowledged"), 1);
  });

  test("recorded on the wire and sent again does nothing a second time", async () => {
    const { resolve } = await fire("재생");
    const at = Date.now();
    await post(resolve, { at });
    const { number } = await house.incident("재생", ({ state }) => state === "resolved");
    const path = `/api/v1/incidents/${number}/reopen`;
    assert.equal((await house.call(path, { method: "POST", token: respond, body: {} })).status, 200);
    await post(resolve, { at });
    assert.equal((await house.incident("재생")).state, "triggered");
  });

  test("what is no press of ours is thanked for and ignored", async () => {
    const { acknowledge } = await fire("기타");
    for (const button of [
      { ...acknowledge, action_id: "other_apps_button" },
      { ...acknowledge, value: "not json" },
      { ...acknowledge, value: JSON.stringify({ incident: 999_999, delivery: "x" }) },
    ])
      assert.equal((await post(button)).status, 200);
    for (const body of ["ssl_check=1", "payload=%7B", "payload=null", ""]) {
      const timestamp = seconds(Date.now());
      const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signatureOf(timestamp, body) };
      assert.equal((await house.call("/slack/interactions", { method: "POST", body, headers })).status, 200, body);
    }
    assert.equal((await house.incident("기타")).state, "triggered");
  });

  function incidentOf({ value }: Button): number {
    return (JSON.parse(value) as { incident: number }).incident;
  }

  async function count(service: string, type: string): Promise<number> {
    const { number } = await house.incident(service);
    const { events } = (await house.call(`/api/v1/incidents/${number}/timeline`, { token: respond })).json<{
      events: { event: { type: string } }[];
    }>();
    return events.filter(({ event }) => event.type === type).length;
  }
});

function press(incident: number, delivery: string, action = "bongsu_acknowledge"): object {
  return {
    type: "block_actions",
    team: { id: "T1", domain: "example" },
    user: { id: "U0000BOSS", name: "boss", username: "boss" },
    api_app_id: "A1",
    trigger_id: "1.2.3",
    actions: [
      {
        type: "button",
        block_id: "b",
        action_id: action,
        value: JSON.stringify({ incident, delivery }),
        action_ts: "1",
      },
    ],
  };
}
