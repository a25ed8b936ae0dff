import type { Labels } from "../../metric/sample.ts";
import type { Instant } from "../../time/instant.ts";
import { NO_RECORDED_VALUE, type NumberPoint, type OtlpMetric } from "./otlp.ts";

/** A value in our own vocabulary, made of what the OpenTelemetry host metrics receiver measured. */
export type Translated = {
  readonly metric: string;
  readonly labels: Labels;
  readonly at: Instant | undefined;
  readonly value: number;
};

/**
 * What the host metrics receiver says of a host, in the names that Bongsu's own collectors use, so that the same
 * monitors watch both. A ratio that it sends is preferred to one made of its bytes. `used` are the metrics that need no
 * keeping of their own beside the translation. Source: opentelemetry-collector-contrib receiver/hostmetricsreceiver.
 */
export function translateHostMetrics(metrics: readonly OtlpMetric[]): {
  readonly translated: readonly Translated[];
  readonly used: ReadonlySet<OtlpMetric>;
} {
  const used = new Set<OtlpMetric>();
  const points = (name: string, kept = false): readonly NumberPoint[] =>
    metrics.flatMap((metric) => {
      if (metric.name !== name || (metric.data.kind !== "gauge" && metric.data.kind !== "sum")) return [];
      if (!kept) used.add(metric);
      return metric.data.points.filter(
        ({ value, flags }) => value !== undefined && Number.isFinite(value) && (flags & NO_RECORDED_VALUE) === 0,
      );
    });
  const translated = [
    ...cpu(points("system.cpu.utilization")),
    ...memory(points("system.memory.utilization"), points("system.memory.usage")),
    ...swap(points("system.paging.utilization"), points("system.paging.usage")),
    ...disks(points("system.filesystem.utilization"), points("system.filesystem.usage")),
    ...inodes(points("system.filesystem.inodes.usage")),
    ...points("system.uptime").map((point) => made("host_uptime_seconds", {}, [point], valueOf(point))),
    ...points("system.processes.count", true)
      .filter(({ attributes }) => attributes.status === "zombies")
      .map((point) => made("process_zombies", {}, [point], valueOf(point))),
  ];
  return { translated: translated.filter(({ value }) => Number.isFinite(value)), used };
}

/** All cores together: 1 less what they were idle or waited for disks. */
function cpu(points: readonly NumberPoint[]): readonly Translated[] {
  const busy = [...grouped(points, ({ cpu: core = "" }) => core).values()].map((states) =>
    total(states.filter(({ attributes: { state } }) => state !== "idle" && state !== "wait")),
  );
  return busy.length === 0
    ? []
    : [made("host_cpu_used_ratio", {}, points, busy.reduce((sum, one) => sum + one, 0) / busy.length)];
}

function memory(ratios: readonly NumberPoint[], bytes: readonly NumberPoint[]): readonly Translated[] {
  const parts = (states: readonly string[]): number => total(bytes.filter(ofStates(states)));
  const used = ratios.filter(ofStates(["used"]));
  const all = parts(["used", "free", "buffered", "cached"]);
  const ratio = used.length > 0 ? total(used) : all > 0 ? parts(["used"]) / all : Number.NaN;
  return [
    made("host_memory_used_ratio", {}, used.length > 0 ? used : bytes, ratio),
    ...(all > 0 ? [made("host_memory_available_bytes", {}, bytes, parts(["free", "buffered", "cached"]))] : []),
  ];
}

function swap(ratios: readonly NumberPoint[], bytes: readonly NumberPoint[]): readonly Translated[] {
  const used = ratios.filter(ofStates(["used"]));
  const all = total(bytes);
  if (all > 0) return [made("host_swap_used_ratio", {}, bytes, total(bytes.filter(ofStates(["used"]))) / all)];
  return used.length === 0 ? [] : [made("host_swap_used_ratio", {}, used, total(used) / used.length)];
}

function disks(ratios: readonly NumberPoint[], bytes: readonly NumberPoint[]): readonly Translated[] {
  const byMount = grouped(bytes.filter(isDisk), ({ mountpoint = "" }) => mountpoint);
  const told = ratios.filter(isDisk);
  const mounts = new Set(told.map(({ attributes }) => attributes.mountpoint));
  return [
    ...told.map((point) => made("host_disk_used_ratio", mountOf(point), [point], valueOf(point))),
    ...[...byMount].flatMap(([mount, states]) => {
      const used = total(states.filter(ofStates(["used"])));
      const free = total(states.filter(ofStates(["free"])));
      const ratio = used + free > 0 && !mounts.has(mount);
      return [
        ...(ratio ? [made("host_disk_used_ratio", { mount }, states, used / (used + free))] : []),
        made("host_disk_free_bytes", { mount }, states, free),
      ];
    }),
  ];
}

function inodes(counts: readonly NumberPoint[]): readonly Translated[] {
  return [...grouped(counts.filter(isDisk), ({ mountpoint = "" }) => mountpoint)].flatMap(([mount, states]) => {
    const all = total(states);
    const used = total(states.filter(ofStates(["used"])));
    return all > 0 ? [made("host_inodes_used_ratio", { mount }, states, used / all)] : [];
  });
}

/** Images are full by nature, and nobody can fill what is mounted to be read only. */
function isDisk({ attributes: { type = "", mode = "" } }: NumberPoint): boolean {
  return !["squashfs", "iso9660", "erofs"].includes(type) && !/\bro\b/u.test(mode);
}

function mountOf({ attributes: { mountpoint = "" } }: NumberPoint): Labels {
  return { mount: mountpoint };
}

function ofStates(states: readonly string[]): (point: NumberPoint) => boolean {
  return ({ attributes: { state = "" } }) => states.includes(state);
}

function grouped(
  points: readonly NumberPoint[],
  keyOf: (attributes: NumberPoint["attributes"]) => string,
): ReadonlyMap<string, readonly NumberPoint[]> {
  return Map.groupBy(points, ({ attributes }) => keyOf(attributes));
}

function total(points: readonly NumberPoint[]): number {
  return points.reduce((sum, point) => sum + valueOf(point), 0);
}

function valueOf({ value }: NumberPoint): number {
  return value ?? Number.NaN;
}

function made(metric: string, labels: Labels, from: readonly NumberPoint[], value: number): Translated {
  return { metric, labels, at: from[0]?.at, value };
}
