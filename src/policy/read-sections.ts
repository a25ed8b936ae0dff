import { readQuantities } from "./phrases.ts";
import type { MonitoredItem, Section } from "./policy.ts";
import type { Reading } from "./reading.ts";
import type { Tree } from "./tree.ts";

/** `보고서 작성`, `개선 활동`: titled lists. */
export function readSections(reading: Reading, block: "report" | "improvement", tree: Tree): readonly Section[] {
  return reading.entries(tree, block).map((entry) => {
    const clause = reading.clause(block, [entry.key], entry.key, entry.at);
    const items = reading
      .texts(entry.value, entry.key)
      .map((text) => reading.of(reading.clause(block, [entry.key, text.text], text.text, text)));
    return { title: entry.key, items, clause };
  });
}

/** `모니터링 항목`: areas and what is watched in each; a line may name several quantities. */
export function readMonitoring(reading: Reading, tree: Tree): readonly MonitoredItem[] {
  return reading.entries(tree, "모니터링 항목").flatMap((entry) => {
    reading.clause("monitoring", [entry.key], entry.key, entry.at);
    return reading.texts(entry.value, entry.key).flatMap((text) => {
      const clause = reading.clause("monitoring", [entry.key, text.text], text.text, text);
      return readQuantities(text.text).map((name) => ({ name, area: entry.key, clause }));
    });
  });
}
