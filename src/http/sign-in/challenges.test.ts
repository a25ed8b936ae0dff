import assert from "node:assert/strict";
import { test } from "node:test";
import { seededChance } from "../../id/chance.ts";
import { Challenges } from "./challenges.ts";

const AT = 1_000_000;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

test("a challenge is good for what it was made for, for five minutes and once", () => {
  const challenges = new Challenges(seededChance(1));
  const one = text(challenges.issue("sign-in", AT));
  assert.equal(challenges.isGood(one, "sign-in", AT), true);
  assert.equal(challenges.isGood(one, "register", AT), false);
  assert.equal(challenges.isGood(one, "sign-in", AT + 300_000), false);
  assert.equal(challenges.use(one, AT), true);
  assert.equal(challenges.isGood(one, "sign-in", AT), false);
  assert.equal(challenges.use(one, AT), false);
});

test("one that we did not hand out is none", () => {
  const challenges = new Challenges(seededChance(1));
  const bytes = challenges.issue("sign-in", AT);
  for (let n = 0; n < bytes.length; n++) {
    const flipped = Uint8Array.from(bytes, (byte, at) => (at === n ? byte ^ 1 : byte));
    assert.equal(challenges.isGood(text(flipped), "sign-in", AT), false, `byte ${n}`);
  }
  for (const other of ["", "AAAA", text(new Challenges(seededChance(2)).issue("sign-in", AT))])
    assert.equal(challenges.isGood(other, "sign-in", AT), false);
});
