import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "../fault/fault.ts";
import { HIDDEN, maskedSettings, withStoredSecrets } from "./target-secrets.ts";

const STORED = {
  url: "https://watch:s3cret@db.example.com/metrics?token=s3cret&format=text",
  bearer: "s3cret",
  basic: { user: "watch", password: "s3cret" },
  headers: { "x-api": "s3cret", cookie: { env: "COOKIE" } },
  body: '{"login":"watch","password":"s3cret"}',
  client: { cert: "-----BEGIN CERTIFICATE-----", key: "s3cret" },
  password: { file: "/etc/bongsu/password" },
  expect: { headers: { "content-type": "text/html" }, body_contains: "정상" },
};

test("no secret of a target is shown, and whatever is none is", () => {
  const shown = maskedSettings(STORED);
  assert.doesNotMatch(JSON.stringify(shown), /s3cret/u);
  assert.deepEqual(shown, {
    url: `https://watch:${HIDDEN}@db.example.com/metrics?token=${HIDDEN}&format=text`,
    bearer: HIDDEN,
    basic: { user: "watch", password: HIDDEN },
    headers: { "x-api": HIDDEN, cookie: { env: "COOKIE" } },
    body: HIDDEN,
    client: { cert: "-----BEGIN CERTIFICATE-----", key: HIDDEN },
    password: { file: "/etc/bongsu/password" },
    expect: { headers: { "content-type": "text/html" }, body_contains: "정상" },
  });
});

test("what comes back as it was shown is what is stored", () => {
  assert.deepEqual(withStoredSecrets(maskedSettings(STORED), STORED), STORED);
});

test("a stored secret goes to no other address, and what was never stored is not made up", () => {
  const refused = (given: Record<string, unknown>, stored: Record<string, unknown>): void => {
    assert.throws(() => withStoredSecrets(given, stored), Fault);
  };
  const db = { host: "db-1", port: 3306, extra_port: 3307, password: "s3cret" };
  assert.deepEqual(withStoredSecrets({ ...db, password: HIDDEN, user: "new" }, db), { ...db, user: "new" });
  refused({ ...db, password: HIDDEN, host: "elsewhere" }, db);
  refused({ ...db, password: HIDDEN, extra_port: 1 }, db);
  refused({ ...db, password: HIDDEN }, {});
  refused({ url: `https://other.example.com/?token=${HIDDEN}` }, { url: "https://db.example.com/?token=s3cret" });
});
