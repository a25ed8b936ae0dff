import { busOf, type GpuAnswer, type GpuReading, numberOf, refusal, shareOf } from "./reading.ts";

export const ROCM_ARGUMENTS: readonly string[] = [
  "--showuniqueid",
  "--showbus",
  "--showuse",
  "--showmemuse",
  "--showmeminfo",
  "vram",
  "--showtemp",
  "--showpower",
  "--json",
];

/** What `rocm-smi … --json` printed: warnings, then a member for each card. Names of members changed with versions. */
export function readRocmSmi(out: string, program: string): GpuAnswer {
  const cards = parsed(out.slice(Math.max(0, out.indexOf("{"))));
  if (cards === undefined) {
    const said = out
      .split("\n")
      .map((line) => line.trim())
      .find((line) => line !== "" && !/^=+/u.test(line));
    return { gpus: [], lostBuses: [], lostNames: [], isComplete: false, failed: [refusal(program, said)] };
  }
  const gpus = Object.entries(cards).flatMap(([name, card]) =>
    /^card\d+$/u.test(name) && typeof card === "object" && card !== null
      ? [readCard(name, card as Record<string, unknown>)]
      : [],
  );
  return {
    gpus,
    lostBuses: [],
    lostNames: [],
    isComplete: true,
    failed: gpus.length === 0 ? [{ code: "gpus-none", program }] : [],
  };
}

function readCard(name: string, card: Readonly<Record<string, unknown>>): GpuReading {
  const number = (...names: readonly string[]): number | undefined =>
    names.map((one) => numberOf(card[one])).find((one) => one !== undefined);
  const text = (one: string): string => {
    const value = card[one];
    return typeof value === "string" ? value : "";
  };
  const used = shareOf(number("VRAM Total Used Memory (B)"), number("VRAM Total Memory (B)"));
  return {
    name,
    identity: text("Unique ID").startsWith("0x") ? text("Unique ID") : name,
    bus: busOf(text("PCI Bus")),
    isUp: true,
    usedRatio: shareOf(number("GPU use (%)"), 100),
    memoryUsedRatio: used ?? shareOf(number("GPU Memory Allocated (VRAM%)", "GPU memory use (%)"), 100),
    // The junction is the hottest place, and what the card slows down by.
    celsius: number("Temperature (Sensor junction) (C)", "Temperature (Sensor edge) (C)"),
    watts: number("Average Graphics Package Power (W)", "Current Socket Graphics Package Power (W)"),
    uncorrectedErrors: undefined,
    correctedErrors: undefined,
    isThrottled: undefined,
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
