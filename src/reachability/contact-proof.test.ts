import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { asId } from "../id/id.ts";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import {
  accepted,
  CODE_LIFE_MS,
  CODE_TRIES,
  CODES_PER_HOUR,
  type ContactProof,
  codeAsked,
  codeDrawn,
  codeTyped,
  codeWait,
  failed,
  proofOf,
  proven,
} from "./contact-proof.ts";
import { contactState, personState, unprovenSince } from "./contact-state.ts";

const T = 1_000_000_000;
const CONTACT = { person: asId<"person">("alice"), channel: "email", address: "hash-of-a" } as const;
const PAGE = asId<"delivery">("verify.1");
const fresh = proofOf(undefined, CONTACT, T);
const asked = (proof: ContactProof = fresh): ContactProof => {
  const drawn = codeDrawn(codeAsked(proof, PAGE, T), PAGE, "right");
  assert.ok(drawn);
  return drawn;
};

describe("what is known of a contact", () => {
  test("holds for one address: another begins anew, and only the limit of codes goes with it", () => {
    const typed = codeTyped(asked(), "right", T + 1);
    assert.equal(typed.is, "verified");
    const verified = "proof" in typed ? { ...typed.proof, revision: 4 } : fresh;
    const changed = proofOf(verified, { ...CONTACT, address: "hash-of-b" }, T + 2);
    assert.deepEqual(changed, {
      ...CONTACT,
      address: "hash-of-b",
      revision: 4,
      since: T + 2,
      asked: [T],
    });
    assert.equal(proofOf(verified, CONTACT, T + 3), verified);
  });

  test("a provider that took a page is no human, and one that gives up is told with its words and since when", () => {
    const facts = { usable: "yes", at: T + HOUR_MS, within: HOUR_MS } as const;
    const taken = accepted(fresh, T);
    assert.equal(contactState(fresh, facts), "untried");
    assert.equal(contactState(taken, facts), "accepted");
    const gone = failed(taken ?? fresh, T + 5, "550 no such user");
    assert.deepEqual(gone?.failing, { since: T + 5, at: T + 5, because: "550 no such user" });
    assert.equal(contactState(gone, facts), "failing");
    const again = failed(gone ?? fresh, T + 9 + MINUTE_MS, "421 busy");
    assert.deepEqual(again?.failing, { since: T + 5, at: T + 9 + MINUTE_MS, because: "421 busy" });
    assert.equal(accepted(again ?? fresh, T + 10 + MINUTE_MS)?.failing, undefined);
    const answered = proven(again ?? fresh, T, "link");
    assert.equal(contactState(answered, facts), "proven");
    assert.equal(contactState(answered, { ...facts, at: T + HOUR_MS + 1 }), "stale");
    assert.equal(contactState(answered, { ...facts, usable: "not-configured" }), "not-configured");
  });

  test("the same news within a minute is not written again", () => {
    const taken = accepted(fresh, T) ?? fresh;
    assert.equal(accepted(taken, T + MINUTE_MS - 1), undefined);
    assert.equal(accepted(taken, T + MINUTE_MS)?.acceptedAt, T + MINUTE_MS);
    const gone = failed(fresh, T, "no") ?? fresh;
    assert.equal(failed(gone, T + 1, "no"), undefined);
    assert.ok(failed(gone, T + 1, "never"));
  });

  test("a person is as well reached as by the best of their contacts", () => {
    assert.equal(personState(["failing", "proven"]), "proven");
    assert.equal(personState(["failing", "accepted"]), "unproven");
    assert.equal(personState(["failing", "not-configured", "no-driver"]), "unreachable");
    assert.equal(personState([]), "unreachable");
    assert.equal(unprovenSince([]), undefined);
    assert.equal(unprovenSince([fresh, proven(fresh, T + 7, "code")]), T + 7);
  });
});

describe("a code", () => {
  test("verifies and proves the contact, once", () => {
    const typed = codeTyped(asked(), "right", T + 1);
    assert.ok(typed.is === "verified");
    assert.deepEqual([typed.proof.verifiedAt, typed.proof.proven], [T + 1, { at: T + 1, by: "code" }]);
    assert.equal(codeTyped(typed.proof, "right", T + 2).is, "no-code");
  });

  test("is void after its time, after five wrong ones, and when another is asked for", () => {
    assert.equal(codeTyped(asked(), "right", T + CODE_LIFE_MS).is, "expired");
    let proof = asked();
    for (let left = CODE_TRIES - 1; left >= 0; left--) {
      const typed = codeTyped(proof, "wrong", T);
      assert.ok(typed.is === "wrong");
      assert.equal(typed.triesLeft, left);
      proof = typed.proof;
    }
    assert.equal(codeTyped(proof, "right", T).is, "too-many-tries");
    const other = codeAsked(asked(), asId("verify.2"), T);
    assert.equal(codeTyped(other, "right", T).is, "wrong");
    assert.equal(codeDrawn(other, PAGE, "late"), undefined);
  });

  test("of an attempt that may have arrived is as good as that of the next attempt", () => {
    const twice = codeDrawn(asked(), PAGE, "second");
    assert.equal(codeTyped(twice ?? fresh, "right", T).is, "verified");
    assert.equal(codeTyped(twice ?? fresh, "second", T).is, "verified");
  });

  test("is asked for five times an hour by one person, whatever the contact", () => {
    const times = Array.from({ length: CODES_PER_HOUR }, (_, nth) => T + nth);
    assert.equal(codeWait(times.slice(1), T + 10), 0);
    assert.equal(codeWait(times, T + 10), HOUR_MS - 10);
    assert.equal(codeWait(times, T + HOUR_MS), 0);
  });
});
