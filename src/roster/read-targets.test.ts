import assert from "node:assert/strict";
import { test } from "node:test";
import { readRoster } from "./read-roster.ts";

const read = (text: string) => readRoster({ file: "roster.yaml", text });

test("a target says what measures it; its settings stay as they are written", () => {
  const { items } = read(`대상:
  db1: { 수집기: mariadb, 설정: { host: db1, port: 3306, slow: 0.5, zone: "0900", tls: true, password: { env: DB1 } }, 주기: 1분, 에이전트: db1, 라벨: { service: 결제 } }
`);
  assert.deepEqual(
    items?.map(({ data }) => data),
    [
      {
        id: "db1",
        collector: "mariadb",
        settings: { host: "db1", port: 3306, slow: 0.5, zone: "0900", tls: true, password: { env: "DB1" } },
        every: 60_000,
        agent: "db1",
        labels: { service: "결제" },
      },
    ],
  );
});

test("what is wrong with a target is told with its place", () => {
  const codes = (text: string) => read(text).diagnostics.map(({ code, line }) => `${code}:${line}`);
  assert.deepEqual(codes("targets:\n  a: {}\n"), ["missing-field:2"]);
  assert.deepEqual(codes("targets:\n  a: { collector: htpp }\n"), ["unknown-value:2"]);
  assert.deepEqual(codes("targets:\n  a: { collector: http, every: 1s }\n"), ["bad-interval:2"]);
  assert.deepEqual(codes("targets:\n  a: { collector: http, every: often }\n"), ["bad-interval:2"]);
  assert.deepEqual(codes("targets:\n  a: { collector: http, settings: [x] }\n"), ["wrong-shape:2"]);
  assert.deepEqual(codes("targets:\n  a: { collector: http, url: x }\n"), ["unknown-key:2"]);
});
