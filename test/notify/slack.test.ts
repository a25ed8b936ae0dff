import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { after, before, describe, test } from "node:test";
import { WebClient } from "@slack/web-api";
import fc from "fast-check";
import { Fault } from "../../src/fault/fault.ts";
import type { Address, Outcome, Page, SendFacts } from "../../src/notify/channel.ts";
import { slackChannel } from "../../src/notify/slack/slack.ts";
import { freePort } from "../peers/free-port.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { pageWith, sendFacts } from "../peers/page.ts";

const ROOM: Address = {
  kind: "room",
  mention: "channel",
  people: [{ name: "김팀장", address: "U0000BOSS" }, { name: "박조치" }],
};
const TOKEN = "xoxb-test-token";

type Message = {
  readonly channel: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly thread_ts?: string;
  readonly reply_broadcast?: boolean;
  readonly metadata: { readonly event_type: string; readonly event_payload: Record<string, unknown> };
};
type Block = {
  readonly type: string;
  readonly text?: { readonly type: string; readonly text: string };
  readonly elements?: readonly {
    readonly type: string;
    readonly text?: string | { readonly text: string };
    readonly action_id?: string;
    readonly value?: string;
  }[];
};

describe("a message to Slack", () => {
  let peer: HttpPeer;
  let answer: (response: ServerResponse) => void;
  before(async () => {
    peer = await startHttpPeer((_request, response) => answer(response));
  });
  after(() => peer?.stop());

  const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => {
    answer = (response) =>
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  };
  const settings = (apiUrl = `${peer.url}/api`) =>
    slackChannel.parse({ token: TOKEN, room: "C0123456789", api_url: apiUrl });
  const send = (page: Page = pageWith(), facts: Partial<SendFacts> = {}, apiUrl?: string): Promise<Outcome> => {
    const parsed = settings(apiUrl);
    return slackChannel.send(slackChannel.render(page, ROOM, parsed), ROOM, parsed, sendFacts(facts));
  };
  async function posted(page?: Page, facts?: Partial<SendFacts>): Promise<Message> {
    json({ ok: true, ts: "1700000000.000001" });
    const outcome = await send(page, facts);
    assert.equal(outcome.is, "accepted", JSON.stringify(outcome));
    return JSON.parse(peer.received.at(-1)?.body ?? "") as Message;
  }

  test("says to Slack what Slack's own client says with the same arguments", async () => {
    const ours = await posted(pageWith(), { thread: "1700000000.000009" });
    const sent = peer.received.at(-1);
    assert.equal(sent?.path, "/api/chat.postMessage");
    assert.equal(sent.headers.authorization, `Bearer ${TOKEN}`);
    const client = new WebClient(TOKEN, { slackApiUrl: `${peer.url}/api/`, retryConfig: { retries: 0 } });
    await client.apiCall("chat.postMessage", { ...ours });
    const theirs = peer.received.at(-1);
    assert.equal(theirs?.path, sent.path);
    assert.equal(theirs.headers.authorization, sent.headers.authorization);
    assert.deepEqual(argumentsOf(theirs.body), argumentsOf(new URLSearchParams(flat(ours)).toString()));
  });

  test("calls the room and its people, says the headline where phones show it, and offers the buttons", async () => {
    const message = await posted();
    assert.equal(message.channel, "C0123456789");
    assert.equal(message.text, "<!channel> <@U0000BOSS> 박조치 ▲ Critical INC-7 결제: 결제가 응답하지 않음 (새 장애)");
    assert.deepEqual(
      message.blocks.map(({ type }) => type),
      ["section", "section", "actions", "context"],
    );
    assert.match(message.blocks[1]?.text?.text ?? "", /모든 결제가 실패합니다\.\n두 번째 줄/);
    const buttons = message.blocks[2]?.elements ?? [];
    assert.deepEqual(
      buttons.map(({ action_id }) => action_id),
      ["bongsu_acknowledge", "bongsu_resolve"],
    );
    for (const { value } of buttons)
      assert.deepEqual(JSON.parse(value ?? ""), { incident: 7, delivery: "s1/boss/email/1" });
    assert.deepEqual(message.metadata, {
      event_type: "bongsu_page",
      event_payload: { delivery: "s1/boss/email/1" },
    });
  });

  test("begins a thread for its incident, and what follows answers in it", async () => {
    json({ ok: true, ts: "1700000000.000042" });
    const first = await send();
    assert.deepEqual(first, { is: "accepted", receipt: "1700000000.000042", thread: "1700000000.000042" });
    const began = JSON.parse(peer.received.at(-1)?.body ?? "") as Message;
    assert.equal(began.thread_ts, undefined);
    assert.equal(began.reply_broadcast, undefined);

    json({ ok: true, ts: "1700000000.000043" });
    const second = await send(pageWith({ occasion: "overdue" }), { thread: "1700000000.000042" });
    assert.deepEqual(second, { is: "accepted", receipt: "1700000000.000043", thread: "1700000000.000042" });
    const followed = JSON.parse(peer.received.at(-1)?.body ?? "") as Message;
    assert.equal(followed.thread_ts, "1700000000.000042");
    assert.equal(followed.reply_broadcast, true, "what has to wake people is shown in the room as well");
    const quiet = await posted(pageWith({ urgency: "tell" }), { thread: "1700000000.000042" });
    assert.equal(quiet.reply_broadcast, false);
    assert.doesNotMatch(quiet.text, /<!channel>/);
  });

  test("of what is over has no buttons", async () => {
    const over = await posted(pageWith({ occasion: "resolved", incident: { state: "resolved" } }));
    assert.ok(over.blocks.every(({ type }) => type !== "actions"));
    assert.match(over.text, /✓ 해결 INC-7/);
  });

  test("calls nobody whom the policy did not call, whatever an alert says", async () => {
    const evil = [
      "<!channel>",
      "<!here|all is well>",
      "<!everyone>",
      "<!subteam^S0123456789>",
      "<@U9999EVIL>",
      "<#C9999EVIL|room>",
      "&lt;!channel&gt;",
      "<<!channel>>",
      "<\u200b!channel>",
      "<\n!channel>",
      "<https://evil.example|bongsu.example>",
      "`<!channel>`",
      "*<!channel>*",
      "\ud800<!channel>",
    ];
    for (const text of evil) {
      const message = await posted(
        pageWith({
          incident: { title: text, service: text, grade: text },
          description: `${text}\n${text}`,
          alsoReached: [text],
          because: { clause: text, text, line: 3 },
          links: [
            { href: "https://p.example/?q=<!channel>|x", text },
            { href: `https://p.example/${text}`, text: "a|b>c" },
          ],
          bundled: [{ number: 8, title: text, grade: text, isOver: false }],
        }),
      );
      const allowed = new Set(["!channel", "@U0000BOSS"]);
      for (const one of entities(message)) {
        const isLink = /^https:\/\/p\.example\/[^|<>]*\|[^|<>]*$/.test(one);
        assert.ok(isLink || allowed.has(one), `${JSON.stringify(text)} made <${one}>`);
      }
      assert.equal(entities({ ...message, blocks: [] }).filter((one) => one === "!channel").length, 1);
      // Without these two nothing but <…> calls anybody.
      assert.ok(!Object.hasOwn(message, "link_names") && !Object.hasOwn(message, "parse"));
    }
  });

  test("nor does a person's name or address that is no member's id", () => {
    const people = [
      { name: "<!channel>", address: "<!channel>" },
      { name: "<@U9999EVIL>", address: "U1> <!here" },
      { name: "a", address: "@here" },
    ];
    const { text, blocks } = slackChannel.render(pageWith(), { kind: "room", people }, settings());
    const found = entities({ text, blocks } as unknown as Message).filter((one) => !one.startsWith("http"));
    assert.deepEqual(found, []);
  });

  test("stays within Slack's bounds, whatever it has to say", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 200 }),
      fc.constantFrom("<".repeat(4_000), "🔥".repeat(4_000), "&\n".repeat(4_000), ""),
    );
    fc.assert(
      fc.property(text, text, text, fc.nat(100), (title, description, clause, count) => {
        const page = pageWith({
          incident: { title, service: title },
          description,
          because: { clause, text: description, line: 4 },
          alsoReached: Array.from({ length: count }, () => title),
          links: Array.from({ length: 5 }, () => ({ href: "https://p.example/", text: title })),
          bundled: Array.from({ length: count }, (_, n) => ({ number: n, title, grade: "Minor", isOver: n % 2 === 0 })),
        });
        const message = slackChannel.render(page, ROOM, settings()) as unknown as Message;
        assert.ok(message.blocks.length <= 50);
        assert.ok(message.text.length <= 4_000, `text of ${message.text.length}`);
        for (const { type, text: section, elements } of message.blocks) {
          if (type === "section") assert.ok((section?.text.length ?? 0) <= 3_000 && section?.text !== "");
          assert.ok((elements ?? []).length <= (type === "context" ? 10 : 25));
          for (const element of elements ?? []) {
            if (typeof element.text === "string") assert.ok(element.text.length <= 3_000);
            assert.ok((element.value ?? "").length <= 2_000);
          }
        }
        assert.ok(JSON.stringify(message).length < 40_000);
      }),
      { numRuns: 60 },
    );
  });

  test("is refused for good by errors of the settings, in Slack's own word", async () => {
    for (const error of ["channel_not_found", "not_in_channel", "is_archived", "invalid_auth", "token_revoked"]) {
      json({ ok: false, error });
      assert.deepEqual(await send(), { is: "refused", because: error });
    }
    json({ ok: false });
    assert.equal((await send()).is, "refused");
    json({}, 403);
    assert.deepEqual(await send(), { is: "refused", because: "HTTP 403" });
  });

  test("is sent again later when Slack is busy or broken, after as long as Slack says", async () => {
    json({ ok: false, error: "ratelimited" }, 429, { "retry-after": "30" });
    assert.deepEqual(await send(), { is: "later", because: "ratelimited", after: 30_000 });
    json({ ok: false, error: "ratelimited" }, 429);
    assert.deepEqual(await send(), { is: "later", because: "ratelimited" });
    json({ ok: false, error: "ratelimited" }, 200, { "retry-after": "3" });
    assert.deepEqual(await send(), { is: "later", because: "ratelimited", after: 3_000 });
    for (const error of ["internal_error", "fatal_error", "service_unavailable", "request_timeout"]) {
      json({ ok: false, error });
      assert.deepEqual(await send(), { is: "later", because: error });
    }
    for (const status of [500, 502, 503]) {
      json({}, status);
      assert.deepEqual(await send(), { is: "later", because: `HTTP ${status}` });
    }
    assert.equal((await send(pageWith(), {}, `http://127.0.0.1:${await freePort()}/api/`)).is, "later");
  });

  test("is of unknown fate when no answer came, or one that says nothing", async () => {
    answer = () => {};
    const from = performance.now();
    const timedOut = await send(pageWith(), { timeout: 300 });
    assert.equal(timedOut.is, "unknown", JSON.stringify(timedOut));
    assert.ok(performance.now() - from < 1_500);
    answer = (response) => response.destroy();
    assert.equal((await send()).is, "unknown");
    answer = (response) => response.end("<html>sign in to the hotel's network</html>");
    assert.equal((await send()).is, "unknown");
  });

  test("carries its token nowhere else: a redirect is not followed", async () => {
    const elsewhere = await startHttpPeer((_request, response) => response.end(JSON.stringify({ ok: true, ts: "1" })));
    for (const status of [301, 302, 307, 308]) {
      answer = (response) => response.writeHead(status, { location: `${elsewhere.url}/api/chat.postMessage` }).end();
      assert.notEqual((await send()).is, "accepted", String(status));
    }
    assert.equal(elsewhere.received.length, 0);
    await elsewhere.stop();
  });

  test("never tells the token in what it says of a failure", async () => {
    json({ ok: false, error: "invalid_auth" });
    const outcomes = [await send(), await send(pageWith(), {}, `http://127.0.0.1:${await freePort()}/api/`)];
    assert.doesNotMatch(JSON.stringify(outcomes), /xoxb/);
    assert.doesNotMatch(JSON.stringify(settings()), /xoxb/);
    assert.throws(
      () => slackChannel.parse({ token: TOKEN, room: "C1", api_ul: "x" }),
      (error) => {
        assert.ok(error instanceof Fault);
        assert.equal(error.facts.path, "channels.slack.api_ul");
        assert.doesNotMatch(error.message, /xoxb/);
        return true;
      },
    );
  });
});

/** Everything Slack would read as an instruction: what stands in angle brackets in text that is marked up. */
function entities({ text, blocks }: Message): string[] {
  const marked = [text];
  for (const block of blocks) {
    if (block.text?.type === "mrkdwn") marked.push(block.text.text);
    for (const element of block.elements ?? []) {
      if (element.type === "mrkdwn" && typeof element.text === "string") marked.push(element.text);
    }
  }
  return marked.flatMap((one) => [...one.matchAll(/<([^<>]*)>/g)].map(([, inside]) => inside ?? ""));
}

/** A form's arguments, those that are JSON parsed. */
function argumentsOf(form: string): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(form)) {
    found[name] = /^[[{]/.test(value) ? (JSON.parse(value) as unknown) : value;
  }
  return found;
}

function flat(message: Message): Record<string, string> {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name,
      typeof value === "object" ? JSON.stringify(value) : String(value),
    ]),
  );
}
