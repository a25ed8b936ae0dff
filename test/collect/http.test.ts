import assert from "node:assert/strict";
import { createServer as createHttp } from "node:http";
import { createServer as createSecure } from "node:https";
import { type AddressInfo, createServer as createTcp, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { after, before, describe, test } from "node:test";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { Collected } from "../../src/collect/collector.ts";
import { httpCollector } from "../../src/collect/http/http.ts";
import { Fault } from "../../src/fault/fault.ts";
import { startDeafPort } from "../peers/deaf-port.ts";
import { freePort } from "../peers/free-port.ts";
import { type HttpPeer, startHttpPeer } from "../peers/http-peer.ts";
import { OPENSSL, selfSigned } from "../peers/self-signed.ts";
import { missingPeer } from "../runner/debian.ts";
import { told } from "./told.ts";

const DAY_S = 86_400;

const WORDS = "안녕하세요 status: OK";
const COMPRESSED: Readonly<Record<string, () => readonly [encoding: string, bytes: Buffer]>> = {
  "/gzip": () => ["gzip", gzipSync(WORDS)],
  "/br": () => ["br", brotliCompressSync(WORDS)],
  "/zstd": () => ["zstd", zstdCompressSync(WORDS)],
  "/twice": () => ["gzip, br", brotliCompressSync(gzipSync(WORDS))],
  "/unknown": () => ["rot13", Buffer.from("bx")],
  "/torn": () => ["gzip", gzipSync(WORDS).subarray(0, 30)],
  // 64 MB of nothing in 64 KB.
  "/bomb": () => ["gzip", gzipSync(Buffer.alloc(64 * 1024 * 1024))],
};
/** "정상" in EUC-KR. */
const IN_EUC_KR = Buffer.from([0xc1, 0xa4, 0xbb, 0xf3]);
const PAGES: Readonly<Record<string, { readonly type: string; readonly body: string | Buffer }>> = {
  "/euc-kr": { type: "text/html; charset=EUC-KR", body: IN_EUC_KR },
  "/ms949": { type: "text/html;charset=MS949", body: IN_EUC_KR },
  "/meta": { type: "text/html", body: Buffer.concat([Buffer.from('<meta charset="euc-kr">'), IN_EUC_KR]) },
  "/mark": { type: "text/html; charset=euc-kr", body: "\uFEFF정상" },
  "/no-charset": { type: "text/html; charset=klingon", body: "정상" },
  "/json": { type: "application/json", body: '{"note":"charset=euc-kr","상태":"정상"}' },
};

function collect(settings: Record<string, unknown>, signal = new AbortController().signal): Promise<Collected> {
  return httpCollector.open(settings).collect({ host: "here", target: "shop", at: Date.now(), signal });
}

function value(collected: Collected, metric: string, more: Record<string, string> = {}): number | undefined {
  return collected.samples.find(
    ({ metric: name, labels }) =>
      name === metric &&
      labels.target === "shop" &&
      Object.entries(more).every(([label, wanted]) => labels[label] === wanted),
  )?.value;
}

function withoutIpv6(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return addresses.some(({ address }) => address === "::1") ? undefined : "this machine has no IPv6";
}

describe("an HTTP check of a real server", () => {
  let peer: HttpPeer;
  let other: HttpPeer;
  before(async () => {
    other = await startHttpPeer((_request, response) => response.end("elsewhere"));
    peer = await startHttpPeer(({ path, headers, body }, response) => {
      if (path === "/slow") return; // Never answered.
      if (path === "/half") {
        response.writeHead(200, { "content-length": "100" });
        response.write("half", () => response.destroy());
        return;
      }
      if (path === "/again") return response.writeHead(302, { location: "/again" }).end();
      if (path === "/hop") return response.writeHead(302, { location: "/health" }).end();
      if (path === "/away") return response.writeHead(302, { location: `${other.url}/there` }).end();
      if (path === "/metadata") return response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
      if (path === "/file") return response.writeHead(302, { location: "file:///etc/passwd" }).end();
      if (path === "/broken") return response.writeHead(503).end("password=hunter2");
      if (path === "/large") return response.end("x".repeat(3_000_000));
      if (path === "/private") {
        return response.writeHead(headers.authorization === "Bearer s3cret" ? 200 : 401).end();
      }
      if (path === "/echo") return response.end(body);
      if (path === "/korean") return response.writeHead(302, { location: Buffer.from("/가").toString("latin1") }).end();
      if (path === "/nowhere") return response.writeHead(302, { location: "http://:80/" }).end();
      const compress = COMPRESSED[path];
      if (compress !== undefined) {
        const [encoding, bytes] = compress();
        return response.writeHead(200, { "content-encoding": encoding }).end(bytes);
      }
      const page = PAGES[path];
      if (page !== undefined) return response.writeHead(200, { "content-type": page.type }).end(page.body);
      if (path === "/endless" || path === "/drip") {
        const chunk = path === "/drip" ? "." : "x".repeat(65_536);
        const write = (): void => void (response.destroyed || response.write(chunk, () => setImmediate(write)));
        return write();
      }
      response.end('{"status":"UP"}');
    });
  });
  after(async () => {
    await peer?.stop();
    await other?.stop();
  });

  test("the right answer is up, with its status and where the time went", async () => {
    const collected = await collect({
      url: `http://localhost:${peer.port}/health`,
      expect: { json: { status: "UP" } },
    });
    assert.equal(collected.failed, undefined);
    assert.equal(value(collected, "http_up"), 1);
    assert.equal(value(collected, "http_status_code"), 200);
    const phases = ["dns", "connect", "first-byte", "transfer"].map(
      (phase) => value(collected, "http_phase_seconds", { phase }) ?? Number.NaN,
    );
    assert.ok(phases.every((seconds) => seconds >= 0));
    const total = phases.reduce((sum, seconds) => sum + seconds, 0);
    assert.ok(Math.abs(total - (value(collected, "http_response_seconds") ?? 0)) < 1e-9);
    assert.equal(value(collected, "http_phase_seconds", { phase: "tls" }), undefined);
    // An address has no name to look up.
    assert.equal(value(await collect({ url: peer.url }), "http_phase_seconds", { phase: "dns" }), undefined);
  });

  test("the wrong answer is down, and its body stays with the server", async () => {
    const collected = await collect({ url: `${peer.url}/broken` });
    assert.equal(value(collected, "http_up"), 0);
    assert.equal(value(collected, "http_status_code"), 503);
    assert.equal(told(collected.failed), "status 503 instead of 200-299");
    assert.doesNotMatch(JSON.stringify(collected), /hunter2/);
  });

  test("each phase that fails is named, with the reason", async () => {
    const closed = await freePort();
    assert.match(told((await collect({ url: "http://no-such-name.invalid/" })).failed), /^dns: /);
    assert.equal(told((await collect({ url: `http://127.0.0.1:${closed}` })).failed), "connect: connection refused");
    assert.equal(
      told((await collect({ url: `${peer.url}/slow`, timeout: 0.2 })).failed),
      "first-byte: no answer within 0.2 s",
    );
    assert.match(told((await collect({ url: `${peer.url}/half` })).failed), /^transfer: /);
    assert.match(told((await collect({ url: `https://127.0.0.1:${peer.port}` })).failed), /^tls: /);
    const deaf = await startDeafPort();
    const unheard = await collect({ url: `http://127.0.0.1:${deaf.port}`, timeout: 0.2 });
    await deaf.stop();
    assert.equal(told(unheard.failed), "connect: no answer within 0.2 s");
    assert.equal(value(unheard, "http_up"), 0);
  });

  test("what speaks no HTTP is told as that", async () => {
    const server: Server = createTcp((socket) =>
      socket
        .on("error", () => {})
        .resume()
        .end("SSH-2.0-OpenSSH_9.2p1\r\n"),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    assert.match(
      told((await collect({ url: `http://127.0.0.1:${port}` })).failed),
      /^first-byte: what came is not HTTP/,
    );
    await new Promise((resolve) => server.close(resolve));
  });

  test("it ends with the time of the collection", async () => {
    const collected = await collect({ url: `${peer.url}/slow` }, AbortSignal.timeout(100));
    assert.equal(value(collected, "http_up"), 0);
    assert.match(told(collected.failed), /^first-byte: /);
  });

  test("redirects are followed so far and checked like the first address", async () => {
    assert.equal(value(await collect({ url: `${peer.url}/hop` }), "http_status_code"), 200);
    assert.equal(value(await collect({ url: `${peer.url}/hop`, redirects: 0 }), "http_status_code"), 302);
    assert.equal(value(await collect({ url: `${peer.url}/hop`, redirects: 0 }), "http_up"), 1);
    assert.equal(told((await collect({ url: `${peer.url}/again` })).failed), "redirected more than 5 times");
    assert.match(told((await collect({ url: `${peer.url}/metadata` })).failed), /169\.254\.169\.254 is link-local/);
    assert.match(told((await collect({ url: `${peer.url}/file` })).failed), /no http\(s\) address/);
  });

  test("a password does not follow to another origin", async () => {
    const collected = await collect({ url: `${peer.url}/away`, bearer: "s3cret", headers: { cookie: "a=b" } });
    assert.equal(value(collected, "http_up"), 1);
    const came = other.received.at(-1);
    assert.equal(came?.path, "/there");
    assert.equal(came?.headers.authorization, undefined);
    assert.equal(came?.headers.cookie, undefined);
    assert.equal(value(await collect({ url: `${peer.url}/private`, bearer: "s3cret" }), "http_up"), 1);
    assert.equal(value(await collect({ url: `${peer.url}/private` }), "http_up"), 0);
  });

  test("a body is sent, and no more of one is read than is allowed", async () => {
    const sent = await collect({
      url: `${peer.url}/echo`,
      method: "POST",
      body: "안녕",
      expect: { body_matches: "^안녕$" },
    });
    assert.equal(sent.failed, undefined);
    const large = await collect({ url: `${peer.url}/large`, expect: { body_contains: "y", max_bytes: 1_000 } });
    assert.match(told(large.failed), /only the first 1000 bytes of the body were looked at$/);
  });

  test("a body is looked at whatever it is compressed in, and no more of it than is allowed", async () => {
    for (const path of ["/gzip", "/br", "/zstd", "/twice"]) {
      const { failed } = await collect({ url: `${peer.url}${path}`, expect: { body_contains: "안녕하세요" } });
      assert.equal(failed, undefined, path);
    }
    const unknown = await collect({ url: `${peer.url}/unknown` });
    assert.equal(unknown.failed, undefined);
    const torn = await collect({ url: `${peer.url}/torn` });
    assert.equal(told(torn.failed), "transfer: the body is not compressed as its Content-Encoding says (Z_BUF_ERROR)");
    assert.equal((await collect({ url: `${peer.url}/gzip`, method: "HEAD" })).failed, undefined);
    const bomb = await collect({ url: `${peer.url}/bomb`, expect: { body_contains: "x", max_bytes: 1_000 } });
    assert.match(told(bomb.failed), /only the first 1000 bytes/);
  });

  test("Korean words are found in pages of any charset that Korean servers use", async () => {
    for (const path of ["/euc-kr", "/ms949", "/meta", "/mark", "/no-charset"]) {
      const { failed } = await collect({ url: `${peer.url}${path}`, expect: { body_contains: "정상" } });
      assert.equal(failed, undefined, path);
    }
    const json = await collect({ url: `${peer.url}/json`, expect: { json: { 상태: "정상" } } });
    assert.equal(json.failed, undefined);
  });

  test("a body that never ends is read so far; one that drips ends with the time", async () => {
    const endless = await collect({ url: `${peer.url}/endless`, expect: { max_bytes: 100_000 } });
    assert.equal(endless.failed, undefined);
    const drip = await collect({ url: `${peer.url}/drip`, timeout: 0.3 });
    assert.equal(told(drip.failed), "transfer: no answer within 0.3 s");
    assert.equal(value(drip, "http_up"), 0);
  });

  test("redirects to Korean paths are followed, and those to nowhere are told", async () => {
    assert.equal((await collect({ url: `${peer.url}/korean` })).failed, undefined);
    assert.equal(peer.received.at(-1)?.path, encodeURI("/가"));
    assert.equal(
      told((await collect({ url: `${peer.url}/nowhere` })).failed),
      "transfer: redirected to what is no http(s) address",
    );
  });

  test("an answer that goes over to another protocol is an end", async () => {
    const server: Server = createTcp((socket) => {
      socket
        .on("error", () => {})
        .once("data", () => {
          socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
        });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { failed } = await collect({ url: `http://127.0.0.1:${port}` });
    await new Promise((resolve) => server.close(resolve));
    assert.equal(told(failed), "first-byte: the connection ended before the answer did");
  });

  test("IPv6 is asked too", { skip: withoutIpv6() ?? false }, async () => {
    const server = createHttp((_request, response) => response.end("six"));
    await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
    const { port } = server.address() as AddressInfo;
    const { failed } = await collect({ url: `http://[::1]:${port}/` });
    await new Promise((resolve) => server.close(resolve));
    assert.equal(failed, undefined);
  });

  test("metadata addresses are refused in every spelling unless they are listed", async () => {
    for (const url of [
      "http://169.254.169.254/",
      "http://2852039166/",
      "http://[::ffff:169.254.169.254]/",
      "http://[fd00:ec2::254]/",
      "http://[64:ff9b::169.254.169.254]/",
    ]) {
      assert.match(told((await collect({ url, timeout: 1 })).failed), /link-local or a cloud's metadata/, url);
    }
    const listed = await collect({ url: "http://169.254.169.254/", timeout: 0.2, allow: ["169.254.0.0/16"] });
    assert.doesNotMatch(told(listed.failed), /link-local/);
  });

  test("settings that cannot be are refused at once, with what they should be", () => {
    const refused = (settings: Record<string, unknown>): string => {
      try {
        httpCollector.open(settings);
      } catch (error) {
        assert.ok(error instanceof Fault && error.code === "config-invalid", String(error));
        return `${String(error.facts.path)}: ${String(error.facts.expected)}`;
      }
      return "taken";
    };
    assert.match(refused({}), /settings\.url: a text/);
    assert.match(refused({ url: "file:///etc/passwd" }), /http:\/\/ or https:\/\/, not file:/);
    assert.match(refused({ url: "http://user:password@localhost/" }), /'basic' and 'bearer'/);
    assert.match(refused({ url: peer.url, timeout: "soon" }), /settings\.timeout/);
    assert.match(refused({ url: peer.url, body: "x" }), /settings\.body/);
    assert.match(refused({ url: peer.url, headers: { "x y": "z" } }), /settings\.headers/);
    assert.match(refused({ url: peer.url, headers: { x: "a\r\nb" } }), /settings\.headers/);
    assert.match(refused({ url: peer.url, bearer: "a", basic: { user: "b" } }), /either 'basic' or 'bearer'/);
    assert.match(refused({ url: peer.url, verify: true }), /one of url, headers/);
    assert.match(refused({ url: peer.url, allow: ["everything"] }), /settings\.allow/);
    assert.equal(refused({ url: peer.url, timeout: "2초", redirects: 0 }), "taken");
  });
});

describe("certificates", { skip: missingPeer(OPENSSL) ?? false }, () => {
  const servers: ReturnType<typeof createSecure>[] = [];
  const heard: string[] = [];
  const fresh = missingPeer(OPENSSL) === undefined ? selfSigned("localhost", 30) : { key: "", cert: "" };
  let good = 0;
  let ended = 0;
  let elsewhere = 0;

  async function serve(pair: { key: string; cert: string }): Promise<number> {
    const server = createSecure(pair, (request, response) => {
      heard.push(request.headers.authorization ?? "");
      response.end("ok");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  before(async () => {
    good = await serve(fresh);
    ended = await serve(selfSigned("localhost", -1));
    elsewhere = await serve(selfSigned("elsewhere.example", 30));
  });
  after(async () => {
    for (const server of servers) await new Promise((resolve) => server.close(resolve));
  });

  test("one that is trusted tells how long it lasts", async () => {
    const collected = await collect({ url: `https://localhost:${good}`, ca: fresh.cert });
    assert.equal(collected.failed, undefined);
    assert.equal(Math.round((value(collected, "tls_expiry_seconds") ?? 0) / DAY_S), 30);
    assert.ok((value(collected, "http_phase_seconds", { phase: "tls" }) ?? 0) > 0);
  });

  test("one that is not is a failure of the TLS phase, its end is told all the same, and no password was sent", async () => {
    heard.length = 0;
    const unknown = await collect({ url: `https://localhost:${good}`, bearer: "s3cret" });
    assert.equal(told(unknown.failed), "tls: the certificate is signed by itself");
    const over = await collect({ url: `https://localhost:${ended}`, bearer: "s3cret" });
    assert.match(told(over.failed), /^tls: /);
    assert.equal(Math.round((value(over, "tls_expiry_seconds") ?? 0) / DAY_S), -1);
    const misnamed = await collect({ url: `https://localhost:${elsewhere}`, bearer: "s3cret" });
    assert.equal(value(misnamed, "http_up"), 0);
    assert.deepEqual(heard, []);
  });

  test("an expired one of a known authority is told as expired", async () => {
    const pair = selfSigned("localhost", -1);
    const port = await serve(pair);
    const collected = await collect({ url: `https://localhost:${port}`, ca: pair.cert });
    assert.equal(told(collected.failed), "tls: the certificate has expired");
  });

  test("we show our own to who asks for it", async () => {
    const ours = selfSigned("bongsu", 30);
    const settings = { ...fresh, requestCert: true, rejectUnauthorized: true, ca: ours.cert };
    const server = createSecure(settings, (_request, response) => response.end("ok"));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const shown = await collect({ url, ca: fresh.cert, client: { cert: ours.cert, key: ours.key } });
    assert.equal(shown.failed, undefined);
    assert.equal(value(await collect({ url, ca: fresh.cert }), "http_up"), 0);
    const refused = (client: object): void => void httpCollector.open({ url, client });
    assert.throws(() => refused({ cert: ours.cert }), /both 'cert' and 'key'/u);
    assert.throws(() => refused({ cert: ours.cert, key: fresh.key }), /settings\.client/u);
    assert.throws(() => httpCollector.open({ url, ca: "no certificate" }), /settings\.ca/u);
  });

  test("any is taken where the settings say so", async () => {
    const collected = await collect({ url: `https://localhost:${elsewhere}`, insecure: true });
    assert.equal(value(collected, "http_up"), 1);
    assert.equal(Math.round((value(collected, "tls_expiry_seconds") ?? 0) / DAY_S), 30);
  });
});
