import assert from "node:assert/strict";
import { test } from "node:test";
import { collectors } from "../collect/registry.ts";
import { COLLECTOR_FIELDS } from "../collect/setting-fields.ts";
import { QUANTITIES } from "./quantity.ts";
import { waysToWatch } from "./ways-to-watch.ts";

test("there is a way to watch everything that a policy may name, by collectors and settings that there are", () => {
  for (const { kind } of QUANTITIES) {
    const ways = waysToWatch(kind, []);
    assert.ok(ways.length > 0, kind);
    for (const way of ways) {
      if (way.by !== "target") continue;
      assert.ok(collectors.has(way.collector), way.collector);
      for (const [name, value] of Object.entries(way.settings)) {
        const fits: boolean | undefined = COLLECTOR_FIELDS[way.collector]?.some(
          (one) => one.name === name && one.choices?.includes(value),
        );
        assert.ok(fits, `${way.collector} ${name}=${value}`);
      }
    }
  }
});
