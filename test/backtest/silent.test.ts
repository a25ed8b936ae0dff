import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { silentChannels } from "../../src/backtest/silent-channels.ts";
import type { Drivers } from "../../src/escalation/means.ts";

/** Everything that a file stands on, but for types. */
function modulesOf(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, clause = "", target = ""] of readFileSync(entry, "utf8").matchAll(
    /^(?:import|export)\s+(?!type\b)([^;]*?)from\s+"(\.[^"]+)";/gm,
  )) {
    const names = clause.replace(/[{}]/g, "").split(",");
    if (names.every((name) => name.trim() === "" || name.trim().startsWith("type "))) continue;
    modulesOf(join(dirname(entry), target), seen);
  }
  return seen;
}

test("the thread of a back-test has no channel that could send, and opens no connection", () => {
  const modules = [...modulesOf("src/http/backtest/worker.ts")].map((file) => relative("src", file));
  assert.ok(modules.includes("backtest/replay.ts") && modules.includes("engine/engine.ts"), modules.join("\n"));
  const drivers = modules.filter((file) => /^notify\/(registry\.ts|.+\/)/.test(file));
  assert.deepEqual(drivers, []);
  for (const file of modules) {
    const text = readFileSync(join("src", file), "utf8");
    assert.doesNotMatch(text, /from "node:(?:net|tls|http|https|dgram|child_process)"|(?<![.\w])fetch\(/, file);
  }
});

test("a silent channel is of the same kind and speaks to the same as the real one, and takes whatever it is given", async () => {
  const drivers: Drivers = new Map([
    ["slack", "rooms"],
    ["email", "people"],
  ]);
  let sent = 0;
  const channels = silentChannels(drivers, () => {
    sent++;
  });
  for (const [kind, speaksTo] of drivers) {
    const channel = channels.get(kind);
    assert.deepEqual([channel?.kind, channel?.speaksTo], [kind, speaksTo]);
    assert.deepEqual(await channel?.send(undefined, { kind: "room", people: [] }, undefined, {} as never), {
      is: "accepted",
      receipt: "replayed",
    });
  }
  assert.equal(sent, 2);
});
