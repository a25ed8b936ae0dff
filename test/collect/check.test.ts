import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { createSecureContext, createServer as createTlsServer } from "node:tls";
import { checkCollector } from "../../src/collect/check/check.ts";
import type { Collected } from "../../src/collect/collector.ts";
import { startDeafPort } from "../peers/deaf-port.ts";
import { freePort } from "../peers/free-port.ts";
import { CollectorInside, endAllInside, ip, withoutNamespaces } from "../peers/namespaces.ts";
import { missingPeer } from "../runner/debian.ts";
import { told } from "./told.ts";

const folder = mkdtempSync(join(tmpdir(), "bongsu-check-"));
const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
  rmSync(folder, { recursive: true, force: true });
});

async function check(
  settings: Record<string, unknown>,
): Promise<Collected & { readonly values: Record<string, number> }> {
  const collecting = checkCollector.open(settings);
  const { signal } = new AbortController();
  const collected = await collecting.collect({ host: "here", target: "there", at: Date.now(), signal });
  await collecting.close();
  for (const { labels } of collected.samples) assert.equal(labels.target, "there");
  return { ...collected, values: Object.fromEntries(collected.samples.map(({ metric, value }) => [metric, value])) };
}

function listening(
  server: { listen(port: number, host: string, done: () => void): unknown },
  host = "127.0.0.1",
): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, host, () => resolve((server as unknown as { address(): AddressInfo }).address().port));
  });
}

describe("tcp", () => {
  test("an open port is up, and the time is told", async () => {
    const server = createServer((socket) => socket.end());
    closing.push(() => server.close());
    const port = await listening(server);
    const { samples, failed, values } = await check({ tcp: `127.0.0.1:${port}` });
    assert.equal(failed, undefined);
    assert.deepEqual(samples[0]?.labels, { target: "there", check: "tcp" });
    assert.equal(values.network_check_up, 1);
    assert.ok((values.network_check_seconds ?? 0) > 0);
    const named = await check({ tcp: { host: "localhost", port, family: 4 } });
    assert.equal(named.values.network_check_up, 1);
  });

  test("a closed port is a sample of 0, and why", async () => {
    const port = await freePort();
    const { samples, failed } = await check({ tcp: `127.0.0.1:${port}` });
    assert.deepEqual(samples, [{ metric: "network_check_up", labels: { target: "there", check: "tcp" }, value: 0 }]);
    assert.equal(told(failed), `127.0.0.1:${port}: connection refused`);
  });

  test("a port that takes no connection is a sample of 0 when its time is over", async () => {
    const deaf = await startDeafPort();
    closing.push(() => void deaf.stop());
    const { failed, values } = await check({ tcp: `127.0.0.1:${deaf.port}`, timeout: 0.3 });
    assert.equal(values.network_check_up, 0);
    assert.match(told(failed), /no answer in time/u);
  });

  const skip = hasIpv6() ? false : "no IPv6 on the loopback interface";
  test("IPv6", { skip }, async () => {
    const server = createServer((socket) => socket.end());
    closing.push(() => server.close());
    const port = await listening(server, "::1");
    const up = await check({ tcp: `[::1]:${port}` });
    assert.equal(up.values.network_check_up, 1);
    const refused = await check({ tcp: `[::1]:${await freePort()}` });
    assert.match(told(refused.failed), /^\[::1\]:\d+: connection refused$/u);
  });
});

describe("tls", { skip: missingPeer("/usr/bin/openssl") ?? false }, () => {
  /** A certificate for localhost of these days, by an authority of its own. */
  function certificate(name: string, days: number): { readonly key: string; readonly cert: string } {
    const file = (end: string): string => join(folder, `${name}.${end}`);
    const openssl = (...args: readonly string[]): void => {
      execFileSync("/usr/bin/openssl", args, { stdio: "ignore" });
    };
    if (!existsSync(file("ca.pem"))) {
      openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "3650",
        "-subj",
        "/CN=Test Authority",
        "-keyout",
        file("ca.key"),
        "-out",
        file("ca.pem"),
      );
    }
    openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-subj",
      "/CN=localhost",
      "-keyout",
      file("key"),
      "-out",
      file("csr"),
    );
    writeFileSync(file("ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
    const from = new Date(Date.now() - 90 * 86_400_000);
    const until = new Date(Date.now() + days * 86_400_000);
    const stamp = (date: Date): string => date.toISOString().replace(/[-:T]|\.\d+/gu, "");
    // `x509 -req` cannot make one that has ended; `ca` can.
    writeFileSync(file("index"), "");
    writeFileSync(file("serial"), "01\n");
    writeFileSync(
      file("cnf"),
      `[ca]\ndefault_ca=d\n[d]\ndatabase=${file("index")}\nserial=${file("serial")}\nnew_certs_dir=${folder}\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n`,
    );
    openssl(
      "ca",
      "-batch",
      "-config",
      file("cnf"),
      "-cert",
      file("ca.pem"),
      "-keyfile",
      file("ca.key"),
      "-in",
      file("csr"),
      "-out",
      file("crt"),
      "-extfile",
      file("ext"),
      "-startdate",
      stamp(from),
      "-enddate",
      stamp(until),
      "-notext",
    );
    return { key: readFileSync(file("key"), "utf8"), cert: readFileSync(file("crt"), "utf8") };
  }

  async function serve(name: string, days: number): Promise<number> {
    const server = createTlsServer(certificate(name, days), (socket) => socket.end());
    server.on("tlsClientError", () => {});
    closing.push(() => server.close());
    return listening(server);
  }

  test("a trusted certificate that ends in five days is up, and the days are told", async () => {
    const port = await serve("soon", 5);
    const ca = { file: join(folder, "soon.ca.pem") };
    const { values, failed } = await check({ tls: { host: "localhost", port, ca } });
    assert.equal(failed, undefined);
    assert.equal(values.network_check_up, 1);
    const days = (values.tls_expiry_seconds ?? 0) / 86_400;
    assert.ok(days > 4.9 && days <= 5, `${days} days`);
    const byAddress = await check({ tls: { host: "127.0.0.1", port, ca } });
    assert.equal(byAddress.values.network_check_up, 1);
  });

  test("an authority that nobody trusts, another name, and an end that has passed are not up, each with its reason", async () => {
    const port = await serve("good", 90);
    const ca = { file: join(folder, "good.ca.pem") };
    const untrusted = await check({ tls: `localhost:${port}` });
    assert.equal(untrusted.values.network_check_up, 0);
    assert.match(told(untrusted.failed), /does not send the whole chain|not trusted/u);
    assert.ok((untrusted.values.tls_expiry_seconds ?? 0) > 0);
    const other = await check({ tls: { host: "127.0.0.1", port, ca, servername: "pay.example.com" } });
    assert.match(told(other.failed), /for another name/u);
    const taken = await check({ tls: { host: "127.0.0.1", port, insecure: true } });
    assert.deepEqual([taken.values.network_check_up, taken.failed], [1, undefined]);
    const ended = await serve("ended", -1);
    const expired = await check({
      tls: { host: "localhost", port: ended, ca: { file: join(folder, "ended.ca.pem") } },
    });
    assert.match(told(expired.failed), /has expired/u);
    assert.ok((expired.values.tls_expiry_seconds ?? 0) < 0);
  });

  /** Signed by another, or by itself. */
  function signed(name: string, days: number, by: string | undefined, extension: string): void {
    const file = (end: string, of = name): string => join(folder, `chain-${of}.${end}`);
    const whole = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`, "-days", String(days)];
    const signer = by === undefined ? [] : ["-CA", file("crt", by), "-CAkey", file("key", by)];
    execFileSync(
      "/usr/bin/openssl",
      [...whole, ...signer, "-addext", extension, "-keyout", file("key"), "-out", file("crt")],
      {
        stdio: "pipe",
      },
    );
  }

  test("of a chain the first end counts, and each name is asked for its own certificate", async () => {
    signed("root", 3_650, undefined, "subjectAltName=DNS:root");
    signed("between", 7, "root", "keyUsage=critical,keyCertSign");
    signed("shop.example.com", 90, "between", "subjectAltName=DNS:shop.example.com");
    signed("pay.example.com", 30, "root", "subjectAltName=DNS:pay.example.com");
    const read = (name: string, end = "crt"): string => readFileSync(join(folder, `chain-${name}.${end}`), "utf8");
    const shop = { key: read("shop.example.com", "key"), cert: read("shop.example.com") + read("between") };
    const pay = createSecureContext({ key: read("pay.example.com", "key"), cert: read("pay.example.com") });
    const server = createTlsServer({
      ...shop,
      SNICallback: (name, done) => done(null, name === "pay.example.com" ? pay : createSecureContext(shop)),
    });
    server.on("secureConnection", (socket) => socket.end()).on("tlsClientError", () => {});
    closing.push(() => server.close());
    const port = await listening(server);
    const ca = { file: join(folder, "chain-root.crt") };
    const daysOf = async (servername: string): Promise<number> => {
      const { values, failed } = await check({ tls: { host: "127.0.0.1", port, ca, servername } });
      assert.equal(told(failed), "");
      return Math.ceil((values.tls_expiry_seconds ?? 0) / 86_400);
    };
    assert.equal(await daysOf("shop.example.com"), 7);
    assert.equal(await daysOf("pay.example.com"), 30);
  });

  test("a port that does not speak TLS is not up", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end("220 smtp.example.com ESMTP\r\n");
    });
    closing.push(() => server.close());
    const { values, failed } = await check({ tls: `127.0.0.1:${await listening(server)}` });
    assert.equal(values.network_check_up, 0);
    assert.match(told(failed), /does not speak TLS|handshake|reset|disconnected/u);
  });
});

describe("dns", () => {
  /** A name server that knows db.example.com and refuses to know any other name; `deaf` answers nothing. */
  async function nameServer(deaf = false): Promise<string> {
    const socket = createSocket("udp4");
    socket.on("message", (query, from) => {
      if (!deaf) socket.send(answerTo(query), from.port, from.address);
    });
    closing.push(() => socket.close());
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    return `127.0.0.1:${socket.address().port}`;
  }

  test("the expected record is up, also among others", async () => {
    const server = await nameServer();
    const { values, failed, samples } = await check({ dns: { name: "db.example.com", server, expect: "10.0.0.8" } });
    assert.equal(failed, undefined);
    assert.deepEqual(samples[0]?.labels, { target: "there", check: "dns" });
    assert.equal(values.network_check_up, 1);
    assert.ok((values.network_check_seconds ?? 0) > 0);
  });

  test("another record, no such name and a name server that does not answer are not up, each with its reason", async () => {
    const server = await nameServer();
    const other = await check({ dns: { name: "db.example.com", server, expect: ["10.0.0.9"] } });
    assert.equal(other.values.network_check_up, 0);
    assert.equal(told(other.failed), `db.example.com A @${server}: 10.0.0.7, 10.0.0.8 without 10.0.0.9`);
    const none = await check({ dns: { name: "no.example.com", server } });
    assert.match(told(none.failed), /name not found/u);
    const deaf = await check({ dns: { name: "db.example.com", server: await nameServer(true) }, timeout: 0.4 });
    assert.equal(deaf.values.network_check_up, 0);
    assert.match(told(deaf.failed), /does not answer/u);
    // That nobody listens there is said of the name server, and not of the name.
    const nobody = await check({ dns: { name: "db.example.com", server: `127.0.0.1:${await freePort()}` } });
    assert.match(told(nobody.failed), /the name server does not answer$/u);
  });
});

describe("ping", () => {
  function says(text: string, code: number): string {
    const file = join(folder, "ping");
    writeFileSync(file, `#!/bin/sh\necho "$@" > ${folder}/asked\ncat <<'END'\n${text}\nEND\nexit ${code}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  test("echoes that came back are up, and what was lost is told", async () => {
    const command = says(
      "4 packets transmitted, 1 received, 75% packet loss, time 3071ms\nrtt min/avg/max/mdev = 20.0/20.0/20.0/0.0 ms",
      0,
    );
    const { samples, failed } = await check({ ping: { host: "10.0.0.2", command, family: 4 } });
    assert.equal(failed, undefined);
    assert.deepEqual(samples, [
      { metric: "network_check_up", labels: { target: "there", check: "ping" }, value: 1 },
      { metric: "network_check_seconds", labels: { target: "there", check: "ping" }, value: 0.02 },
      { metric: "network_loss_ratio", labels: { target: "there" }, value: 0.75 },
    ]);
    assert.match(readFileSync(join(folder, "asked"), "utf8"), /^-4 -n -c 3 -[wt] 3 10\.0\.0\.2$/mu);
  });

  test("nobody's answer is a sample of 0", async () => {
    const command = says("3 packets transmitted, 0 received, 100% packet loss, time 2039ms", 1);
    const { values, failed } = await check({ ping: { host: "10.0.0.2", command } });
    assert.deepEqual(values, { network_check_up: 0, network_loss_ratio: 1 });
    assert.equal(told(failed), "10.0.0.2: no answer in time");
  });

  test("where ping cannot be run nothing is known, and what to install is told", async () => {
    const nowhere = await check({ ping: { host: "10.0.0.2", command: "/no/such/ping" } });
    assert.deepEqual([nowhere.samples, told(nowhere.failed)], [[], "/no/such/ping cannot be run (ENOENT)"]);
    const may = await check({ ping: { host: "10.0.0.2", command: says("ping: socket: Operation not permitted", 2) } });
    assert.deepEqual(may.samples, []);
    assert.match(told(may.failed), /cap_net_raw/u);
  });

  const without = missingPeer("/usr/bin/ping");

  test("the system's own: this host answers, and a name that nobody knows does not", {
    skip: without ?? false,
  }, async () => {
    const { values, failed } = await check({ ping: "127.0.0.1" });
    assert.equal(failed, undefined);
    assert.deepEqual([values.network_check_up, values.network_loss_ratio], [1, 0]);
    assert.ok((values.network_check_seconds ?? 0) > 0 && (values.network_check_seconds ?? 1) < 1);
    const unknown = await check({ ping: "no-such-host.invalid" });
    assert.equal(unknown.values.network_check_up, 0);
    assert.match(told(unknown.failed), /^no-such-host\.invalid: name not found/u);
  });

  test("the system's own, over a line: echoes are lost, nobody is there, and no way leads there", {
    skip: without ?? withoutNamespaces() ?? false,
  }, async () => {
    const [here, there] = [`bongsu-p${process.pid}`, `bongsu-q${process.pid}`];
    for (const name of [here, there]) ip("netns", "add", name);
    closing.push(() => {
      endAllInside();
      for (const name of [here, there]) ip("netns", "del", name);
    });
    ip("-n", here, "link", "add", "wan0", "type", "veth", "peer", "name", "wan0", "netns", there);
    for (const [name, address] of [
      [here, "10.96.0.1/24"],
      [there, "10.96.0.2/24"],
    ] as const) {
      ip("-n", name, "addr", "add", address, "dev", "wan0");
      ip("-n", name, "link", "set", "wan0", "up");
    }
    const ping = async (host: string, count = 1) => {
      const settings = { ping: { host, count } };
      const inside = new CollectorInside(["ip", "netns", "exec", here], "check", settings);
      const { samples, failed } = await inside.collect();
      await inside.stop();
      const values = Object.fromEntries(samples.map(({ metric, value }) => [metric, value]));
      return [values.network_check_up, values.network_loss_ratio?.toFixed(3), told(failed)];
    };
    assert.deepEqual(await ping("10.96.0.2"), [1, "0.000", ""]);
    // From now on it answers once a minute: of three echoes two are dropped.
    const answersOnce = "echo 1 > /proc/sys/net/ipv4/icmp_ratemask; echo 60000 > /proc/sys/net/ipv4/icmp_ratelimit";
    ip("netns", "exec", there, "sh", "-c", answersOnce);
    assert.deepEqual(await ping("10.96.0.2", 3), [1, "0.667", ""]);
    assert.deepEqual(await ping("10.96.0.2"), [0, "1.000", "10.96.0.2: no answer in time"]);
    const [up, lost, because] = await ping("10.200.0.1");
    assert.deepEqual([up, lost], [0, "1.000"]);
    assert.match(String(because), /^10\.200\.0\.1: the host is unreachable \(.*Network is unreachable\)$/u);
  });
});

test("settings that are not understood are told with their path", () => {
  for (const [settings, said] of [
    [{}, /settings\.tcp.*one of ping, tcp, dns, tls/u],
    [{ tcp: "a:1", ping: "a" }, /one check for each target/u],
    [{ tcp: "db-1" }, /settings\.tcp\.host.*db-1:3306/u],
    [{ tcp: 3306 }, /settings\.tcp.*a text, or settings: host, port, family/u],
    [{ tcp: { host: "a", port: 1, family: 5 } }, /settings\.tcp\.family.*4 or 6/u],
    [{ ping: "-f" }, /settings\.ping\.host/u],
    [{ ping: { host: "a", count: 9 } }, /settings\.ping\.count.*fewer echoes/u],
    [{ dns: { name: "a", type: "ANY" } }, /settings\.dns\.type/u],
    [{ dns: { name: "a", server: "ns.example.com" } }, /settings\.dns\.server.*address of a name server/u],
    [{ tls: { host: "a", verify: false } }, /settings\.tls\.verify.*one of host, port/u],
  ] as const) {
    assert.throws(() => checkCollector.open(settings), said, JSON.stringify(settings));
  }
});

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === "::1") ?? false);
}

/** RFC 1035: the question comes back, with two A records for db.example.com and NXDOMAIN for any other name. */
function answerTo(query: Buffer): Buffer {
  let at = 12;
  const labels: string[] = [];
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.subarray(at + 1, at + 1 + length).toString("latin1"));
    at += 1 + length;
  }
  const question = query.subarray(12, at + 5);
  const known = labels.join(".").toLowerCase() === "db.example.com";
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(known ? 2 : 0, 6);
  const records = ["10.0.0.7", "10.0.0.8"].map((address) =>
    Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split(".").map(Number)]),
  );
  return Buffer.concat([header, question, ...(known ? records : [])]);
}
