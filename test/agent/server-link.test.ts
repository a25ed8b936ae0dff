import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after, describe, test } from "node:test";
import { serverLink } from "../../src/agent/server-link.ts";
import { Fault } from "../../src/fault/fault.ts";
import { Secret } from "../../src/secret/secret.ts";
import { OPENSSL, selfSigned } from "../peers/self-signed.ts";
import { missingPeer } from "../runner/debian.ts";

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

const linkTo = (url: string, ca?: string) =>
  serverLink({ url, token: new Secret("t"), version: "1", ...(ca === undefined ? {} : { ca }) });

const codeOf = async (link: ReturnType<typeof linkTo>): Promise<string> => {
  try {
    await link.targets("web-1", undefined);
    return "taken";
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  } finally {
    link.close();
  }
};

describe("what the answer of a server, or of what stands before it, means to an agent", () => {
  const ANSWERS: readonly (readonly [status: number, headers: Record<string, string>, body: string, means: object])[] =
    [
      [200, {}, "{}", { is: "taken", rejected: 0 }],
      [200, {}, '{"partialSuccess":{"rejectedDataPoints":"3","errorMessage":"old"}}', { is: "taken", rejected: 3 }],
      [200, {}, "<html>welcome</html>", { is: "barred" }],
      [400, {}, '{"message":"no","error":{"code":"bad-request"}}', { is: "refused" }],
      // Said by a proxy: whatever the body was, it may be right for the server behind it.
      [400, {}, "<html>The plain HTTP request was sent to HTTPS port</html>", { is: "barred" }],
      [413, {}, "<html>too large</html>", { is: "refused" }],
      [401, {}, '{"message":"who"}', { is: "barred" }],
      [403, {}, '{"message":"token-of-another-host"}', { is: "barred" }],
      [404, {}, "", { is: "barred" }],
      [301, { location: "https://bongsu.example.com/" }, "", { is: "barred" }],
      [429, { "retry-after": "7" }, "", { is: "later", after: 7_000 }],
      [503, { "retry-after": "86400" }, "", { is: "later", after: 300_000 }],
      [
        503,
        { date: "Thu, 26 Nov 2026 10:00:00 GMT", "retry-after": "Thu, 26 Nov 2026 10:00:40 GMT" },
        "",
        { after: 40_000 },
      ],
      [502, {}, "", { is: "later" }],
    ];
  for (const [status, headers, body, means] of ANSWERS)
    test(`${status} ${body.slice(0, 40)} ${JSON.stringify(means)}`, async () => {
      const answer = (_request: IncomingMessage, response: ServerResponse): void => {
        response.writeHead(status, headers).end(body);
      };
      const link = linkTo(`http://127.0.0.1:${await portOf(createServer(answer))}`);
      const sent = await link.send(new Uint8Array());
      link.close();
      assert.partialDeepStrictEqual(sent, means);
      if (status === 301) assert.match("because" in sent ? String(sent.because) : "", /leads to https/);
    });
});

describe("a server over TLS", { skip: missingPeer(OPENSSL) ?? false }, () => {
  const { key, cert } = missingPeer(OPENSSL) === undefined ? selfSigned("localhost", 30) : { key: "", cert: "" };
  const answer = (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { etag: '"1"' }).end('{"targets":[]}');
  };

  test("is trusted by its own authority, and by no other; it says which of the two is wrong", async () => {
    const port = await portOf(createTlsServer({ key, cert }, answer));
    assert.equal(await codeOf(linkTo(`https://localhost:${port}`, cert)), "taken");
    assert.equal(await codeOf(linkTo(`https://localhost:${port}`)), "server-not-trusted");
    assert.equal(await codeOf(linkTo(`https://127.0.0.1:${port}`, cert)), "server-not-trusted");
    const link = linkTo(`https://localhost:${port}`);
    assert.equal((await link.send(new Uint8Array())).is, "barred");
    link.close();
    assert.equal(await codeOf(linkTo(`http://127.0.0.1:${port}`)), "server-unreachable");
  });

  test("is not found where http is spoken", async () => {
    const port = await portOf(createServer(answer));
    assert.equal(await codeOf(linkTo(`https://127.0.0.1:${port}`)), "not-a-server");
  });
});
