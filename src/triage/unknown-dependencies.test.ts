import assert from "node:assert/strict";
import { test } from "node:test";
import { unknownDependencies } from "./unknown-dependencies.ts";

const services = [
  { name: "shop", dependsOn: ["databse", "db-01", "Mail", "printer"] },
  { name: "database", dependsOn: [] },
  { name: "mail", dependsOn: [] },
];

test("a name that nothing has mutes nothing, and is told with the one that was probably meant", () => {
  assert.deepEqual(unknownDependencies(services, ["db-01"]), [
    { service: "shop", name: "databse", meant: "database" },
    // Alerts are muted by the name to the letter.
    { service: "shop", name: "Mail", meant: "mail" },
    { service: "shop", name: "printer", meant: undefined },
  ]);
});
