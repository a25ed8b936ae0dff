import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { asId } from "../id/id.ts";
import { hasUsual } from "../monitor/baseline.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { exportRoster } from "./export-roster.ts";
import { readRoster } from "./read-roster.ts";
import { rosterOf } from "./roster-of.ts";

const read = (text: string) => readRoster({ file: "roster.yaml", text });

describe("monitors in a roster file", () => {
  test("say what is watched in a few words", () => {
    const { items, diagnostics } = read(`모니터:
  disk-full:
    이름: 데이터 디스크
    항목: 디스크 사용률
    메트릭: host_disk_used_ratio
    조건: ['mount=~"/data.*"']
    값: 10분 평균
    임계치:
      Critical: 98% 이상 5분
      Major: { 기준: 95% 초과, 해제: 90% }
      Minor: [80% 초과 1시간, { 기준: 70% 초과, 시간: { 요일: [월, 화], 부터: "22:00", 까지: "06:00", 휴일에는: 제외 } }]
    평소와 다름: { 등급: Minor, 주: 4, 배수: 3, 방향: 높음, 지속: 15분 }
    값 없음: { 이후: 5분, 등급: Minor }
    예외: [{ 조건: 'host="db-2"', 임계치: { Minor: 99% 이상 } }, { 조건: 'host="old"' }]
    서비스: 결제
    사용: 아니오
`);
    assert.deepEqual(diagnostics, []);
    const hours = { weekdays: [1, 2], from: "22:00", to: "06:00", zone: "Asia/Seoul", onHolidays: false };
    assert.deepEqual(items?.[0]?.data, {
      id: "disk-full",
      title: "데이터 디스크",
      quantity: "disk-usage",
      query: {
        metric: "host_disk_used_ratio",
        matchers: [{ name: "mount", value: "/data.*", isRegex: true, isEqual: true }],
      },
      measure: { form: "avg", window: 600_000 },
      thresholds: [
        { grade: "Critical", when: "at-least", bound: 0.98, hold: 300_000 },
        { grade: "Major", when: "above", bound: 0.95, hold: 0, clear: 0.9 },
        { grade: "Minor", when: "above", bound: 0.8, hold: 3_600_000 },
        { grade: "Minor", when: "above", bound: 0.7, hold: 0, hours },
      ],
      baseline: { grade: "Minor", weeks: 4, spreads: 3, side: "above", hold: 900_000 },
      missing: { then: "alert", after: 300_000, grade: "Minor" },
      exceptions: [
        {
          matchers: [{ name: "host", value: "db-2", isRegex: false, isEqual: true }],
          thresholds: [{ grade: "Minor", when: "at-least", bound: 0.99, hold: 0 }],
        },
        { matchers: [{ name: "host", value: "old", isRegex: false, isEqual: true }], thresholds: [] },
      ],
      service: "결제",
      enabled: false,
      from: "people",
    });
  });

  for (const [what, text, code] of [
    ["a name that no address can hold", "monitors:\n  디스크: { metric: a_ratio }\n", "bad-name"],
    ["no metric", "monitors:\n  disk: { thresholds: { Minor: 90% } }\n", "missing-field"],
    ["a line in another unit", "monitors:\n  disk: { metric: a_ratio, thresholds: { Minor: 3s } }\n", "bad-monitor"],
    ["a line that is none", "monitors:\n  disk: { metric: a_ratio, thresholds: { Minor: much } }\n", "bad-monitor"],
    ["a window that is too long", "monitors:\n  disk: { metric: a_ratio, value: 2 hours avg }\n", "bad-monitor"],
    ["a condition that is none", "monitors:\n  disk: { metric: a_ratio, match: host }\n", "bad-monitor"],
    [
      "an exception for everything",
      "monitors:\n  disk: { metric: a_ratio, exceptions: [{ thresholds: {} }] }\n",
      "bad-monitor",
    ],
    [
      "what is usual of a highest value",
      "monitors:\n  disk: { metric: a_ratio, value: 5m max, unusual: { grade: Minor } }\n",
      "bad-monitor",
    ],
    [
      "an end on the wrong side of the line",
      "monitors:\n  disk: { metric: a_ratio, thresholds: { Minor: { line: above 90%, clear: 95% } } }\n",
      "bad-monitor",
    ],
    [
      "a hold of two days",
      "monitors:\n  disk: { metric: a_ratio, thresholds: { Minor: above 90% for 2 days } }\n",
      "bad-monitor",
    ],
    [
      "silence that fires and is over at once",
      "monitors:\n  disk: { metric: a_ratio, missing: { after: 5m, grade: Minor, clear: yes } }\n",
      "bad-monitor",
    ],
    ["a key that is none", "monitors:\n  disk: { metric: a_ratio, treshold: 3 }\n", "unknown-key"],
  ] as const) {
    test(`${what} is told with its place`, () => {
      const [problem] = read(text).diagnostics;
      assert.deepEqual([problem?.code, problem?.line], [code, 2]);
    });
  }

  test("whatever a rule says, the export reads as the same rule", () => {
    fc.assert(
      fc.property(monitors, (monitor) => {
        const text = exportRoster(rosterOf([{ kind: "monitor", id: monitor.id, data: monitor }]));
        const { items, diagnostics } = read(text);
        assert.deepEqual(diagnostics, [], text);
        assert.deepEqual(items?.[0]?.data, JSON.parse(JSON.stringify(monitor)), text);
      }),
      { numRuns: 200 },
    );
  });
});

/** Bounds as people have them: a few digits of whatever the unit counts. */
const bound = fc
  .tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: -3, max: 6 }))
  .map(([number, power]) => Number((number * 10 ** power).toPrecision(10)) + 0);
const length = fc.integer({ min: 0, max: 86_400 }).map((seconds) => seconds * 1_000);
const threshold = fc
  .record(
    {
      grade: fc.constantFrom("Critical", "Minor", "경미"),
      when: fc.constantFrom("above" as const, "at-least" as const, "below" as const, "at-most" as const),
      bound,
      hold: length,
      room: fc.integer({ min: 0, max: 999 }),
      hours: fc.record({
        weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7] as const, { minLength: 1 }),
        from: fc.constantFrom("00:00", "22:30"),
        to: fc.constantFrom("06:00", "24:00"),
        zone: fc.constantFrom("Asia/Seoul", "Europe/London"),
        onHolidays: fc.boolean(),
      }),
    },
    { requiredKeys: ["grade", "when", "bound", "hold"] },
  )
  .map(({ room, ...line }) => {
    if (room === undefined) return line;
    const isUp = line.when === "above" || line.when === "at-least";
    return { ...line, clear: Number((line.bound + (isUp ? -room : room)).toPrecision(10)) + 0 };
  });
const matcher = fc.record({
  name: fc.constantFrom("host", "mount"),
  value: fc.constantFrom("db-1", "/var", '한글 "x"', "a\\b", ""),
  isRegex: fc.constant(false),
  isEqual: fc.boolean(),
});
const monitors: fc.Arbitrary<Monitor> = fc
  .record(
    {
      title: fc.constantFrom("디스크", "disk: 90%", "- x"),
      quantity: fc.constantFrom("disk-usage" as const, "error-rate" as const),
      metric: fc.constantFrom(
        "a_ratio",
        "b_seconds",
        "c_bytes",
        "d_per_second",
        "e_celsius",
        "f_watts",
        "g",
        "h_bytes_per_second",
      ),
      matchers: fc.array(matcher, { maxLength: 2 }),
      measure: fc.oneof(
        fc.record({
          form: fc.constantFrom(
            "last" as const,
            "avg" as const,
            "min" as const,
            "max" as const,
            "rate" as const,
            "increase" as const,
          ),
          window: fc.integer({ min: 10, max: 3_600 }).map((seconds) => seconds * 1_000),
        }),
        fc.record({
          form: fc.constant("percentile" as const),
          percentile: fc.constantFrom(95, 99.9, 50),
          window: fc.constant(300_000),
        }),
      ),
      thresholds: fc.array(threshold, { maxLength: 3 }),
      baseline: fc.record({
        grade: fc.constant("Minor"),
        weeks: fc.integer({ min: 2, max: 12 }),
        spreads: fc.constantFrom(1, 3.5, 100),
        side: fc.constantFrom("above" as const, "below" as const, "both" as const),
        hold: length,
      }),
      missing: fc.oneof(
        fc.record({ then: fc.constant("keep" as const), after: length }),
        fc.record({ then: fc.constant("end" as const), after: length }),
        fc.record({ then: fc.constant("alert" as const), after: length, grade: fc.constant("Major") }),
      ),
      exceptions: fc.array(
        fc.record({
          matchers: fc.array(matcher, { minLength: 1, maxLength: 2 }),
          thresholds: fc.array(threshold, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      service: fc.constantFrom("결제", "no"),
      enabled: fc.boolean(),
    },
    { requiredKeys: ["title", "metric", "matchers", "measure", "thresholds", "missing", "exceptions", "enabled"] },
  )
  .map(({ metric, matchers, thresholds, exceptions, baseline, ...rest }) => ({
    ...rest,
    ...(baseline === undefined || !hasUsual(rest.measure) ? {} : { baseline }),
    id: asId<"monitor">("m-1"),
    query: { metric, matchers },
    // A mapping by grade keeps the lines of one grade together.
    thresholds: together(thresholds),
    exceptions: exceptions.map((one) => ({ ...one, thresholds: together(one.thresholds) })),
    from: "people" as const,
  }));

function together<T extends { readonly grade: string }>(lines: readonly T[]): readonly T[] {
  const grades = [...new Set(lines.map(({ grade }) => grade))];
  return grades.flatMap((grade) => lines.filter((line) => line.grade === grade));
}
