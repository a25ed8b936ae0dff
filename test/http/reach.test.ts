import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { CodeSent, ShownContactState, ShownMy, ShownNight, ShownReach } from "../../src/http/wire/reach.ts";
import { type Answer, type House, SIGNING_SECRET, startHouse } from "../peers/house.ts";
import { join, type SignedInPerson, setUpAdmin } from "../peers/people.ts";
import { until } from "../peers/until.ts";

type Refusal = { readonly error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> } };

describe("whether people are reached, over HTTP", () => {
  let house: House;
  let admin: SignedInPerson;
  let han: SignedInPerson;
  let other: SignedInPerson;
  before(async () => {
    house = await startHouse();
    admin = await setUpAdmin(house);
    for (const [id, mail] of [
      ["han", "han@example.com"],
      ["seo", "seo@example.com"],
      ["noh", "noh@example.com"],
    ]) {
      const data = { id, name: id === "han" ? "한신규" : id, contacts: [{ channel: "email", address: mail }] };
      const made = await admin.call("/api/v1/roster/people", { method: "POST", body: { data } });
      assert.equal(made.status, 201, made.text);
    }
    han = await join(house, admin, { login: "han", role: "responder", person: "han" });
    other = await join(house, admin, { login: "seo", role: "responder", person: "seo" });
  });
  after(() => house?.stop());

  const ask = (by: SignedInPerson, person: string, channel = "email"): Promise<Answer> =>
    by.call(`/api/v1/reach/${person}/${channel}/code`, { method: "POST", body: {} });
  const type = (by: SignedInPerson, person: string, code: string): Promise<Answer> =>
    by.call(`/api/v1/reach/${person}/email/verify`, { method: "POST", body: { code } });
  const my = async (by = han): Promise<ShownMy> => (await by.call("/api/v1/my")).json<ShownMy>();
  const mail = async (by = han): Promise<ShownContactState | undefined> =>
    (await my(by)).contacts.find(({ channel }) => channel === "email");
  /** The code in the newest of so many mails to an address. */
  const codeIn = (to: string, count: number): Promise<string> =>
    until(`mail ${count} with a code to ${to}`, () => {
      const mails = house.smtp.mails.filter((one) => one.to === to && one.parsed.subject?.includes("연락처 확인"));
      return mails.length < count ? undefined : /\b(\d{6})\b/.exec(mails.at(-1)?.parsed.text ?? "")?.[1];
    });
  const refusal = (answer: Answer): Refusal["error"] => answer.json<Refusal>().error;
  const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

  test("a code that came by mail verifies the contact and proves it", async () => {
    assert.deepEqual([(await mail())?.state, (await mail())?.verifiedAt], ["untried", null]);
    const sent = await ask(han, "han");
    assert.equal(sent.status, 202, sent.text);
    assert.ok(Date.parse(sent.json<CodeSent>().expiresAt) > Date.now());
    const code = await codeIn("han@example.com", 1);
    await until("the provider's word is noted", async () => (await mail())?.state === "accepted");
    const refused = await type(han, "han", wrong(code));
    assert.equal(refused.status, 422);
    assert.deepEqual(
      [refusal(refused).code, refusal(refused).facts],
      ["code-refused", { because: "wrong", triesLeft: 4 }],
    );
    assert.equal((await type(han, "han", ` ${code.slice(0, 3)} ${code.slice(3)} `)).status, 204);
    const after = await mail();
    assert.equal(after?.state, "proven");
    assert.equal(after?.proven?.by, "code");
    assert.ok(after?.verifiedAt !== null);
    assert.equal((await my()).state, "proven");
    assert.equal(refusal(await type(han, "han", code)).facts.because, "no-code");
  });

  test("another address is not verified, and going back to the first one does not help", async () => {
    const { person } = await my();
    const put = (address: string, revision: number | undefined): Promise<Answer> =>
      han.call("/api/v1/my/contacts", {
        method: "PUT",
        body: { contacts: [{ channel: "email", address }], revision },
      });
    const changed = await put("han.new@example.com", person?.revision);
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual([(await mail())?.state, (await mail())?.verifiedAt], ["untried", null]);
    assert.equal(refusal(await put("han@example.com", person?.revision)).code, "changed-meanwhile");
    const { id, revision } = changed.json<{ id: string; revision: number }>();
    assert.equal(id, "han");
    assert.equal((await ask(han, "han")).status, 202);
    await codeIn("han.new@example.com", 1);
    assert.equal((await put("han@example.com", revision)).status, 200);
    assert.equal((await mail())?.verifiedAt, null);
    assert.equal(refusal(await type(han, "han", await codeIn("han.new@example.com", 1))).facts.because, "no-code");
  });

  test("an address that is none is refused", async () => {
    const { person } = await my();
    const contacts = [{ channel: "email", address: "nowhere" }];
    const answer = await han.call("/api/v1/my/contacts", {
      method: "PUT",
      body: { contacts, revision: person?.revision },
    });
    assert.equal(refusal(answer).code, "bad-request");
  });

  test("a responder verifies nobody else, a manager does", async () => {
    assert.equal(refusal(await ask(other, "han")).code, "role-too-low");
    assert.equal(refusal(await type(other, "han", "000000")).code, "role-too-low");
    const manager = await join(house, admin, { login: "manager", role: "manager" });
    assert.equal((await ask(manager, "seo")).status, 202);
    assert.equal((await type(manager, "seo", await codeIn("seo@example.com", 1))).status, 204);
    assert.equal((await mail(other))?.proven?.by, "code");
    assert.equal((await ask(manager, "nobody")).status, 404);
    assert.equal(refusal(await ask(manager, "seo", "slack")).facts.because, "no-address");
    assert.equal(refusal(await ask(manager, "seo", "phone")).facts.because, "no-driver");
  });

  test("after five wrong ones the right one is refused too, and the sixth code of an hour is not sent", async () => {
    assert.equal((await ask(admin, "noh")).status, 202);
    const code = await codeIn("noh@example.com", 1);
    for (let left = 4; left >= 0; left--)
      assert.equal(refusal(await type(admin, "noh", wrong(code))).facts.triesLeft, left);
    assert.equal(refusal(await type(admin, "noh", code)).facts.because, "too-many-tries");
    for (let nth = 2; nth <= 5; nth++) assert.equal((await ask(admin, "noh")).status, 202);
    const late = await ask(admin, "noh");
    assert.deepEqual([late.status, refusal(late).code], [429, "too-many-codes"]);
    assert.ok(Number(late.headers.get("retry-after")) > 3_000);
  });

  test("a test page that is answered proves the contact; one that is only taken does not", async () => {
    const l1 = async (): Promise<ShownContactState | undefined> => {
      const { people } = (await admin.call("/api/v1/reach")).json<ShownReach>();
      return people.find(({ id }) => id === "l1")?.contacts.find(({ channel }) => channel === "email");
    };
    await admin.call("/api/v1/channels/email/test", { method: "POST", body: { person: "l1" } });
    await until("the provider's word is noted", async () => (await l1())?.state === "accepted");
    assert.equal((await l1())?.proven, null);
    const link = await house.link("Bongsu", "l1@example.com");
    await house.call(link);
    assert.equal((await l1())?.state, "accepted");
    await house.call(link, { method: "POST" });
    assert.deepEqual([(await l1())?.state, (await l1())?.proven?.by], ["proven", "test"]);
  });

  test("a link that everybody in a room can open proves nobody, the button under one's own name does", async () => {
    const boss = async (): Promise<ShownContactState | undefined> => {
      const { people } = (await admin.call("/api/v1/reach")).json<ShownReach>();
      return people.find(({ id }) => id === "boss")?.contacts.find(({ channel }) => channel === "slack");
    };
    await admin.call("/api/v1/channels/slack/test", { method: "POST", body: { person: "boss" } });
    await until("the room has it", async () => (await boss())?.state === "accepted");
    const link = /http:\/\/127\.0\.0\.1:\d+(\/a\/[a-z0-9]+)/.exec(JSON.stringify(house.slack.received.at(-1)))?.[1];
    assert.equal((await house.call(link ?? "", { method: "POST" })).status, 200);
    assert.equal((await boss())?.state, "accepted");
    const { blocks } = JSON.parse(house.slack.received.at(-1)?.body ?? "{}") as {
      blocks: { type: string; elements?: { action_id: string; value: string }[] }[];
    };
    const button = blocks.find(({ type }) => type === "actions")?.elements?.[0];
    const press = async (user: string): Promise<number> => {
      const payload = JSON.stringify({ type: "block_actions", user: { id: user, name: user }, actions: [button] });
      const body = new URLSearchParams({ payload }).toString();
      const timestamp = String(Math.floor(Date.now() / 1_000));
      const signed = createHmac("sha256", SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
      const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signed}` };
      const type = { "content-type": "application/x-www-form-urlencoded" };
      return (await house.call("/slack/interactions", { method: "POST", body, headers: { ...headers, ...type } }))
        .status;
    };
    assert.equal(await press("U000000L2"), 200);
    assert.equal((await boss())?.state, "accepted");
    assert.equal(await press("U0000BOSS"), 200);
    assert.deepEqual([(await boss())?.state, (await boss())?.proven?.by], ["proven", "button"]);
  });

  test("the night of a person says when, through what and by which clause, and what of it is proven", async () => {
    const path = "/api/v1/reach/l1/night?grade=minor&zone=Asia/Seoul";
    const night = (await admin.call(path)).json<ShownNight>();
    assert.equal(night.grade, "Minor");
    assert.ok(night.at.endsWith("T18:00:00.000Z"), night.at);
    assert.deepEqual(night.teams, ["L1 지원팀"]);
    assert.equal(night.onDuty, true);
    const [first] = night.supposed;
    assert.equal(first?.after, 0);
    assert.deepEqual(
      first?.reaches.map(({ channel, urgency }) => [channel, urgency]),
      [["email", "wake"]],
    );
    assert.ok((first?.because?.line ?? 0) > 0);
    assert.deepEqual(night.supposed, night.asItStands);
    assert.equal(night.contacts.find(({ channel }) => channel === "email")?.state, "proven");
    assert.equal((await admin.call("/api/v1/reach/l1/night?zone=Moon/Base")).status, 400);
    assert.equal((await admin.call("/api/v1/reach/l1/night?grade=Huge")).status, 404);
    const nobody = (await admin.call("/api/v1/reach/han/night?grade=Critical")).json<ShownNight>();
    assert.deepEqual([nobody.teams, nobody.onDuty], [[], false]);
  });

  test("the command line tells the same, with an exit code for scripts", async () => {
    const all = await house.bongsu.cli("reach");
    assert.equal(all.code, 1);
    assert.match(all.stdout, /최구조 +입증 안 됨/);
    const one = await house.bongsu.cli("reach", "--team", "L1지원팀", "--duty", "--json");
    assert.equal(one.code, 0, one.stdout + one.stderr);
    assert.deepEqual(
      (JSON.parse(one.stdout) as ShownReach).people.map(({ id }) => id),
      ["l1"],
    );
    assert.equal((await house.bongsu.cli("reach", "--team", "없는 팀")).code, 2);
  });

  test("addresses are masked to those who may not read them, and never to their owner", async () => {
    const token = await house.bongsu.token("read");
    const { people, channels } = (await house.call("/api/v1/reach", { token })).json<ShownReach>();
    const addressed = people.find(({ id }) => id === "boss")?.contacts.find(({ channel }) => channel === "email");
    assert.equal(addressed?.address, "b•••@example.com");
    assert.deepEqual(channels.map(({ kind }) => kind).sort(), ["email", "phone", "slack", "webhook"]);
    assert.equal((await mail())?.address, "han@example.com");
  });

  test("settings are checked one by one", async () => {
    const put = (body: object): Promise<Answer> => admin.call("/api/v1/reach/settings", { method: "PUT", body });
    assert.equal((await put({ provenWithinDays: 14 })).json<ShownReach["settings"]>().provenWithinDays, 14);
    const after = (await put({ silentTests: false })).json<ShownReach["settings"]>();
    assert.deepEqual(after, { silentTests: false, channels: ["email", "webhook"], provenWithinDays: 14 });
    for (const body of [{ provenWithinDays: 0 }, { channels: ["smoke"] }, { silentTests: "yes" }])
      assert.equal((await put(body)).status, 400);
  });

  test("an account that is no person has no duty, and says so", async () => {
    assert.equal((await my(admin)).person, null);
  });
});
