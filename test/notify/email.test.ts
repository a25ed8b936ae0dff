import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { Fault } from "../../src/fault/fault.ts";
import type { Outcome, Page, SendFacts } from "../../src/notify/channel.ts";
import { emailChannel } from "../../src/notify/email/email.ts";
import { freePort } from "../peers/free-port.ts";
import { BOSS, pageWith, sendFacts } from "../peers/page.ts";
import { type Deed, type Point, startScriptedSmtp } from "../peers/scripted-smtp.ts";
import { type Mail, type Smtp, startSmtp } from "../peers/smtp.ts";

const settingsFor = (port: number, more: Record<string, unknown> = {}) =>
  emailChannel.parse({ host: "127.0.0.1", port, starttls: false, from: "Bongsu <bongsu@example.com>", ...more });

function send(
  page: Page,
  port: number,
  more: { readonly settings?: Record<string, unknown>; readonly facts?: Partial<SendFacts> } = {},
): Promise<Outcome> {
  const settings = settingsFor(port, more.settings);
  return emailChannel.send(emailChannel.render(page, BOSS, settings), BOSS, settings, sendFacts(more.facts));
}

describe("a mail that arrives", () => {
  let smtp: Smtp;
  before(async () => {
    smtp = await startSmtp();
  });
  after(() => smtp?.stop());

  async function delivered(page: Page, facts: Partial<SendFacts> = {}): Promise<Mail & { readonly outcome: Outcome }> {
    const outcome = await send(page, smtp.port, { facts });
    assert.equal(outcome.is, "accepted", JSON.stringify(outcome));
    const mail = smtp.mails.at(-1);
    assert.ok(mail !== undefined);
    return { ...mail, outcome };
  }

  test("says the most important first, in text and in HTML, with the button", async () => {
    const { to, parsed } = await delivered(pageWith());
    assert.equal(to, "boss@example.com");
    assert.equal(parsed.from?.text, '"Bongsu" <bongsu@example.com>');
    assert.equal(parsed.subject, "▲ Critical INC-7 결제: 결제가 응답하지 않음 (새 장애)");
    const text = parsed.text ?? "";
    assert.ok(text.startsWith(parsed.subject));
    for (const part of [text, parsed.html || ""]) {
      for (const words of [
        /발생: 2026\. 11\. 23\.\(월\) 19:25/,
        /함께 호출: 박조치/,
        /19:31까지 확인하십시오 \(5분 남음\)/,
        /모든 결제가 실패합니다\.\n두 번째 줄/,
        /정책 25행: 알림 규칙 › Critical — “채널: \[Email\]”/,
        /bongsu\.example\/a\/0123456789abcdefghjkmnpqrs/,
      ])
        assert.match(part, words);
    }
    assert.match(text, /확인 페이지 열기: http:\/\/bongsu\.example\/a\/0123456789abcdefghjkmnpqrs/);
    assert.match(text, /Prometheus: https:\/\/p\.example\/graph\?a=1&b=2/);
    assert.match(parsed.html || "", /<a href="http:\/\/bongsu\.example\/a\/0123456789abcdefghjkmnpqrs"/);
    assert.doesNotMatch(parsed.html || "", /<script|<img|<form/);
  });

  test("is marked as sent by a machine, and as important only where somebody is to wake", async () => {
    const wakes = await delivered(pageWith());
    assert.equal(wakes.parsed.headers.get("auto-submitted"), "auto-generated");
    // mailparser keeps Importance under the name "priority".
    assert.equal(wakes.parsed.headers.get("priority"), "high");
    assert.ok(wakes.parsed.headerLines.some(({ line }) => line === "Importance: high"));
    const tells = await delivered(pageWith({ urgency: "tell" }));
    assert.equal(tells.parsed.headers.get("priority"), undefined);
  });

  test("has one Message-ID for ever, so that a repeat is seen as the same mail", async () => {
    const first = await delivered(pageWith(), { key: "s1/김/email/1" });
    const again = await delivered(pageWith({ mayBeDuplicate: true }), { key: "s1/김/email/1" });
    assert.equal(first.parsed.messageId, again.parsed.messageId);
    assert.match(first.parsed.messageId ?? "", /^<[\x21-\x7e]+@example\.com>$/);
    assert.match(again.parsed.subject ?? "", /\(중복 가능\)/);
    const other = await delivered(pageWith(), { key: "s2/김/email/1" });
    assert.notEqual(other.parsed.messageId, first.parsed.messageId);
  });

  test("joins the thread of its incident: the first begins it, the others answer it", async () => {
    const first = await delivered(pageWith(), { key: "d1" });
    assert.ok(first.outcome.is === "accepted");
    assert.equal(first.outcome.thread, first.parsed.messageId);
    assert.equal(first.parsed.inReplyTo, undefined);
    const thread = first.outcome.thread ?? "";
    const second = await delivered(pageWith({ occasion: "overdue" }), { key: "d2", thread });
    assert.equal(second.parsed.inReplyTo, thread);
    assert.equal([second.parsed.references].flat()[0], thread);
    assert.notEqual(second.parsed.messageId, thread);
    assert.ok(second.outcome.is === "accepted" && second.outcome.thread === thread);
  });

  test("has no header that an alert put there", async () => {
    for (const newline of ["\r\n", "\n", "\r", "\u2028", "\u0085", "\r\n ", "\u0000"]) {
      const evil = `x${newline}Bcc: evil@example.com${newline}X-Evil: yes${newline}${newline}<b>body</b>`;
      const { parsed } = await delivered(
        pageWith({
          incident: { title: evil, service: evil, grade: evil },
          alsoReached: [evil],
          description: evil,
          because: { clause: evil, text: evil, line: 1 },
          links: [{ href: "https://x.example/", text: evil }],
        }),
      );
      const at = JSON.stringify(newline);
      assert.equal(parsed.bcc, undefined, at);
      assert.equal(parsed.headers.get("x-evil"), undefined, at);
      assert.doesNotMatch(parsed.subject ?? "", /[\r\n]/, at);
      assert.match(parsed.subject ?? "", /x Bcc: evil@example\.com X-Evil: yes|x.?Bcc/, at);
      assert.doesNotMatch(parsed.html || "", /<b>body/, at);
      assert.equal(smtp.mails.filter(({ to }) => to === "evil@example.com").length, 0, at);
    }
  });

  test("goes to the one address of the person, whatever their name is", async () => {
    for (const name of [
      '김 "팀장"',
      "a, evil@example.com",
      "<evil@example.com>",
      "x\r\nBcc: evil@example.com",
      "김🔥",
    ]) {
      const address = { kind: "person", name, address: "boss@example.com" } as const;
      const settings = settingsFor(smtp.port);
      const body = emailChannel.render(pageWith(), address, settings);
      assert.equal((await emailChannel.send(body, address, settings, sendFacts())).is, "accepted");
    }
    assert.ok(smtp.mails.every(({ to }) => to === "boss@example.com"));
    assert.ok(smtp.mails.every(({ parsed }) => parsed.bcc === undefined));
  });

  test("leads nowhere but to the web", async () => {
    const links = [
      "javascript:alert(1)",
      "data:text/html,x",
      "file:///etc/passwd",
      "no link",
      'https://x.example/"onx="',
    ];
    const { parsed } = await delivered(pageWith({ links: links.map((href) => ({ href, text: "보기" })) }));
    assert.doesNotMatch(parsed.html || "", /javascript:|data:text|file:|"onx/);
    assert.match(parsed.html || "", /https:\/\/x\.example\//);
  });

  test("of a resolved incident has no button and says that it is over", async () => {
    const {
      acknowledgeUrl: _,
      respondBy: __,
      ...rest
    } = pageWith({ urgency: "tell", incident: { state: "resolved" } });
    const { parsed } = await delivered({ ...rest, occasion: "resolved" });
    assert.match(parsed.subject ?? "", /^✓ 해결 INC-7/);
    assert.doesNotMatch(parsed.text ?? "", /확인 페이지 열기/);
  });

  test("of a drill says so first, in the reader's language", async () => {
    const { parsed } = await delivered(pageWith({ drill: true, locale: "en" }));
    assert.match(parsed.subject ?? "", /^\[DRILL\] ▲ Critical INC-7 .*\(new incident\)$/);
    assert.match(parsed.text ?? "", /Acknowledge by Mon,? 23 Nov 2026/);
  });

  test("stays within reason, however long the alert talks", async () => {
    const { parsed } = await delivered(
      pageWith({ incident: { title: "🔥".repeat(5_000) }, description: "긴 줄\n".repeat(50_000) }),
    );
    assert.ok((parsed.subject ?? "").length <= 150);
    assert.ok((parsed.text ?? "").length < 5_000);
  });
});

describe("a mail that does not arrive", () => {
  async function outcomeWith(
    script: Partial<Record<Point, Deed>>,
    timeout = 5_000,
  ): Promise<{ readonly outcome: Outcome; readonly heard: readonly string[]; readonly tookMs: number }> {
    const peer = await startScriptedSmtp(script);
    const from = performance.now();
    try {
      const outcome = await send(pageWith(), peer.port, { facts: { timeout } });
      return { outcome, heard: peer.heard, tookMs: performance.now() - from };
    } finally {
      await peer.stop();
    }
  }

  test("the scripted server takes a mail where the script says nothing", async () => {
    const { outcome, heard } = await outcomeWith({});
    assert.ok(outcome.is === "accepted");
    assert.match(outcome.receipt, /queued as 4711/);
    assert.ok(heard.includes("dot"));
  });

  test("is refused for good by any 5xx, in the server's words", async () => {
    for (const [point, words] of [
      ["MAIL", "553 sender not allowed"],
      ["RCPT", "550 5.1.1 no such user here"],
      ["DATA", "554 no valid recipients"],
      ["dot", "554 5.7.1 looks like spam"],
    ] as const) {
      const { outcome } = await outcomeWith({ [point]: words });
      assert.ok(outcome.is === "refused", `${point}: ${JSON.stringify(outcome)}`);
      assert.ok(outcome.because.includes(words.slice(4)), outcome.because);
    }
  });

  test("by smtp-server too, for an address it does not know", async () => {
    const smtp = await startSmtp((address) => address === "boss@example.com");
    const outcome = await send(pageWith(), smtp.port);
    assert.equal(outcome.is, "refused");
    assert.equal(smtp.mails.length, 0);
    await smtp.stop();
  });

  test("is tried again after any 4xx", async () => {
    for (const [point, words] of [
      ["GREETING", "421 too busy"],
      ["MAIL", "452 no room"],
      ["RCPT", "450 4.2.0 greylisted"],
      ["DATA", "451 not now"],
      ["dot", "451 4.3.0 try again"],
    ] as const) {
      const { outcome } = await outcomeWith({ [point]: words });
      assert.ok(outcome.is === "later", `${point}: ${JSON.stringify(outcome)}`);
      assert.ok(outcome.because.includes(words.slice(4)), outcome.because);
    }
  });

  test("is tried again where nobody listens, and where the server hangs up before the message", async () => {
    assert.equal((await send(pageWith(), await freePort())).is, "later");
    for (const point of ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"] as const) {
      const { outcome } = await outcomeWith({ [point]: "drop" });
      assert.equal(outcome.is, "later", `${point}: ${JSON.stringify(outcome)}`);
    }
  });

  for (const deed of ["drop", "hang"] as const) {
    test(`is of unknown fate once the whole message has left and the server does ${deed}`, async () => {
      const { outcome, heard, tookMs } = await outcomeWith({ dot: deed }, 500);
      assert.ok(heard.includes("dot"));
      assert.ok(tookMs < 3_000, `gave up after ${tookMs} ms`);
      assert.equal(outcome.is, "unknown", JSON.stringify(outcome));
    });
  }

  test("is given up when a server says nothing, and is tried again", async () => {
    for (const point of ["GREETING", "EHLO", "MAIL", "RCPT", "DATA"] as const) {
      const { outcome, tookMs } = await outcomeWith({ [point]: "hang" }, 400);
      assert.equal(outcome.is, "later", `${point}: ${JSON.stringify(outcome)}`);
      assert.ok(tookMs < 2_500, `${point}: gave up after ${tookMs} ms`);
    }
  });

  test("and when a server never stops talking", async () => {
    const peer = await startScriptedSmtp({ EHLO: "drip" });
    const sent = send(pageWith(), peer.port, { facts: { timeout: 300 } });
    const ended = await Promise.race([
      sent.then(({ is }) => is),
      new Promise((resolve) => setTimeout(resolve, 2_000, "still at it")),
    ]);
    await peer.stop();
    await sent;
    assert.equal(ended, "later");
  });
});

describe("the way to the mail server", () => {
  type Server = { readonly port: number; readonly seen: { mails: number; auths: string[] }; stop(): Promise<void> };

  /** smtp-server with its own self-signed certificate. */
  async function startServer(options: SMTPServerOptions): Promise<Server> {
    const seen = { mails: 0, auths: [] as string[] };
    const server = new SMTPServer({
      logger: false,
      ...options,
      onAuth(auth, _session, done) {
        seen.auths.push(`${auth.username}:${auth.password}`);
        if (auth.username === "bongsu" && auth.password === "right") return done(null, { user: "bongsu" });
        done(Object.assign(new Error("535 5.7.8 authentication failed"), { responseCode: 535 }));
      },
      onData(stream, _session, done) {
        stream.resume();
        stream.on("end", () => {
          seen.mails++;
          done();
        });
      },
    });
    server.on("error", () => {});
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    return { port, seen, stop: () => new Promise((resolve) => server.close(() => resolve())) };
  }
  const account = { user: "bongsu", password: "right" };

  test("with STARTTLS demanded, as it is unless said otherwise, nothing is said to a server without it", async () => {
    const server = await startServer({ disabledCommands: ["STARTTLS"], authOptional: true, allowInsecureAuth: true });
    const outcome = await send(pageWith(), server.port, { settings: { starttls: true, verify: false, ...account } });
    assert.ok(outcome.is === "later" || outcome.is === "refused", JSON.stringify(outcome));
    assert.match(outcome.because, /TLS/);
    assert.deepEqual(server.seen, { mails: 0, auths: [] });
    await server.stop();
  });

  test("a certificate that nobody vouches for is not trusted, unless the settings say so", async () => {
    const server = await startServer({ authOptional: true });
    const wary = await send(pageWith(), server.port, { settings: { starttls: true, ...account } });
    assert.ok(wary.is === "later" || wary.is === "refused", JSON.stringify(wary));
    assert.match(wary.because, /certificate|self.signed/i);
    assert.deepEqual(server.seen, { mails: 0, auths: [] });
    const trusting = await send(pageWith(), server.port, { settings: { starttls: true, verify: false, ...account } });
    assert.equal(trusting.is, "accepted", JSON.stringify(trusting));
    assert.deepEqual(server.seen, { mails: 1, auths: ["bongsu:right"] });
    await server.stop();
  });

  test("TLS from the first byte works, and against a server that speaks in the clear it is no hang", async () => {
    const secure = await startServer({ secure: true, authOptional: true });
    const sent = await send(pageWith(), secure.port, { settings: { secure: true, verify: false } });
    assert.equal(sent.is, "accepted", JSON.stringify(sent));
    await secure.stop();
    const clear = await startServer({ disabledCommands: ["STARTTLS"], authOptional: true });
    const outcome = await send(pageWith(), clear.port, { settings: { secure: true, verify: false } });
    assert.ok(outcome.is === "later" || outcome.is === "refused", JSON.stringify(outcome));
    assert.equal(clear.seen.mails, 0);
    await clear.stop();
  });

  test("a wrong password is refused, in words that do not hold it", async () => {
    const server = await startServer({});
    const settings = { starttls: true, verify: false, user: "bongsu", password: "wrong-secret" };
    const outcome = await send(pageWith(), server.port, { settings });
    assert.ok(outcome.is === "refused", JSON.stringify(outcome));
    assert.match(outcome.because, /auth/i);
    assert.doesNotMatch(JSON.stringify(outcome), /wrong-secret/);
    assert.equal(server.seen.mails, 0);
    await server.stop();
  });

  test("a server that wants an account, where none is set, refuses in words", async () => {
    const server = await startServer({});
    const outcome = await send(pageWith(), server.port, { settings: { starttls: true, verify: false } });
    assert.ok(outcome.is === "refused", JSON.stringify(outcome));
    assert.match(outcome.because, /auth/i);
    await server.stop();
  });
});

describe("the settings of mail", () => {
  const refused = (raw: Record<string, unknown>): Fault => {
    try {
      emailChannel.parse(raw);
    } catch (error) {
      assert.ok(error instanceof Fault);
      return error;
    }
    throw new Error(`taken: ${JSON.stringify(raw)}`);
  };

  test("name what is wrong, where, and what is expected", () => {
    const good = { host: "h", from: "b@example.com" };
    for (const [raw, path] of [
      [{}, "channels.email.host"],
      [{ host: "h" }, "channels.email.from"],
      [{ ...good, port: "587" }, "channels.email.port"],
      [{ ...good, starttls: "no" }, "channels.email.starttls"],
      [{ ...good, startls: false }, "channels.email.startls"],
      [{ ...good, password: 7 }, "channels.email.password"],
    ] as const) {
      const { code, facts } = refused(raw);
      assert.equal(code, "config-invalid");
      assert.equal(facts.path, path);
      assert.equal(typeof facts.expected, "string");
    }
    assert.equal(refused({ ...good, password: { env: "BONGSU_TEST_NO_SUCH" } }).code, "secret-unreadable");
  });

  test("demand STARTTLS and a certificate unless told otherwise, and never print the password", () => {
    const settings = emailChannel.parse({ host: "h", from: "b@example.com", user: "u", password: "s3cret" });
    assert.deepEqual([settings.port, settings.secure, settings.starttls, settings.verify], [587, false, true, true]);
    assert.doesNotMatch(JSON.stringify(settings), /s3cret/);
    assert.ok(Object.isFrozen(settings));
  });
});
