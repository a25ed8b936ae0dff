export const PRESSURE_RESOURCES = ["cpu", "memory", "io"] as const;

/** `/proc/pressure/*`: the share of the last minute in which some task waited for the resource. */
export function readPressure(text: string): number | undefined {
  const found = /^some .*\bavg60=(\d+(?:\.\d+)?)/mu.exec(text)?.[1];
  return found === undefined ? undefined : Number(found) / 100;
}
