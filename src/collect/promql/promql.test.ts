import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Fault } from "../../fault/fault.ts";
import { METRICS } from "../../metric/metric.ts";
import { namedLabels, PRESETS, presetQueries } from "./presets.ts";
import { promqlCollector } from "./promql.ts";
import { readAnswer } from "./read-answer.ts";

describe("the answer to a query", () => {
  test("is a vector or a scalar, at the time that it tells", () => {
    const vector = {
      status: "success",
      data: {
        resultType: "vector",
        result: [
          { metric: { __name__: "up", job: "a", empty: "" }, value: [1435781451.781, "1"] },
          { metric: {}, value: [1435781451.781, "NaN"] },
          { metric: {}, value: [1435781451.781, "+Inf"] },
        ],
      },
      warnings: ["store a did not answer"],
    };
    assert.deepEqual(readAnswer(200, JSON.stringify(vector)), {
      series: [{ labels: { job: "a" }, value: 1, at: 1435781451781 }],
      notes: [{ code: "server-warns", detail: "store a did not answer" }],
    });
    const scalar = { status: "success", data: { resultType: "scalar", result: [10.5, "2"] } };
    assert.deepEqual(readAnswer(200, JSON.stringify(scalar)), {
      series: [{ labels: {}, value: 2, at: 10_500 }],
      notes: [],
    });
  });

  test("that is not whole is said so, and native histograms are counted", () => {
    const result = [
      { metric: { job: "a" }, value: [1, "1"] },
      { metric: { job: "b" }, histogram: [1, { count: "5", sum: "2" }] },
    ];
    const partial = { status: "success", isPartial: true, data: { resultType: "vector", result } };
    const answer = readAnswer(200, JSON.stringify(partial));
    assert.ok("notes" in answer);
    assert.equal(answer.series.length, 1);
    assert.deepEqual(answer.notes, [{ code: "answer-partial" }, { code: "histograms-left-out", count: 1 }]);
    const whole = { status: "success", isPartial: false, data: { resultType: "vector", result: [] } };
    assert.deepEqual(readAnswer(200, JSON.stringify(whole)), { series: [], notes: [] });
  });

  test("that is none is told in the server's words", () => {
    const refused = { status: "error", errorType: "bad_data", error: "invalid parameter query: parse error" };
    assert.deepEqual(readAnswer(400, JSON.stringify(refused)), {
      problem: { code: "query-refused", detail: "bad_data: invalid parameter query: parse error" },
    });
    const matrix = { status: "success", data: { resultType: "matrix", result: [] } };
    assert.match(JSON.stringify(readAnswer(200, JSON.stringify(matrix))), /query-gives.*matrix/u);
    for (const body of ["<html>", "[]", "null", "{}", '{"status":"success"}']) {
      assert.ok("problem" in readAnswer(502, body), body);
    }
  });
});

describe("presets", () => {
  test("give metrics and labels that are known", () => {
    for (const preset of PRESETS) {
      for (const query of presetQueries(preset)) {
        const known = METRICS.find(({ name }) => name === query.metric);
        assert.ok(known !== undefined, query.metric);
        const labels = [...Object.keys(query.labels), ...Object.keys(query.named ?? {})].sort();
        assert.deepEqual(labels, [...known.labels].sort(), query.metric);
      }
    }
  });

  test("an instance is a host without its port; a server is told apart by it whole", () => {
    const [cpu] = presetQueries("node");
    const [up] = presetQueries("mysqld");
    assert.ok(cpu !== undefined && up !== undefined);
    assert.deepEqual(namedLabels(cpu, { instance: "db1:9100", job: "node" }, "fleet"), { host: "db1" });
    assert.deepEqual(namedLabels(up, { instance: "db1:9104" }, "fleet"), { target: "db1:9104" });
  });

  test("what people ask for themselves keeps its labels and gets the target's", () => {
    const query = { metric: "orders", query: "x", labels: { site: "seoul" } };
    assert.deepEqual(namedLabels(query, { shop: "a" }, "sales"), { target: "sales", shop: "a", site: "seoul" });
  });
});

test("settings are refused with what they should be", () => {
  const refused = (raw: Record<string, unknown>): string => {
    try {
      promqlCollector.open({ url: "http://localhost:9090", ...raw });
      return "taken";
    } catch (error) {
      assert.ok(error instanceof Fault);
      return `${String(error.facts.path)}: ${String(error.facts.expected)}`;
    }
  };
  assert.match(refused({}), /settings\.queries: at least one query/u);
  assert.match(refused({ preset: "windows" }), /one of node, mysqld/u);
  assert.match(refused({ queries: [{ metric: "a b", query: "up" }] }), /settings\.queries\.0\.metric/u);
  assert.match(refused({ queries: [{ metric: "a" }] }), /settings\.queries\.0\.query: a text/u);
  assert.match(refused({ queries: [{ metric: "a", query: "up", labels: { "b-c": "d" } }] }), /queries\.0\.labels/u);
  assert.match(refused({ queries: "up" }), /a list of/u);
  assert.equal(refused({ preset: ["node", "mysqld"], tenant: "one" }), "taken");
});
