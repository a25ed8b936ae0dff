import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { POLICY_TEXT, policyFrom } from "../../test/fixtures/core.ts";
import { asId } from "../id/id.ts";
import { METRICS } from "../metric/metric.ts";
import { readPolicy } from "../policy/read-policy.ts";
import { coverageOf } from "./coverage.ts";
import { DEFAULT_RULES } from "./default-rules.ts";
import type { Monitor } from "./monitor.ts";
import { monitorsOf } from "./monitors-of.ts";
import { QUANTITIES, quantityNamed } from "./quantity.ts";
import { waysToWatch } from "./ways-to-watch.ts";

const policy = policyFrom(POLICY_TEXT);

describe("what comes with Bongsu", () => {
  test("watches every quantity that a policy may name, in metrics that there are", () => {
    const known = new Set(METRICS.map(({ name }) => name));
    for (const { kind } of QUANTITIES)
      assert.ok(
        DEFAULT_RULES.some((rule) => rule.quantity === kind && rule.principal),
        kind,
      );
    for (const { id, metric } of DEFAULT_RULES) assert.ok(known.has(metric), `${id}: ${metric}`);
    assert.equal(new Set(DEFAULT_RULES.map(({ id }) => id)).size, DEFAULT_RULES.length);
  });

  test("ends what it fires on the normal side of its lines", () => {
    for (const { id, thresholds } of monitorsOf(policy, []))
      for (const { when, bound, clear } of thresholds) {
        if (clear === undefined) continue;
        assert.ok(when === "at-least" || when === "above" ? clear < bound : clear > bound, id);
      }
  });

  test("has its lines in the policy's own grades, the most severe first", () => {
    const grades = policy.grades.map(({ name }) => name);
    for (const { id, thresholds, baseline } of monitorsOf(policy, [])) {
      const ranks = thresholds.map(({ grade }) => grades.indexOf(grade));
      assert.ok(!ranks.includes(-1), id);
      assert.deepEqual(
        ranks,
        ranks.toSorted((one, other) => one - other),
        id,
      );
      assert.ok(baseline === undefined || grades.includes(baseline.grade), id);
    }
  });
});

describe("every item of the first user's policy", () => {
  const file = ["../shared/policy/incident-policy.ko.md", "policies/example-policy.ko.md"].find(existsSync) ?? "";
  const read = readPolicy({ file, text: readFileSync(file, "utf8"), id: asId("policy") });
  const covered = coverageOf(read.policy ?? policy, monitorsOf(read.policy ?? policy, []), () => ({
    series: 1,
    lastAt: 0,
  }));
  for (const { item, quantity, monitors } of covered) {
    test(`${item.area}: ${item.name} is watched`, () => {
      assert.ok(quantity, item.name);
      assert.ok(monitors.length > 0, item.name);
    });
  }
});

test("an item whose monitors are all off is watched by nothing, and what mends it is to turn them on", () => {
  const document = policyFrom(`${POLICY_TEXT}\n모니터링 항목:\n  시스템: [CPU 사용률, 메모리 사용률]\n`);
  const monitors = monitorsOf(document, []).map((one) =>
    one.quantity === "cpu-usage" ? { ...one, enabled: false } : one,
  );
  const [cpu, memory] = coverageOf(document, monitors, () => ({ series: 1, lastAt: 0 }));
  assert.equal(cpu?.series, 0);
  const off = cpu?.off.map(({ id }) => id) ?? [];
  assert.ok(off.length > 0);
  assert.deepEqual(
    waysToWatch("cpu-usage", off),
    off.map((monitor) => ({ by: "turn-on", monitor })),
  );
  assert.deepEqual(memory?.off, []);
});

describe("what an item of a document means", () => {
  for (const [name, area, kind] of [
    ["CPU 사용률", "시스템", "cpu-usage"],
    ["GPU 상태", "시스템", "gpu-state"],
    ["GPU 사용률", "시스템", "gpu-usage"],
    ["디스크 공간", "데이터베이스", "database-disk"],
    ["디스크 사용률", "시스템", "disk-usage"],
    ["연결 상태", "데이터베이스", "database-connections"],
    ["네트워크 연결 상태", "시스템", "network-state"],
    ["API 응답시간", "애플리케이션", "response-time"],
    ["Error rate", "Applications", "error-rate"],
    ["MariaDB state", "Database", "database-state"],
    ["쿼리 성능", "데이터베이스", "query-performance"],
    ["disk space", "Database", "database-disk"],
    ["세션 상태", "애플리케이션", "session-state"],
    ["처리량", "애플리케이션", "throughput"],
    ["프로세스 상태", "시스템", "process-state"],
  ] as const) {
    test(`${area}: ${name} is ${kind}`, () => {
      assert.equal(quantityNamed(name, area)?.kind, kind);
    });
  }

  test("what nobody can tell is not guessed", () => {
    for (const name of ["냉각수 온도", "vibes", "직원 만족도"]) assert.equal(quantityNamed(name, "기타"), undefined);
  });
});

describe("the document's 임계치", () => {
  const withLines = (lines: string) => monitorsOf(policyFrom(`${POLICY_TEXT}thresholds:\n${lines}`), []);
  const linesOf = (lines: string, id: string) =>
    withLines(lines)
      .find((one) => one.id === id)
      ?.thresholds.map(({ grade, when, bound, hold }) => [grade, when, bound, hold / 60_000]);

  test("hold in place of the defaults, in the metric's unit", () => {
    const lines = "  CPU usage: { Critical: above 99% for 3m, Minor: 70% for 10m }\n";
    assert.deepEqual(linesOf(lines, "cpu-high"), [
      ["Critical", "above", 0.99, 3],
      ["Minor", "at-least", 0.7, 10],
    ]);
  });

  test("go to every rule that measures the item, and to a rule of their own where they ask for another measure", () => {
    const lines = "  API response time: { Major: above 2s for 5m, Minor: p99 over 10m above 1s for 5m }\n";
    assert.deepEqual(linesOf(lines, "http-slow"), [["Major", "above", 2, 5]]);
    assert.deepEqual(linesOf(lines, "response-slow"), [["Major", "above", 2, 5]]);
    assert.deepEqual(linesOf(lines, "http-slow-p99-600s"), [["Minor", "above", 1, 5]]);
  });

  test("that say how it is and not how much are the line that there is", () => {
    assert.deepEqual(linesOf("  MariaDB state: { Critical: down for 2m }\n", "database-down"), [
      ["Critical", "below", 1, 2],
    ]);
  });

  test("may name a metric", () => {
    const lines = "  host_swap_used_ratio: { Minor: above 50% for 10m }\n";
    assert.deepEqual(linesOf(lines, "host_swap_used_ratio"), [["Minor", "above", 0.5, 10]]);
  });

  test("stay in force where people's version of the rule is about less, or about something else", () => {
    const document = policyFrom(`${POLICY_TEXT}thresholds:\n  CPU usage: { Minor: 70% for 10m }\n`);
    const own = monitorsOf(document, []).find(({ id }) => id === "cpu-high");
    assert.ok(own);
    const matchers = [{ name: "host", value: "db-1", isRegex: false, isEqual: true }];
    const narrow: Monitor = {
      ...own,
      query: { ...own.query, matchers },
      thresholds: [{ grade: "Minor", when: "above", bound: 0.99, hold: 0 }],
      from: "people",
    };
    const all = monitorsOf(document, [narrow]);
    assert.deepEqual(
      all
        .filter(({ query }) => query.metric === own.query.metric)
        .map(({ id, query, thresholds }) => [id, query.matchers.length, thresholds.map(({ bound }) => bound)]),
      [
        ["cpu-high", 1, [0.99]],
        ["cpu-high-document", 0, [0.7]],
      ],
    );
  });

  test("stay in force whatever people write, who may only add grades that it does not name", () => {
    const rules = withLines("  CPU usage: { Minor: 70% for 10m }\n").find(({ id }) => id === "cpu-high");
    assert.ok(rules);
    const lax = {
      ...rules,
      thresholds: [
        { grade: "Minor", when: "above", bound: 0.99, hold: 0 },
        { grade: "Critical", when: "above", bound: 0.999, hold: 0 },
      ],
      enabled: false,
      from: "people",
    } as const;
    const held = monitorsOf(policyFrom(`${POLICY_TEXT}thresholds:\n  CPU usage: { Minor: 70% for 10m }\n`), [lax]).find(
      ({ id }) => id === "cpu-high",
    );
    assert.equal(held?.enabled, true);
    assert.deepEqual(
      held?.thresholds.map(({ grade, bound }) => [grade, bound]),
      [
        ["Critical", 0.999],
        ["Minor", 0.7],
      ],
    );
  });
});
