import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLabels, matcher, matcherText, OPERATORS, operatorOf, withOperator, written } from "./matchers.ts";

test("an operator is written as Alertmanager writes it, and read back", () => {
  for (const operator of OPERATORS) assert.equal(operatorOf(withOperator(matcher("a", "b"), operator)), operator);
  assert.equal(matcherText(withOperator(matcher("host", 'db"1'), "!~")), 'host!~"db\\"1"');
});

test("a silence from an alert begins with what tells most, and offers the rest", () => {
  const { matchers, others } = fromLabels({
    pod: "x-1",
    instance: "db-01:9100",
    alertname: "Down",
    empty: "",
    severity: "page",
  });
  assert.deepEqual(
    matchers.map(({ name }) => name),
    ["alertname", "instance"],
  );
  assert.deepEqual(
    others.map(({ name }) => name),
    ["pod", "severity"],
  );
  assert.deepEqual(fromLabels({ a: "1" }).matchers.map(matcherText), ['a="1"']);
});

test("a row in which nothing stands yet is no matcher", () => {
  assert.deepEqual(
    written([matcher("", "x"), matcher(" a ", "1"), matcher("b", ""), withOperator(matcher("c", ""), "!=")]).map(
      ({ name }) => name,
    ),
    ["a", "c"],
  );
});
