import { randomBytes } from "node:crypto";
import type { Chance } from "./chance.ts";

/** The operating system's randomness. The one file that draws it. */
export const systemChance: Chance = {
  fraction: () => Math.random(),
  bytes: (count) => randomBytes(count),
};
