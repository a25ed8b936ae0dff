import type { ShownMonitor, ShownSeries } from "../../../../src/http/wire/monitors.ts";
import { rankOf } from "./worst.ts";

/** The host or target that a series is of. */
export function placeOf(labels: Readonly<Record<string, string>>): string {
  return labels["host"] ?? labels["target"] ?? labels["instance"] ?? "";
}

/** The monitors as they are at one host: its series alone, and the worst of them as the monitor's own state. */
export function ofPlace(monitors: readonly ShownMonitor[], place: string): readonly ShownMonitor[] {
  return monitors.flatMap((monitor) => {
    const series = monitor.series.filter(({ labels }) => placeOf(labels) === place);
    const [first, ...rest] = series;
    if (first === undefined) return [];
    const worst = rest.reduce((most, one) => (isWorse(one, most) ? one : most), first);
    const isOff = monitor.state === "off";
    return [
      {
        ...monitor,
        series,
        seriesCount: series.length,
        state: isOff ? "off" : worst.state,
        grade: isOff ? null : worst.grade,
      },
    ];
  });
}

function isWorse(one: ShownSeries, other: ShownSeries): boolean {
  return rankOf(one.state) < rankOf(other.state);
}
