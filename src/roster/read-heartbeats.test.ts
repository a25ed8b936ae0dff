import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR_MS, MINUTE_MS } from "../time/instant.ts";
import { readRoster } from "./read-roster.ts";

const read = (text: string) => readRoster({ file: "roster.yaml", text });

test("a heartbeat says how often, or by which line of cron in which zone, and how late it may be", () => {
  const { items } = read(`하트비트:
  야간 백업: { 크론: "0 3 * * *", 시간대: Asia/Seoul, 유예: 30분, 등급: Minor, 서비스: 백업 }
  billing: { every: 1 hour 30 minutes, grace: 10m }
`);
  assert.deepEqual(
    items?.map(({ data }) => data),
    [
      {
        id: "야간 백업",
        schedule: { kind: "cron", cron: "0 3 * * *", zone: "Asia/Seoul" },
        grace: 30 * MINUTE_MS,
        grade: "Minor",
        service: "백업",
      },
      { id: "billing", schedule: { kind: "every", every: 1.5 * HOUR_MS }, grace: 10 * MINUTE_MS },
    ],
  );
});

test("what is wrong with a heartbeat is told with its place", () => {
  const codes = (text: string) => read(`heartbeats:\n${text}`).diagnostics.map(({ code, line }) => `${code}:${line}`);
  assert.deepEqual(codes("  a: {}\n"), ["missing-field:2", "missing-field:2"]);
  assert.deepEqual(codes("  a: { every: 1h }\n"), ["missing-field:2"]);
  assert.deepEqual(codes("  a: { every: 5s, grace: 1m }\n"), ["bad-interval:2"]);
  assert.deepEqual(codes("  a: { every: often, grace: 1m }\n"), ["bad-interval:2"]);
  assert.deepEqual(codes("  a: { every: 1h, grace: 500d }\n"), ["bad-interval:2"]);
  assert.deepEqual(codes("  a: { every: 1h, cron: 0 3 * * *, grace: 1m }\n"), ["duplicate-key:2"]);
  assert.deepEqual(codes("  a: { every: 1h, zone: Asia/Seoul, grace: 1m }\n"), ["unknown-key:2"]);
  assert.deepEqual(codes('  a: { cron: "0 3 * *", grace: 1m }\n'), ["bad-cron:2"]);
  assert.deepEqual(codes('  a: { cron: "0 0 31 2 *", grace: 1m }\n'), ["bad-cron:2"]);
  assert.deepEqual(codes('  a: { cron: "0 3 * * *", zone: Mars/Olympus, grace: 1m }\n'), ["bad-zone:2"]);
  assert.deepEqual(codes("  '---': { every: 1h, grace: 1m }\n"), ["bad-name:2"]);
  assert.deepEqual(codes("  a: { every: 1h, grace: 1m, topic: x }\n"), ["unknown-key:2"]);
});
