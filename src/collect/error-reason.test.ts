import assert from "node:assert/strict";
import { test } from "node:test";
import { Fault } from "../fault/fault.ts";
import { sayCollectReason } from "../monitor/collect-reason-words.ts";
import { certificateReason, reasonOf } from "./error-reason.ts";

test("an error is a reason by its name; of several the first; what nobody knows keeps its words", () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED ::1:1"), { code: "ECONNREFUSED" });
  assert.deepEqual(reasonOf(refused, "[::1]:1"), { code: "connection-refused", of: "[::1]:1" });
  assert.deepEqual(reasonOf(new AggregateError([refused, new Error("x")])), { code: "connection-refused" });
  assert.deepEqual(reasonOf(new Error("something new")), { code: "unexpected", detail: "something new" });
  assert.deepEqual(certificateReason("CERT_HAS_EXPIRED", "a:443"), { code: "certificate-expired", of: "a:443" });
  assert.deepEqual(certificateReason("CERT_REVOKED", "a:443"), {
    code: "certificate-refused",
    of: "a:443",
    detail: "CERT_REVOKED",
  });
});

test("a fault is told with its facts", () => {
  const unreadable = reasonOf(new Fault("secret-unreadable", { path: "settings.bearer", env: "TOKEN" }));
  assert.deepEqual(unreadable, {
    code: "fault",
    fault: "secret-unreadable",
    detail: "path: settings.bearer, env: TOKEN",
  });
  assert.match(sayCollectReason(unreadable).ko, /비밀 값을 읽을 수 없습니다.*settings\.bearer/u);
});
