import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readThreshold } from "./threshold-words.ts";

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
  ]) {
    test(`'${text}' is none`, () => {
      assert.equal(readThreshold(text), undefined);
    });
  }
});
