import { createInterface } from "node:readline";
import { collectors } from "../../src/collect/registry.ts";
import type { CollectorKind } from "../../src/monitor/target.ts";

/** A collector in a process of its own, in whatever namespace that was started in: a line in, a collection out. */
const [kind, settings = "{}"] = process.argv.slice(2);
const collecting = collectors.get(kind as CollectorKind)?.open(JSON.parse(settings) as Record<string, unknown>);
if (collecting === undefined) throw new Error(`no such collector: ${kind ?? ""}`);
const { signal } = new AbortController();
for await (const _ of createInterface({ input: process.stdin })) {
  const collected = await collecting.collect({ host: "inside", target: "inside", at: Date.now(), signal });
  process.stdout.write(`${JSON.stringify(collected)}\n`);
}
