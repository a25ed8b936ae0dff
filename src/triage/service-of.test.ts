import assert from "node:assert/strict";
import { test } from "node:test";
import type { Service } from "../roster/roster.ts";
import { serviceOf } from "./service-of.ts";

const service = (name: string, match: Record<string, string>, grade?: string): Service => ({
  name,
  match,
  dependsOn: [],
  ...(grade === undefined ? {} : { grade }),
});

const services = [
  service("payment", { app: "pay", env: "prod" }, "Critical"),
  service("payment in test", { app: "pay" }),
  service("database", {}, "Major"),
];

test("a signal is about the first service all of whose labels it carries", () => {
  assert.deepEqual(serviceOf({ app: "pay", env: "prod", x: "y" }, services, "o"), {
    name: "payment",
    grade: "Critical",
  });
  assert.deepEqual(serviceOf({ app: "pay", env: "test" }, services, "o"), { name: "payment in test" });
});

test("a label that is there with another value does not count, nor does one that is not there", () => {
  assert.deepEqual(serviceOf({ env: "prod" }, services, "prometheus"), { name: "prometheus" });
  assert.deepEqual(serviceOf({ app: "Pay" }, services, "prometheus"), { name: "Pay" });
});

test("a service without labels is matched by none, and found by its name", () => {
  assert.deepEqual(serviceOf({}, services, "prometheus"), { name: "prometheus" });
  assert.deepEqual(serviceOf({ service: "database" }, services, "prometheus"), { name: "database", grade: "Major" });
});

test("otherwise its labels say: service before app, job, component and the name of the alert", () => {
  const labels: Record<string, string> = { alertname: "E", component: "D", job: "C", app: "B", service: "A" };
  for (const [label, said] of [
    ["service", "A"],
    ["app", "B"],
    ["job", "C"],
    ["component", "D"],
    ["alertname", "E"],
  ]) {
    assert.deepEqual(serviceOf(labels, [], "prometheus"), { name: said });
    delete labels[label ?? ""];
  }
  assert.deepEqual(serviceOf(labels, [], "prometheus"), { name: "prometheus" });
});

test("an empty label says nothing", () => {
  assert.deepEqual(serviceOf({ service: "", job: "node" }, [], "prometheus"), { name: "node" });
});

test("a name is as long as a column can hold", () => {
  assert.equal(serviceOf({ service: "x".repeat(500) }, [], "prometheus").name.length, 120);
});
