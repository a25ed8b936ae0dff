import { busOf, type GpuAnswer, type GpuReading, numberOf, refusal, shareOf } from "./reading.ts";

const REASONS = ["hw_thermal_slowdown", "sw_thermal_slowdown", "hw_power_brake_slowdown"] as const;

/**
 * `--query-gpu`, by the names of `nvidia-smi --help-query-gpu`. Of what slows a GPU down only heat and a failing power
 * supply are asked for: that it keeps to its power limit is how it always works under load.
 */
export const NVIDIA_FIELDS: readonly string[] = [
  "index",
  "uuid",
  "pci.bus_id",
  "utilization.gpu",
  "memory.used",
  "memory.total",
  "temperature.gpu",
  "power.draw",
  "ecc.errors.uncorrected.volatile.total",
  "ecc.errors.corrected.volatile.total",
  ...REASONS.map((reason) => `clocks_event_reasons.${reason}`),
];

/**
 * The fields to ask for in place of these, where the tool does not know one; undefined where it is another failure.
 * Before driver 535 the reasons had another name.
 */
export function fieldsInstead(fields: readonly string[], said: string): readonly string[] | undefined {
  const refused = /Field "([^"]+)" is not a valid field to query/u.exec(said)?.[1];
  if (refused === undefined || !fields.includes(refused)) return undefined;
  if (refused.startsWith("clocks_event_reasons.")) {
    return fields.map((field) => field.replace("clocks_event_reasons.", "clocks_throttle_reasons."));
  }
  return fields.filter((field) => field !== refused);
}

const LOST = /GPU is lost|requires reset/iu;
const ERROR = /Unknown Error|ERR!/iu;
/**
 * `GPU 0000:0B:00.0`, `GPU0000:0B:00.0` or `GPU1: 0000:0B:00.0`: drivers write it in three ways; and `GPU1: Unknown Error`
 * where the place is gone too.
 */
const NO_HANDLE =
  /device handle for GPU\s*(?:(\d{1,3})(?=:\s)|)\S*?:?\s*(?:(?:[0-9a-f]+:)?([0-9a-f]{2}:[0-9a-f]{2}\.[0-9a-f]))?/iu;

/** What `nvidia-smi --query-gpu=… --format=csv,noheader,nounits` printed, on either stream. */
export function readNvidiaSmi(
  fields: readonly string[],
  out: string,
  { program, code }: { readonly program: string; readonly code: number | null },
): GpuAnswer {
  const gpus = out.split("\n").flatMap((line) => readRow(fields, line));
  const handles = out.split("\n").flatMap((line) => {
    const [found, name, bus] = NO_HANDLE.exec(line) ?? [];
    return found === undefined ? [] : [{ name, bus: bus?.toLowerCase(), said: line.trim() }];
  });
  const noHandle = handles.map(({ name, bus, said }) => ({
    code: "gpu-lost" as const,
    of: `GPU ${bus ?? name ?? "?"}`,
    detail: said,
  }));
  const said = out
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && readRow(fields, line).length === 0 && !line.startsWith("WARNING"));
  const silent = gpus.flatMap(({ isUp, name }) => (isUp ? [] : [{ code: "gpu-lost" as const, of: `GPU ${name}` }]));
  const lost = [...silent, ...noHandle];
  const isWell = code === 0 && gpus.length > 0;
  return {
    gpus,
    lostBuses: handles.flatMap(({ bus }) => bus ?? []),
    lostNames: handles.flatMap(({ name, bus }) => (bus === undefined ? (name ?? []) : [])),
    // Where the driver is gone, or finds none, those that were there are lost; so is one that cannot tell its number.
    isComplete:
      isWell ||
      /No devices were found|couldn't communicate with/u.test(out) ||
      out.split("\n").some((line) => line.split(",").length === fields.length && LOST.test(line)),
    failed: lost.length > 0 ? lost : isWell ? [] : [refusal(program, said)],
  };
}

function readRow(fields: readonly string[], line: string): readonly GpuReading[] {
  const values = line.split(",").map((value) => value.trim());
  if (values.length !== fields.length) return [];
  const row = new Map(fields.map((field, nth) => [field, values[nth] ?? ""]));
  const text = (field: string): string => row.get(field) ?? "";
  const number = (field: string): number | undefined => numberOf(row.get(field));
  const name = text("index");
  if (!/^\d+$/u.test(name)) return [];
  // One value that cannot be read is common; none that can is a GPU that does not answer.
  const isUp =
    !values.some((value) => LOST.test(value)) &&
    !["utilization.gpu", "memory.used", "temperature.gpu"].every((field) => ERROR.test(text(field)));
  const uuid = text("uuid");
  const bus = busOf(text("pci.bus_id"));
  return [
    {
      name,
      identity: uuid.startsWith("GPU-") ? uuid : (bus ?? name),
      bus,
      isUp,
      usedRatio: shareOf(number("utilization.gpu"), 100),
      memoryUsedRatio: shareOf(number("memory.used"), number("memory.total")),
      celsius: number("temperature.gpu"),
      watts: number("power.draw"),
      uncorrectedErrors: number("ecc.errors.uncorrected.volatile.total"),
      correctedErrors: number("ecc.errors.corrected.volatile.total"),
      isThrottled: throttled([...row].flatMap(([field, value]) => (field.includes("_reasons.") ? [value] : []))),
    },
  ];
}

function throttled(reasons: readonly string[]): boolean | undefined {
  if (reasons.includes("Active")) return true;
  return reasons.includes("Not Active") ? false : undefined;
}
