import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { ShownChannels, ShownTest } from "../../src/http/wire/channels.ts";
import type { ShownIntegrations } from "../../src/http/wire/integrations.ts";
import type { ShownOnboarding } from "../../src/http/wire/onboarding.ts";
import type { MadeToken, ShownTokens } from "../../src/http/wire/tokens.ts";
import { type Answer, type House, startHouse } from "../peers/house.ts";
import { until } from "../peers/until.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> } };

describe("channels, test pages, tokens and the first ten minutes", () => {
  let house: House;
  let admin: string;
  before(async () => {
    house = await startHouse();
    admin = await house.bongsu.token("admin");
  });
  after(() => house?.stop());

  const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
    house.call(`/api/v1${path}`, { method, token: admin, ...(body === undefined ? {} : { body }) });
  const testState = async (id: string): Promise<ShownTest> => (await ask("GET", `/tests/${id}`)).json<ShownTest>();
  const steps = async (): Promise<Record<string, boolean>> => {
    const shown = (await ask("GET", "/onboarding")).json<ShownOnboarding>();
    return Object.fromEntries(shown.steps.map(({ step, done }) => [step, done]));
  };

  test("settings are shown without their secrets", async () => {
    const answer = await ask("GET", "/channels");
    const { channels } = answer.json<ShownChannels>();
    assert.ok(!answer.text.includes("xoxb-test"));
    const slack = channels.find(({ kind }) => kind === "slack")?.configured;
    assert.equal(slack?.managedBy, "roster.yaml");
    assert.deepEqual(slack?.secrets.token, { set: true, from: "text", name: null });
    assert.deepEqual(slack?.secrets.app_token, { set: false, from: null, name: null });
    assert.equal(slack?.settings.room, "C0123456789");
    const reader = await house.bongsu.token("read");
    const seen = (await house.call("/api/v1/channels", { token: reader })).json<ShownChannels>().channels;
    assert.deepEqual(seen.find(({ kind }) => kind === "slack")?.configured?.settings, {});
    assert.equal(channels.find(({ kind }) => kind === "phone")?.speaksTo, null);
    assert.equal(channels.find(({ kind }) => kind === "email")?.contacts, 4);
  });

  test("a secret that was written is kept when the rest is changed, and never answered", async () => {
    const made = await ask("PUT", "/channels/webhook", {
      settings: { secret: "planted-secret", allow: ["127.0.0.0/8"] },
    });
    assert.equal(made.status, 200, made.text);
    const { revision } = made.json<{ revision: number }>();
    const bad = await ask("PUT", "/channels/webhook", { settings: { allow: ["everywhere"] }, revision });
    assert.equal(bad.status, 422);
    assert.equal(bad.json<Refusal>().error.code, "settings-refused");
    assert.equal((await ask("PUT", "/channels/webhook", { settings: { allow: [] }, revision })).status, 200);
    const answer = await ask("GET", "/channels");
    assert.ok(!answer.text.includes("planted-secret"));
    const webhook = answer.json<ShownChannels>().channels.find(({ kind }) => kind === "webhook")?.configured;
    assert.equal(webhook?.secrets.secret?.set, true);
    assert.deepEqual(webhook?.settings, { allow: [] });
    assert.equal(
      (await ask("PUT", "/channels/email", { settings: {}, revision: 1 })).json<Refusal>().error.code,
      "managed-by-file",
    );
  });

  test("a test page really goes out, opening its link does nothing, pressing the button acknowledges it", async () => {
    assert.deepEqual([(await steps()).channel, (await steps()).test], [false, false]);
    const made = await ask("POST", "/channels/email/test", { person: "l1" });
    assert.equal(made.status, 202, made.text);
    const { id, state } = made.json<ShownTest>();
    assert.equal(state, "queued");
    await until("it is sent", async () => (await testState(id)).state === "sent");
    const link = await house.link("Bongsu", "l1@example.com");
    assert.match((await house.call(link)).text, /시험 호출/);
    assert.equal((await testState(id)).state, "sent");
    assert.equal((await steps()).channel, true);
    const pressed = await house.call(link, { method: "POST" });
    assert.match(pressed.text, /시험 호출을 확인했습니다/);
    const after = await testState(id);
    assert.equal(after.state, "acknowledged");
    assert.ok(after.acknowledgedAt !== null);
    assert.equal((await steps()).test, true);
    assert.equal((await ask("GET", "/incidents")).json<{ incidents: unknown[] }>().incidents.length, 0);
  });

  test("into a room it goes with the person's mention and a link", async () => {
    const { id } = (await ask("POST", "/channels/slack/test", { person: "boss" })).json<ShownTest>();
    await until("it is sent", async () => (await testState(id)).state === "sent");
    const posted = JSON.stringify(house.slack.received.at(-1));
    assert.match(posted, /U0000BOSS/);
    const link = /http:\/\/127\.0\.0\.1:\d+(\/a\/[a-z0-9]+)/.exec(posted)?.[1] ?? "";
    assert.equal((await house.call(link, { method: "POST" })).status, 200);
    assert.equal((await testState(id)).state, "acknowledged");
  });

  test("one person gets three an hour, and the fourth is told when", async () => {
    const statuses: number[] = [];
    for (let nth = 0; nth < 4; nth++)
      statuses.push((await ask("POST", "/channels/email/test", { person: "l3" })).status);
    assert.deepEqual(statuses, [202, 202, 202, 429]);
    const answer = await ask("POST", "/channels/email/test", { person: "l3" });
    assert.equal(answer.json<Refusal>().error.code, "too-many-tests");
    const wait = Number(answer.headers.get("retry-after"));
    assert.ok(wait > 3_500 && wait <= 3_600, String(wait));
  });

  test("what cannot ring says why", async () => {
    for (const [path, person, because] of [
      ["phone", "l1", "no-driver"],
      ["console", "l1", "not-configured"],
      ["webhook", "l1", "no-address"],
    ] as const) {
      const { error } = (await ask("POST", `/channels/${path}/test`, { person })).json<Refusal>();
      assert.deepEqual([error.code, error.facts.because], ["conflict", because], path);
    }
    assert.equal((await ask("POST", "/channels/email/test", {})).json<Refusal>().error.code, "bad-request");
    assert.equal((await ask("POST", "/channels/email/test", { person: "nobody" })).status, 404);
  });

  test("a token is shown once, sends, is listed with what came last, and is dead when revoked", async () => {
    assert.equal((await steps()).signal, false);
    const { text, token } = (
      await ask("POST", "/tokens", { name: "프로메테우스", scopes: ["ingest"] })
    ).json<MadeToken>();
    const sent = await house.call("/api/v1/signals", {
      token: text,
      method: "POST",
      body: { key: "disk/db1", title: "disk full", severity: "info", labels: { service: "db" } },
    });
    assert.equal(sent.status, 202, sent.text);
    assert.equal((await steps()).signal, true);
    const answer = await ask("GET", "/integrations");
    assert.ok(!answer.text.includes(text));
    const shown = answer.json<ShownIntegrations>().integrations.find(({ id }) => id === token.id);
    const payload = shown?.payloads[0];
    assert.equal(payload?.source, "signals");
    assert.match(payload?.excerpt ?? "", /disk full/);
    assert.equal(payload?.signals[0]?.title, "disk full");
    assert.equal((await ask("DELETE", `/tokens/${token.id}`)).status, 200);
    const { tokens } = (await ask("GET", "/tokens")).json<ShownTokens>();
    assert.ok(tokens.find(({ id }) => id === token.id)?.revokedAt);
    assert.ok(tokens.every((one) => !Object.hasOwn(one, "hash")));
  });

  test("the steps remember what was chosen", async () => {
    const { questions, policy } = (await ask("GET", "/onboarding")).json<ShownOnboarding>();
    assert.equal(policy?.isExample, false);
    assert.ok(questions.length > 0);
    const answers = Object.fromEntries(questions.map(({ key }) => [key, "accepted"]));
    assert.equal((await ask("PUT", "/onboarding", { answers, skipped: ["admin"] })).status, 200);
    const after = (await ask("GET", "/onboarding")).json<ShownOnboarding>();
    assert.ok(after.questions.every(({ answer }) => answer === "accepted"));
    assert.equal(after.steps.find(({ step }) => step === "lint")?.done, true);
    assert.equal(after.steps.find(({ step }) => step === "admin")?.skipped, true);
    assert.equal((await ask("PUT", "/onboarding", { skipped: ["everything"] })).status, 400);
  });
});
