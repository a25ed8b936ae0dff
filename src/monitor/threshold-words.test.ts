import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { durationText } from "../locale/page.ts";
import type { Unit } from "../metric/metric.ts";
import type { Comparison } from "./monitor.ts";
import { inUnit, readThreshold } from "./threshold-words.ts";
import { lineText } from "./words.ts";

const minutes = (count: number): number => count * 60_000;

describe("a threshold as a document says it", () => {
  for (const [text, wanted] of [
    ["90% 초과 5분", { when: "above", bound: 90, unit: "percent", hold: minutes(5) }],
    ["90% 이상 10분 지속", { when: "at-least", bound: 90, unit: "percent", hold: minutes(10) }],
    ["90%", { when: "at-least", bound: 90, unit: "percent" }],
    ["90% for 5 minutes", { when: "at-least", bound: 90, unit: "percent", hold: minutes(5) }],
    ["above 90 % for 5m", { when: "above", bound: 90, unit: "percent", hold: minutes(5) }],
    ["> 90%", { when: "above", bound: 90, unit: "percent" }],
    [">= 90 % for 1 hour", { when: "at-least", bound: 90, unit: "percent", hold: minutes(60) }],
    ["5분간 90% 초과", { when: "above", bound: 90, unit: "percent", hold: minutes(5) }],
    ["3초 초과 5분", { when: "above", bound: 3, unit: "seconds", hold: minutes(5) }],
    ["2 s for 5 minutes", { when: "at-least", bound: 2, unit: "seconds", hold: minutes(5) }],
    ["500ms 이상 5분 이상", { when: "at-least", bound: 0.5, unit: "seconds", hold: minutes(5) }],
    ["10GB 미만 1시간", { when: "below", bound: 10 * 1024 ** 3, unit: "bytes", hold: minutes(60) }],
    ["초과 90%", { when: "above", bound: 90, unit: "percent" }],
    ["1,000건/초 초과", { when: "above", bound: 1_000, unit: "per-second" }],
    ["100 tps 미만 10분", { when: "below", bound: 100, unit: "per-second", hold: minutes(10) }],
    ["분당 600건 초과 5분", { when: "above", bound: 10, unit: "per-second", hold: minutes(5) }],
    ["600/분 초과", { when: "above", bound: 10, unit: "per-second" }],
    ["above 600 per minute for 5m", { when: "above", bound: 10, unit: "per-second", hold: minutes(5) }],
    ["초당 5건 이상", { when: "at-least", bound: 5, unit: "per-second" }],
    ["above 20MB/s for 5m", { when: "above", bound: 20 * 1024 ** 2, unit: "bytes-per-second", hold: minutes(5) }],
    ["초당 20MiB 초과", { when: "above", bound: 20 * 1024 ** 2, unit: "bytes-per-second" }],
    ["300W 이상 5분", { when: "at-least", bound: 300, unit: "watts", hold: minutes(5) }],
    ["5건 이하", { when: "at-most", bound: 5, unit: "count" }],
    ["90도 이상 5분", { when: "at-least", bound: 90, unit: "celsius", hold: minutes(5) }],
    ["at most 3", { when: "at-most", bound: 3, unit: "count" }],
    [
      "5분 평균 3초 이상 10분",
      { when: "at-least", bound: 3, unit: "seconds", hold: minutes(10), measure: { form: "avg", window: minutes(5) } },
    ],
    [
      "5m average above 3s for 10m",
      { when: "above", bound: 3, unit: "seconds", hold: minutes(10), measure: { form: "avg", window: minutes(5) } },
    ],
    [
      "p95 over 5m above 800ms",
      {
        when: "above",
        bound: 0.8,
        unit: "seconds",
        measure: { form: "percentile", percentile: 95, window: minutes(5) },
      },
    ],
  ] as const) {
    test(`'${text}' is a line`, () => {
      assert.deepEqual(readThreshold(text), { is: "line", ...wanted });
    });
  }

  for (const [text, wanted] of [
    ["중지 1분", { is: "state", hold: minutes(1) }],
    ["비정상 5분 지속", { is: "state", hold: minutes(5) }],
    ["down for 1 min", { is: "state", hold: minutes(1) }],
    ["다운", { is: "state" }],
    ["평소와 다름 15분", { is: "unusual", side: "both", hold: minutes(15) }],
    ["평소보다 낮음 15분", { is: "unusual", side: "below", hold: minutes(15) }],
    ["평소보다 많음", { is: "unusual", side: "above" }],
    ["different from usual for 15 minutes", { is: "unusual", side: "both", hold: minutes(15) }],
    ["lower than usual for 10m", { is: "unusual", side: "below", hold: minutes(10) }],
  ] as const) {
    test(`'${text}' is read`, () => {
      assert.deepEqual(readThreshold(text), wanted);
    });
  }

  for (const text of [
    "",
    "높음",
    "90% 5분 10분",
    "90 bananas",
    "too much",
    "2시간 평균 3초 초과",
    "평소",
    "중지 어제",
    "5분 평균",
    "초당 5초 초과",
    "초당 5%",
  ]) {
    test(`'${text}' is none`, () => {
      assert.equal(readThreshold(text), undefined);
    });
  }
});

test("what is shown of a line reads as that line, in both languages and every unit", () => {
  const units: readonly Unit[] = [
    "ratio",
    "seconds",
    "bytes",
    "bytes-per-second",
    "per-second",
    "celsius",
    "watts",
    "count",
  ];
  const when = fc.constantFrom<Comparison>("above", "at-least", "below", "at-most");
  const bound = fc
    .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: -2, max: 6 }))
    .map(([digits, power]) => digits * 10 ** power);
  const hold = fc.integer({ min: 0, max: 24 * 60 }).map(minutes);
  fc.assert(
    fc.property(
      fc.constantFrom(...units),
      when,
      bound,
      hold,
      fc.constantFrom("ko", "en"),
      (unit, side, value, held, locale) => {
        fc.pre(unit !== "ratio" || value <= 1);
        const line = lineText({ when: side, bound: value }, unit, locale);
        const length = held === 0 ? "" : durationText(held, locale);
        const text = locale === "ko" ? `${line} ${length}` : `${line}${held === 0 ? "" : ` for ${length}`}`;
        const read = readThreshold(text);
        assert.ok(read?.is === "line", text);
        const back = inUnit(read.bound, read.unit, unit);
        assert.equal(read.when, side, text);
        assert.equal(read.hold ?? 0, held, text);
        // What is shown is rounded to three figures.
        assert.ok(
          back !== undefined && Math.abs(back - value) <= Math.max(value * 0.01, 0.006),
          `${text}: ${back} for ${value}`,
        );
      },
    ),
    { numRuns: 500 },
  );
});
