import { type GpuAnswer, type GpuReading, numberOf, refusal, shareOf } from "./reading.ts";

/** Everything that `metric` tells: which groups it can be asked for one by one changed with its versions. */
export const AMD_ARGUMENTS: readonly string[] = ["metric", "--json"];

type Group = Readonly<Record<string, unknown>>;

/**
 * What `amd-smi metric --json` printed: a list of GPUs, which since ROCm 7 is the member `gpu_data`. A value is a number,
 * or one with its unit, or `N/A`.
 */
export function readAmdSmi(out: string, program: string): GpuAnswer {
  const cards = cardsIn(out.slice(Math.max(0, out.search(/[[{]/u))));
  if (cards === undefined) {
    const said = out
      .split("\n")
      .map((line) => line.trim())
      .find((line) => line !== "");
    return { gpus: [], lostBuses: [], lostNames: [], isComplete: false, failed: [refusal(program, said)] };
  }
  const gpus = cards.flatMap((card) => readCard(card));
  return {
    gpus,
    lostBuses: [],
    lostNames: [],
    isComplete: true,
    failed: gpus.length === 0 ? [{ code: "gpus-none", program }] : [],
  };
}

function readCard(card: Group): readonly GpuReading[] {
  const name = numberOf(card.gpu);
  if (name === undefined) return [];
  const number = (group: string, ...members: readonly string[]): number | undefined =>
    members.map((member) => valueOf(groupIn(card[group])[member])).find((value) => value !== undefined);
  return [
    {
      name: String(name),
      identity: String(name),
      bus: undefined,
      isUp: true,
      usedRatio: shareOf(number("usage", "gfx_activity"), 100),
      memoryUsedRatio: shareOf(number("mem_usage", "used_vram"), number("mem_usage", "total_vram")),
      // The hottest place, and what the card slows down by.
      celsius: number("temperature", "hotspot", "edge"),
      watts: number("power", "socket_power", "current_socket_power", "average_socket_power"),
      uncorrectedErrors: number("ecc", "total_uncorrectable_count"),
      correctedErrors: number("ecc", "total_correctable_count"),
      isThrottled: undefined,
    },
  ];
}

function valueOf(member: unknown): number | undefined {
  return numberOf(member) ?? numberOf(groupIn(member).value);
}

function groupIn(value: unknown): Group {
  return typeof value === "object" && value !== null ? (value as Group) : {};
}

function cardsIn(text: string): readonly Group[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const list = Array.isArray(value) ? value : groupIn(value).gpu_data;
    return Array.isArray(list) ? list.map(groupIn) : undefined;
  } catch {
    return undefined;
  }
}
