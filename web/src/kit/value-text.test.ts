import assert from "node:assert/strict";
import { test } from "node:test";
import { valueText } from "./value-text.ts";

const ko = (value: number, unit: string, metric?: string): string =>
  valueText(value, metric === undefined ? { unit } : { unit, metric }, "ko");
const en = (value: number, unit: string): string => valueText(value, { unit }, "en");

test("a ratio is a percentage with as many digits as tell something", () => {
  assert.deepEqual(
    [0, 0.000002, 0.000207, 0.0004, 0.0451, 0.93149, 0.9, 1].map((value) => ko(value, "ratio")),
    ["0%", "0.0002%", "0.02%", "0.04%", "4.51%", "93.1%", "90%", "100%"],
  );
});

test("seconds are told in the unit that fits", () => {
  assert.deepEqual(
    [0, 0.00002, 0.212, 1.5, 59, 200, 5_400, 34 * 86_400].map((value) => ko(value, "seconds")),
    ["0초", "20 µs", "212 ms", "1.5초", "59초", "3분 20초", "1시간 30분", "34일"],
  );
  assert.equal(en(200, "seconds"), "3 min 20 s");
});

test("bytes are told in powers of 1,024", () => {
  assert.deepEqual(
    [0, 512, 1_536, 1.4 * 1_024 ** 3].map((value) => en(value, "bytes")),
    ["0 B", "512 B", "1.5 KiB", "1.4 GiB"],
  );
  assert.equal(en(2_048, "bytes-per-second"), "2 KiB/s");
});

test("what is 1 or 0 says what that means, and a mean of both stays a number", () => {
  assert.equal(ko(0, "count", "database_up"), "중단");
  assert.equal(ko(1, "count", "unit_active"), "동작");
  assert.equal(ko(1, "count", "database_read_only"), "해당");
  assert.equal(ko(0.5, "count", "database_up"), "0.5");
  assert.equal(ko(3, "count", "database_galera_cluster_size"), "3");
});

test("large counts are short", () => {
  assert.equal(ko(18.25, "per-second"), "18.3/초");
  assert.equal(ko(1_234, "count"), "1,234");
  assert.equal(ko(12_300_000, "count"), "1230만");
  assert.equal(en(12_300_000, "count"), "12.3M");
});
