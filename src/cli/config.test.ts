import assert from "node:assert/strict";
import { test } from "node:test";
import { readConfig } from "./config.ts";

const proxies = (text: string): string => readConfig({}, { BONGSU_TRUSTED_PROXIES: text }, ".").trustedProxies;

test("proxies that are believed are addresses and networks; none unless they are named", () => {
  assert.equal(readConfig({}, {}, ".").trustedProxies, "");
  assert.equal(proxies(" 127.0.0.1, 10.0.0.0/8 ,fd00::/8,"), "127.0.0.1,10.0.0.0/8,fd00::/8");
});

test("what would make everybody a proxy, or nobody, is refused with what is expected", () => {
  for (const wrong of ["true", "*", "proxy.example.com", "10.0.0.0/33", "10.0.0.1/8/8", "10.0.0.1/x", "::1/129"])
    assert.throws(() => proxies(wrong), /config-invalid.*trusted_proxies/, wrong);
});
