import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dependenciesOf, standsOn } from "./dependencies.ts";

const graph = dependenciesOf([
  { name: "shop", dependsOn: ["stock", "payment"] },
  { name: "stock", dependsOn: ["db"] },
  { name: "stock", dependsOn: ["cache"] },
  { name: "db", dependsOn: ["db-01"] },
  { name: "db-01", dependsOn: ["sw-01"] },
  { name: "a", dependsOn: ["b"] },
  { name: "b", dependsOn: ["a"] },
]);
const on = (service: string, labels: Record<string, string> = {}): readonly string[] =>
  [...standsOn({ service, labels }, graph)].sort();

describe("what an alert stands on", () => {
  test("is everything beneath its service, through services, components and hosts", () => {
    assert.deepEqual(on("shop"), ["cache", "db", "db-01", "payment", "stock", "sw-01"]);
    assert.deepEqual(on("payment"), []);
    assert.deepEqual(on("toString"), []);
  });

  test("is its host as well, which nobody has to declare", () => {
    assert.deepEqual(on("batch", { host: "web-9" }), ["web-9"]);
    assert.deepEqual(on("batch", { host: "db-01" }), ["db-01", "sw-01"]);
    assert.deepEqual(on("db-01", { host: "db-01" }), ["sw-01"]);
    assert.deepEqual(on("batch", { host: "" }), []);
  });

  test("a circle ends, and nothing stands on itself", () => {
    assert.deepEqual(on("a"), ["b"]);
    assert.deepEqual(on("b"), ["a"]);
  });
});
