import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Fault } from "../../fault/fault.ts";
import { sayCollectReasons } from "../../monitor/collect-reason-words.ts";
import { readSettings } from "../settings.ts";
import { EXPECT_SETTINGS, type Expectation, readExpectation, unmet as reasonsOf } from "./expectation.ts";

function expecting(raw: Record<string, unknown>) {
  return readExpectation(readSettings(raw, EXPECT_SETTINGS, "settings.expect"));
}

/** As an English reader is told it; empty where nothing is wrong. */
function unmet(expectation: Expectation, answer: Parameters<typeof reasonsOf>[1]): string {
  return sayCollectReasons(reasonsOf(expectation, answer)).en;
}

const answer = { status: 200, headers: {}, body: "", isCut: false, redirectsMax: 5 };

describe("what an answer has to be", () => {
  test("without a word 2xx is right, and a redirect too where none is followed", () => {
    const usual = readExpectation(undefined);
    assert.equal(unmet(usual, answer), "");
    assert.equal(unmet(usual, { ...answer, status: 204 }), "");
    assert.equal(unmet(usual, { ...answer, status: 302 }), "status 302 instead of 200-299");
    assert.equal(unmet(usual, { ...answer, status: 302, redirectsMax: 0 }), "");
    assert.equal(unmet(usual, { ...answer, status: 503, redirectsMax: 0 }), "status 503 instead of 200-399");
  });

  test("a redirect after the last that is followed is told as that", () => {
    const usual = readExpectation(undefined);
    const led = { ...answer, status: 302, headers: { location: "/again" } };
    assert.equal(unmet(usual, led), "redirected more than 5 times");
  });

  test("headers are looked at by name, whatever its case; what must not be in the body is found there", () => {
    const headers = { "content-type": "text/html; charset=euc-kr", "set-cookie": ["a=1", "b=2"] };
    assert.equal(unmet(expecting({ headers: { "Content-Type": "text/html" } }), { ...answer, headers }), "");
    assert.equal(
      unmet(expecting({ headers: { "content-type": "json" } }), { ...answer, headers }),
      "the header content-type does not contain 'json'",
    );
    assert.match(unmet(expecting({ headers: { "x-missing": "" } }), answer), /^the header x-missing/);
    const body = "<h1>서비스 점검 중입니다</h1>";
    assert.match(unmet(expecting({ body_lacks: "점검 중" }), { ...answer, body }), /must not/);
    assert.equal(unmet(expecting({ body_lacks: "장애" }), { ...answer, body }), "");
  });

  test("statuses are codes, ranges and families", () => {
    const wanted = expecting({ status: [401, "200-204", "5xx"] });
    for (const status of [401, 200, 204, 500, 599]) assert.equal(unmet(wanted, { ...answer, status }), "", `${status}`);
    for (const status of [400, 205, 302]) assert.notEqual(unmet(wanted, { ...answer, status }), "", `${status}`);
    assert.equal(unmet(expecting({ status: "200, 3xx" }), { ...answer, status: 301 }), "");
    for (const status of ["abc", 99, "2xy", [], {}]) assert.throws(() => expecting({ status: [status] }), Fault);
  });

  test("of the body only the verdict is told", () => {
    const body = "secret-token: OPERATIONAL";
    assert.equal(unmet(expecting({ body_contains: "OPERATIONAL" }), { ...answer, body }), "");
    const missed = unmet(expecting({ body_contains: "DOWN" }), { ...answer, body });
    assert.equal(missed, "the body does not contain the expected text");
    assert.equal(unmet(expecting({ body_matches: "OPER\\w+$" }), { ...answer, body }), "");
    assert.doesNotMatch(unmet(expecting({ body_matches: "^x" }), { ...answer, body }), /secret/);
    assert.equal(
      unmet(expecting({ body_contains: "x", max_bytes: 10 }), { ...answer, body: "0123456789", isCut: true }),
      "the body does not contain the expected text; only the first 10 bytes of the body were looked at",
    );
  });

  test("values inside JSON are found by their path", () => {
    const body = JSON.stringify({ status: "UP", parts: [{ ok: true }], "a.b": 1, none: null });
    const holds = expecting({ json: { status: "UP", "parts.0.ok": true, "a.b": 1, none: null } });
    assert.equal(unmet(holds, { ...answer, body }), "");
    assert.equal(
      unmet(expecting({ json: { status: "DOWN" } }), { ...answer, body }),
      'status in the body is not "DOWN"',
    );
    assert.equal(
      unmet(expecting({ json: { "constructor.name": "Object" } }), { ...answer, body }),
      'constructor.name in the body is not "Object"',
    );
    assert.equal(unmet(expecting({ json: { a: 1 } }), { ...answer, body: "<html>" }), "the body is not JSON");
    assert.throws(() => expecting({ json: { a: {} } }), Fault);
  });

  test("a pattern that RE2 does not know is refused when the settings are read", () => {
    assert.throws(() => expecting({ body_matches: "(?=x)" }), /settings.expect.body_matches/);
    assert.throws(() => expecting({ body_match: "x" }), /one of status, headers, body_contains/);
  });
});
