import assert from "node:assert/strict";
import { test } from "node:test";
import { seededChance } from "../../id/chance.ts";
import { hashPassword, isOutdated, isPassword } from "./password-hash.ts";

/** From the reference implementation's own test (github.com/P-H-C/phc-winner-argon2, src/test.c, version 19). */
const VECTORS = [
  ["password", "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"],
  ["password", "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"],
  ["password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"],
  ["differentpassword", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94"],
  ["password", "$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw"],
] as const;

test("hashes of the reference implementation are recognised, and no other password by them", async () => {
  for (const [password, phc] of VECTORS) {
    assert.equal(await isPassword(phc, password), true, phc);
    assert.equal(await isPassword(phc, `${password}.`), false, phc);
  }
});

test("a hash is argon2id at OWASP's cost, with a salt of its own", async () => {
  const chance = seededChance(1);
  const [one, other] = [await hashPassword(chance, "the same words"), await hashPassword(chance, "the same words")];
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(one, other);
  assert.equal(await isPassword(one, "the same words"), true);
  assert.equal(isOutdated(one), false);
  assert.equal(isOutdated(VECTORS[0][1]), true);
});

test("Hangul is the same password whether it came composed or in parts", async () => {
  const phc = await hashPassword(seededChance(2), "동해물과 백두산이".normalize("NFD"));
  assert.equal(await isPassword(phc, "동해물과 백두산이".normalize("NFC")), true);
});

test("where there is no hash, or one that cannot be read, nothing is the password", async () => {
  for (const phc of [
    undefined,
    "",
    "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8",
  ])
    assert.equal(await isPassword(phc, "password"), false);
});

for (const [what, phc] of [
  ["a password that is checked", VECTORS[0][1]],
  ["nobody's password, for which the same work is done,", undefined],
] as const)
  test(`a flood of ${what} waits in a line that ends`, async () => {
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => isPassword(phc, "password")));
    const refused = all.filter(({ status }) => status === "rejected");
    assert.equal(refused.length, 60 - 42);
    for (const one of refused) assert.match(String((one as PromiseRejectedResult).reason), /overloaded/);
  });
