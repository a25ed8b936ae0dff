import assert from "node:assert/strict";
import dns from "node:dns/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import { syncBuiltinESMExports } from "node:module";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";
import { after, afterEach, before, describe, mock, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { Fault } from "../../src/fault/fault.ts";
import type { Outcome, SendFacts } from "../../src/notify/channel.ts";
import { webhookChannel } from "../../src/notify/webhook/webhook.ts";
import { startDeafPort } from "../peers/deaf-port.ts";
import { freePort } from "../peers/free-port.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { pageWith, sendFacts } from "../peers/page.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const LOOPBACK = ["127.0.0.0/8"];

function send(
  url: string,
  settings: Record<string, unknown> = { secret: SECRET, allow: LOOPBACK },
  facts: Partial<SendFacts> = {},
): Promise<Outcome> {
  const parsed = webhookChannel.parse(settings);
  const to = { kind: "person", name: "김팀장", address: url } as const;
  const body = webhookChannel.render(pageWith(), to, parsed);
  return webhookChannel.send(body, to, parsed, sendFacts({ timeout: 2_000, ...facts }));
}

describe("a webhook", () => {
  let peer: HttpPeer;
  let answer: (response: ServerResponse) => void;
  before(async () => {
    peer = await startHttpPeer((_request, response) => answer(response));
  });
  after(() => peer?.stop());
  const answering = (status: number, headers: Record<string, string> = {}, body = "") => {
    answer = (response) => response.writeHead(status, headers).end(body);
  };

  test("is signed so that the Standard Webhooks library verifies it", async () => {
    answering(200);
    const outcome = await send(`${peer.url}/hook?a=b`, undefined, { key: "s1/boss/webhook/1" });
    assert.deepEqual(outcome, { is: "accepted", receipt: "s1/boss/webhook/1" });
    const got = peer.received.at(-1);
    assert.ok(got !== undefined);
    assert.equal(got.path, "/hook?a=b");
    assert.equal(got.headers["content-type"], "application/json");
    assert.equal(got.headers["webhook-id"], "s1/boss/webhook/1");
    const headers = got.headers as Record<string, string>;
    const verified = new Webhook(SECRET).verify(got.body, headers) as {
      type: string;
      data: { incident: { number: number; openedAt: string }; headline: string; acknowledgeUrl: string };
    };
    assert.equal(verified.type, "page.first");
    assert.deepEqual([verified.data.incident.number, verified.data.incident.openedAt], [7, "2026-11-23T10:25:00.000Z"]);
    assert.match(verified.data.headline, /^▲ Critical INC-7 결제/);
    // What the library refuses has to be the content, or it would verify anything.
    assert.throws(() => new Webhook(SECRET).verify(`${got.body} `, headers));
    assert.throws(() => new Webhook(SECRET).verify(got.body, { ...headers, "webhook-id": "other" }));
    assert.throws(() => new Webhook(SECRET).verify(got.body, { ...headers, "webhook-timestamp": "1700000000" }));
    assert.throws(() => new Webhook("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").verify(got.body, headers));
  });

  test("is signed with a plain secret too, byte for byte", async () => {
    answering(200);
    await send(peer.url, { secret: "평문 secret", allow: LOOPBACK });
    const got = peer.received.at(-1);
    const raw = new Webhook(Buffer.from("평문 secret").toString("base64"));
    assert.doesNotThrow(() => raw.verify(got?.body ?? "", got?.headers as Record<string, string>));
  });

  test("without a secret has no signature, and is not called signed", async () => {
    answering(200);
    await send(peer.url, { allow: LOOPBACK });
    assert.equal(peer.received.at(-1)?.headers["webhook-signature"], undefined);
  });

  test("repeated is the same event: the same id, for the receiver to drop", async () => {
    answering(200);
    await send(peer.url, undefined, { key: "d9" });
    await send(peer.url, undefined, { key: "d9" });
    const [one, other] = peer.received.slice(-2);
    assert.equal(one?.headers["webhook-id"], other?.headers["webhook-id"]);
    assert.equal(one?.body, other?.body);
  });

  test("is accepted with any 2xx", async () => {
    for (const status of [200, 201, 202, 204]) {
      answering(status);
      assert.equal((await send(peer.url)).is, "accepted", String(status));
    }
  });

  test("is refused for good by what says so, and the reason is the status", async () => {
    for (const status of [400, 401, 403, 404, 410, 422]) {
      answering(status, {}, "internal details of the other side");
      const outcome = await send(peer.url);
      assert.ok(outcome.is === "refused", String(status));
      assert.equal(outcome.because, `HTTP ${status}`, "what the other side says is not shown to people here");
    }
  });

  test("is sent again later after 408, 425, 429 and 5xx, when the other side says", async () => {
    for (const status of [408, 425, 429, 500, 502, 503]) {
      answering(status);
      assert.deepEqual(await send(peer.url), { is: "later", because: `HTTP ${status}` });
    }
    answering(429, { "retry-after": "7" });
    assert.deepEqual(await send(peer.url), { is: "later", because: "HTTP 429", after: 7_000 });
    answering(503, { "retry-after": new Date(Date.now() + 30_000).toUTCString() });
    const dated = await send(peer.url);
    assert.ok(dated.is === "later" && dated.after !== undefined && dated.after > 27_000 && dated.after <= 30_000);
    answering(503, { "retry-after": new Date(Date.now() - 60_000).toUTCString() });
    assert.deepEqual(await send(peer.url), { is: "later", because: "HTTP 503", after: 0 });
    answering(503, { "retry-after": "soon" });
    assert.deepEqual(await send(peer.url), { is: "later", because: "HTTP 503" });
  });

  test("does not follow a redirect, wherever it leads", async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const before = peer.received.length;
      answering(status, { location: `${peer.url}/elsewhere` });
      const outcome = await send(`${peer.url}/hook`);
      assert.deepEqual(outcome, { is: "refused", because: `HTTP ${status}` });
      assert.deepEqual(
        peer.received.slice(before).map(({ path }) => path),
        ["/hook"],
      );
    }
    answering(302, { location: "http://169.254.169.254/latest/meta-data/" });
    assert.equal((await send(peer.url)).is, "refused");
  });

  test("is of unknown fate when it left and no answer came in time", async () => {
    answer = () => {};
    const from = performance.now();
    const outcome = await send(peer.url, undefined, { timeout: 300 });
    assert.equal(outcome.is, "unknown", JSON.stringify(outcome));
    assert.ok(performance.now() - from < 1_500);
    answer = (response) => response.destroy();
    assert.equal((await send(peer.url)).is, "unknown");
  });

  test("is tried again where nobody listens or the name is not known", async () => {
    assert.equal((await send(`http://127.0.0.1:${await freePort()}/`)).is, "later");
    const unknown = await send("http://no-such-host.invalid/");
    assert.equal(unknown.is, "later", JSON.stringify(unknown));
  });

  test("is tried again where the connection was never taken: no byte of it left", async () => {
    const deaf = await startDeafPort();
    const outcome = await send(`http://127.0.0.1:${deaf.port}/`, undefined, { timeout: 500 });
    await deaf.stop();
    assert.equal(outcome.is, "later", JSON.stringify(outcome));
  });

  test("is tried again where TLS cannot be agreed on", async () => {
    answering(200);
    const outcome = await send(peer.url.replace("http:", "https:"));
    assert.equal(outcome.is, "later", JSON.stringify(outcome));
  });

  test("is accepted by its status, however long the answer goes on", async () => {
    answer = (response) => {
      response.writeHead(200);
      const chunk = "x".repeat(65_536);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once("drain", pour);
      };
      pour();
    };
    const from = performance.now();
    assert.equal((await send(peer.url)).is, "accepted");
    assert.ok(performance.now() - from < 1_500, "little of it was read");
  });

  test("is accepted by its status, although the answer then breaks off", async () => {
    answer = (response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("ok");
      setTimeout(() => response.destroy(), 50);
    };
    const outcome = await send(peer.url);
    assert.equal(outcome.is, "accepted", JSON.stringify(outcome));
  });

  test("what is no HTTP is of unknown fate, not a crash", async () => {
    for (const bytes of [
      "SSH-2.0-OpenSSH_9.2\r\n",
      "HTTP/1.1 abc\r\n\r\n",
      "\u0000\u0001\u0002",
      "HTTP/1.1 200 OK\r\nX:",
    ]) {
      const raw = createRawServer((socket: Socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.end(bytes));
      });
      await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
      const outcome = await send(`http://127.0.0.1:${(raw.address() as AddressInfo).port}/`);
      assert.equal(outcome.is, "unknown", `${JSON.stringify(bytes)}: ${JSON.stringify(outcome)}`);
      await new Promise((resolve) => raw.close(resolve));
    }
  });

  test("a page of nothing but trouble is still JSON", () => {
    const settings = webhookChannel.parse({});
    const page = pageWith({ incident: { title: "\ud800\u0000\u2028</script>" }, description: "\udfff".repeat(10) });
    const body = webhookChannel.render(page, { kind: "room", people: [] }, settings);
    assert.ok((JSON.parse(body) as { data: { description: string } }).data.description.isWellFormed());
  });
});

describe("where a webhook may lead", () => {
  const refusedHosts = [
    "127.0.0.1",
    "127.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST",
    "①②⑦.⓪.⓪.①",
    "10.0.0.1",
    "10.255.255.255",
    "012.0.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "2852039166",
    "0xA9FEA9FE",
    "0251.0376.0251.0376",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.170",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[::ffff:a9fe:a9fe]",
    "[::ffff:10.0.0.1]",
    "[::ffff:0.0.0.0]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::169.254.169.254]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[ff02::1]",
  ];
  /** Forms that carry an IPv4 address inside and lead wherever the network's translators take them. */
  const carriers = ["[::127.0.0.1]", "[2002:7f00:1::]", "[64:ff9b:1::a9fe:a9fe]", "[fec0::1]"];
  const settings = { secret: SECRET };

  for (const host of refusedHosts) {
    test(`not to ${host}`, async () => {
      for (const scheme of ["http", "https"]) {
        const outcome = await send(`${scheme}://${host}:9/`, settings, { timeout: 1_000 });
        assert.ok(outcome.is === "refused", `${scheme}: ${JSON.stringify(outcome)}`);
        assert.match(outcome.because, /private network|not a URL/);
      }
    });
  }

  for (const host of carriers) {
    test(`nor to ${host}`, async () => {
      const outcome = await send(`http://${host}:9/`, settings, { timeout: 1_000 });
      assert.equal(outcome.is, "refused", JSON.stringify(outcome));
    });
  }

  test("not over another scheme, not with credentials, not where there is no address", async () => {
    for (const url of [
      "file:///etc/passwd",
      "ftp://example.com/",
      "gopher://127.0.0.1:25/",
      "data:text/plain,x",
      "javascript:1",
      "http://user:pass@127.0.0.1/",
      "http://example.com@127.0.0.1/",
      "http://",
      "//127.0.0.1/",
      "",
      "no url",
    ]) {
      const outcome = await send(url, { allow: LOOPBACK });
      assert.equal(outcome.is, "refused", `${url}: ${JSON.stringify(outcome)}`);
    }
  });

  test("into a private network only where the settings allow just that network", async () => {
    const peer = await startHttpPeer((_request, response) => response.end());
    assert.equal((await send(peer.url, { allow: ["127.0.0.1"] })).is, "accepted");
    assert.equal((await send(peer.url, { allow: ["10.0.0.0/8", "127.0.0.0/8"] })).is, "accepted");
    assert.equal((await send(peer.url, { allow: ["10.0.0.0/8"] })).is, "refused");
    assert.equal((await send(peer.url, { allow: ["127.0.0.2"] })).is, "refused");
    assert.equal((await send(peer.url, { allow: ["::1"] })).is, "refused");
    assert.equal(peer.received.length, 2);
    const mapped = `http://[::ffff:127.0.0.1]:${peer.port}/`;
    assert.equal((await send(mapped, { allow: ["10.0.0.0/8"] })).is, "refused");
    await peer.stop();
  });

  test("an entry of 'allow' that is no network is refused when the settings are read", () => {
    for (const entry of ["127.0.0.0/99", "10.0.0.0/x", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0", "example.com", "*", ""]) {
      assert.throws(() => webhookChannel.parse({ allow: [entry] }), Fault, entry);
    }
  });

  describe("by a name", () => {
    const servers: Server[] = [];
    afterEach(async () => {
      mock.restoreAll();
      syncBuiltinESMExports();
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });

    /** The same port on two addresses of this host: one allowed, one not; each counts who comes. */
    async function twoServers(): Promise<{ port: number; reached: { allowed: number; forbidden: number } }> {
      const reached = { allowed: 0, forbidden: 0 };
      const listen = (address: string, port: number, of: keyof typeof reached): Promise<number> =>
        new Promise((resolve, reject) => {
          const server = createServer((_request, response) => {
            reached[of]++;
            response.end();
          });
          server.on("error", reject);
          server.listen(port, address, () => resolve((server.address() as AddressInfo).port));
          servers.push(server);
        });
      const port = await listen("127.0.0.2", 0, "allowed");
      await listen("127.0.0.1", port, "forbidden");
      return { port, reached };
    }

    /** The resolver of this process answers these, one after the other. */
    function resolving(...answers: readonly (readonly string[])[]): { readonly asked: () => number } {
      let asked = 0;
      const lookup = async (): Promise<{ address: string; family: number }[]> => {
        const answer = answers[Math.min(asked++, answers.length - 1)] ?? [];
        return answer.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
      };
      mock.method(dns, "lookup", lookup);
      syncBuiltinESMExports();
      return { asked: () => asked };
    }

    test("the connection goes to the address that was checked: rebinding the name gains nothing", async () => {
      const { port, reached } = await twoServers();
      const { asked } = resolving(["127.0.0.2"], ["127.0.0.1"]);
      for (let n = 1; n <= 3; n++) {
        if (n > 1) resolving(["127.0.0.2"], ["127.0.0.1"]);
        const outcome = await send(`http://rebind.example:${port}/`, { allow: ["127.0.0.2"] });
        assert.equal(outcome.is, "accepted", JSON.stringify(outcome));
      }
      assert.equal(asked(), 1);
      assert.deepEqual(reached, { allowed: 3, forbidden: 0 });
    });

    test("one bad address among good ones is enough to refuse, in whatever order they come", async () => {
      const { port, reached } = await twoServers();
      for (const addresses of [
        ["127.0.0.2", "127.0.0.1"],
        ["127.0.0.1", "127.0.0.2"],
        ["127.0.0.2", "::1"],
        ["127.0.0.2", "::ffff:169.254.169.254"],
        ["127.0.0.2", "::ffff:a9fe:a9fe"],
      ]) {
        resolving(addresses);
        const outcome = await send(`http://mixed.example:${port}/`, { allow: ["127.0.0.2"] });
        assert.equal(outcome.is, "refused", addresses.join(" "));
      }
      assert.deepEqual(reached, { allowed: 0, forbidden: 0 });
    });

    test("a name without any address is refused or tried again, and not a crash", async () => {
      resolving([]);
      const outcome = await send("http://nothing.example/", { allow: LOOPBACK });
      assert.ok(outcome.is === "refused" || outcome.is === "later", JSON.stringify(outcome));
    });

    test("the receiver sees the name that was configured, as virtual hosts need it", async () => {
      const { port } = await twoServers();
      resolving(["127.0.0.2"]);
      let host = "";
      servers[0]?.prependListener("request", ({ headers }: { headers: { host?: string } }) => {
        host = headers.host ?? "";
      });
      await send(`http://hooks.example:${port}/`, { allow: ["127.0.0.2"] });
      assert.equal(host, `hooks.example:${port}`);
    });

    test("a resolver that does not answer does not hold the page for ever", async () => {
      mock.method(dns, "lookup", () => new Promise(() => {}));
      syncBuiltinESMExports();
      const ended = await Promise.race([
        send("http://slow.example/", { allow: LOOPBACK }, { timeout: 200 }).then(({ is }) => is),
        new Promise((resolve) => setTimeout(resolve, 1_000, "still at it")),
      ]);
      assert.equal(ended, "later");
    });
  });
});
