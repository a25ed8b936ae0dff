import assert from "node:assert/strict";
import { test } from "node:test";
import { isUp, ratesOf, readTraffic } from "./read-interfaces.ts";

const DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 500747053  576028    0    0    0     0          0         0 500747053  576028    0    0    0     0       0          0
  eth0:2116397271   82847    1    2    0     0          0         0  7195297   58178    3    4    0     0       0          0
eth0:1: 1 1 0 0 0 0 0 0 2 1 0 0 0 0 0 0
`;

test("each interface has its bytes, errors and drops of both directions", () => {
  const found = readTraffic(DEV);
  assert.deepEqual([...found.keys()], ["lo", "eth0", "eth0:1"]);
  assert.deepEqual(found.get("eth0"), { receivedBytes: 2_116_397_271, sentBytes: 7_195_297, errors: 4, drops: 6 });
  assert.equal(found.get("eth0:1")?.sentBytes, 2);
});

test("an interface is up by its state, and by its switch where it has no state", () => {
  assert.equal(isUp("up\n", "0x1003\n"), true);
  assert.equal(isUp("down\n", "0x1003\n"), false);
  assert.equal(isUp("lowerlayerdown\n", "0x1003\n"), false);
  assert.equal(isUp("unknown\n", "0x91\n"), true);
  assert.equal(isUp("unknown\n", "0x90\n"), false);
});

test("rates are a second, and none where a counter began anew", () => {
  const before = { receivedBytes: 100, sentBytes: 50, errors: 1, drops: 0 };
  const now = { receivedBytes: 300, sentBytes: 50, errors: 2, drops: 10 };
  assert.deepEqual(ratesOf(before, now, 10), { receivedBytes: 20, sentBytes: 0, errors: 0.1, drops: 1 });
  assert.equal(ratesOf(now, before, 10), undefined);
  assert.equal(ratesOf(before, now, 0), undefined);
});
