import assert from "node:assert/strict";
import { test } from "node:test";
import type { ShownCollectorField, ShownTarget } from "../../../../src/http/wire/monitors.ts";
import { bodyOf, draftOf, newDraft, problemsOf } from "./target-draft.ts";

const field = (name: string, more: Partial<ShownCollectorField> = {}): ShownCollectorField => ({
  name,
  type: "text",
  required: false,
  otherwise: null,
  choices: [],
  oneOf: null,
  ...more,
});
const FIELDS = [
  field("url", { required: true }),
  field("password", { type: "secret" }),
  field("insecure", { type: "flag", otherwise: false }),
  field("mounts", { type: "texts" }),
  field("expect.status"),
];

function target(settings: ShownTarget["settings"]): ShownTarget {
  const facts = { managedBy: null, revision: 1, up: null, because: [], lastAt: null, tookMs: null, seriesCount: 0 };
  return {
    id: "shop",
    collector: "http",
    settings,
    everySeconds: 30,
    agent: null,
    labels: { service: "주문" },
    ...facts,
  };
}

test("a target that is opened and saved again is the same, whatever the form has no field for", () => {
  for (const settings of [
    { url: "http://a/", insecure: true, mounts: ["/", "/var"], expect: { status: "200", json: { ok: true } } },
    { url: "http://a/", password: { env: "DB" }, headers: { accept: "text/plain" } },
    { url: "http://a/", password: "<hidden>", expect: { status: ["2xx", "304"] } },
  ]) {
    const opened = draftOf(target(settings), FIELDS, "ko");
    const body = bodyOf(opened, FIELDS, settings);
    assert.deepEqual(body.settings, settings);
    assert.deepEqual(body.labels, { service: "주문" });
    assert.equal(body.everySeconds, 30);
  }
});

test("of several ways to check the chosen one is sent and no other", () => {
  const checks = [field("tcp", { oneOf: "check" }), field("ping", { oneOf: "check" })];
  const opened = draftOf(target({ ping: "db-1" }), checks, "ko");
  assert.deepEqual(opened.chosen, { check: "ping" });
  const other = { ...opened, chosen: { check: "tcp" }, values: { ...opened.values, tcp: "db-1:3306" } };
  assert.deepEqual(bodyOf(other, checks, {}).settings, { tcp: "db-1:3306" });
});

test("what cannot be saved is told by its field", () => {
  const draft = newDraft("http", FIELDS, { locale: "ko", settings: { url: "http://a/" } });
  assert.deepEqual(problemsOf(draft, FIELDS), { id: true });
  const bad = { ...draft, id: "x", every: "2초", labels: "service", more: "[1]" };
  assert.deepEqual(problemsOf(bad, FIELDS), { every: true, labels: true, more: true });
  assert.deepEqual(problemsOf({ ...bad, every: "1시간", labels: "a=b=c", more: '{"x":1}' }, FIELDS), {});
});

test("what cannot be asked is told before it is, by the collector's fields", () => {
  const fields = [field("url", { required: true }), field("port", { type: "number" })];
  const of = (url: string, port: string) => {
    const draft = newDraft("http", fields, { locale: "ko", settings: { url, port } });
    return problemsOf({ ...draft, id: "x" }, fields).fields;
  };
  assert.deepEqual(of("", ""), { url: "missing" });
  assert.deepEqual(of("shop.example.com", "3306번"), { url: "not-an-address", port: "not-a-number" });
  assert.equal(of("https://shop.example.com", "3306"), undefined);
});
