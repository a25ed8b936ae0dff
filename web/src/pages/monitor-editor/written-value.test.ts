import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Unit } from "../../../../src/metric/metric.ts";
import { readLength, readValue, unitOfMeasure, unitOfMetric, writeLength, writeValue } from "./written-value.ts";

test("values are typed as people write them", () => {
  const read: readonly (readonly [string, Unit, number | undefined])[] = [
    ["95%", "ratio", 0.95],
    ["95", "ratio", 0.95],
    ["7 퍼센트", "ratio", 0.07],
    ["0.5%", "ratio", 0.005],
    ["95 GB", "ratio", undefined],
    ["", "ratio", undefined],
    ["250ms", "seconds", 0.25],
    ["3초", "seconds", 3],
    ["1.5", "seconds", 1.5],
    ["1시간 30분", "seconds", 5_400],
    ["14 days", "seconds", 1_209_600],
    ["30분 1시간", "seconds", undefined],
    ["3%", "seconds", undefined],
    ["20GB", "bytes", 20 * 1_024 ** 3],
    ["1.5 GiB", "bytes", 1.5 * 1_024 ** 3],
    ["512", "bytes", 512],
    ["10 MB/s", "bytes-per-second", 10 * 1_024 ** 2],
    ["10MB/초", "bytes-per-second", 10 * 1_024 ** 2],
    ["100건/초", "per-second", 100],
    ["1,200 / s", "per-second", 1_200],
    ["80도", "celsius", 80],
    ["-5 °C", "celsius", -5],
    ["300W", "watts", 300],
    ["3개", "count", 3],
    ["3 ms", "count", undefined],
    ["다섯", "count", undefined],
  ];
  for (const [text, unit, value] of read) assert.equal(readValue(text, unit), value, `${text} (${unit})`);
});

test("a value is written in the size that fits", () => {
  const written: readonly (readonly [number, Unit, string])[] = [
    [0.95, "ratio", "95%"],
    [0.07, "ratio", "7%"],
    [0.001, "ratio", "0.1%"],
    [0, "seconds", "0초"],
    [0.25, "seconds", "250 ms"],
    [1.5, "seconds", "1.5초"],
    [90, "seconds", "90초"],
    [120, "seconds", "2분"],
    [5_400, "seconds", "90분"],
    [1_209_600, "seconds", "14일"],
    [20 * 1_024 ** 3, "bytes", "20 GiB"],
    [1_000, "bytes", "1000 B"],
    [10 * 1_024 ** 2, "bytes-per-second", "10 MiB/s"],
    [0.1, "per-second", "0.1/초"],
    [80, "celsius", "80°C"],
    [0, "count", "0"],
  ];
  for (const [value, unit, text] of written) assert.equal(writeValue(value, unit, "ko"), text);
});

test("what is written is read back as it was, in each unit and language", () => {
  const unit = fc.constantFrom<Unit>(
    "ratio",
    "seconds",
    "bytes",
    "bytes-per-second",
    "per-second",
    "celsius",
    "watts",
    "count",
  );
  const value = fc.oneof(
    fc.integer({ min: 0, max: 10_000_000 }),
    fc.integer({ min: 1, max: 99_999 }).map((of) => of / 1_000),
  );
  fc.assert(
    fc.property(value, unit, fc.constantFrom("ko" as const, "en" as const), (number, kind, locale) => {
      assert.equal(readValue(writeValue(number, kind, locale), kind), number);
    }),
  );
});

test("a length of time is typed in any size, a bare number being minutes", () => {
  assert.deepEqual(["5", "5분", "90초", "1시간 30분", "1.5h", "2일", "0", "", "곧", "-5분"].map(readLength), [
    300_000,
    300_000,
    90_000,
    5_400_000,
    5_400_000,
    172_800_000,
    0,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual(
    [0, 10_000, 60_000, 90_000, 300_000, 330_000, 5_400_000, 86_400_000].map((ms) => writeLength(ms, "ko")),
    ["0분", "10초", "1분", "90초", "5분", "5분 30초", "1시간 30분", "1일"],
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (seconds) => {
      for (const locale of ["ko", "en"] as const)
        assert.equal(readLength(writeLength(seconds * 1_000, locale)), seconds * 1_000);
    }),
  );
});

test("a counter's growth counts by the second", () => {
  assert.equal(unitOfMeasure("count", "rate"), "per-second");
  assert.equal(unitOfMeasure("bytes", "rate"), "bytes-per-second");
  assert.equal(unitOfMeasure("count", "increase"), "count");
  assert.equal(unitOfMeasure("ratio", "avg"), "ratio");
  for (const unit of ["count", "bytes", "seconds"] as const)
    for (const form of ["rate", "avg"] as const) assert.equal(unitOfMetric(unitOfMeasure(unit, form), form), unit);
});
