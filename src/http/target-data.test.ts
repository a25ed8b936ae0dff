import assert from "node:assert/strict";
import { test } from "node:test";
import { reachesIntoMachine } from "./target-data.ts";

test("files, variables, programs and link-local networks are an administrator's to name, wherever they stand", () => {
  for (const settings of [
    { password: { file: "/etc/shadow" } },
    { headers: { x: { env: "HOME" } } },
    { command: "/bin/sh" },
    { url: "http://169.254.169.254/", allow: ["169.254.0.0/16"] },
    { url: "http://169.254.169.254/", allow: "169.254.0.0/16" },
  ]) {
    assert.ok(reachesIntoMachine(settings, {}), JSON.stringify(settings));
    assert.ok(!reachesIntoMachine(settings, settings), JSON.stringify(settings));
  }
  assert.ok(!reachesIntoMachine({ url: "http://a/", allow: [], expect: { json: { file: true } } }, {}));
  // What was named for one address is not for another.
  const stored = { url: "http://a/", bearer: { env: "TOKEN" } };
  assert.ok(reachesIntoMachine({ ...stored, url: "http://b/" }, stored));
});
