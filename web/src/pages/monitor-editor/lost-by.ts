import type { ShownMonitors, ShownRule } from "../../../../src/http/wire/monitors.ts";

export type Lost =
  | { readonly is: "critical"; readonly grade: string }
  /** An item of the policy that nothing would watch any more. */
  | { readonly is: "unwatched"; readonly item: string };

/** What nobody would be told of any more once a rule takes the place of the one that holds; undefined: once that is gone. */
export function lostBy(
  before: ShownRule,
  after: Omit<ShownRule, "id"> | undefined,
  { monitors, grades }: { readonly monitors: ShownMonitors; readonly grades: readonly string[] },
): readonly Lost[] {
  const lost: Lost[] = [];
  const [worst] = grades;
  if (worst !== undefined && after !== undefined && fires(before, worst) && !fires(after, worst))
    lost.push({ is: "critical", grade: worst });
  const stillServes = after !== undefined && isOn(after) && after.quantity === before.quantity;
  if (!isOn(before) || stillServes) return lost;
  // One that finds no series watches nothing, and takes nobody's place that does.
  const hasSeries = monitors.monitors.some(({ id, seriesCount }) => id === before.id && seriesCount > 0);
  const others = new Set(
    monitors.monitors
      .filter(({ id, rule, seriesCount }) => id !== before.id && isOn(rule) && (seriesCount > 0 || !hasSeries))
      .map(({ id }) => id),
  );
  for (const { name, monitors: ids } of monitors.areas.flatMap(({ items }) => items))
    if (ids.includes(before.id) && !ids.some((id) => others.has(id))) lost.push({ is: "unwatched", item: name });
  return lost;
}

function fires({ enabled, thresholds, baseline }: Omit<ShownRule, "id">, grade: string): boolean {
  return enabled && (thresholds.some((line) => line.grade === grade) || baseline?.grade === grade);
}

function isOn({ enabled, thresholds, baseline }: Omit<ShownRule, "id">): boolean {
  return enabled && (thresholds.length > 0 || baseline !== undefined);
}
