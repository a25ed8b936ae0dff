import { proofSaid as said } from "../locale/proof.ts";
import type { Said } from "../locale/said.ts";
import type { AppliedDefault } from "../policy/policy.ts";

/** A default that was applied, in words. */
export function defaultText({ code, value }: AppliedDefault): Said {
  return said.defaultOf({ code, value });
}
