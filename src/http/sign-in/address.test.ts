import assert from "node:assert/strict";
import { test } from "node:test";
import type { FastifyRequest } from "fastify";
import { mayCarryCookie, passkeyPlace, passkeySite } from "./address.ts";

const asked = (headers: Record<string, string>): FastifyRequest => ({ headers }) as unknown as FastifyRequest;
const PUBLIC = "https://bongsu.example.com";

test("the cookie is carried over https and on this host itself, and nowhere else", () => {
  for (const host of ["localhost:7119", "127.0.0.1:7119", "127.8.0.1", "[::1]:7119", "a.localhost"])
    assert.equal(mayCarryCookie(asked({ host }), "http://x"), true, host);
  assert.equal(mayCarryCookie(asked({ host: "bongsu.example.com" }), PUBLIC), true);
  assert.equal(mayCarryCookie(asked({ host: "bongsu.example.com", origin: PUBLIC }), "http://x"), true);
  for (const host of ["10.0.0.5:7119", "bongsu", "128.0.0.1", "127.0.0.1.evil.example", "localhost.evil.example", ""])
    assert.equal(mayCarryCookie(asked({ host, origin: `http://${host}` }), PUBLIC), false, host);
  assert.equal(mayCarryCookie(asked({ host: "bongsu.example.com" }), "http://bongsu.example.com"), false);
});

test("passkeys are of localhost or of the public address, never of an IP address", () => {
  assert.deepEqual(passkeySite(asked({ host: "localhost:7119" }), PUBLIC), {
    id: "localhost",
    origin: "http://localhost:7119",
  });
  assert.deepEqual(passkeySite(asked({ host: "bongsu.example.com" }), PUBLIC), {
    id: "bongsu.example.com",
    origin: PUBLIC,
  });
  assert.equal(passkeySite(asked({ host: "evil.example" }), PUBLIC), undefined);
  assert.equal(passkeySite(asked({ host: "10.0.0.5" }), "https://10.0.0.5"), undefined);
  assert.equal(passkeySite(asked({ host: "[::1]" }), "https://[::1]"), undefined);
});

test("where they cannot be used, the address at which they can is named, if there is one", () => {
  assert.deepEqual(passkeyPlace(asked({ host: "127.0.0.1:7119" }), "http://127.0.0.1:7119"), {
    can: false,
    open: "http://localhost:7119",
  });
  assert.deepEqual(passkeyPlace(asked({ host: "10.0.0.5:7119" }), PUBLIC), { can: false, open: PUBLIC });
  assert.deepEqual(passkeyPlace(asked({ host: "10.0.0.5:7119" }), "http://10.0.0.5:7119"), { can: false, open: null });
});
