import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { collectors } from "../../src/collect/registry.ts";
import { readRoster } from "../../src/roster/read-roster.ts";
import { rosterOf } from "../../src/roster/roster-of.ts";

const FILE = "docs/collectors.md";

test("every target that docs/collectors.md shows is read, and its collector takes the settings", async () => {
  const examples = [...readFileSync(FILE, "utf8").matchAll(/```yaml\n(대상:[\s\S]*?)```/gu)].map(
    ([, text = ""]) => text,
  );
  assert.ok(examples.length > 0);
  for (const text of examples) {
    const { items, diagnostics } = readRoster({ file: FILE, text });
    assert.deepEqual(diagnostics, []);
    const { targets } = rosterOf(items ?? []);
    assert.ok(targets.length > 0);
    for (const { id, collector, settings } of targets) {
      const found = collectors.get(collector);
      assert.ok(found, `${id}: no collector ${collector}`);
      await found.open(settings).close();
    }
  }
});
